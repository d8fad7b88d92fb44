import Graphics
import Tensors
import TestSupport
import Testing
import Traces
import Walkthrough

/// What is said must hold for this trace, whoever recorded it.
@Suite struct FindingTests {
  private func words(_ trace: Trace, layer: Int? = nil) -> String {
    Walkthrough(of: trace, in: .en, layer: layer).texts.map(\.plain).joined(separator: "\n")
  }

  @Test func `without its merges, a prompt is not said to be single bytes`() throws {
    var trace = try Told.trace("The king and the queen")
    trace.merges = nil
    #expect(!words(trace).contains("single byte"))
    #expect(Walkthrough(of: trace, in: .en).leftOut.contains { $0.plain.contains("merges") })
    #expect(words(try Told.trace("x")).contains("Every token here is a single byte"))
  }

  @Test func `cuts inside words and inside characters are told apart`() throws {
    let east = words(try Told.trace("東"))
    #expect(east.contains("A character was cut inside, into tokens that are only parts of it"))
    #expect(east.contains("“東” = E6 9D B1."))
    var half = try Told.trace("東")
    (half.prompt, half.tokens) = ("東", [TraceToken(id: 0, text: "<0xE6>")])
    half.tensors = [:]
    #expect(words(half).contains("only a part of a character"))
    var trace = try Told.trace("Oh!")
    trace.prompt = "don't go"
    for (text, says) in [
      (["don", "'t", " go"], "don” and “'t” follow each other without one"),
      (["don't", " go"], "No cut falls between two letters"),
      (["日本", "の", "首都"], "日本” and “の” follow each other without one"),
    ] {
      trace.tokens = text.map { TraceToken(id: 0, text: $0) }
      trace.tensors = [:]
      #expect(words(trace).contains(says), "\(text)")
    }
  }

  @Test(arguments: ["x", "To be"])
  func `nothing is made plural for one`(prompt: String) throws {
    let text = words(try Told.trace(prompt))
    let nouns = "characters|tokens|numbers|layers|heads|products|positions|scores|merges"
    #expect(try text.firstMatch(of: Regex("(^|[^0-9.])1 (\(nouns))\\b")) == nil)
  }

  @Test func `a norm without a mean is told as one`() throws {
    var trace = try Told.trace("The king")
    #expect(!words(trace, layer: 0).contains("RMSNorm"))
    let stream = HookPoint.residPre(0).name
    let values = try #require(trace.tensors[stream])
    let moved = values.values.map { $0 + 3 }
    let width = values.columns
    let scales = stride(from: 0, to: moved.count, by: width).map { start -> Float in
      let squares = moved[start..<start + width].reduce(0) { $0 + $1 * $1 }
      return (squares / Float(width) + 1e-5).squareRoot()
    }
    trace.tensors[stream] = Tensor(shape: values.shape, values: moved)
    trace.tensors[HookPoint.scale(.beforeAttention(layer: 0)).name] = Tensor(
      shape: [scales.count, 1],
      values: scales
    )
    #expect(words(trace, layer: 0).contains("RMSNorm"))
  }

  /// The model's function is GELU, whatever is said of it; only where its numbers are missing is the name believed.
  @Test(arguments: [nil, "gelu_new", "relu"], [true, false])
  func `an activation function is called what the numbers show, else what the trace calls it`(
    name: String?,
    isRecorded: Bool
  ) throws {
    var trace = try Told.trace("The king")
    trace.model.activation = name
    if !isRecorded {
      trace.tensors = trace.tensors.filter { !$0.key.hasSuffix("mlp.hook_pre") }
    }
    let equations = Walkthrough(of: trace, in: .en).blocks.compactMap { block in
      if case .equation(let math) = block { math.plain } else { nil }
    }
    let said = ["gelu_new": "GELU(", "relu": "ReLU("]
    let shown = isRecorded ? "GELU(" : name.flatMap { said[$0] }
    let whole = equations.filter { $0.hasPrefix("mlp_out = ") && !$0.contains("Σ") }
    #expect(whole.count == (shown == nil ? 0 : 1))
    #expect(whole.allSatisfy { $0.contains(shown ?? "–") })
  }
}
