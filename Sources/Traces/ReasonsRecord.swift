import Formats

// How reasons stand in a trace's metadata, beside what the trace says anyway: its prompt, its tokens, its interventions.

extension Reasons {
  /// Reads reasons of the last position of a trace; nil if the record is none, or is of another run.
  ///
  /// - Parameters:
  ///   - json: The record.
  ///   - trace: The trace, with its tokens.
  init?(_ json: JSONValue, of trace: Trace) {
    func token(_ json: JSONValue?) -> TraceToken? {
      guard let id = json?.int("token_id"), let text = json?.string("token"),
        text.utf8.count <= TraceMetadata.longestToken
      else { return nil }
      return TraceToken(id: id, text: text)
    }
    func site(_ json: JSONValue) -> Site? {
      json.string("site").flatMap { try? SiteReader.unbounded.site($0) }
    }
    /// Whether it is a head or an MLP that the trace's model has.
    func isSwitch(_ site: Site) -> Bool {
      switch site {
      case .head(let layer, let head):
        layer < trace.layerCount && head < trace.model.headCount ?? 0
      case .mlp(let layer): layer < trace.layerCount
      default: false
      }
    }
    let against = json.first("against")
    guard let asked = token(json["token"]), against == nil || token(against) != nil,
      let logit = json.number("logit"), let probability = json.number("probability"),
      let terms = json["terms"]?.list({ json -> Term? in
        guard let site = site(json), let value = json.number("contribution") else { return nil }
        return Term(site, value)
      }),
      let effects = json["effects"]?.list({ json -> Effect? in
        guard let site = site(json), let probability = json.number("probability"),
          let difference = json.number("difference"), let change = json.number("change"),
          isSwitch(site)
        else { return nil }
        return Effect(site, probability: probability, difference: difference, change: change)
      }),
      let inputs = json["inputs"]?.list({ $0.number }), inputs.count == trace.tokens.count
    else { return nil }
    self.init(
      model: trace.model.name,
      prompt: trace.prompt,
      tokens: trace.tokens,
      position: trace.tokens.count - 1,
      token: asked,
      against: token(against),
      logit: logit,
      againstLogit: json.number("against_logit"),
      probability: probability
    )
    (self.terms, self.effects, self.inputs) = (terms, effects, inputs)
    interventions = trace.interventions
  }

  /// The reasons as a record.
  var json: JSON {
    func token(_ token: TraceToken) -> JSON {
      ["token_id": .integer(token.id), "token": .string(token.text)]
    }
    return .present([
      ("token", token(self.token)), ("against", against.map { token($0) }),
      ("logit", .number(logit)), ("against_logit", againstLogit.map { .number($0) }),
      ("probability", .number(probability)),
      (
        "terms",
        .list(terms) {
          ["site": .string($0.site.name), "contribution": .number($0.contribution)]
        }
      ),
      (
        "effects",
        .list(effects) {
          [
            "site": .string($0.site.name), "probability": .number($0.probability),
            "difference": .number($0.difference), "change": .number($0.change),
          ]
        }
      ),
      ("inputs", .list(inputs) { .number($0) }),
    ])
  }
}
