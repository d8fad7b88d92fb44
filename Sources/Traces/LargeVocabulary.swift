import Platform
import Tensors

// What a page's trace leaves out of a large vocabulary: what no page shows, and what follows from the rest.

extension TraceExcerpt {
  /// Of a vocabulary with more tokens, the probabilities are not kept: they are the softmax of the logits.
  static let largeVocabulary = 100_000
  /// The bytes of UTF-8 that the texts of a vocabulary may take to be kept whole; of more than that, those are kept that
  /// the page names, and of the likeliest next tokens as many as fit into the second number.
  public static let (textLimit, cutTextLimit) = (2_000_000, 500_000)

  /// What a text takes in a file beside its own bytes: quotation marks and a comma, its id too where not all are kept.
  public static let (besideText, besideCutText) = (3, 12)
}

extension Trace {
  /// The trace without the part of a large vocabulary that no page shows.
  package func withoutUnshownVocabulary(
    over largeVocabulary: Int = TraceExcerpt.largeVocabulary,
    texts limits: (whole: Int, cut: Int) = (TraceExcerpt.textLimit, TraceExcerpt.cutTextLimit)
  ) -> Trace {
    var part = self
    if let logits = self[.logits], let chances = self[.probabilities],
      logits.shape == chances.shape, logits.columns > largeVocabulary
    {
      part[.probabilities] = nil
    }
    if let vocabulary {
      let size = vocabulary.reduce(0) { $0 + $1.utf8.count + TraceExcerpt.besideText }
      if size > limits.whole {
        part.vocabulary = nil
        var shown = texts(of: namedTokens, in: vocabulary)
        for (id, text) in likeliestTexts(in: vocabulary, limit: limits.cut) where shown[id] == nil {
          shown[id] = text
        }
        part.shownTexts = shown
      }
    }
    return part
  }

  /// The trace with the probabilities, computed from the logits where they were not recorded.
  package var withProbabilities: Trace {
    guard self[.probabilities] == nil, let logits = self[.logits] else { return self }
    var whole = self
    whole[.probabilities] = softmax(logits)
    whole.derivesProbabilities = true
    return whole
  }

  private func texts(of ids: Set<Int>, in vocabulary: [String]) -> [Int: String] {
    ids.reduce(into: [:]) { texts, id in
      if vocabulary.indices.contains(id) { texts[id] = vocabulary[id] }
    }
  }

  /// The texts of the likeliest next tokens.
  private func likeliestTexts(in vocabulary: [String], limit: Int) -> [Int: String] {
    var texts: [Int: String] = [:]
    var room = limit
    for id in likeliest where vocabulary.indices.contains(id) {
      room -= vocabulary[id].utf8.count + TraceExcerpt.besideCutText
      guard room >= 0 else { break }
      texts[id] = vocabulary[id]
    }
    return texts
  }

  /// The ids of the vocabulary, those first that are likeliest at the end of the prompt; none if that was not recorded.
  package var likeliest: [Int] {
    guard let logits = self[.logits] else { return [] }
    return logits.slice(logits.rows - 1).withValues { row in
      risingOrder(of: row.map { -Double($0) })
    }
  }

  /// The ids of the tokens that a page may name for one of the positions: those of facts, those with the highest logits and
  /// with the lowest, and those that were drawn or might have been.
  private var namedTokens: Set<Int> {
    var ids = Set(tokens.map { $0.id })
    for (name, tensor) in tensors where name.hasSuffix("token_id") {
      tensor.withValues { values in
        for id in values where id >= 0 && id < 0x1p31 { ids.insert(Int(id)) }
      }
    }
    for step in continuation?.steps ?? [] {
      ids.insert(step.tokenID)
      for candidate in step.candidates { ids.insert(candidate.tokenID) }
    }
    if let end = continuation?.endedBy { ids.insert(end) }
    if let logits = self[.logits] {
      for position in 0..<logits.rows {
        logits.slice(position).withValues { row in
          ids.formUnion(row.indicesOfLargest(Self.namedOfEach))
          // Of equal ones the first and the last.
          var (first, last) = (0, 0)
          for id in row.indices {
            if row[id] < row[first] { first = id }
            if row[id] <= row[last] { last = id }
          }
          ids.formUnion([first, last])
        }
      }
    }
    return ids
  }

  /// Of each position's logits so many may be named: more than any table or figure of a stage does.
  private static let namedOfEach = 16
}
