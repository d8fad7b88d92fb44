import Files
import Graphics
import TestSupport
import Tensors
import Testing
import Traces
import Transformer
import Walkthrough

/// The run as one drawing, laid out for models and prompts of many sizes.
@Suite struct MachineTests {
  /// Sizes of a model, and how many tokens it reads.
  struct Sizes: CustomTestStringConvertible {
    var layers = 4, heads = 4, keyHeads = 4, headWidth = 32, neurons = 512
    var vocabulary = 2688, context = 128, tokens = 5

    var testDescription: String { "\(layers) × \(heads), \(tokens) tokens" }

    /// A trace of which only the sizes are known.
    var trace: Trace {
      var model = ModelDescription()
      model.layerCount = layers
      model.headCount = heads
      model.architecture.keyValueHeadCount = keyHeads
      model.dHead = headWidth
      model.dModel = heads * headWidth
      model.dMLP = neurons
      model.dVocab = vocabulary
      model.contextLength = context
      let tokens = (0..<tokens).map { TraceToken(id: $0 * 7 % vocabulary, text: " token") }
      return Trace(prompt: "", tokens: tokens, model: model, tensors: [:])
    }
  }

  static let sizes: [Sizes] = [
    Sizes(), Sizes(tokens: 1), Sizes(tokens: 128),
    Sizes(layers: 12, heads: 12, keyHeads: 12, headWidth: 64, neurons: 3072, vocabulary: 50257),
    Sizes(
      layers: 30,
      heads: 9,
      keyHeads: 3,
      headWidth: 64,
      neurons: 1536,
      vocabulary: 49152,
      tokens: 29
    ),
    Sizes(layers: 1, heads: 2, keyHeads: 2, headWidth: 8, neurons: 64, vocabulary: 487, tokens: 3),
  ]

  private func intersect(_ a: Machine.Rectangle, _ b: Machine.Rectangle) -> Bool {
    min(a.x + a.width, b.x + b.width) - max(a.x, b.x) > 0.01
      && min(a.y + a.height, b.y + b.height) - max(a.y, b.y) > 0.01
  }

  @Test(arguments: sizes) func `nothing overlaps, and all of it is within the whole`(sizes: Sizes) {
    for layer in Set([0, sizes.layers / 2, sizes.layers - 1]) {
      let machine = Machine(of: sizes.trace, layer: layer)
      let panels = machine.panels.filter { $0.over == nil }
      #expect(Set(machine.panels.map(\.id)).count == machine.panels.count)
      for (index, one) in panels.enumerated() {
        let frame = one.frame
        #expect(frame.width > 0 && frame.height > 0, "\(one.id)")
        let box = machine.box
        #expect(box.x <= frame.x && frame.x + frame.width <= box.x + box.width)
        #expect(box.y <= frame.y && frame.y + frame.height <= box.y + box.height)
        for other in panels[(index + 1)...] where intersect(frame, other.frame) {
          Issue.record("\(one.id) and \(other.id) overlap")
        }
        #expect(!intersect(frame, machine.prompt), "\(one.id)")
        #expect(!intersect(frame, machine.answers), "\(one.id)")
      }
    }
  }

  @Test(arguments: sizes) func `what is multiplied with a number stands in its column`(
    sizes: Sizes
  ) {
    let layer = sizes.layers - 1
    let machine = Machine(of: sizes.trace, layer: layer)
    func column(_ ids: [String]) -> Set<[Double]> {
      Set(ids.compactMap { machine.panel($0)?.frame }.map { [$0.x, $0.width] })
    }
    let heads = 0..<sizes.heads
    let read =
      ["s", "g1", "b1", "x1"].map { "\($0).\(layer)" }
      + heads.flatMap { head in ["WQ", "WK", "WV"].map { "\($0).\(layer).\(head)" } }
    let written =
      ["ao", "m", "g2", "b2", "x2", "Win"].map { "\($0).\(layer)" }
      + heads.flatMap { head in ["WO", "r"].map { "\($0).\(layer).\(head)" } }
    for ids in [read, written, ["mo.\(layer)", "Wout.\(layer)", "s.\(layer + 1)"]] {
      #expect(column(ids).count == 1, "\(ids)")
    }
    // And what is made of a row of weights stands in its row.
    let rows = [("WQ", "q"), ("WK", "k"), ("WV", "v")]
    for head in heads {
      for (weight, result) in rows {
        let frames = [weight, result].map { machine.panel("\($0).\(layer).\(head)")?.frame }
        #expect(frames[0]?.y == frames[1]?.y && frames[0]?.height == frames[1]?.height)
      }
    }
  }

  @Test(arguments: sizes) func `keys and values are drawn once for the heads that share them`(
    sizes: Sizes
  ) {
    let machine = Machine(of: sizes.trace, layer: 0)
    let count = { (part: String) in machine.panels.count { $0.id.hasPrefix("\(part).0.") } }
    #expect(count("q") == sizes.heads && count("k") == sizes.keyHeads)
    #expect(count("WV") == sizes.keyHeads && count("P") == sizes.heads)
  }

