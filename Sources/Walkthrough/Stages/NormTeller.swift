import Graphics
import Traces

/// Tells of a layer norm, which stands before attention, before the MLP and at the end.
struct NormTeller: Teller {
  let story: Story

  var explanation: Block {
    paragraph(
      en: """
        Before it is read, each vector passes a \(term: "layer norm"): its mean is taken away and it is divided by its \
        standard deviation, then multiplied by a learned gain and moved by a learned bias. The stream itself stays as it is.
        """,
      ja: """
        読み取る前に、各ベクトルは\(term: "レイヤー正規化")を通ります。平均を引いて標準偏差で割り、学習されたゲインを掛けて\
        バイアスを足します。ストリームそのものは変わりません。
        """
    )
  }

  static let formula: Math = [
    .text("LN"), .parens("x"), .op("="),
    .frac(
      ["x", .op("−"), .sub("μ", "x")],
      .sqrt([.sup(.symbol("σ"), .number("2")), .op("+"), "ε"])
    ),
    .op("·"), "γ", .op("+"), "β",
  ]

  /// The first number of a vector, taken through the norm.
  @BlockList
  func example(stream: Recorded, scale: Recorded, site: NormSite, at position: Int) -> [Block] {
    let vector = stream.vector(position)
    let mean = Quantity(
      mean(vector),
      digits: 3,
      origin: .derived("mean(\(stream.name)[\(position)])")
    )
    let deviation = scale(position, 0, digits: 3)
    let normalized = Quantity(
      (Double(vector[0]) - mean.value) / deviation.value,
      digits: 3,
      origin: .derived("(\(stream.name)[\(position),0] − mean) / \(scale.name)[\(position),0]")
    )
    let lines: [RichText] = [
      "x₀ = \(stream(position, 0, digits: 3)), μ = \(mean), √(σ² + ε) = \(deviation)",
      "(\(stream(position, 0, digits: 3)) − \(mean)) ÷ \(deviation) = \(normalized)",
    ]
    if let gain = story.recorded(.gain(site)), let bias = story.recorded(.bias(site)) {
      let result = normalized.value * gain(0).value + bias(0).value
      let shown =
        story.recorded(.normOut(site)).map { $0(position, 0, digits: 3) }
        ?? Quantity(
          result,
          digits: 3,
          origin: .derived("normalized · \(gain.name)[0] + \(bias.name)[0]")
        )
      Block.arithmetic(
        lines + ["\(normalized) · \(gain(0, digits: 3)) + \(bias(0, digits: 3)) = \(shown)"]
      )
    } else {
      Block.arithmetic(lines)
    }
  }

  /// Which positions the norm shrinks most and least.
  func observation(scale: Recorded) -> Block {
    let scales = scale.values
    let order = largest(scales.count, of: scales)
    guard let top = order.first, let bottom = order.last, top != bottom else {
      return found(
        en: "The only vector here is divided by \(scale(0, 0)).",
        ja: "ここにある唯一のベクトルは \(scale(0, 0)) で割られます。"
      )
    }
    return found(
      en: """
        The largest vector here is that of \(token: story.token(top)), divided by \(scale(top, 0)); the smallest that of \
        \(token: story.token(bottom)), by \(scale(bottom, 0)). Afterwards both speak equally loud.
        """,
      ja: """
        最も大きいのは \(token: story.token(top)) のベクトルで \(scale(top, 0)) で割られ、最も小さいのは \
        \(token: story.token(bottom)) で \(scale(bottom, 0)) で割られます。これで声の大きさがそろいます。
        """
    )
  }
}
