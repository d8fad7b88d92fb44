import Calls
import Formats
import Pages
import Tokenization
import Traces
import Transformer
import Walkthrough

// What other pages than the walkthrough ask: a text to be scored, sizes to be counted. What is answered are `parts` of the
// page, each HTML.

extension Engine {
  /// `score`: how well the model foresees a `text`, its line ends included.
  func score(_ call: EngineCall) throws(EngineError) -> JSON {
    let model = try loaded()
    let tokens = model.tokenizer.encode(try call.text("text"))
    // More would be seconds, and a table that no browser likes.
    guard !tokens.isEmpty, tokens.count <= 2048 else {
      throw EngineError("\(tokens.count) tokens; a page scores 1 to 2048")
    }
    do throws(PromptError) { try model.check(tokens) } catch {
      throw EngineError(error.description)
    }
    guard let predictions = model.transformer.predictions(of: tokens) else {
      throw EngineError(RunError.logitsNotFinite(model: model.name).description)
    }
    var scored: [TextScore.Token] = []
    for (position, id) in tokens.enumerated() {
      let found = position > 0 ? predictions[position - 1] : nil
      scored.append(
        TextScore.Token(
          token: TextToken(id: id, text: model.tokenizer.text(of: id).string),
          prediction: found.map { .init(probability: $0.probability, rank: $0.rank) }
        )
      )
    }
    var score = TextScore(model: model.name, tokens: scored)
    score.vocabularySize = model.transformer.configuration.dVocab
    score.contextLength = model.transformer.configuration.contextLength
    let page = ScorePage(score, in: try call.language())
    let parts = page.parts
    return [
      "parts": [
        "summary": .string(parts.summary), "text": .string(parts.text), "rows": .string(parts.rows),
        "remarks": .string(""),
      ]
    ]
  }

  /// `parameters`: the weights of a model of the sizes `layers`, `heads`, `width`, `mlp_width`, `vocabulary` and `context`:
  /// for each of the eight kinds `product`, `weights` and `share`, the kind's number before it.
  func parameters(_ call: EngineCall) throws(EngineError) -> JSON {
    func size(_ name: String) throws(EngineError) -> Int64 { Int64(try call.count(name) ?? 0) }
    let sizes = ModelSizes(
      layers: try size("layers"),
      heads: try size("heads"),
      width: try size("width"),
      mlpWidth: try size("mlp_width"),
      vocabulary: try size("vocabulary"),
      context: try size("context"),
      isTied: false
    )
    if let problem = sizes.problem {
      throw EngineError(
        problem == .notShared
          ? "\(sizes.heads) heads cannot share a width of \(sizes.width) evenly"
          : problem == .tooLarge
            ? "these sizes multiply to more than 64 bits can count"
            : "each size is a whole number from 1 up"
      )
    }
    return ["parts": .members(SizesForm.parts(of: ParameterCount(sizes), in: try call.language()))]
  }
}
