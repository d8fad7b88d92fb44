import Graphics
import Traces

/// How much each half of each block added to the followed vector.
struct Additions: Teller {
  let story: Story
  private let parts: [(layer: Int, attention: Recorded, mlp: Recorded)]

  /// `nil` if no block recorded what it added.
  init?(story: Story) {
    self.story = story
    parts = (0..<story.trace.layerCount).compactMap { layer in
      guard let attention = story.recorded(.attnOut(layer)),
        let mlp = story.recorded(.mlpOut(layer))
      else { return nil }
      return (layer, attention, mlp)
    }
    if parts.isEmpty { return nil }
  }

  private func length(_ added: Recorded) -> Quantity {
    Quantity(
      norm(added.vector(story.followed)),
      origin: .derived("‖\(added.name)[\(story.followed)]‖")
    )
  }

  var figure: Figure {
    story.additionNormsFigure(
      parts.map { (layer: $0.layer, attention: length($0.attention), mlp: length($0.mlp)) }
    )
  }

  var table: Table {
    Table(
      title: say(
        en: "Length of what was added to \(token: story.token(story.followed))",
        ja: "\(token: story.token(story.followed)) に足されたベクトルの長さ"
      ),
      columns: [
        numbers(en: "layer", ja: "レイヤー"), numbers(en: "by attention", ja: "アテンション"),
        numbers(en: "by the MLP", ja: "MLP"),
      ],
      rows: parts.map { ["\($0.layer)", "\(length($0.attention))", "\(length($0.mlp))"] },
      isBehindFigure: true
    )
  }

  var observation: Block {
    let all: [(layer: Int, half: RichText, length: Quantity)] = parts.flatMap { part in
      [
        (part.layer, say(en: "attention", ja: "アテンション"), self.length(part.attention)),
        (part.layer, say(en: "the MLP", ja: " MLP "), self.length(part.mlp)),
      ]
    }
    let (layer, half, length) = all[largest(1, of: all.map(\.length.value))[0]]
    return found(
      en: "The longest vector was added by \(half) of layer \(layer), with length \(length).",
      ja: "最も長いベクトルを足したのはレイヤー \(layer) の\(half)で、その長さは \(length) です。"
    )
  }
}
