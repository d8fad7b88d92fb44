import Attribution
import Files
import Foundation
import Graphics
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer
import Walkthrough

/// A sentence that generalises is searched for in all that it speaks of.
@Suite struct StatementTests {
  private func words(_ trace: Trace, in language: Language = .en, layer: Int? = nil) -> String {
    Walkthrough(of: trace, in: language, layer: layer).texts.map(\.plain).joined(separator: "\n")
  }

  /// A trace whose logit lens has these first guesses, at depth 0 and on.
  private func trace(guessing first: [Int]) throws -> Trace {
    var trace = try Told.trace("The king")
    let shape = [first.count, trace.tokens.count, 1]
    trace.tensors[Fact.lensID.name] = Tensor(
      shape: shape,
      values: first.flatMap { id in trace.tokens.map { _ in Float(id) } }
    )
    trace.tensors[Fact.lensProbability.name] = Tensor(
      shape: shape,
      values: Array(repeating: 0.5, count: shape.reduce(1, *))
    )
    return trace
  }

  @Test(arguments: [
    ([70, 71, 71, 70], "first guess at depth 0 already, but at depth 2"),
    ([71, 70, 71, 70], "first guess at depth 1 already, but at depth 2"),
    ([70, 70, 71, 70], "first guess at depths 0, 1 already, but at depth 2"),
    ([71, 72, 71, 70], "Only after the last block is"),
    ([71, 71, 70, 70], "From depth 2 on, and at none before"),
    ([70, 70, 70, 70], "At every depth"),
  ])
  func `the final guess is looked for at every depth`(first: [Int], says: String) throws {
    let text = words(try trace(guessing: first))
    #expect(text.contains(says))
    #expect(text.contains("Only after the last block") == (says == "Only after the last block is"))
  }

  @Test func `of two vectors the longer one is said to be longer, and no more`() throws {
    let text = words(try Told.trace("The king and the queen"))
    #expect(text.contains("vector is the longer one here"))
    #expect(!text.contains("says more"))
  }

  @Test func `vectors divided by the same number are not put in order`() throws {
    var trace = try Told.trace("The king and")
    let name = HookPoint.scale(.final).name
    trace.tensors[name] = Tensor(shape: [3, 1], values: [2, 2, 2])
    let text = words(trace)
    #expect(text.contains("The 3 vectors are divided by about the same number, 2.00."))
  }

