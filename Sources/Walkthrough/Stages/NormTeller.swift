import Graphics
import Traces

/// Tells of a norm, which stands before attention, before the MLP and at the end.
///
/// It says what is known of it: from the trace's metadata, or because the recorded numbers agree with it.
struct NormTeller: Teller {
  let story: Story
  let site: NormSite

  private var finding: NormFinding { story.architecture.norm(site) }

  /// Whether the trace shows that there is a norm, whichever it is.
  var isShown: Bool {
    story.architecture.said.norm != nil || story.trace[.scale(site)] != nil
      || story.trace[.normalized(site)] != nil || story.trace[.normOut(site)] != nil
  }

  /// The norm's name in a formula.
  var symbol: Math {
    switch finding.kind {
    case .layerNorm: .text("LN")
    case .rootMeanSquare: .text("RMSNorm")
    case nil: .text("norm")
    }
  }

  /// The norm's result, as a matrix reads it.
  var read: Math { [symbol, .parens("x")] }

  /// The norm's name in a sentence.
  var name: RichText {
    switch finding.kind {
    case .layerNorm: say(en: "layer norm", ja: "レイヤー正規化")
    case .rootMeanSquare: "RMSNorm"
    case nil: say(en: "norm", ja: "正規化")
    }
  }

  /// The name with its article: `a layer norm`.
  var aName: RichText {
    finding.kind == .rootMeanSquare
      ? say(en: "an RMSNorm", ja: "RMSNorm")
      : say(en: "a \(name)", ja: "\(name)")
  }

  // MARK: - What it does

  /// What the norm does, and its formula.
  @BlockList var explanation: [Block] {
    switch finding.kind {
    case .layerNorm: withMean
    case .rootMeanSquare: withoutMean
    case nil: divided
    }
    formula
  }

  private var withMean: Block {
    paragraph(
      en: """
        Before it is read, each vector passes a \(term: "layer norm"): its mean \("μ" as Math) is taken away and it is divided by \
        its standard deviation \("σ" as Math)\(after.en). The tiny ε keeps the divisor above 0. The stream itself stays as it is.
        """,
      ja: """
        読み取られる前に、各ベクトルは\(term: "レイヤー正規化")を通ります。成分の平均 \("μ" as Math) を引いて標準偏差 \("σ" as Math) で\
        割\(after.ja)（ごく小さな ε は、0 で割らないためのものです）。ストリームそのものは変わりません。
        """
    )
  }

  private var withoutMean: Block {
    paragraph(
      en: """
        Before it is read, each vector passes an \(term: "RMSNorm"), a simpler kind of layer norm: it is divided by the root of \
        the mean of its squares, and no mean is taken away\(after.en). The tiny ε keeps the divisor above 0. The stream itself \
        stays as it is.
        """,
      ja: """
        読み取られる前に、各ベクトルは \(term: "RMSNorm") を通ります。レイヤー正規化を簡単にしたもので、平均は引かず、成分の2乗の平均の\
        平方根で割\(after.ja)（ごく小さな ε は、0 で割らないためのものです）。ストリームそのものは変わりません。
        """
    )
  }

  private var divided: Block {
    paragraph(
      en: """
        Before it is read, each vector is divided by a number that the trace records, \(code: HookPoint.scale(site).name): a \
        \(term: "norm"). The stream itself stays as it is.
        """,
      ja: """
        読み取られる前に、各ベクトルは、トレースに記録された数 \(code: HookPoint.scale(site).name) で割られます。これが\
        \(term: "正規化")です。ストリームそのものは変わりません。
        """
    )
  }

  /// What is done after the division, where that is known.
  private var after: (en: RichText, ja: RichText) {
    switch (finding.hasGain, finding.hasBias) {
    case (true, true):
      (
        "; then a learned gain \("γ" as Math) multiplies it and a learned bias \("β" as Math) is added",
        "り、さらに、学習されたゲイン \("γ" as Math) を掛けてバイアス \("β" as Math) を足します"
      )
    case (true, false):
      (
        "; then a learned gain \("γ" as Math) multiplies it",
        "り、さらに、学習されたゲイン \("γ" as Math) を掛けます"
      )
    default: ("", "ります")
    }
  }

  // MARK: - Its formula

  /// The norm's formula, and how it is known.
  @BlockList var formula: [Block] {
    if let quotient { equation(.row([result, .op("=")] + scaled(quotient))) }
    evidence
    if finding.kind != nil, finding.hasGain == nil || finding.hasBias == nil {
      untold(
        en:
          "what comes after the division: whether a learned gain multiplies it or a bias is added",
        ja: "割ったあとに、学習されたゲインを掛けるか、バイアスを足すか"
      )
    }
  }

