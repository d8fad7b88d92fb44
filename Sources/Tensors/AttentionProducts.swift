import CKernels

// The products of an attention, head by head: queries and what is gathered stand side by side in one
// row, `[T, H, d]`; keys and values lie head by head, `[S, d]` each. The T queries are those of the
// last T of the S positions.

/// How well each query is met by each key: `scores[h, q, k] = q · k / divisor`.
///
/// - Parameters:
///   - queries: `[T, H, d]`.
///   - keys: Those of each head, H times `[S, d]`.
///   - divisor: What dot products are divided by, √d.
/// - Returns: `[H, T, S]`.
package func attentionScores(_ queries: Tensor, _ keys: [Tensor], divisor: Float) -> Tensor {
  let shape = AttentionShape(queries, keys)
  return Tensor(uninitialized: [shape.heads, shape.queries, shape.keys]) { scores in
    queries.withAddress { queries in
      shape.eachBlock { head, block in
        let place = scores + (head * shape.queries + block.lowerBound) * shape.keys
        keys[head].withAddress { keys in
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
        kernels.divide_number(block.count * shape.keys, place, divisor, place)
      }
    }
  }
}

/// What each query gathers: `z[q, h] = Σₖ pattern[h, q, k] · v[k]`, over what it may look at.
///
/// - Parameters:
///   - values: Those of each head, H times `[S, d]`.
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
          values[head],
          z + shape.start(of: block.lowerBound, head)
        )
      }
    }
  }
}

/// What each query gathers, `softmax(mask(q·kᵀ / divisor)) · v`, where nobody looks at the steps.
///
/// The same numbers as ``attentionScores(_:_:divisor:)``, a softmax over what does not lie ahead and
/// ``weightedSums(of:_:)`` give, to the bit; but scores are kept for a block of queries only, and what lies
/// ahead of all of them is not computed.
///
/// - Parameters:
///   - queries: `[T, H, d]`.
///   - keys: Those of each head, H times `[S, d]`.
///   - values: Likewise.
///   - divisor: What dot products are divided by, √d.
/// - Returns: `[T, H, d]`.
package func attentionAtOnce(
  _ queries: Tensor,
  _ keys: [Tensor],
  _ values: [Tensor],
  divisor: Float
) -> Tensor {
  let shape = AttentionShape(queries, keys)
  // All blocks of a head need its keys as columns.
  let columns = shape.mapHeads { keys[$0].transposed() }
  return Tensor(uninitialized: [shape.queries, shape.heads, shape.width]) { z in
    queries.withAddress { queries in
      shape.eachBlock { head, block in
        let seen = shape.seen(by: block.upperBound - 1)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: block.count * seen) { room in
          guard let scores = room.baseAddress else { return }
          let start = shape.start(of: block.lowerBound, head)
          columns[head].withAddress { keys in
            kernels.product(
              block.count,
              seen,
              shape.width,
              queries + start,
              shape.stride,
              keys,
              shape.keys,
              scores,
              seen
            )
          }
          for (row, query) in block.enumerated() {
            let (own, row) = (shape.seen(by: query), scores + row * seen)
            kernels.divide_number(own, row, divisor, row)
            kernels.softmax(own, row, row)
            (row + own).update(repeating: 0, count: seen - own)
          }
          shape.gather(scores, stride: seen, block, values[head], z + start)
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
/// - Returns: `[T, H, D]`.
package func productOfEachHead(_ z: Tensor, _ matrix: Tensor) -> Tensor {
  let (positions, heads, width) = (z.shape[0], z.shape[1], z.shape[2])
  let columns = matrix.columns
  precondition(matrix.rows == heads * width, "\(z.shape) and \(matrix.shape)")
  return Tensor(uninitialized: [positions, heads, columns]) { result in
    z.withAddress { z in
      matrix.withAddress { matrix in
        let work = positions * heads * width * columns
        inParallel(count: heads, partsPerCore: 16, work: work) { part in
          for head in part {
            kernels.product(
              positions,
              columns,
              width,
              z + head * width,
              heads * width,
              matrix + head * width * columns,
              columns,
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

  init(_ queries: Tensor, _ keys: [Tensor]) {
    self.queries = queries.shape[0]
    (heads, width) = (queries.shape[1], queries.shape[2])
    self.keys = keys[0].rows
    precondition(keys.count == heads && keys.allSatisfy { $0.columns == width })
  }

  init(_ pattern: Tensor, of values: [Tensor]) {
    (heads, queries, keys) = (pattern.shape[0], pattern.shape[1], pattern.shape[2])
    width = values[0].columns
    precondition(values.count == heads && values.allSatisfy { $0.rows == keys })
  }

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

  /// A tensor for each head.
  func mapHeads(_ tensor: (Int) -> Tensor) -> [Tensor] {
    [Tensor](unsafeUninitializedCapacity: heads) { tensors, filled in
      // Each head writes a place of its own.
      inParallel(count: heads, partsPerCore: 16, work: heads * keys * width) { heads in
        for head in heads { tensors.initializeElement(at: head, to: tensor(head)) }
      }
      filled = heads
    }
  }
}
