import Tensors
public import Traces

extension Walkthrough {
  /// The layer that a walkthrough opens up, as far as patterns tell.
  ///
  /// - Parameters:
  ///   - trace: What was recorded, of patterns the last row at least.
  ///   - layer: The layer that was asked for, if one was.
  ///   - head: The head likewise.
  /// - Returns: The layer's number, counted from 0.
  public static func openedLayer(of trace: Trace, layer: Int?, head: Int?) -> Int {
    HeadChoice(trace: trace, layer: layer, head: head).layer
  }
}

extension Walkthrough {
  /// One stage alone, as it is told of a token, a layer and a head.
  ///
  /// - Parameters:
  ///   - id: The stage.
  ///   - findings: What was recorded.
  ///   - language: The language to tell it in.
  ///   - layer: The block to open up; by default as for ``init(of:in:layer:head:followed:)``.
  ///   - head: The head likewise.
  ///   - followed: The position to follow; by default the last.
  ///   - step: The only step that is told; by default all are.
  /// - Returns: The stage.
  /// - Precondition: as for the walkthrough.
  public static func stage(
    _ id: StageID,
    of findings: Findings,
    in language: Language,
    layer: Int? = nil,
    head: Int? = nil,
    followed: Int? = nil,
    telling step: String? = nil
  ) -> Stage? {
    let choice = HeadChoice(trace: findings.trace, layer: layer, head: head)
    let story = Story(
      findings,
      language: language,
      choice: choice,
      followed: followed,
      telling: step.map { [$0] }
    )
    return tellers.first { $0.id == id }?.stage(story)
  }
}

/// Which layer and head a walkthrough opens up.
struct HeadChoice {
  let layer: Int
  let head: Int

  /// Takes what was asked for; else the head without which the answer changes most; if that was not measured, the one
  /// that, for the last token, looks hardest at one earlier token other than the first, where many heads merely rest.
  init(trace: Trace, layer: Int?, head: Int?) {
    for effect in trace.reasons?.effects ?? [] {
      guard case .head(let candidate, let index) = effect.site, layer ?? candidate == candidate,
        head ?? index == index, trace[.q(candidate)] != nil
      else { continue }
      (self.layer, self.head) = (candidate, index)
      return
    }
    var best: (layer: Int, head: Int, share: Float)?
    for candidate in 0..<trace.layerCount where layer == nil || candidate == layer {
      guard let pattern = trace[.pattern(candidate)] else { continue }
      for index in 0..<pattern.shape[0] where head == nil || index == head {
        let row = pattern.slice(index, pattern.shape[1] - 1).values
        let share = row.dropFirst().dropLast().max() ?? row[0]
        if share > best?.share ?? -1 { best = (candidate, index, share) }
      }
    }
    self.layer = layer ?? best?.layer ?? 0
    self.head = head ?? best?.head ?? 0
  }
}
