import Sampling
import Transformer
import Walkthrough

/// How the command line asks for tokens to be picked.
struct SamplingRequest {
  /// How tokens are picked, for each temperature that was asked for.
  let sampling: [SamplingOptions]
  /// How many tokens to write at most.
  let tokenLimit: Int
  /// Where to stop; the text before it is kept.
  let stop: String?

  /// The options that say how tokens are picked.
  static let options = options(tokenLimit: 40)

  /// The same where so many tokens are written at most, unless another number is asked for.
  static func options(tokenLimit: Int) -> [OptionSpec] {
    let tokens = OptionSpec(
      Self.tokens.name,
      Self.tokens.value,
      help: Self.tokens.help,
      defaultText: LocalizedText(same: "\(tokenLimit)")
    )
    return [tokens, temperature, topK, topP, .seed]
  }

  private static let tokens = OptionSpec(
    "tokens",
    .integer(placeholder: "N", 1...1_000_000),
    help: say(en: "how many tokens to write at most", ja: "書くトークンの数の上限")
  )
  static let temperature = OptionSpec(
    "temperature",
    .text(placeholder: "T"),
    help: say(
      en: "0 always picks the likeliest; below 1 is tamer, above 1 wilder; several, such as "
        + "0,0.7,1.5, are told side by side",
      ja: "温度。0 なら必ず確率が最も高いトークンを選びます。1 より低いと本命がさらに有利になり、高いとほかの候補にも"
        + "確率が回ります。0,0.7,1.5 のように並べると、並べて表示します"
    ),
    defaultText: LocalizedText(same: "1")
  )
  static let topK = OptionSpec(
    "top-k",
    .integer(placeholder: "K", 1...Int.max),
    help: say(
      en: "draw from the K likeliest tokens only",
      ja: "確率の高い K 個のトークンだけから選びます"
    )
  )
  static let topP = OptionSpec(
    "top-p",
    .text(placeholder: "P"),
    help: say(
      en: "of those, draw from the fewest that reach the share P, above 0 to 1",
      ja: "その中で、確率の高い順に足して P に届くまでのトークンだけから選びます（0 より大きく 1 以下）"
    )
  )
  static let stop = OptionSpec(
    "stop",
    .text(placeholder: "TEXT"),
    help: say(
      en: "end where the model writes this; it is not part of the text",
      ja: "モデルがこれを書いたら終わります（これ自体は文章に含めません）"
    )
  )

  /// Reads the options.
  ///
  /// - Throws: A usage error that names the option.
  init(_ invocation: Invocation, on console: Console, tokenLimit: Int = 40) throws(CLIError) {
    var options = SamplingOptions()
    options.seed = UInt64(invocation.integer(.seed) ?? 0)
    options.topK = invocation.integer(Self.topK)
    if let text = invocation.text(Self.topP) {
      let p = try Self.number(text, for: Self.topP)
      guard p > 0, p <= 1 else {
        throw .usage(
          en: "--top-p \(text) is out of range: above 0, to 1",
          ja: "--top-p の \(text) は範囲の外です（0 より大きく 1 以下）。"
        )
      }
      options.topP = p
    }
    let temperatures = invocation.text(Self.temperature) ?? "1"
    var sampling: [SamplingOptions] = []
    for text in temperatures.split(separator: ",", omittingEmptySubsequences: false) {
      options.temperature = try Self.number(String(text), for: Self.temperature)
      guard options.temperature >= 0 else {
        throw .usage(
          en: "--temperature \(text) is out of range: 0 or more",
          ja: "--temperature の \(text) は範囲の外です（0 以上）。"
        )
      }
      sampling.append(options)
    }
    if let hot = sampling.first(where: { $0.temperature > 2 }) {
      console.warn(
        en: "temperature \(hot.temperature) is above 2, where many services stop; that limit is a "
          + "convention, not mathematics",
        ja: "温度 \(hot.temperature) は、多くのサービスが上限とする 2 を超えています。"
          + "その上限は取り決めであり、数学的なものではありません。"
      )
    }
    self.sampling = sampling
    self.tokenLimit = invocation.integer(Self.tokens) ?? tokenLimit
    stop = invocation.text(Self.stop)
  }

  /// A plain decimal number.
  private static func number(_ text: String, for option: OptionSpec) throws(CLIError) -> Double {
    let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
    guard isPlain, let number = Double(text), number.isFinite else {
      throw .usage(
        en: "\(option.typed) “\(text)” is not a number",
        ja: "\(option.typed) の「\(text)」は数ではありません。"
      )
    }
    return number
  }
}

extension GeneratedText.Settings {
  init(_ options: SamplingOptions) {
    self.init(
      temperature: options.temperature,
      topK: options.topK,
      topP: options.topP,
      seed: options.seed
    )
  }
}
