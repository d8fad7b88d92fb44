public import Tensors

/// A vector of a vocabulary, and how near it is to what was asked for.
public struct Neighbour: Sendable, Equatable {
  /// The vector's row.
  public var index: Int
  /// The cosine of the angle between the two, −1 to 1.
  public var cosine: Float
}

/// Finds the nearest of many vectors by cosine, exactly.
public struct Neighbours: Sendable {
  private let vectors: Tensor
  private let lengths: Tensor

  /// Prepares a search.
  ///
  /// - Parameter vectors: The vectors to search, `[vector, dimension]`.
  public init(in vectors: Tensor) {
    self.vectors = vectors
    lengths = vectors.rowLengths().values
  }

  /// The nearest vectors to one, nearest first; of equally near ones, the lower row first.
  ///
  /// A vector without length is near to nothing: its cosine is 0.
  ///
  /// - Parameters:
  ///   - query: `[dimension]`.
  ///   - count: How many to find; fewer if there are fewer.
  ///   - excluded: Rows to pass over.
  /// - Returns: The neighbours.
  /// - Complexity: O(vectors · dimension).
  public func nearest(
    to query: Tensor,
    count: Int,
    excluding excluded: Set<Int> = []
  ) -> [Neighbour] {
    let query = query.reshaped(to: [1, query.count])
    return nearest(toEachOf: query, count: count) { _ in excluded }[0]
  }

  /// The place of a vector among all, by how near it is to a query: 1 for the nearest; of equally near
  /// ones, the lower row comes first.
  ///
  /// - Parameters:
  ///   - row: The vector's row.
  ///   - query: `[dimension]`.
  ///   - excluded: Rows that are not counted.
  /// - Returns: The place, and the cosine.
  /// - Complexity: O(vectors · dimension).
  public func rank(
    of row: Int,
    to query: Tensor,
    excluding excluded: Set<Int> = []
  ) -> (rank: Int, cosine: Float) {
    let products = product(query.reshaped(to: [1, query.count]), transposed: vectors)
    let cosines = cosines(products, length: norm(query))
    let nearer = cosines.indices.count { other in
      !excluded.contains(other)
        && (cosines[other] > cosines[row] || cosines[other] == cosines[row] && other < row)
    }
    return (nearer + 1, cosines[row])
  }

  /// The nearest vectors to each of several, nearest first; of equally near ones, the lower row
  /// first.
  ///
  /// A vector without length is near to nothing: its cosine is 0.
  ///
  /// - Parameters:
  ///   - queries: `[query, dimension]`.
  ///   - count: How many to find for each; fewer if there are fewer.
  ///   - excluding: For each query a row to pass over, such as its own.
  /// - Returns: A list for each query.
  /// - Precondition: as many rows to pass over as queries.
  /// - Complexity: O(queries · vectors · dimension).
  public func nearest(
    to queries: Tensor,
    count: Int,
    excluding: [Int]
  ) -> [[Neighbour]] {
    precondition(excluding.count == queries.rows, "one row to pass over for each query")
    return nearest(toEachOf: queries, count: count) { [excluding[$0]] }
  }

  private func nearest(
    toEachOf queries: Tensor,
    count: Int,
    excluding: (Int) -> Set<Int>
  ) -> [[Neighbour]] {
    let queryLengths = queries.rowLengths().values.values
    var found: [[Neighbour]] = []
    // One product serves many queries; but of very many, the products would not fit into memory.
    for start in stride(from: 0, to: queries.rows, by: 64) {
      let batch = start..<min(start + 64, queries.rows)
      let products = product(queries.rows(batch), transposed: vectors)
      for query in batch {
        let excluded = excluding(query)
        let cosines = cosines(products.slice(query - start), length: queryLengths[query])
        // Those to be passed over may be among the nearest, so look for that many more.
        let nearest = cosines.withUnsafeBufferPointer {
          $0.indicesOfLargest(max(0, count) + excluded.count)
        }
        found.append(
          nearest.lazy.filter { !excluded.contains($0) }.prefix(max(0, count))
            .map { Neighbour(index: $0, cosine: cosines[$0]) }
        )
      }
    }
    return found
  }

  private func cosines(_ products: Tensor, length: Float) -> [Float] {
    products.withValues { products in
      lengths.withValues { lengths in
        products.indices.map { cosine(dot: products[$0], lengths: length, lengths[$0]) }
      }
    }
  }
}
