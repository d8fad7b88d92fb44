import Embeddings
import Tensors
import Traces
import Tokenization
import Transformer

/// A model that is asked about the world: words instead of tokens, likeliest continuations, vectors.
struct Examinee: Sendable {
  let model: Model
  private let plan: WorldPlan
  private let search: Neighbours

  init(_ model: Model, of plan: WorldPlan) {
    (self.model, self.plan) = (model, plan)
    search = Neighbours(in: model.transformer.weights.embedding)
  }

  /// The token that is this word within a text; nil if the word is split.
  func token(of word: String) -> Int? {
    let tokens = model.tokenizer.encode(plan.inText(word))
    return tokens.count == 1 ? tokens[0] : nil
  }

  /// The tokens of a prompt that hold a part of the word where it first stands in it.
  func tokens(of word: String, in prompt: String) -> [Int] {
    let (text, part) = (Array(prompt.utf8), Array(word.utf8))
    guard let start = text.indices.first(where: { text[$0...].starts(with: part) }) else {
      return []
    }
    let end = start + part.count
    var position = 0
    return model.tokenizer.encode(prompt).filter { id in
      let next = position + model.tokenizer.text(of: id).bytes.count
      defer { position = next }
      return position < end && next > start
    }
  }

  /// A word's row of W_E.
  func vector(of word: String) -> Tensor? {
    token(of: word).map { model.transformer.weights.embedding.slice($0) }
  }

  /// The token nearest by cosine to `a − b + c` among the whole vocabulary but these three.
  func analogy(_ a: String, minus b: String, plus c: String) -> Int? {
    let tokens = [a, b, c].compactMap(token)
    guard tokens.count == 3 else { return nil }
    let rows = tokens.map { model.transformer.weights.embedding.slice($0) }
    return search.nearest(to: rows[0] - rows[1] + rows[2], count: 1, excluding: Set(tokens))
      .first?.index
  }

  /// The tokens of a prompt; of more than the model can see at once, the last.
  private func tokens(of prompt: String) -> [Int] {
    Array(model.tokenizer.encode(prompt).suffix(model.transformer.configuration.contextLength))
  }

  /// The likeliest next token.
  func continuation(of prompt: String) -> Int? { continuations(of: prompt, count: 1).first }

  /// The likeliest next tokens, the likeliest first.
  func continuations(of prompt: String, count: Int) -> [Int] {
    let tokens = tokens(of: prompt)
    guard !tokens.isEmpty else { return [] }
    return model.transformer.nextLogits(after: tokens).withValues { row in
      var best: [Int] = []
      for _ in 0..<count {
        guard let next = row.indices.filter({ !best.contains($0) }).max(by: { row[$0] < row[$1] })
        else { break }
        best.append(next)
      }
      return best
    }
  }

  /// Whether the prompt's likeliest continuation is the beginning of the word.
  func says(_ word: String, after prompt: String) -> Bool {
    continuation(of: prompt) == model.tokenizer.encode(plan.inText(word)).first
  }

  /// Whether one of the words, or its beginning, is among the likeliest next tokens.
  func says(oneOf words: [String], after prompt: String, amongFirst count: Int) -> Bool {
    continuations(of: prompt, count: count).contains { id in
      let said = model.tokenizer.text(of: id).string.trimmed
      return !said.isEmpty && words.contains { $0.hasPrefix(said) || said.hasPrefix($0) }
    }
  }

  /// The stream at the last token of a prompt, after the last block.
  func streamAfterLastBlock(at prompt: String) -> Tensor? {
    let tokens = tokens(of: prompt)
    guard !tokens.isEmpty else { return nil }
    let hook = HookPoint.residPost(model.transformer.configuration.layerCount - 1)
    var recorder = ActivationRecorder { $0 == hook }
    model.transformer.logits(for: tokens, hook: &recorder)
    return recorder.activations[hook.name].map { $0.slice($0.rows - 1) }
  }
}
