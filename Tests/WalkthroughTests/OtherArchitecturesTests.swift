import Files
import Graphics
import TestSupport
import Tensors
import Testing
import Traces
import Walkthrough

/// Pages of traces that no GPT-2 made; the references are those of transformers.
@Suite struct OtherArchitecturesTests {
  private static let families = ["llama", "gpt-neox", "gemma2"]

  private func trace(_ family: String) throws -> Trace {
    try Trace(contentsOf: Fixtures.path("architectures/\(family).safetensors"))
  }

  /// The same trace from a writer who says nothing of the model.
  private func silent(_ family: String) throws -> Trace {
    var trace = try trace(family)
    let shared = trace.model.architecture.keyValueHeadCount
    trace.model.architecture = ArchitectureDescription()
    trace.model.architecture.keyValueHeadCount = shared
    trace.model.activation = nil
    trace.model.epsilon = nil
    return trace
  }

  private func equations(_ story: Walkthrough) -> [String] {
    story.blocks.compactMap { if case .equation(let math) = $0 { math.plain } else { nil } }
  }

  private func words(_ story: Walkthrough) -> String {
    story.texts.map(\.plain).joined(separator: "\n")
  }

  @Test func `a Llama has its own equations`() throws {
    let story = Walkthrough(of: try trace("llama"), in: .en)
    let equations = equations(story)
    #expect(equations.contains("q = RMSNorm(x) W_Q"))
    #expect(
      equations.contains("mlp_out = (SiLU(RMSNorm(x) W_gate) ⊙ (RMSNorm(x) Wᵢₙ)) W_out"),
      "\(equations)"
    )
    #expect(equations.contains("post = SiLU(pre) ⊙ pre_linear"))
    #expect(equations.contains("logits = RMSNorm(x) W_U"))
    for equation in equations {
      for wrong in ["LN(", "b_", "bᵢ", "β", "μ", "W_pos"] {
        #expect(!equation.contains(wrong), "\(equation)")
      }
    }
    let words = words(story)
    #expect(words.contains("rotary position embedding"))
    #expect(words.contains("2 heads of keys and values for 4 heads of queries"))
    #expect(words.contains("No position is added here"))
    #expect(!words.contains("one bias"))
    #expect(!words.contains("Eight kinds"))
  }

  @Test func `attention and MLP side by side are told side by side`() throws {
    let story = Walkthrough(of: try trace("gpt-neox"), in: .en)
    let equations = equations(story)
    #expect(equations.contains("resid_post = resid_pre + attn_out + mlp_out"))
    #expect(equations.contains("q = LN(x) W_Q + b_Q"))
    #expect(!equations.contains("resid_mid = resid_pre + attn_out"))
    #expect(story.stages[4].input.name?.hasSuffix("hook_resid_pre") == true)
    #expect(!words(story).contains("gate"))
  }

  @Test func `caps, norms after attention and scaled embeddings are told`() throws {
    let story = Walkthrough(of: try trace("gemma2"), in: .en)
    let equations = equations(story)
    #expect(
      equations.contains { $0.hasPrefix("sᵢⱼ = c tanh(") && $0.contains("4.90") },
      "\(equations)"
    )
    #expect(equations.contains { $0.hasPrefix("logits = c tanh(") && $0.hasSuffix("c = 10") })
    #expect(equations.contains { $0.contains("RMSNorm(attn") })
    // √32, what Gemma multiplies embeddings of 32 numbers by.
    #expect(equations.contains { $0.contains("5.66 · W_E") })
    #expect(words(story).contains("sliding window"))
  }

  @Test(arguments: families)
  func `what the trace does not tell is said, not guessed`(family: String) throws {
    let story = Walkthrough(of: try silent(family), in: .en)
    let missing = story.leftOut.map(\.plain)
    #expect(missing.contains { $0.contains("whether biases are added to queries") })
    #expect(missing.contains { $0.contains("whether its matrices have biases") })
    #expect(missing.contains { $0.contains("before they are the logits") })
    #expect(!equations(story).contains { $0.hasPrefix("q =") || $0.hasPrefix("logits =") })
  }

  @Test func `a norm and a function that nobody named are known by their numbers`() throws {
    let llama = words(Walkthrough(of: try silent("llama"), in: .en))
    #expect(llama.contains("does not name its norm; its recorded numbers agree"))
    #expect(llama.contains("RMSNorm"))
    let neox = Walkthrough(of: try silent("gpt-neox"), in: .en)
    #expect(words(neox).contains("layer norm"))
    #expect(equations(neox).contains { $0.hasPrefix("GELU(u) = u · Φ(u)") })
  }

  @Test func `numbers outweigh a name that does not fit them`() throws {
    var trace = try trace("gpt-neox")
    trace.model.architecture.norm = .rootMeanSquare
    trace.model.activation = "silu"
    let story = Walkthrough(of: trace, in: .en)
    #expect(!equations(story).contains { $0.contains("RMSNorm") || $0.contains("SiLU") })
    #expect(words(story).contains("names another function (silu)"))
  }

  @Test func `scores that are no quotient of queries and keys are not called so`() throws {
    var trace = try trace("llama")
    for layer in 0..<2 {
      for hook in [HookPoint.attnScores(layer), .attnScoresUnmasked(layer)] {
        let scores = try #require(trace[hook])
        trace[hook] = Tensor(shape: scores.shape, values: scores.values.map { $0 + abs($0) })
      }
    }
    let story = Walkthrough(of: trace, in: .en)
    #expect(words(story).contains("does not tell how they came about"))
    #expect(!words(story).contains("So every score is divided by"))
  }

  @Test func `without norms in the trace none is claimed`() throws {
    var trace = try silent("llama")
    trace.tensors = trace.tensors.filter { !$0.key.contains("ln") }
    let story = Walkthrough(of: trace, in: .en)
    #expect(!words(story).contains("First comes") && !words(story).contains("prepares it"))
    #expect(!equations(story).contains { $0.contains("norm(") || $0.contains("Norm(") })
  }

  @Test(arguments: families, Language.allCases)
  func `every number quoted stands where it is said to`(family: String, language: Language) throws {
    let trace = try trace(family)
    var quoted = 0
    for quantity in Walkthrough(of: trace, in: language).quantities {
      guard case .trace(let place) = quantity.origin, let bracket = place.firstIndex(of: "[") else {
        continue
      }
      let tensor = try #require(trace.tensors[String(place[..<bracket])], "\(place)")
      let indices = place[bracket...].dropFirst().dropLast().split(separator: ",").compactMap {
        Int($0)
      }
      #expect(indices.count == tensor.shape.count, "\(place)")
      guard zip(indices, tensor.shape).allSatisfy({ 0..<$1 ~= $0 }) else {
        Issue.record("\(place) is outside \(tensor.shape)")
        continue
      }
      #expect(quantity.value == Double(indices.reduce(tensor) { $0.slice($1) }.values[0]))
      quoted += 1
    }
    #expect(quoted > 100)
  }

  @Test func `a number that is none is named before all else`() throws {
    let trace = try Trace(contentsOf: Fixtures.path("half-trace/nan.safetensors"))
    for language in Language.allCases {
      let notices = Walkthrough(of: trace, in: language).notices.map(\.plain)
      #expect(notices.count == 1)
      #expect(notices.first?.contains("blocks.0.attn.hook_pattern[0,2,0]") == true)
      #expect(notices.first?.contains("240") == true)
    }
    #expect(Walkthrough(of: try self.trace("llama"), in: .en).notices.isEmpty)
  }
}
