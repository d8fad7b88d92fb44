import Formats
import Pages
import Tokenization
import Traces
import Transformer
import Walkthrough

// What other pages than the walkthrough ask: a text to be scored, sizes to be counted.

extension Engine {
  /// `score`: how well the model foresees a `text`, its line ends included; the reply has the `html`.
  func score(_ call: EngineCall) throws(EngineError) -> JSON {
    let model = try loaded()
    let text = try call.text("text")
    let tokens = model.tokenizer.encode(text)
    guard (1...Self.scoredTokens).contains(tokens.count) else {
      throw EngineError(
        tokens.isEmpty
          ? "there is no token in this text"
          : "\(tokens.count) tokens; a page scores \(Self.scoredTokens) at most"
      )
    }
    do throws(PromptError) { try model.check(tokens) } catch {
      throw EngineError(error.description)
    }
    guard let predictions = model.transformer.predictions(of: tokens) else {
      throw EngineError(RunError.logitsNotFinite(model: model.name).description)
    }
    let texts = tokens.map { TextToken(id: $0, text: model.tokenizer.text(of: $0).string) }
    var scored = [TextScore.Token(token: texts[0], prediction: nil)]
    for (token, found) in zip(texts.dropFirst(), predictions) {
      scored.append(
        TextScore.Token(token: token, prediction: .init(probability: found.probability, rank: found.rank))
      )
    }
    let score = TextScore(
      model: model.name,
      tokens: scored,
      notes: TokenNotes(
        of: texts.map { $0.text },
        in: text,
        counts: model.tokenCounts.map { known in tokens.map { known.counts[$0] } },
        total: model.tokenCounts?.total
      )
    )
    return ["html": .string(ScorePage(score, in: try call.language()).answer)]
  }

  /// More would be seconds, and a table that no browser likes.
  private static let scoredTokens = 2048

  /// `parameters`: a model of the sizes `layers`, `heads`, `width`, `mlp_width`, `vocabulary` and `context`, counted
  /// `beside` a published one; the reply has the `html`.
  func parameters(_ call: EngineCall) throws(EngineError) -> JSON {
    let name = try call.text("beside")
    guard let base = CountedModel.published.first(where: { $0.name == name }) else {
      throw EngineError("no model “\(name)” was published")
    }
    func size(_ name: String) throws(EngineError) -> Int64 {
      let text = try call.text(name).filter { $0 != "," && $0 != " " }
      guard let size = Int64(text), size > 0 else {
        throw EngineError("“\(name)” is no whole number from 1 up")
      }
      return size
    }
    let sizes = ModelSizes(
      layers: try size("layers"),
      heads: try size("heads"),
      width: try size("width"),
      mlpWidth: try size("mlp_width"),
      vocabulary: try size("vocabulary"),
      context: try size("context"),
      isTied: base.sizes.isTied
    )
    switch sizes.problem {
    case .notShared:
      throw EngineError("\(sizes.heads) heads cannot share a width of \(sizes.width) evenly")
    case .tooLarge, .notPositive:
      throw EngineError("these sizes multiply to more than 64 bits can count")
    case nil: break
    }
    let isBase = sizes == base.sizes
    let own = CountedModel(name: "own", title: nil, sizes: sizes, source: .own)
    let account = ParameterAccount(
      of: isBase ? base : own,
      beside: isBase ? nil : base,
      in: try call.language()
    )
    return ["html": .string(ArticlePage(account.article).answer)]
  }
}
