import Platform
import Tensors
import Tokenization
import Traces

extension Facts {
  /// Some pairs of the relation that has most to do with the prompt, of those whose words are single tokens here.
  func addPairs(to trace: inout Trace) {
    let prompt = Set(trace.tokens.map { $0.id })
    func own(_ pair: [Int]) -> Int { pair.count(where: prompt.contains) }
    let relations = KnownPairs.allCases.map { relation in
      relation.pairs.compactMap { pair in tokens(of: pair.from, pair.to) }
    }
    // Of equals the first: a direction is tried on other pairs, so it takes two.
    var chosen: [[Int]] = []
    var count = -1
    for pairs in relations where pairs.count > 1 {
      let found = pairs.reduce(0) { $0 + own($1) }
      if found > count { (chosen, count) = (pairs, found) }
    }
    guard !chosen.isEmpty else { return }
    let ids = chosen.rising { -Double(own($0)) }.prefix(5).flatMap { $0 }
    let shape = [ids.count / 2, 2]
    trace[.pairID] = Tensor(shape: shape, values: ids.map(Float.init))
    trace[.pairEmbed] = weights.embedding.rows(ids).reshaped(to: shape + [configuration.dModel])
  }

  /// The single tokens of two words, as they stand within a text: behind a space, or without in a language that has none;
  /// `nil` if there are none.
  private func tokens(of from: String, _ to: String) -> [Int]? {
    let ids = [from, to].compactMap {
      model.tokenizer.id(of: " " + $0) ?? model.tokenizer.id(of: $0)
    }
    let isKnown = ids.count == 2 && ids[0] != ids[1] && ids.allSatisfy { $0 < configuration.dVocab }
    return isKnown ? ids : nil
  }
}
