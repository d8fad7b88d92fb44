import Attribution
import Calls
import Formats
import Pages
import Traces
import Transformer
import Walkthrough

// Another prompt beside the one that is shown.

extension Engine {
  /// `compare`: the run that is shown beside that of a `prompt`; what is set from outside in the one, is in the other, too.
  ///
  /// `patch` names the part of the one that is put into the other, where both have as many tokens; `layer` and `head` the
  /// patterns that are compared. The reply has as a part of the page the `report`, whose ids begin with `prefix`.
  func compare(_ call: EngineCall) throws(EngineError) -> JSON {
    let run = try shown()
    let model = try model(of: run)
    let prompt = try Self.prompt(try call.text("prompt"), of: model, keepingLast: true)
    let interventions = run.trace.interventions.filter { $0.position == nil }
    let other: Trace
    do throws(RunError) {
      other = try model.recordForComparison(prompt.text, tokens: prompt.tokens, interventions)
    } catch {
      throw EngineError(error.description)
    }
    let configuration = model.transformer.configuration
    let part = try call.optionalText("patch").flatMap { Patching.Part(rawValue: $0) }
    let canPut = run.tokens.count == prompt.tokens.count && run.trace.interventions.isEmpty
    var put: Patching?
    if let part, canPut, let contrast = Contrast(answersOf: run.trace, other) {
      put = model.patching(part, of: run.trace, into: other, contrast)
    }
    let runs = ComparedRuns(
      run.trace,
      other,
      layer: try call.index("layer", below: configuration.layerCount),
      head: try call.index("head", below: configuration.headCount),
      patching: put,
      lacksPatching: part != nil && !canPut
    )
    let report = CompareReport(runs, top: 5, in: try call.language())
    let prefix = try call.optionalText("prefix") ?? ""
    return ["parts": ["report": .string(ArticlePage.steps(of: report.article, prefix: prefix))]]
  }
}

extension Contrast {
  /// The likeliest token after the one prompt against that after the other; if they are the same, against the runner-up.
  fileprivate init?(answersOf a: Trace, _ b: Trace) {
    let first = ComparedRuns.next(of: a, count: 2).map { $0.token.id }
    let second = ComparedRuns.next(of: b, count: 1).map { $0.token.id }
    guard let token = first.first else { return nil }
    let against = second.first.flatMap { $0 == token ? nil : $0 } ?? first.dropFirst().first
    guard let against else { return nil }
    self.init(token, against: against)
  }
}
