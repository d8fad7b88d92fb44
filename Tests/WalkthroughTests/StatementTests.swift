import Graphics
import Tensors
import TestSupport
import Testing
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
}