  /// Of a vector at cosine c, the share c² of its squared length lies along the other.
  @Test(
    arguments: [
      ([1, 0], "most of it goes the same way"), ([-1, 0], "most of it goes the opposite way"),
      ([0.6, 0.8], "at right angles"), ([-0.6, 0.8], "at right angles"),
      ([0.8, 0.6], "the same way"),
    ] as [([Float], String)]
  )
  func `what was added is told by the larger part of it`(added: [Float], says: String) throws {
    var trace = try Told.trace("x")
    let width = try #require(trace[.residMid(1)]).columns
    func vector(_ start: [Float]) -> Tensor {
      Tensor(shape: [1, width], values: start + Array(repeating: 0, count: width - start.count))
    }
    trace.tensors[HookPoint.residMid(1).name] = vector([1, 0])
    trace.tensors[HookPoint.mlpOut(1).name] = vector(added)
    let step = try #require(
      Walkthrough(of: trace, in: .en, layer: 1).stages[4].steps.first { $0.id == "add" }
    )
    #expect(Walkthrough.texts(of: step).contains { $0.plain.contains(says) })
  }

  @Test func `neurons that are all silent are not measured against the loudest`() throws {
    var trace = try Told.trace("x")
    let post = try #require(trace[.mlpPost(1)])
    trace.tensors[HookPoint.mlpPost(1).name] = post.map { _ in 0 }
    #expect(words(trace, layer: 1).contains("activation of all \(post.columns) neurons is 0"))
  }

  @Test func `equal logits do not win`() throws {
    var trace = try Told.trace("x")
    let logits = try #require(trace[.logits])
    trace.tensors[HookPoint.logits.name] = logits.map { _ in 1 }
    #expect(words(trace).contains("have the same logit, 1.00"))
  }

  @Test func `a model of one block has none after another`() throws {
    var trace = try Told.trace("x")
    trace.model.layerCount = 1
    #expect(words(trace).contains("This model has 1 block."))
  }

  @Test func `a logit's single terms are said to depend on the basis`() throws {
    let trace = try Told.trace("The king")
    #expect(words(trace).contains("depends on the basis"))
    #expect(words(trace, in: .ja).contains("基底"))
  }

  // MARK: - Other families, and what they share

  /// A run of one of the fixtures' families, with nothing left out.
  private func run(_ family: String, _ prompt: String) throws -> Trace {
    let model = try Model(folder: Fixtures.path("architectures/\(family)"))
    let tokens = try model.prompt(prompt).tokens
    var trace = try model.record(prompt, tokens: tokens, RecordingOptions())
    trace.addReasons(of: model, tokens, within: .max)
    return trace
  }

  @Test func `what lies beyond every window is no token to draw on`() throws {
    let trace = try run("mistral", "The capital of Italy is the")
    let reach = (0..<trace.layerCount).reduce(0) {
      $0 + (trace.model.architecture.window(ofLayer: $1) ?? 0) - 1
    }
    #expect(reach > 0 && reach < trace.tokens.count - 1)
    let text = words(trace)
    #expect(text.contains("has \(reach) tokens before it to draw on (all layers together"))
    #expect(text.contains("from more than \(reach) tokens back, nothing does"))
    #expect(text.contains("Not searched: the heads of layers 0, 1"))
    #expect(
      !words(try run("llama", "The capital of Italy is the")).contains("look only so far back")
    )
  }

  @Test(arguments: ["llama", "mistral", "smollm2", "qwen2", "qwen3"])
  func `a model without a layer norm has none in any sentence`(_ family: String) throws {
    let trace = try run(family, "The capital of Italy")
    // It is introduced once, by what it is simpler than.
    let (english, japanese) = (words(trace).lowercased(), words(trace, in: .ja))
    #expect(english.components(separatedBy: "layer norm").count == 2)
    #expect(english.contains("a simpler kind of layer norm"))
    #expect(japanese.components(separatedBy: "レイヤー正規化").count == 2)
  }

  @Test func `a single head of keys and values is called by its name`() throws {
    let text = words(try run("smollm2", "The capital"))
    #expect(text.contains("multi-query attention") && !text.contains("grouped-query"))
  }

  @Test func `a capped logit is not called a sum, and no neuron is named behind a norm`() throws {
    let text = words(try run("gemma2", "The capital of Italy"))
    #expect(!text.contains("their sum, the logit"))
    #expect(text.contains("logits are capped, so they are no sums"))
    #expect(text.contains("no single neuron adds a vector of its own"))
    #expect(words(try Told.trace("The king")).contains("their sum, the logit, stays"))
  }

  // MARK: - Tokens that stand several times, or alone

  @Test func `a token that stands several times is counted`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let id = try #require(model.tokenizer.id(of: "x"))
    for count in 2...5 {
      let trace = try model.record(
        "",
        tokens: [Int](repeating: id, count: count),
        RecordingOptions()
      )
      let text = words(trace)
      #expect(
        text.contains(
          count == 2
            ? "stands at positions 0 and 1. Both times"
            : "stands at \(count) positions, 0 and 1 the first of them. Every time"
        )
      )
    }
  }

  @Test func `a single token has nothing to be compared with`() throws {
    let text = words(try Told.trace("x"))
    #expect(text.contains("With a single token there is nothing to compare it with"))
    #expect(!text.contains("What counts is the comparison"))
  }

  @Test func `the head that the answer rests on is named, whichever is opened`() throws {
    let trace = try Told.reasoned("The king and the queen")
    let most = try #require(trace.reasons?.effects.first { $0.site.isHead })
    guard case .head(let layer, let head) = most.site else { return }
    for opened in 0..<trace.layerCount {
      let text = words(trace, layer: opened)
      #expect(text.contains("Without head \(head) of layer \(layer) the answer changes most"))
    }
  }

  @Test func `what of a text was not read is said`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let limit = model.transformer.configuration.contextLength
    let text = String(repeating: "The king. ", count: limit)
    let prompt = try model.prompt(text, keepingLast: true)
    var options = RecordingOptions()
    options.unread = prompt.wholeCount - prompt.tokens.count
    let trace = try model.record(prompt.text, tokens: prompt.tokens, options)
    let story = Walkthrough(of: trace, in: .en)
    let notice = try #require(story.notices.first).plain
    #expect(
      notice.contains(
        "of its \(prompt.wholeCount) tokens the first \(options.unread) were not read"
      )
    )
    #expect(Walkthrough(of: try Told.trace("The king"), in: .en).notices.isEmpty)
  }
}
