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
  private let lengths: [Float]

  /// Prepares a search.
  ///
  /// - Parameter vectors: The vectors to search, `[vector, dimension]`.
  public init(in vectors: Tensor) {
    self.vectors = vectors
    lengths = rowLengths(of: vectors)
  }

  /// The nearest vectors to each of several, nearest first; of equally near ones, the lower row first.
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
    to queries: Tensor, count: Int, excluding: [Int]
  ) -> [[Neighbour]] {
    precondition(excluding.count == queries.rows, "one row to pass over for each query")
    let products = product(queries, transposed: vectors)
    let queryLengths = rowLengths(of: queries)
    return (0..<queries.rows).map { query in
      let cosines = products.slice(query).withValues { products in
        products.indices.map { index -> Float in
          if index == excluding[query] { return -.infinity }
          let scale = queryLengths[query] * lengths[index]
          return scale > 0 ? products[index] / scale : 0
        }
      }
      return cosines.withUnsafeBufferPointer { cosines in
        cosines.indicesOfLargest(count)
          .filter { $0 != excluding[query] }
          .map { Neighbour(index: $0, cosine: cosines[$0]) }
      }
    }
  }
}

/// The Euclidean length of each row of a matrix, unitless.
///
/// - Parameter matrix: `[row, dimension]`.
/// - Returns: A length for each row.
public func rowLengths(of matrix: Tensor) -> [Float] {
  let width = matrix.columns
  return matrix.withValues { values in
    (0..<matrix.rows).map { row in
      // Eight sums side by side, which the compiler keeps in one register.
      var sums = SIMD8<Float>.zero
      var i = row * width
      let end = i + width
      while i + 8 <= end {
        var part = SIMD8<Float>.zero
        for lane in 0..<8 { part[lane] = values[i + lane] }
        sums += part * part
        i += 8
      }
      var sum = sums.sum()
      while i < end {
        sum += values[i] * values[i]
        i += 1
      }
      return sum.squareRoot()
    }
  }
}
