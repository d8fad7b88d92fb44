import Files
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer

@Suite struct TransformerTests {
  /// Largest difference allowed: absolute, or relative to the reference where that is above 1.
  static let tolerance: Float = 1e-4

  @Test func `the reference has five prompts`() {
    #expect(ReferenceCase.all.count == 5)
  }

  @Test(arguments: ReferenceCase.all)
  func `tokens are those of Hugging Face`(_ reference: ReferenceCase) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    #expect(model.tokenizer.encode(reference.prompt) == reference.ids)
    #expect(model.tokenizer.decode(reference.ids) == reference.prompt)
  }

  @Test(arguments: ReferenceCase.all)
  func `every activation is that of PyTorch`(_ reference: ReferenceCase) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    var recorder = ActivationRecorder()
    model.transformer.logits(for: reference.ids, hook: &recorder)

    let expected = try reference.activations
    #expect(Set(recorder.activations.keys) == Set(expected.entries.map(\.name)))
    for entry in expected.entries {
      let value = try #require(recorder.activations[entry.name])
      #expect(value.shape == entry.shape, "\(entry.name)")
      let difference = try largestDifference(value, expected.tensor(named: entry.name))
      #expect(difference <= Self.tolerance, "\(entry.name)")
    }
  }

  @Test func `a recorder that wants one name gets one`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    var recorder = ActivationRecorder { $0 == .pattern(1) }
    model.transformer.logits(for: [1, 2, 3], hook: &recorder)
    #expect(Array(recorder.activations.keys) == [HookPoint.pattern(1).name])
  }

  @Test func `what is not wanted is not computed for the recorder`() {
    var recorder = ActivationRecorder { $0 == .embed }
    var computed = 0
    func value() -> Tensor {
      computed += 1
      return Tensor(shape: [1], values: [0])
    }
    recorder.see(.result(0), value())
    #expect(computed == 0)
    recorder.see(.embed, value())
    #expect(computed == 1)
  }

  @Test(arguments: ReferenceCase.all)
  func `the logits after the last token are the last row of all logits`(
    _ reference: ReferenceCase
  ) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    var nobody = NoRecorder()
    let all = model.transformer.logits(for: reference.ids, hook: &nobody)
    let last = model.transformer.nextLogits(after: reference.ids)
    #expect(largestDifference(last, all.slice(reference.ids.count - 1)) <= 1e-5)
  }

  /// The largest difference between two tensors, relative where the second is above 1; equal infinities do not differ.
  private func largestDifference(_ a: Tensor, _ b: Tensor) -> Float {
    guard a.count == b.count else { return .infinity }
    return zip(a.values, b.values).reduce(0) { worst, pair in
      pair.0 == pair.1 ? worst : max(worst, abs(pair.0 - pair.1) / max(1, abs(pair.1)))
    }
  }
}
