import Graphics
import Traces

/// Tells of a layer norm, which stands before attention, before the MLP and at the end.
struct NormTeller: Teller {
  let story: Story

  /// Whether a norm divides by the root of the mean square alone, as the Llama family does, and takes no mean away.
  static func isRootMeanSquare(_ vector: [Float], scale: Double, epsilon: Double) -> Bool {
    let square = dot(vector, vector) / Double(max(1, vector.count)) + epsilon
    let variance = square - mean(vector) * mean(vector)
    let found = scale * scale
    return abs(found - square) < abs(found - variance) && abs(found - variance) > 1e-3 * found
  }

  /// What the norm does, and its formula.
  @BlockList
  func explanation(stream: Recorded, scale: Recorded, at position: Int) -> [Block] {
    if isRootMeanSquare(stream, scale, at: position) {
      paragraph(
        en: """
          Before it is read, each vector passes a \(term: "layer norm") of the simpler kind, RMSNorm: it is divided by the root \
          of the mean of its squares, then a learned gain multiplies it. The stream itself stays as it is.
          """,
        ja: """
          読み取られる前に、各ベクトルは\(term: "レイヤー正規化")の簡単な形である RMSNorm を通ります。成分の2乗の平均の平方根で割り、\
          さらに、学習されたゲインを掛けます。ストリームそのものは変わりません。
          """
      )
      equation(Self.rootMeanSquareFormula)
    } else {
      withMean
      equation(Self.formula)
    }
  }

  private func isRootMeanSquare(_ stream: Recorded, _ scale: Recorded, at position: Int) -> Bool {
    Self.isRootMeanSquare(
      stream.vector(position),
      scale: scale(position, 0).value,
      epsilon: story.trace.model.epsilon ?? 1e-5
    )
  }

  private var withMean: Block {
    paragraph(
      en: """
        Before it is read, each vector passes a \(term: "layer norm"): its mean \("μ" as Math) is taken away and it is divided by \
        its standard deviation \("σ" as Math); then a learned gain \("γ" as Math) multiplies it and a learned bias \("β" as Math) \
        is added. The tiny ε keeps the divisor above 0. The stream itself stays as it is.
        """,
      ja: """
        読み取られる前に、各ベクトルは\(term: "レイヤー正規化")を通ります。成分の平均 \("μ" as Math) を引いて標準偏差 \("σ" as Math) で割り、\
        さらに、学習されたゲイン \("γ" as Math) を掛けてバイアス \("β" as Math) を足します（ごく小さな ε は、0 で割らないためのものです）。ストリームそのものは変わりません。
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

  private static let rootMeanSquareFormula: Math = [
    .text("LN"), .parens("x"), .op("="),
    .frac(
      "x",
      .sqrt([
        .frac(.number("1"), "D"), .sum(under: "n", .sup(.sub("x", "n"), .number("2"))), .op("+"),
        "ε",
      ])
    ),
    .op("·"), "γ",
  ]

  /// The norm's formula, as this vector was normed.
  func formula(stream: Recorded, scale: Recorded, at position: Int) -> Block {
    equation(
      isRootMeanSquare(stream, scale, at: position) ? Self.rootMeanSquareFormula : Self.formula
    )
  }

  /// The first number of a vector, taken through the norm.
  func example(stream: Recorded, scale: Recorded, site: NormSite, at position: Int) -> [Block] {
    let vector = stream.vector(position)
    if isRootMeanSquare(stream, scale, at: position) {
      let quotient = Quantity(
        Double(vector[0]) / scale(position, 0).value,
        digits: 3,
        origin: .derived("\(stream.name)[\(position),0] / \(scale.name)[\(position),0]")
      )
      return [
        arithmetic(
          "\(stream(position, 0, digits: 3)) ÷ \(scale(position, 0, digits: 3)) = \(quotient)"
        )
      ]
    }
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
      "(\(stream(position, 0, digits: 3)) − \(signed: mean)) ÷ \(deviation) = \(normalized)",
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
      return [
        .arithmetic(
          lines + [
            "\(normalized) · \(signed: gain(0, digits: 3)) + \(signed: bias(0, digits: 3)) = \(shown)"
          ]
        )
      ]
    }
    return [.arithmetic(lines)]
  }

  /// Which positions' vectors the norm divides by most and by least.
  func observation(scale: Recorded) -> Block {
    let scales = scale.values
    let order = largest(scales.count, of: scales)
    guard let top = order.first, let bottom = order.last, top != bottom else {
      return found(
        en: "The only vector here is divided by \(scale(0, 0)).",
        ja: "ここにある唯一のベクトルは \(scale(0, 0)) で割られます。"
      )
    }
    guard scale(top, 0).text != scale(bottom, 0).text else {
      return found(
        en: "The \(scales.count) vectors are divided by about the same number, \(scale(top, 0)).",
        ja: "\(scales.count) 本のベクトルは、どれもほぼ同じ数 \(scale(top, 0)) で割られます。"
      )
    }
    // Divided, a vector has length √D · √(1 − ε / scale²): alike as long as ε is small beside it.
    let epsilon = story.trace.model.epsilon ?? 1e-5
    let least = scale(bottom, 0).value
    let isEven = epsilon < 0.01 * least * least
    return found(
      en: """
        Of the \(scales.count) vectors, that of \(story.mention(top)) is divided by the largest number, \(scale(top, 0)); that of \
        \(story.mention(bottom)) by the smallest, \(scale(bottom, 0)).\(isEven ? " Divided so, all are about equally long." : "")
        """,
      ja: """
        \(scales.count) 本のベクトルのうち、最も大きな数で割られるのは \(story.mention(top)) のベクトル（\(scale(top, 0))）、最も小さな\
        数で割られるのは \(story.mention(bottom)) のベクトル（\(scale(bottom, 0))）です。\(isEven ? "割った後は、どれもほぼ同じ長さです。" : "")
        """
    )
  }
}
