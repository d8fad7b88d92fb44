import Formats
import Pages
import Traces

extension JSON {
  /// `{prompt, position, token, against, logit, against_logit, difference, probability, terms, effects, inputs, neurons, …}`.
  init(_ reasons: Reasons) {
    var members: [Member] = [
      Member("prompt", .string(reasons.prompt)),
      Member("model", reasons.model.map { .string($0) } ?? .null),
      Member("tokens", .array(reasons.tokens.map { .members(JSON.members(of: $0)) })),
      Member("position", .integer(reasons.position)),
      Member("token", .members(JSON.members(of: reasons.token))),
      Member("against", reasons.against.map { .members(JSON.members(of: $0)) } ?? .null),
      Member("logit", .number(reasons.logit)),
      Member("against_logit", reasons.againstLogit.map { .number($0) } ?? .null),
      Member("difference", .number(reasons.difference)),
      Member("probability", .number(reasons.probability)),
      Member("interventions", JSON(reasons.interventions)),
      Member("terms", .array(reasons.terms.map { JSON($0) })),
      Member(
        "effects",
        .array(
          reasons.effects.map { effect in
            [
              "site": .string(effect.site.name), "kind": "zero",
              "probability": .number(effect.probability),
              "difference": .number(effect.difference), "change": .number(effect.change),
            ]
          }
        )
      ),
      Member(
        "inputs",
        .array(
          reasons.inputs.enumerated().map { position, weight in
            [
              "position": .integer(position), "token": .string(reasons.tokens[position].text),
              "gradient_x_input": .number(weight),
            ]
          }
        )
      ),
    ]
    if let neurons = reasons.neurons {
      members.append(Member("neurons", .array(neurons.map { JSON($0) })))
    }
    self = .members(members)
  }

  private init(_ term: Reasons.Term) {
    self = ["site": .string(term.site.name), "contribution": .number(term.contribution)]
  }

  private static func members(of token: TraceToken) -> [Member] {
    [Member("token_id", .integer(token.id)), Member("token", .string(token.text))]
  }
}

extension CSV {
  /// One row for each term, effect, input and neuron.
  static func text(of reasons: Reasons) -> String {
    let end = cell(reasons.interventions)
    var text = row(
      [
        "measure", "site", "position", "token", "contribution", "probability", "difference",
        "change",
      ] + interventionsHead(reasons.interventions)
    )
    func terms(_ terms: [Reasons.Term], _ measure: String) {
      for term in terms {
        text += row([measure, term.site.name, "", "", "\(term.contribution)", "", "", ""] + end)
      }
    }
    terms(reasons.terms, "term")
    for effect in reasons.effects {
      text += row(
        [
          "effect", effect.site.name, "", "", "", "\(effect.probability)", "\(effect.difference)",
          "\(effect.change)",
        ] + end
      )
    }
    for (position, weight) in reasons.inputs.enumerated() {
      let token = safe(reasons.tokens[position].text)
      text += row(["input", "", "\(position)", token, "\(weight)", "", "", ""] + end)
    }
    terms(reasons.neurons ?? [], "neuron")
    return text
  }
}
