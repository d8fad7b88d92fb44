import Tensors
import Traces

/// Which layer and head a walkthrough opens up.
struct HeadChoice {
  let layer: Int
  let head: Int

  /// Takes what was asked for; else the head that, for the last token, looks hardest at one earlier token other than
  /// the first, where many heads merely rest.
  init(trace: Trace, layer: Int?, head: Int?) {
    var best: (layer: Int, head: Int, share: Float)?
    let last = trace.tokens.count - 1
    for candidate in 0..<trace.layerCount where layer == nil || candidate == layer {
      guard let pattern = trace[.pattern(candidate)] else { continue }
      for index in 0..<pattern.shape[0] where head == nil || index == head {
        let row = pattern.slice(index, last).values
        let share = row.dropFirst().dropLast().max() ?? row[0]
        if share > best?.share ?? -1 { best = (candidate, index, share) }
      }
    }
    self.layer = layer ?? best?.layer ?? 0
    self.head = head ?? best?.head ?? 0
  }
}
