import Files
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

@Suite struct KeyValueCacheTests {
  /// The largest difference allowed between a pass with and one without a cache.
  static let tolerance: Float = 1e-4

  @Test(arguments: ReferenceCase.all)
  func `token by token, every activation is that of PyTorch`(_ reference: ReferenceCase) throws {
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    let expected = try reference.activations
    var cache = KeyValueCache(for: model.configuration)
    for (position, token) in reference.ids.enumerated() {
      var recorder = ActivationRecorder()
      model.logits(for: [token], after: &cache, hook: &recorder)
      for entry in expected.entries {
        let value = try #require(recorder.activations[entry.name])
        let whole = try expected.tensor(named: entry.name)
        let row = row(position, of: whole, at: entry.name)
        let difference = zip(value.values, row).reduce(Float(0)) { worst, pair in
          pair.0 == pair.1 ? worst : max(worst, abs(pair.0 - pair.1) / max(1, abs(pair.1)))
        }
        #expect(value.count == row.count, "\(entry.name)")
        #expect(difference <= Self.tolerance, "\(entry.name) at \(position)")
      }
    }
  }

  /// What a whole run recorded at one position; of `[H, T, T]`, each head's row up to the diagonal.
  private func row(_ position: Int, of whole: Tensor, at name: String) -> [Float] {
    guard name.contains("attn_scores") || name.contains("pattern") else {
      return whole.slice(position).values
    }
    return (0..<whole.shape[0]).flatMap { whole.slice($0, position).values[...position] }
  }

  @Test(arguments: [[1, 4, 2], [6, 1], [3, 3, 1]])
  func `it does not matter how a text is cut`(_ lengths: [Int]) throws {
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    let tokens = [11, 3, 250, 77, 8, 8, 401]
    var nobody = NoRecorder()
    let whole = model.logits(for: tokens, hook: &nobody)
    var cache = KeyValueCache(for: model.configuration)
    var start = 0
    for length in lengths {
      let part = model.logits(
        for: Array(tokens[start..<start + length]),
        after: &cache,
        hook: &nobody
      )
      let expected = whole.rows(start..<start + length)
      #expect(zip(part.values, expected.values).allSatisfy { abs($0 - $1) <= Self.tolerance })
      start += length
      #expect(cache.length == start)
    }
  }

  @Test func `a copy goes on with another text`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    var first = KeyValueCache(for: model.configuration)
    _ = model.nextLogits(after: [5, 6, 7], continuing: &first)
    var second = first
    let one = model.nextLogits(after: [8], continuing: &first)
    let other = model.nextLogits(after: [9], continuing: &second)
    let again = model.nextLogits(after: [10], continuing: &first)
    func differs(_ a: Tensor, _ tokens: [Int]) -> Bool {
      zip(a.values, model.nextLogits(after: tokens).values).contains {
        abs($0 - $1) > Self.tolerance
      }
    }
    #expect(!differs(one, [5, 6, 7, 8]))
    #expect(!differs(other, [5, 6, 7, 9]))
    #expect(!differs(again, [5, 6, 7, 8, 10]))
    #expect(differs(other, [5, 6, 7, 8]))
  }

  @Test func `a tensor of a growing matrix stays what it was`() {
    var matrix = GrowingMatrix(columns: 2)
    let rows = Tensor(shape: [40, 3], values: (0..<120).map(Float.init))
    matrix.append(rows, columns: 1..<3)
    let before = matrix.tensor
    let values = before.values
    var copy = matrix
    copy.append(rows, columns: 0..<2)
    matrix.append(rows, columns: 1..<3)
    #expect(before.values == values)
    #expect(matrix.tensor.values == values + values)
    #expect(copy.tensor.values == values + rows.columns(0..<2).values)
  }
}
