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

  /// The options that say how tokens are picked, and how many.
  ///
  /// - Parameter tokens: The command's option for how many.
  /// - Returns: Their descriptions.
  static func options(_ tokens: Option<Int>) -> [OptionSpec] {
    specs(tokens, temperature, topK, topP, .seed)
  }

  /// How many tokens a command writes at most.
  static func tokens(default limit: Int) -> Option<Int> {
    Option(
      "tokens",
      .integer("N", 1...1_000_000),
      default: limit,
      help: say(en: "how many tokens to write at most", ja: "書くトークンの数の上限")
    )
  }

  private static let temperature = Option(
    "temperature",
    .decimals("T", .from(0)),
    default: [SamplingOptions().temperature],
    help: say(
      en: "0 always picks the likeliest; below 1 is tamer, above 1 wilder; several, such as "
        + "0,0.7,1.5, are told side by side",
      ja: "温度。0 なら必ず確率が最も高いトークンを選びます。1 より低いと本命がさらに有利になり、高いとほかの候補にも"
        + "確率が回ります。0,0.7,1.5 のように並べると、並べて表示します"
    )
  )
  private static let topK: Option<Int?> = Option(
    "top-k",
    .integer("K", 1...Int.max),
    help: say(
      en: "draw from the K likeliest tokens only",
      ja: "確率の高い K 個のトークンだけから選びます"
    )
  )
  private static let topP: Option<Double?> = Option(
    "top-p",
    .decimal("P", .within(above: 0, to: 1)),
    help: say(
      en: "of those, draw from the fewest that reach the share P, above 0 to 1",
      ja: "その中で、確率の高い順に足して P に届くまでのトークンだけから選びます（0 より大きく 1 以下）"
    )
  )
  static let stop: Option<String?> = Option(
    "stop",
    .text("TEXT"),
    help: say(
      en: "end where the model writes this; it is not part of the text",
      ja: "モデルがこれを書いたら終わります（これ自体は文章に含めません）"
    )
  )

  /// Reads the options.
  ///
  /// - Parameters:
  ///   - invocation: The options.
  ///   - tokens: The command's option for how many tokens to write.
  ///   - console: Where a temperature is warned of that few services take.
  init(_ invocation: Invocation, tokens: Option<Int>, on console: Console) {
    var options = SamplingOptions()
    options.seed = invocation[.seed]
    options.topK = invocation[Self.topK]
    options.topP = invocation[Self.topP]
    sampling = invocation[Self.temperature].map { temperature in
      options.temperature = temperature
      return options
    }
    if let hot = sampling.first(where: { $0.temperature > 2 }) {
      console.warn(
        en: "temperature \(hot.temperature) is above 2, where many services stop; that limit is a "
          + "convention, not mathematics",
        ja: "温度 \(hot.temperature) は、多くのサービスが上限とする 2 を超えています。"
          + "その上限は取り決めであり、数学的なものではありません。"
      )
    }
    tokenLimit = invocation[tokens]
    stop = invocation[Self.stop]
  }
}
