import Calls
import Formats
import Pages
import Tensors
import Traces
import Transformer
import Walkthrough

// What a page shows of a run: an edition of it, one step, one number.

extension Engine {
  /// `edition`: the run as a page tells it in a `language`, one of the page's `languages`; HTML.
  ///
  /// With `told`, a list of steps such as `attention-scores`, the others are only named; `step` tells one of them.
  mutating func edition(_ call: EngineCall) throws(EngineError) -> String {
    let told = try call.texts("told")?.map { name throws(EngineError) in
      try Self.step(named: name)
    }
    return try makeEdition(call, telling: told).html
  }

  /// The stage and the step of a name such as `attention-scores`.
  private static func step(
    named name: String
  ) throws(EngineError) -> (stage: StageID, step: String) {
    let parts = name.split(separator: "-", maxSplits: 1)
    guard parts.count == 2, let stage = StageID(rawValue: String(parts[0])) else {
      throw EngineError("“\(name)” is no step")
    }
    return (stage, String(parts[1]))
  }

  /// The page of the run in the `language` of a call, with all steps told, or some.
  private mutating func makeEdition(
    _ call: EngineCall,
    telling told: [(stage: StageID, step: String)]?
  ) throws(EngineError) -> PageEdition {
    let language = try call.language()
    let languages = try (call.texts("languages") ?? [language.rawValue])
      .map { Language(rawValue: $0) }
    guard languages.contains(language), !languages.contains(nil),
      Set(languages.compactMap { $0?.rawValue }).count == languages.count
    else { throw EngineError("“languages” are no languages, or one twice, or lack “language”") }
    let choice = try choice(call)
    let walkthrough = Walkthrough(
      of: try shown().findings,
      in: language,
      layer: choice.layer,
      head: choice.head,
      telling: told
    )
    let edition = PageEdition(walkthrough, languages: languages.compactMap { $0 })
    keep(edition)
    return edition
  }

  /// `facts`: what the page's script needs to know of the run in a `language`: its `title`, its sizes and tokens.
  func facts(_ call: EngineCall) throws(EngineError) -> JSON {
    let run = try shown()
    let language = try call.language()
    return [
      "title": .string(PageEdition.title(prompt: run.trace.prompt, in: language)),
      "facts": try following(call)?.pageFacts ?? .null,
    ]
  }

  /// `texts`: the texts of the vocabulary, as they are shown.
  func texts(_ call: EngineCall) throws(EngineError) -> JSON {
    ["texts": try following(call)?.pageTexts ?? .null]
  }

  /// `followed`: the numbers of the run that the script draws from; bytes.
  func followed(_ call: EngineCall) throws(EngineError) -> [UInt8] {
    try following(call)?.pageNumbers ?? []
  }

  private func following(_ call: EngineCall) throws(EngineError) -> Following? {
    let choice = try choice(call)
    return Following(
      of: try shown().findings,
      in: try call.language(),
      layer: choice.layer,
      head: choice.head,
      isTold: true
    )
  }

  /// The layer and the head that a call opens up.
  func choice(_ call: EngineCall) throws(EngineError) -> (layer: Int?, head: Int?) {
    let trace = try shown().trace
    return (
      try call.index("layer", below: trace.layerCount),
      try call.index("head", below: trace.model.headCount ?? 0)
    )
  }

  /// `step`: one step, told of a `position`, a `layer` and a `head`: `{"stage": …, "step": …, "language": …}`.
  ///
  /// The reply has its `html`, as in the edition that was asked for; before one was, as in one for the page's `languages`.
  mutating func step(_ call: EngineCall) throws(EngineError) -> JSON {
    let run = try shown()
    let language = try call.language()
    guard let id = StageID(rawValue: try call.text("stage")) else {
      throw EngineError("there is no stage “\(try call.text("stage"))”")
    }
    let edition: PageEdition
    if let made = editions.first(where: { $0.language == language }) {
      edition = made
    } else {
      edition = try makeEdition(call, telling: [])
    }
    let name = try call.text("step")
    let choice = try choice(call)
    let stage = Walkthrough.stage(
      id,
      of: run.findings,
      in: language,
      layer: choice.layer,
      head: choice.head,
      followed: try call.index("position", below: run.tokens.count),
      telling: name
    )
    guard let step = stage?.steps.first(where: { $0.id == name }),
      let html = edition.article(step, of: id)
    else { throw EngineError("the stage “\(id.rawValue)” has no step “\(name)”") }
    return ["html": .string(html)]
  }

  /// `value`: the number at `indices` of the tensor `name`.
  func value(_ call: EngineCall) throws(EngineError) -> JSON {
    let run = try shown()
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
