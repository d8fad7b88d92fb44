import CKernels

// The products of an attention, head by head: queries and what is gathered stand side by side in one
// row, `[T, H, d]`; keys and values lie head by head, `[S, d]` each. The T queries are those of the
// last T of the S positions. Of keys and values there may be fewer heads: then several query heads in
// a row share one.

/// Which keys a query meets, and what becomes of its scores.
public struct AttentionRule: Sendable, Equatable {
  /// What dot products are divided by, as a rule √d.
  public var divisor: Float
  /// c, where scores are softly capped: c · tanh(score / c).
  public var cap: Float?
  /// How many positions a query may look at, its own among them; all before it, if not given.
  public var window: Int?

  /// Takes the choices as they are.
  public init(divisor: Float, cap: Float? = nil, window: Int? = nil) {
    (self.divisor, self.cap, self.window) = (divisor, cap, window)
  }

  /// From dot products to scores, in place.
  func finish(_ count: Int, _ scores: UnsafeMutablePointer<Float>) {
    kernels.divide_number(count, scores, divisor, scores)
    if let cap { softCap(count, scores, cap, scores) }
  }

  /// How many positions before its window a query that sees `seen` of them may no longer look at.
  package func forgotten(of seen: Int) -> Int { window.map { max(0, seen - $0) } ?? 0 }
}

/// How well each query is met by each key: `scores[h, q, k] = q · k / divisor`, capped where there is a cap.
///
/// - Parameters:
///   - queries: `[T, H, d]`.
///   - keys: Those of each head, `[S, d]` each.
///   - rule: What they are divided by, and their cap.
/// - Returns: `[H, T, S]`.
package func attentionScores(_ queries: Tensor, _ keys: [Tensor], _ rule: AttentionRule) -> Tensor {
  let shape = AttentionShape(queries, keys)
  return Tensor(uninitialized: [shape.heads, shape.queries, shape.keys]) { scores in
    queries.withAddress { queries in
      shape.eachBlock { head, block in
        let place = scores + (head * shape.queries + block.lowerBound) * shape.keys
        keys[shape.shared(head)].withAddress { keys in
          kernels.product_transposed(
            block.count,
            shape.keys,
            shape.width,
            queries + shape.start(of: block.lowerBound, head),
            shape.stride,
            keys,
            shape.width,
            place,
            shape.keys
          )
        }
        rule.finish(block.count * shape.keys, place)
      }
    }
  }
}

/// What each query gathers: `z[q, h] = Σₖ pattern[h, q, k] · v[k]`, over what it may look at.
///
/// - Parameters:
///   - values: Those of each head, `[S, d]` each.
///   - pattern: `[H, T, S]`, 0 at what lies ahead of a query.
/// - Returns: `[T, H, d]`.
package func weightedSums(of values: [Tensor], _ pattern: Tensor) -> Tensor {
  let shape = AttentionShape(pattern, of: values)
  return Tensor(uninitialized: [shape.queries, shape.heads, shape.width]) { z in
    pattern.withAddress { pattern in
      shape.eachBlock { head, block in
        shape.gather(
          pattern + (head * shape.queries + block.lowerBound) * shape.keys,
          stride: shape.keys,
          block,
          values[shape.shared(head)],
          z + shape.start(of: block.lowerBound, head)
        )
      }
    }
  }
}

/// What each query gathers, `softmax(mask(q·kᵀ / divisor)) · v`, where nobody looks at the steps.
///
/// The same numbers as ``attentionScores(_:_:_:)``, a softmax over what does not lie ahead and
/// ``weightedSums(of:_:)`` give, to the bit; but scores are kept for a block of queries only, and what lies
/// ahead of all of them is not computed.
///
/// - Parameters:
///   - queries: `[T, H, d]`.
///   - keys: Those of each head, `[S, d]` each.
///   - values: Likewise.
///   - rule: Which keys a query meets, and what becomes of its scores.
/// - Returns: `[T, H, d]`.
package func attentionAtOnce(
  _ queries: Tensor,
  _ keys: [Tensor],
  _ values: [Tensor],
  _ rule: AttentionRule
) -> Tensor {
  let shape = AttentionShape(queries, keys)
  return Tensor(uninitialized: [shape.queries, shape.heads, shape.width]) { z in
    queries.withAddress { queries in
      shape.eachBlock { head, block in
        let seen = shape.seen(by: block.upperBound - 1)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: block.count * seen) { room in
          guard let scores = room.baseAddress else { return }
          let start = shape.start(of: block.lowerBound, head)
          // Keys are turned as the product packs them: all of them turned before it would cost a single
          // query, as there is for every token that is written, more than all the rest.
          keys[shape.shared(head)].withAddress { keys in
            kernels.product_transposed(
              block.count,
              seen,
              shape.width,
              queries + start,
              shape.stride,
              keys,
              shape.width,
              scores,
              seen
            )
          }
          for (row, query) in block.enumerated() {
            let (own, row) = (shape.seen(by: query), scores + row * seen)
            rule.finish(own, row)
            row.update(repeating: -.infinity, count: rule.forgotten(of: own))
            kernels.softmax(own, row, row)
            (row + own).update(repeating: 0, count: seen - own)
          }
          shape.gather(scores, stride: seen, block, values[shape.shared(head)], z + start)
        }
      }
    }
  }
}

