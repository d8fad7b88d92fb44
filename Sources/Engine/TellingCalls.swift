import Formats
import Pages
import Tensors
import Traces
import Transformer
import Walkthrough

// What a page shows of a run: the whole of it, one step, one number.

extension Engine {
  /// `page`: the run as a page, in `languages`, the first shown first; HTML.
  mutating func page(_ call: EngineCall) throws(EngineError) -> String {
    let (model, run) = try shown()
    let layer = try call.index("layer", below: model.transformer.configuration.layerCount)
    let head = try call.index("head", below: model.transformer.configuration.headCount)
    let languages = try (call.texts("languages") ?? ["en"]).map { Language(rawValue: $0) }
    guard !languages.isEmpty, !languages.contains(nil),
      Set(languages.compactMap { $0?.rawValue }).count == languages.count
    else { throw EngineError("“languages” are no languages, or one twice") }
    let isStill = call.isTrue("still")
    let editions = languages.compactMap { $0 }.map { language in
      (
        walkthrough: Walkthrough(of: run.trace, in: language, layer: layer, head: head),
        following: isStill
          ? nil : Following(of: run.trace, in: language, layer: layer, head: head)
      )
    }
    return HTMLPage(editions: editions).html
  }

  /// `step`: one step, told of a `position`, a `layer` and a `head`: `{"stage": …, "step": …, "language": …}`.
  ///
  /// The reply has its `html`.
  mutating func step(_ call: EngineCall) throws(EngineError) -> JSON {
    let (model, run) = try shown()
    let language = try call.language()
    guard let id = StageID(rawValue: try call.text("stage")) else {
      throw EngineError("there is no stage “\(try call.text("stage"))”")
    }
    let name = try call.text("step")
    let stage = Walkthrough.stage(
      id,
      of: run.trace,
      in: language,
      layer: try call.index("layer", below: model.transformer.configuration.layerCount),
      head: try call.index("head", below: model.transformer.configuration.headCount),
      followed: try call.index("position", below: run.tokens.count)
    )
    guard let step = stage?.steps.first(where: { $0.id == name }) else {
      throw EngineError("the stage “\(id.rawValue)” has no step “\(name)”")
    }
    let steps = run.steps[language] ?? PageSteps(Walkthrough(of: run.trace, in: language))
    if run.steps[language] == nil { keep(steps, in: language) }
    guard let html = steps.article(step, of: id) else {
      throw EngineError("the page has no step “\(name)”")
    }
    return ["html": .string(html)]
  }

  /// `value`: the number at `indices` of the tensor `name`.
  func value(_ call: EngineCall) throws(EngineError) -> JSON {
    let run = try shown().run
    let name = try call.text("name")
    guard let tensor = run.trace.tensors[name] else { throw EngineError("no tensor “\(name)”") }
    let indices = try call.counts("indices") ?? []
    guard indices.count == tensor.shape.count,
      zip(indices, tensor.shape).allSatisfy({ $0 < $1 })
    else {
      throw EngineError("“\(name)” has the shape \(tensor.shape); \(indices) is no place in it")
    }
    let position = zip(indices, tensor.shape).reduce(0) { $0 * $1.1 + $1.0 }
    return ["value": .number(Double(tensor.withValues { $0[position] }))]
  }
}
