import Graphics
import Traces

/// How much each half of each block added to the followed vector, and in which direction.
struct Additions: Teller {
  let story: Story
  private let parts: [(layer: Int, attention: Addition, mlp: Addition)]

  /// `nil` if no block recorded what it added.
  init?(story: Story) {
    self.story = story
    let final = story.recorded(.residPost(story.trace.layerCount - 1))
    parts = (0..<story.trace.layerCount).compactMap { layer in
      guard let attention = story.recorded(.attnOut(layer)),
        let mlp = story.recorded(.mlpOut(layer))
      else { return nil }
      return (
        layer, Addition(attention, at: story.followed, final: final),
        Addition(mlp, at: story.followed, final: final)
      )
    }
    if parts.isEmpty { return nil }
  }

  var figure: Figure { story.additionNormsFigure(parts) }

  var table: Table {
    let token = RichText([.token(story.token(story.followed))])
    let hasCosines = parts[0].attention.hasEnd
    let cosine = numbers(en: "cosine", ja: "コサイン類似度")
    return Table(
      title: hasCosines
        ? say(
          en: "Length of what was added to \(token), and its cosine to the vector at the end",
          ja: "\(token) に足されたベクトルの長さと、最後のベクトルとのコサイン類似度"
        )
        : say(en: "Length of what was added to \(token)", ja: "\(token) に足されたベクトルの長さ"),
      columns: [numbers(en: "layer", ja: "レイヤー"), numbers(en: "by attention", ja: "アテンション")]
        + (hasCosines ? [cosine] : [])
        + [numbers(en: "by the MLP", ja: "MLP")]
        + (hasCosines ? [cosine] : []),
      rows: parts.map { ["\($0.layer)"] + $0.attention.cells + $0.mlp.cells },
      isBehindFigure: true
    )
  }

  var observation: Block {
    let all = parts.flatMap { part in
      [
        (place: half(say(en: "attention", ja: "アテンション"), part.layer), added: part.attention),
        (place: half(say(en: "the MLP", ja: " MLP "), part.layer), added: part.mlp),
      ]
    }
    let longest = largest(1, of: all.map { $0.added.length.value })[0]
    let nearest = largest(1, of: all.map { $0.added.cosineToEnd?.value ?? -2 })[0]
    let (place, length) = (all[longest].place, all[longest].added.length)
    let direction: RichText? = all[nearest].added.cosineToEnd.map { cosine in
      nearest == longest
        ? say(
          en: " It also points most nearly where the vector ends: the cosine is \(cosine).",
          ja: "最後の向きに最も近いのもこのベクトルで、コサイン類似度は \(cosine) です。"
        )
        : say(
          en: """
             What \(all[nearest].place) added points most nearly where the vector ends: the cosine is \(cosine).
            """,
          ja: "最後の向きに最も近いのは\(all[nearest].place)が足したベクトルで、コサイン類似度は \(cosine) です。"
        )
    }
    return found(
      en: "The longest vector was added by \(place), with length \(length).\(direction ?? "")",
      ja: "最も長いベクトルを足したのは\(place)で、その長さは \(length) です。\(direction ?? "")"
    )
  }

  private func half(_ name: RichText, _ layer: Int) -> RichText {
    say(en: "\(name) of layer \(layer)", ja: "レイヤー \(layer) の\(name)")
  }
}

/// A vector added to the stream at one position: how long it is, and how near to the direction in which the stream ends.
struct Addition {
  let length: Quantity
  /// Whether the stream after the last block was recorded.
  let hasEnd: Bool
  /// The cosine to the stream after the last block; `nil` if that was not recorded, or nothing was added.
  let cosineToEnd: Quantity?

  init(_ added: Recorded, at position: Int, final: Recorded?) {
    let vector = added.vector(position)
    length = Quantity(norm(vector), origin: .derived(added.length([position])))
    hasEnd = final != nil
    // A vector without length has no direction.
    cosineToEnd =
      length.value == 0
      ? nil
      : final.map { final in
        Quantity(
          cosine(vector, final.vector(position)),
          origin: .derived(added.cosine([position], with: final))
        )
      }
  }

  /// The numbers as cells of a table.
  var cells: [RichText] {
    hasEnd ? ["\(length)", cosineToEnd.map { "\($0)" } ?? "–"] : ["\(length)"]
  }
}