  /// What is divided by what.
  private var quotient: Math? {
    switch finding.kind {
    case .layerNorm:
      .frac(
        ["x", .op("−"), .sub("μ", "x")],
        .sqrt([.sup(.symbol("σ"), .number("2")), .op("+"), "ε"])
      )
    case .rootMeanSquare:
      .frac(
        "x",
        .sqrt([
          .frac(.number("1"), "D"), .sum(under: "n", .sup(.sub("x", "n"), .number("2"))),
          .op("+"), "ε",
        ])
      )
    case nil: nil
    }
  }

  /// Where it is not known what follows the division, the formula is that of the division alone.
  private var result: Math {
    finding.hasGain == nil || finding.hasBias == nil
      ? .text("normalized") : .row([symbol, .parens("x")])
  }

  private func scaled(_ quotient: Math) -> [Math] {
    guard let hasGain = finding.hasGain, let hasBias = finding.hasBias else { return [quotient] }
    return [quotient] + (hasGain ? [.op("·"), "γ"] : []) + (hasBias ? [.op("+"), "β"] : [])
  }

  private var evidence: Block? {
    switch finding.evidence {
    case .said: nil
    case .numbers:
      paragraph(
        en: "The trace does not name its norm; its recorded numbers agree with this one.",
        ja: "このトレースには正規化の種類が書かれていませんが、記録された数はこの式に一致します。"
      )
    case .undecided:
      untold(
        en: """
          which norm it is: its numbers agree with layer norm and with RMSNorm, since the means of its vectors are next to 0
          """,
        ja: "正規化の種類（ベクトルの平均がほぼ 0 なので、記録された数はレイヤー正規化にも RMSNorm にも一致します）"
      )
    case .nothing: untold(en: "which norm it is", ja: "正規化の種類")
    }
  }

  // MARK: - An example

  /// The first number of a vector, taken through the norm.
  func example(stream: Recorded, scale: Recorded, at position: Int) -> [Block] {
    let vector = stream.vector(position)
    let (first, divisor) = (stream(position, 0, digits: 3), scale(position, 0, digits: 3))
    switch finding.kind {
    case .layerNorm:
      let middle = "mean(n, \(stream.place([position], "n")))"
      let mean = Quantity(
        mean(vector),
        digits: 3,
        origin: .derived(middle)
      )
      let normalized = Quantity(
        (Double(vector[0]) - mean.value) / divisor.value,
        digits: 3,
        origin: .derived(
          "(\(stream.place([position, 0])) - \(middle)) / \(scale.place([position, 0]))"
        )
      )
      return [
        .arithmetic(
          [
            "x₀ = \(first), μ = \(mean), √(σ² + ε) = \(divisor)",
            "(\(first) − \(signed: mean)) ÷ \(divisor) = \(normalized)",
          ] + learned(normalized, at: position)
        )
      ]
    case .rootMeanSquare:
      let quotient = Quantity(
        Double(vector[0]) / divisor.value,
        digits: 3,
        origin: .derived("\(stream.place([position, 0])) / \(scale.place([position, 0]))")
      )
      return [
        .arithmetic(["\(first) ÷ \(divisor) = \(quotient)"] + learned(quotient, at: position))
      ]
    case nil:
      let result = story.recorded(.normalized(site)).map { $0(position, 0, digits: 3) }
      return result.map { result in
        [
          arithmetic(
            "x₀ = \(first), \(code: Story.shortName(scale.name)) = \(divisor) → \(result)"
          )
        ]
      } ?? []
    }
  }

  /// The formula that a number was derived by, or its place.
  private func formula(_ quantity: Quantity) -> String {
    switch quantity.origin {
    case .trace(let place), .derived(let place): place
    case .illustration: quantity.text
    }
  }

  /// Gain and bias put to the first number, where they were recorded.
  private func learned(_ normalized: Quantity, at position: Int) -> [RichText] {
    guard let gain = story.recorded(.gain(site)) else { return [] }
    let bias = finding.hasBias == true ? story.recorded(.bias(site)) : nil
    guard bias != nil || finding.hasBias == false else { return [] }
    let result = normalized.value * gain(0).value + (bias?(0).value ?? 0)
    let shown =
      story.recorded(.normOut(site)).map { $0(position, 0, digits: 3) }
      ?? Quantity(
        result,
        digits: 3,
        origin: .derived(
          "(\(formula(normalized))) * \(gain.name)[0]" + (bias.map { " + \($0.name)[0]" } ?? "")
        )
      )
    let added: RichText = bias.map { " + \(signed: $0(0, digits: 3))" } ?? ""
    return ["\(normalized) · \(signed: gain(0, digits: 3))" + added + " = \(shown)"]
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