/// Each head's part of `z` times its own rows of a matrix: `result[q, h] = z[q, h] · W[h]`.
///
/// - Parameters:
///   - z: `[T, H, d]`.
///   - matrix: `[H · d, D]`; head h owns rows h·d to (h+1)·d.
///   - isTransposed: Whether it is `[D, H · d]` instead, and these are columns.
/// - Returns: `[T, H, D]`.
package func productOfEachHead(_ z: Tensor, _ matrix: Tensor, isTransposed: Bool = false) -> Tensor
{
  let (positions, heads, width) = (z.shape[0], z.shape[1], z.shape[2])
  let columns = isTransposed ? matrix.rows : matrix.columns
  precondition(matrix.count == heads * width * columns, "\(z.shape) and \(matrix.shape)")
  return Tensor(uninitialized: [positions, heads, columns]) { result in
    z.withAddress { z in
      matrix.withAddress { matrix in
        let work = positions * heads * width * columns
        inParallel(count: heads, partsPerCore: 16, work: work) { part in
          for head in part {
            let product = isTransposed ? kernels.product_transposed : kernels.product
            product(
              positions,
              columns,
              width,
              z + head * width,
              heads * width,
              matrix + head * width * (isTransposed ? 1 : columns),
              isTransposed ? heads * width : columns,
              result + head * columns,
              heads * columns
            )
          }
        }
      }
    }
  }
}

/// The lengths of an attention, and how its work is shared out.
private struct AttentionShape {
  /// How many heads, H; how many queries, T; how many keys, S; how wide a head is, d.
  let heads, queries, keys, width: Int
  /// How many heads of keys and values there are.
  let keyHeads: Int

  init(_ queries: Tensor, _ keys: [Tensor]) {
    self.queries = queries.shape[0]
    (heads, width) = (queries.shape[1], queries.shape[2])
    (self.keys, keyHeads) = (keys[0].rows, keys.count)
    precondition(heads % keyHeads == 0 && keys.allSatisfy { $0.columns == width })
  }

  init(_ pattern: Tensor, of values: [Tensor]) {
    (heads, queries, keys) = (pattern.shape[0], pattern.shape[1], pattern.shape[2])
    (width, keyHeads) = (values[0].columns, values.count)
    precondition(heads % keyHeads == 0 && values.allSatisfy { $0.rows == keys })
  }

  /// The head of keys and values that a head of queries reads.
  func shared(_ head: Int) -> Int { head / (heads / keyHeads) }

  /// From one query of a head to the next.
  var stride: Int { heads * width }

  /// Where a head's part of a position begins.
  func start(of position: Int, _ head: Int) -> Int { position * stride + head * width }

  /// How many positions a query may look at.
  func seen(by query: Int) -> Int { keys - queries + query + 1 }

  /// Adds up what a block of queries may look at.
  func gather(
    _ pattern: UnsafePointer<Float>,
    stride patternStride: Int,
    _ block: Range<Int>,
    _ values: Tensor,
    _ z: UnsafeMutablePointer<Float>
  ) {
    values.withAddress { values in
      kernels.product(
        block.count,
        width,
        seen(by: block.upperBound - 1),
        pattern,
        patternStride,
        values,
        width,
        z,
        stride
      )
    }
  }

  /// Calls `body` with each head and each block of queries, several at once where it pays.
  ///
  /// The last blocks look back furthest, so they come first.
  func eachBlock(_ body: (_ head: Int, _ block: Range<Int>) -> Void) {
    let length = 96
    let blocks = (queries + length - 1) / length
    let work = 4 * heads * queries * keys * width
    inParallel(count: heads * blocks, partsPerCore: 1 << 20, work: work) { parts in
      for part in parts {
        let start = (blocks - 1 - part / heads) * length
        body(part % heads, start..<min(start + length, queries))
      }
    }
  }
}