  @Test(arguments: sizes) func `of many blocks one is open, and all have their patterns`(
    sizes: Sizes
  ) {
    for layer in 0..<sizes.layers {
      let machine = Machine(of: sizes.trace, layer: layer)
      let open = (0..<sizes.layers).filter { machine.panel("Win.\($0)") != nil }
      #expect(open == (sizes.layers > 6 ? [layer] : Array(0..<sizes.layers)))
      for other in 0..<sizes.layers { #expect(machine.panel("P.\(other).0") != nil) }
      // Wide enough to be seen whole beside a column of text, whatever the model.
      #expect(machine.box.width / machine.box.height < 3)
    }
  }

  static let prompts = [
    "x", "The king and the queen", Array(repeating: "the king", count: 30).joined(separator: " "),
  ]

  @Test(arguments: prompts) func `every panel shows a tensor of the run or a weight of the model`(
    prompt: String
  ) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let trace = try Told.trace(prompt)
    let machine = Machine(of: trace)
    for panel in machine.panels {
      let shape = trace.tensors[panel.name]?.shape
      #expect(shape != nil || panel.kind == .weight, "\(panel.id)")
      let found = try #require(shape ?? model.transformer.parameter(named: panel.name)?.shape)
      #expect(found == panel.shape && panel.isRecorded, "\(panel.id)")
      // Its corners lie in the tensor.
      let last =
        panel.start + (panel.rows - 1) * panel.rowStride
        + (panel.columns - 1) * panel.columnStride
      #expect(panel.start >= 0 && last < found.reduce(1, *), "\(panel.id)")
      for source in panel.sources {
        #expect(machine.panel(source.panel) != nil, "\(panel.id): \(source.panel)")
      }
    }
  }

  /// The number of a cell.
  private func cell(_ id: String, _ row: Int, _ column: Int, _ machine: Machine, _ trace: Trace)
    throws -> Float
  {
    let panel = try #require(machine.panel(id))
    let place = panel.start + row * panel.rowStride + column * panel.columnStride
    return try #require(trace.tensors[panel.name]).values[place]
  }

  @Test func `a cell is the number that the trace has there`() throws {
    let trace = try Told.trace("The king and the queen")
    let machine = Machine(of: trace, layer: 1, head: 2, followed: 3)
    let q = try #require(trace[.q(1)])
    #expect(try cell("q.1.2", 5, 3, machine, trace) == q[3, 2, 5])
    let pattern = try #require(trace[.pattern(1)])
    #expect(try cell("P.1.2", 3, 1, machine, trace) == pattern[2, 3, 1])
    let result = try #require(trace[.result(0)])
    #expect(try cell("r.0.1", 2, 7, machine, trace) == result[2, 1, 7])
    let post = try #require(trace[.mlpPost(1)])
    #expect(try cell("post.1", 9, 4, machine, trace) == post[4, 9])
    let logits = try #require(trace[.logits])
    #expect(try cell("logits", 17, 0, machine, trace) == logits[3, 17])
    // What comes next is the largest of its row.
    #expect(machine.next.first.map { logits[3, $0] } == logits.slice(3).values.max())
  }

  @Test(arguments: prompts) func `every step of the walkthrough has a place of its own`(
    prompt: String
  ) throws {
    let trace = try Told.trace(prompt)
    let (story, machine) = (Walkthrough(of: trace, in: .en), Machine(of: trace))
    let named = Set(machine.steps.map(\.name))
    for stage in story.stages {
      for step in stage.steps {
        let place = machine.place(of: step.id, in: stage.id)
        #expect(named.contains("\(stage.id.rawValue)-\(step.id)"), "\(stage.id) \(step.id)")
        #expect(place.frame.width > 0 && place.frame.height > 0)
        #expect(intersect(place.frame, machine.box))
        for id in place.operands where place.action != .weights {
          #expect(machine.panel(id) != nil, "\(step.id): \(id)")
          #expect(
            place.lit.contains { $0 == id || ($0.hasSuffix(".") && id.hasPrefix($0)) },
            "\(step.id): \(id) is dark"
          )
        }
      }
    }
  }

  @Test(arguments: ["llama", "gpt-neox", "gemma2"])
  func `traces of other architectures are laid out as well`(family: String) throws {
    let trace = try Trace(contentsOf: Fixtures.path("architectures/\(family).safetensors"))
    let machine = Machine(of: trace)
    for panel in machine.panels where panel.isRecorded && panel.kind != .weight {
      #expect(trace.tensors[panel.name]?.shape == panel.shape, "\(panel.id)")
    }
    for (_, place) in machine.steps { #expect(intersect(place.frame, machine.box)) }
    #expect(machine.panels.contains { $0.id == "Wgate.0" } == (family != "gpt-neox"))
  }

  @Test(arguments: Language.allCases) func `every part has a name`(language: Language) throws {
    let words = MachineWords(in: language)
    let machine = Machine(of: try Told.trace("The king"))
    for panel in machine.panels {
      let part = panel.id.prefix { $0 != "." }
      #expect(words.parts.contains { $0.part == part && !$0.text.isEmpty }, "\(part)")
    }
    #expect(words.others.allSatisfy { !$0.text.isEmpty })
  }
}
