import Traces
import Transformer

extension OptionSpec {
  /// Sets what a site adds to zero.
  static let ablate = OptionSpec(
    "ablate",
    .texts(placeholder: "SITE"),
    help: "set what this adds to zero: blocks.0.attn.head.2, blocks.1.mlp, blocks.1.mlp.neuron.7, "
      + "any hook point's name; SITE@P at position P alone; may be given again"
  )
  /// Sets what a site adds to its mean.
  static let ablateMean = OptionSpec(
    "ablate-mean",
    .texts(placeholder: "SITE"),
    help: "set what this adds to its mean over the prompt's positions; may be given again"
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
          throw .usage("\(option.typed): \(error.description)")
        }
        if let position, let length, position >= length {
          let count =
            length == 1 ? "1 token, position 0" : "\(length) tokens, positions 0 to \(length - 1)"
          throw .usage("\(option.typed) \(text): there are \(count)")
        }
        let intervention = Intervention(site, kind, at: position)
        if list.contains(where: { $0.site == site && $0.position == position && $0 != intervention }
        ) {
          throw .usage("\(text) cannot be set to zero and to its mean at once")
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
      throw .usage("nothing is computed from “probabilities”; set “logits” instead")
    }
    return list
  }
}
