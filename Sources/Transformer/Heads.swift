import Tensors
import Traces

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

  /// The heads of `[T, H, d]` side by side in one row: `[T, H·d]`.
  func joiningHeads() -> Tensor {
    reshaped(to: [shape[0], shape[1] * shape[2]])
  }

  /// What all heads write together: `[T, H, D]` to `[T, D]`.
  func summedOverHeads() -> Tensor {
    let (heads, width) = (shape[1], shape[2])
    return Tensor(shape: [shape[0], width]) { sums in
      withValues { values in
        for position in 0..<shape[0] {
          for head in 0..<heads {
            let start = (position * heads + head) * width
            for i in 0..<width { sums[position * width + i] += values[start + i] }
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
    return replacingRows { row, place in
      let seen = length - queries + row % queries + 1
      (place + seen).update(repeating: -.infinity, count: length - seen)
    }
  }
}

extension Hook {
  /// Whether anyone looks at what lies between the queries and what they gather.
  func wantsAnyScores(_ layer: Int) -> Bool {
    if isIdle { return false }
    return wants(.attnScoresUnmasked(layer)) || wants(.attnScores(layer)) || wants(.pattern(layer))
  }
}
