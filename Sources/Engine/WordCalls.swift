import Embeddings
import Formats
import Tensors
import Tokenization
import Transformer

// The vocabulary's vectors: what is near to a sum of words, and where words lie.

extension Engine {
  /// `nearest`: the tokens whose vectors in W_E are nearest to an `expression`, `king - man + woman`; `count` of them.
  func nearest(_ call: EngineCall) throws(EngineError) -> JSON {
    let model = try loaded()
    let text = try call.text("expression")
    let expression: WordExpression
    do throws(WordExpressionError) { expression = try WordExpression(text) } catch {
      throw EngineError("“\(text)”: \(error.description)")
    }
    var rows: [Int] = []
    for term in expression.terms { rows.append(try row(of: term, model)) }
    let embedding = model.transformer.weights.embedding
    var sum = [Float](repeating: 0, count: embedding.columns)
    for (term, row) in zip(expression.terms, rows) {
      embedding.slice(row).withValues { values in
        for i in sum.indices { sum[i] += term.weight * values[i] }
      }
    }
    let query = Tensor(shape: [sum.count], values: sum)
    let found = Neighbours(in: embedding).nearest(
      to: query,
      count: try call.count("count") ?? 8,
      excluding: Set(rows)
    )
    return [
      "nearest": .array(
        found.map {
          [
            "token_id": .integer($0.index),
            "word": .string(model.tokenizer.text(of: $0.index).string),
            "cosine": .number(Double($0.cosine)),
          ]
        }
      )
    ]
  }

  /// `slice`: where `words` lie on `axes` axes through the space, 3 by default, along which they vary most.
  func slice(_ call: EngineCall) throws(EngineError) -> JSON {
    let model = try loaded()
    var rows: [Int] = []
    for word in try call.texts("words") ?? [] {
      rows.append(try row(of: WordExpression.Term(weight: 1, word: word), model))
    }
    guard rows.count > 1 else { throw EngineError("“words” are fewer than two") }
    let count = try call.index("axes", below: 4) ?? 3
    let slice = SpaceSlice(of: model.transformer.weights.embedding.rows(rows), axes: count)
    return [
      "shares": .array(slice.axes.map { .number($0.share) }),
      "points": .array(
        rows.indices.map { point in
          .array(slice.coordinates.slice(point).values.map { .number(Double($0)) })
        }
      ),
    ]
  }

  /// The row of W_E that a word means: within a text, the token with its space.
  private func row(of term: WordExpression.Term, _ model: Model) throws(EngineError) -> Int {
    if let id = model.tokenizer.token(for: term.word, isQuoted: term.isQuoted),
      id < model.transformer.configuration.dVocab
    {
      return id
    }
    throw EngineError("\(model.name) has no token “\(term.word)”")
  }
}
