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
    try expectActivations(recorder.activations, equal: expected)
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
}
