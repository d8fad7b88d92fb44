import Tensors
import Traces

// Heads side by side in one row, `[T, H, d]`, and head by head, `[H, T, d]`.

extension Tensor {
  /// Cuts queries, keys and values that stand side by side, `[T, (H + 2 KV)·d]`, into `[T, H, d]` and twice `[T, KV, d]`.
  func splitIntoThree(heads: Int, keyHeads: Int) -> (Tensor, Tensor, Tensor) {
    let width = columns / (heads + 2 * keyHeads)
    func part(from first: Int, _ count: Int) -> Tensor {
      columns(first * width..<(first + count) * width).reshaped(to: [rows, count, width])
    }
    return (
      part(from: 0, heads), part(from: heads, keyHeads), part(from: heads + keyHeads, keyHeads)
    )
  }

  /// Cuts queries, keys and values that stand there head by head, `[T, H·3·d]`, into three `[T, H, d]`.
  func splitHeadByHead(heads: Int) -> (Tensor, Tensor, Tensor) {
    let width = columns / (3 * heads)
    let byHead = reshaped(to: [rows, heads, 3 * width])
    func part(_ index: Int) -> Tensor { byHead.columns(index * width..<(index + 1) * width) }
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

  /// What lies ahead of each query, −∞: the upper right of every `[query, key]` matrix; and what lies before its window.
  ///
  /// The last query's own key is the last; there may be more keys than queries. Of a single query,
  /// nothing lies ahead.
  func maskingWhatLiesAhead(_ rule: AttentionRule) -> Tensor {
    let (queries, length) = (shape[shape.count - 2], columns)
    if queries == 1, rule.forgotten(of: length) == 0 { return self }
    return replacingRows { row, place in
      let seen = length - queries + row % queries + 1
      (place + seen).update(repeating: -.infinity, count: length - seen)
      place.update(repeating: -.infinity, count: rule.forgotten(of: seen))
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
