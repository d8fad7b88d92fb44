import Tensors

// Heads side by side in one row, `[T, H, d]`, and head by head, `[H, T, d]`.

extension Tensor {
  /// Cuts `[T, 3D]` into three `[T, heads, D / heads]`.
  func splitIntoThree(heads: Int) -> (Tensor, Tensor, Tensor) {
    let width = columns / 3
    let shape = [rows, heads, width / heads]
    func part(_ index: Int) -> Tensor {
      columns(index * width..<(index + 1) * width).reshaped(to: shape)
    }
    return (part(0), part(1), part(2))
  }

  /// One head's part of `[T, H, d]`: `[T, d]`.
  func head(_ head: Int) -> Tensor {
    let dHead = columns
    return reshaped(to: [shape[0], shape[1] * dHead]).columns(head * dHead..<(head + 1) * dHead)
  }

  /// The heads of `[T, H, d]` side by side in one row: `[T, H·d]`.
  func joiningHeads() -> Tensor {
    reshaped(to: [shape[0], shape[1] * shape[2]])
  }

  /// Puts what each head has, `[T, w]`, side by side: `[T, heads, w]`.
  ///
  /// - Parameters:
  ///   - heads: How many there are.
  ///   - work: What all of them together cost, in multiply-adds.
  ///   - ofHead: What a head has; called once for each, several at once where it pays.
  /// - Returns: All heads' parts, position by position.
  static func joining(heads: Int, work: Int, _ ofHead: (Int) -> Tensor) -> Tensor {
    let parts = inParallelForEachHead(heads, work: work, ofHead)
    let (positions, width) = (parts[0].rows, parts[0].columns)
    return Tensor(shape: [positions, heads, width]) { joined in
      for (head, part) in parts.enumerated() {
        part.withValues { part in
          for position in 0..<positions {
            for i in 0..<width {
              joined[(position * heads + head) * width + i] = part[position * width + i]
            }
          }
        }
      }
    }
  }

  /// What lies ahead of each query, −∞: the upper right of every `[query, key]` matrix.
  ///
  /// The last query's own key is the last; there may be more keys than queries. Of a single query,
  /// nothing lies ahead.
  func maskingWhatLiesAhead() -> Tensor {
    let (queries, length) = (shape[shape.count - 2], columns)
    if queries == 1 { return self }
    return Tensor(shape: shape) { masked in
      withValues { scores in
        for row in 0..<rows {
          let query = length - queries + row % queries
          for key in 0..<length {
            let i = row * length + key
            masked[i] = key <= query ? scores[i] : -.infinity
          }
        }
      }
    }
  }
}

/// Stacks what each head has, `[T, S]`, into `[heads, T, S]`.
///
/// - Parameters:
///   - heads: How many there are.
///   - work: What all of them together cost, in multiply-adds.
///   - ofHead: What a head has; called once for each, several at once where it pays.
/// - Returns: All heads' parts, head by head.
func perHead(_ heads: Int, work: Int, _ ofHead: (Int) -> Tensor) -> Tensor {
  let parts = inParallelForEachHead(heads, work: work, ofHead)
  return Tensor(shape: [heads] + parts[0].shape) { stacked in
    for (head, part) in parts.enumerated() {
      let range = head * part.count..<(head + 1) * part.count
      let place = UnsafeMutableBufferPointer(rebasing: stacked[range])
      part.withValues { _ = place.update(from: $0) }
    }
  }
}

/// What each head has; several heads at once where it pays.
private func inParallelForEachHead(
  _ heads: Int,
  work: Int,
  _ ofHead: (Int) -> Tensor
) -> [Tensor] {
  let parts = UnsafeMutableBufferPointer<Tensor>.allocate(capacity: heads)
  defer { parts.deallocate() }
  inParallel(count: heads, partsPerCore: 16, work: work) { range in
    for head in range { parts.initializeElement(at: head, to: ofHead(head)) }
  }
  defer { parts.deinitialize() }
  return Array(parts)
}
