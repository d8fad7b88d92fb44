import Graphics
import Tensors
public import Traces

/// The attention patterns of a trace as figures of their own, outside a walkthrough.
public struct AttentionHeatmaps {
  /// One head, by its place.
  public struct Head: Hashable, Sendable {
    /// Layer and head, counted from 0.
    public var layer: Int, head: Int

    /// The head in a layer.
    public init(layer: Int, head: Int) {
      self.layer = layer
      self.head = head
    }
  }

  /// The heads whose patterns were recorded, layer by layer.
  public let heads: [Head]
  private let story: Story

  /// Takes the patterns of a trace.
  ///
  /// - Parameters:
  ///   - trace: What was recorded.
  ///   - language: The language of titles and labels.
  ///   - scale: The scale of the shades; by default one that suits the prompt's length.
  /// - Precondition: the trace has a token.
  public init(of trace: Trace, in language: Language, scale: AttentionScale? = nil) {
    let choice = HeadChoice(trace: trace, layer: nil, head: nil)
    story = Story(
      Findings(of: trace),
      language: language,
      choice: choice,
      attentionScale: scale
    )
    heads = (0..<trace.layerCount).flatMap { layer in
      (0..<(trace[.pattern(layer)]?.shape[0] ?? 0)).map { Head(layer: layer, head: $0) }
    }
  }

  /// That the run was changed from outside, if it was.
  public var notice: String? {
    InterventionWords(story.trace.interventions, in: story.language).notice?
      .plain(in: story.language)
  }

  /// The pattern of one head, named `layer0-head0` and so on.
  ///
  /// - Precondition: the head is one of ``heads``.
  public subscript(head: Head) -> Figure {
    guard let pattern = story.recorded(.pattern(head.layer)) else {
      preconditionFailure("the pattern of layer \(head.layer) was not recorded")
    }
    var figure = story.patternFigure(pattern, layer: head.layer, head: head.head)
    figure.name = "layer\(head.layer)-head\(head.head)"
    note(in: &figure)
    return figure
  }

  /// All heads in one figure, layers as rows, named `overview`; `nil` if no pattern was recorded.
  public var overview: Figure? {
    var figure = story.allHeadsFigure
    figure?.name = "overview"
    return figure.map { figure in
      var figure = figure
      note(in: &figure)
      return figure
    }
  }

  /// Says in a figure that stands alone that the run was changed from outside, if it was.
  private func note(in figure: inout Figure) {
    guard let notice, !figure.scene.panels.isEmpty else { return }
    figure.scene.panels[0].caption = Caption(notice)
    figure.scene.description += " " + notice
  }
}
