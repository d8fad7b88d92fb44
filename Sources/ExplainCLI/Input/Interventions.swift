import Traces
import Transformer

extension OptionSpec {
  /// Sets what a site adds to zero.
  static let ablate = OptionSpec(
    "ablate",
    .texts(placeholder: "SITE"),
    help: say(
      en: "set what this adds to zero: blocks.0.attn.head.2, blocks.1.mlp, blocks.1.mlp.neuron.7, "
        + "any hook point's name; SITE@P at position P alone; may be given again",
      ja: "ここが足す値をゼロにして計算します。blocks.0.attn.head.2、blocks.1.mlp、blocks.1.mlp.neuron.7、"
        + "またはフックポイントの名前で指定し、SITE@P なら位置 P だけ。何度でも指定できます"
    )
  )
  /// Sets what a site adds to its mean.
  static let ablateMean = OptionSpec(
    "ablate-mean",
    .texts(placeholder: "SITE"),
    help: say(
      en: "set what this adds to its mean over the prompt's positions; may be given again",
      ja: "ここが足す値を、プロンプトの全位置にわたる平均に置き換えて計算します。何度でも指定できます"
    )
  )
  /// What is set from outside while a model runs.
  static let interventions: [OptionSpec] = [ablate, ablateMean]
}

extension Invocation {
  /// What is to be set from outside.
  ///
  /// - Parameters:
  ///   - configuration: The model's sizes.
  ///   - length: How many positions there are; any number if more may come.
  /// - Returns: What is to be set, zeros first.
  /// - Throws: A usage error that says which sites there are.
  func interventions(
    in configuration: Configuration,
    length: Int?
  ) throws(CLIError) -> [Intervention] {
    let reader = SiteReader(configuration)
    var list: [Intervention] = []
    for (option, kind) in [(OptionSpec.ablate, Intervention.Kind.zero), (.ablateMean, .mean)] {
      for text in texts(option) {
        let (site, position): (Site, Int?)
        do { (site, position) = try reader.siteAndPosition(text) } catch {
          let reason = LocalizedText(error)
          throw .usage(
            en: "\(option.typed): \(reason.en)",
            ja: "\(option.typed)：\(reason.ja)"
          )
        }
        if let position, let length, position >= length {
          let count =
            length == 1 ? "1 token, position 0" : "\(length) tokens, positions 0 to \(length - 1)"
          throw .usage(
            en: "\(option.typed) \(text): there are \(count)",
            ja: "\(option.typed) \(text)：トークンは \(length) 個で、位置は 0 から \(length - 1) までです。"
          )
        }
        let intervention = Intervention(site, kind, at: position)
        if list.contains(where: { $0.site == site && $0.position == position && $0 != intervention }
        ) {
          throw .usage(
            en: "\(text) cannot be set to zero and to its mean at once",
            ja: "\(text) を、ゼロと平均の両方に置き換えることはできません。"
          )
        }
        if !list.contains(intervention) { list.append(intervention) }
      }
    }
    return list
  }

  /// The same where nothing but logits counts: probabilities, which nothing is computed from, cannot be set then.
  ///
  /// - Throws: A usage error that says which sites there are.
  func interventionsOnLogits(
    in configuration: Configuration,
    length: Int?
  ) throws(CLIError) -> [Intervention] {
    let list = try interventions(in: configuration, length: length)
    if list.contains(where: { $0.sets(.probabilities) }) {
      throw .probabilitiesSet
    }
    return list
  }
}

extension CLIError {
  /// Probabilities are the end: nothing follows from them.
  static let probabilitiesSet = CLIError.usage(
    en: "nothing is computed from “probabilities”; set “logits” instead",
    ja: "「probabilities」から先に計算されるものはありません。代わりに「logits」を指定してください。"
  )
}
