import Graphics
import Tensors
import TestSupport
import Testing
import Traces
import Walkthrough

@Suite struct TellingTests {
  static let prompts = [
    "The king and the queen", "x", "  two  spaces,\n\ttabs — naïve café 東京 🗼",
    "A machine learning model, not a fashion model!",
  ]

  @Test(arguments: prompts, Language.allCases)
  func `all stages are told, in order, with nothing left out`(
    prompt: String,
    language: Language
  ) throws {
    let story = Walkthrough(of: try Told.reasoned(prompt), in: language)
    #expect(story.stages.map(\.id) == StageID.allCases)
    #expect(story.leftOut.map(\.plain) == [])
    #expect(story.next.count == 10)
  }

  @Test(arguments: prompts)
  func `every stage has its steps and something that was found`(prompt: String) throws {
    let story = Walkthrough(of: try Told.reasoned(prompt), in: .en)
    let expected = [3, 5, 2, 12, 5, 4, 4, 3, 4, 3, 7]
    #expect(story.stages.map(\.steps.count) == expected)
    for stage in story.stages {
      #expect(Set(stage.steps.map(\.id)).count == stage.steps.count, "\(stage.id)")
      #expect(
        stage.steps.contains { step in
          step.blocks.contains { if case .found = $0 { true } else { false } }
        },
        "\(stage.id)"
      )
    }
  }

  @Test(arguments: prompts, Language.allCases)
  func `every number quoted from the trace is the trace's`(
    prompt: String,
    language: Language
  ) throws {
    let trace = try Told.trace(prompt)
    let quantities = Walkthrough(of: trace, in: language).quantities
    var quoted = 0
    for quantity in quantities {
      guard case .trace(let place) = quantity.origin else { continue }
      let value = try #require(trace.value(at: place), "\(place)")
      #expect(quantity.value == Double(value), "\(place)")
      quoted += 1
    }
    #expect(quoted > quantities.count / 3)
    #expect(!quantities.contains { $0.value.isNaN })
  }

  @Test(arguments: HookPoint.all(layerCount: 3).map(\.name))
  func `without any one tensor the rest is told`(name: String) throws {
    var trace = try Told.trace("The king and the queen")
    trace.tensors[name] = nil
    let story = Walkthrough(of: trace, in: .en, layer: 1, head: 2)
    #expect(story.stages.map(\.id) == StageID.allCases.filter { $0 != .why })
    #expect(story.stages.allSatisfy { !$0.steps.isEmpty })
    let quoted = story.quantities.filter {
      if case .trace(let place) = $0.origin { place.hasPrefix("\(name)[") } else { false }
    }
    #expect(quoted.isEmpty)
  }

  @Test func `with one kind of tensor alone, what is missing is named`() throws {
    var trace = try Told.trace("The king and the queen", recordsFacts: false)
    trace.tensors = trace.tensors.filter { $0.key.hasSuffix("hook_pattern") }
    trace.parameters = nil
    trace.continuation = nil
    trace.merges = nil
    for language in Language.allCases {
      let story = Walkthrough(of: trace, in: language)
      #expect(story.figures.contains { $0.name == "attention-all-heads" })
      #expect(story.leftOut.contains { $0.plain.contains("logits") })
      #expect(story.leftOut.count > 15)
    }
  }

  @Test func `the layer and head asked for are opened up`() throws {
    let story = Walkthrough(
      of: try Told.trace("The king and the queen"),
      in: .en,
      layer: 2,
      head: 1
    )
    #expect(story.figures.contains { $0.name == "attention-layer2-head1" })
  }

  @Test func `figures have names of their own and say what they show`() throws {
    let figures = Walkthrough(of: try Told.trace("The king and the queen"), in: .en).figures
    #expect(Set(figures.map(\.name)).count == figures.count)
    #expect(figures.count >= 20)
    for figure in figures {
      #expect(!figure.scene.title.isEmpty && !figure.scene.description.isEmpty, "\(figure.name)")
    }
  }

  @Test func `the same trace gives the same story`() throws {
    let trace = try Told.trace("The king and the queen")
    let stories = (0..<2).map { _ in Walkthrough(of: trace, in: .en) }
    #expect(stories[0].texts == stories[1].texts)
  }
}

extension Trace {
  /// The element that `NAME[i,j,k]` names.
  fileprivate func value(at place: String) -> Float? {
    guard let bracket = place.lastIndex(of: "["), place.last == "]" else { return nil }
    let indices = place[place.index(after: bracket)...].dropLast().split(separator: ",").compactMap
    { Int($0) }
    guard let tensor = tensors[String(place[..<bracket])], indices.count == tensor.shape.count,
      zip(indices, tensor.shape).allSatisfy({ 0..<$1 ~= $0 })
    else { return nil }
    return indices.reduce(tensor) { $0.slice($1) }.values[0]
  }
}
