import Traces
import Transformer

extension Option where Value == [String] {
  /// Sets what a site adds to zero.
  static var ablate: Option {
    Option(
      collecting: "ablate",
      "SITE",
      help: say(
        en:
          "set what this adds to zero: blocks.0.attn.head.2, blocks.1.mlp, blocks.1.mlp.neuron.7, "
          + "any hook point's name; SITE@P at position P alone; may be given again",
        ja: "ここが足す値をゼロにして計算します。blocks.0.attn.head.2、blocks.1.mlp、blocks.1.mlp.neuron.7、"
          + "またはフックポイントの名前で指定し、SITE@P なら位置 P だけ。何度でも指定できます"
      )
    )
  }

  /// Sets what a site adds to its mean.
  static var ablateMean: Option {
    Option(
      collecting: "ablate-mean",
      "SITE",
      help: say(
        en: "set what this adds to its mean over the prompt's positions; may be given again",
        ja: "ここが足す値を、プロンプトの全位置にわたる平均に置き換えて計算します。何度でも指定できます"
      )
    )
  }

  /// Adds a vector to what a site is.
  static var add: Option {
    Option(
      collecting: "add",
      "SITE=VECTOR*SCALE",
      help: say(
        en:
          "steer: add a vector there at every position, or at SITE@P alone. VECTOR is a file (a JSON list of numbers, or "
          + "safetensors, FILE#TENSOR[ROW]), or what SITE has at the end of two prompts, \"A\"-\"B\"; may be given again",
        ja: "ステアリング：ここに、すべての位置で（SITE@P なら位置 P だけで）ベクトルを足します。VECTOR はファイル（数の JSON 配列、"
          + "または safetensors の FILE#TENSOR[ROW]）か、2つのプロンプトの末尾での SITE の値の差 \"A\"-\"B\" です。何度でも指定できます"
      )
    )
  }
}

extension OptionSpec {
  /// What is set from outside while a model runs.
  static let interventions = specs(.ablate, .ablateMean, .add)
}

extension Invocation {
  /// What is to be set from outside.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - length: How many positions there are; any number if more may come.
  /// - Returns: What is to be set, zeros first, what is added last.
  /// - Throws: A usage error that says which sites there are; what is wrong with a vector.
  func interventions(of model: Model, length: Int?) throws(CLIError) -> [Intervention] {
    let reader = SiteReader(model.transformer.configuration).suggesting
    var list: [Intervention] = []
    for (option, kind) in [(Option.ablate, Intervention.Kind.zero), (.ablateMean, .mean)] {
      for text in self[option] {
        let (site, position) = try place(text, of: option, reader, length: length)
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
    for text in self[.add] {
      guard let steering = SteeringText(text) else {
        throw .usage(
          en: "--add \(text): expected SITE=FILE*SCALE or SITE=\"A\"-\"B\"*SCALE, such as "
            + "blocks.1.hook_resid_pre=\"fashion\"-\"machine learning\"*4",
          ja: "--add \(text)：SITE=FILE*SCALE か SITE=\"A\"-\"B\"*SCALE の形で指定してください。例："
            + "blocks.1.hook_resid_pre=\"fashion\"-\"machine learning\"*4"
        )
      }
      let (site, position) = try place(steering.place, of: .add, reader, length: length)
      let vector = try steering.vector(
        for: site,
        of: model,
        addingSpecialTokens: !self[.noSpecial]
      )
      list.append(Intervention(site, .add(vector), at: position))
    }
    return list
  }

  /// Reads a site and a position that an option names.
  private func place(
    _ text: String,
    of option: Option<[String]>,
    _ reader: SiteReader,
    length: Int?
  ) throws(CLIError) -> (Site, Int?) {
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
    return (site, position)
  }

  /// The same where nothing but logits counts: probabilities, which nothing is computed from, cannot be set then.
  ///
  /// - Throws: A usage error that says which sites there are.
  func interventionsOnLogits(of model: Model, length: Int?) throws(CLIError) -> [Intervention] {
    let list = try interventions(of: model, length: length)
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
