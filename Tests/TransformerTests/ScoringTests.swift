import Files
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

@Suite struct ScoringTests {
  @Test(arguments: ReferenceCase.all)
  func `probabilities and ranks are those of PyTorch's softmax`(_ reference: ReferenceCase) throws {
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    let all = try reference.activations.tensor(named: HookPoint.probabilities.name)
    let predictions = try #require(model.predictions(of: reference.ids))
    #expect(predictions.count == reference.ids.count - 1)
    for (position, prediction) in predictions.enumerated() {
      let (row, next) = (all.slice(position).values, reference.ids[position + 1])
      #expect(abs(prediction.probability - Double(row[next])) <= 1e-5)
      let order = row.indices.sorted { row[$0] == row[$1] ? $0 < $1 : row[$0] > row[$1] }
      let rank = try #require(order.firstIndex(of: next)) + 1
      // Where two tokens are equally likely to the last digit, rounding decides.
      #expect(abs(prediction.rank - rank) <= 1)
    }
  }

  @Test func `a long text is read in windows, each token from half a window at least`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    let window = model.configuration.contextLength
    let text = (0..<3 * window + 7).map { ($0 * 37) % 480 }
    let predictions = try #require(model.predictions(of: text))
    #expect(predictions.count == text.count - 1)
    for position in [1, window - 1, window, window + 5, 2 * window + 3, text.count - 1] {
      // Windows begin at multiples of half a window.
      let half = window / 2
      let start = position < window + 1 ? 0 : (position - 1 - half) / half * half
      let logits = model.nextLogits(after: Array(text[start..<position]))
      let expected = TokenPrediction(of: text[position], in: logits)
      #expect(abs(predictions[position - 1].probability - expected.probability) <= 1e-6)
    }
  }

  @Test func `one token has nothing to be predicted from`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    #expect(model.predictions(of: [3])?.isEmpty == true)
  }
}
