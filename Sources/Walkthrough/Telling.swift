import Graphics
public import Traces

extension Walkthrough {
  /// The stages, in the order of the forward pass.
  static let tellers: [any StageTeller.Type] = [
    TokensStage.self, EmbeddingStage.self, PositionStage.self, AttentionStage.self, MLPStage.self,
    LayersStage.self, UnembeddingStage.self, SoftmaxStage.self, SamplingStage.self,
    ParametersStage.self,
  ]

  /// Tells a trace as a story.
  ///
  /// - Parameters:
  ///   - trace: What was recorded. Steps whose tensors are missing say so.
  ///   - language: The language to tell it in.
  ///   - layer: The block to open up; by default that of the head which, for the last token, looks hardest at one
  ///     earlier token other than the first.
  ///   - head: The head to open up; by default chosen likewise.
  ///   - followed: The position to follow; by default the last.
  /// - Precondition: the trace has a token; `layer`, `head` and `followed` are below its counts.
  public init(
    of trace: Trace,
    in language: Language,
    layer: Int? = nil,
    head: Int? = nil,
    followed: Int? = nil
  ) {
    let choice = HeadChoice(trace: trace, layer: layer, head: head)
    let story = Story(
      trace: trace,
      language: language,
      layer: choice.layer,
      head: choice.head,
      followed: followed ?? trace.tokens.count - 1
    )
    self.init(
      language: language,
      subject: story.subject,
      stages: Self.tellers.map { $0.init(story: story).stage },
      next: story.predictions(count: 10)
    )
    layerCount = max(1, trace.layerCount)
  }
}

extension Story {
  /// The prompt and the model.
  var subject: Subject {
    Subject(
      prompt: trace.prompt,
      tokens: trace.tokens.map { Subject.Token(id: $0.id, text: $0.text) },
      followed: followed,
      model: modelPhrase,
      map: mapFigure,
      notes: notes
    )
  }

  /// What there is to say of the prompt's tokens beside their ids.
  var notes: TokenNotes {
    TokenNotes(
      of: trace.tokens.map(\.text),
      in: trace.prompt,
      counts: trace.trainingCounts?.counts,
      total: trace.trainingCounts?.total
    )
  }

  /// Says what ``notes`` mean.
  var reading: ReadingWords {
    ReadingWords(notes, of: trace.tokens.map { ($0.id, $0.text) }, in: language)
  }

  /// What the model is called and what it was trained on.
  private var modelPhrase: RichText {
    let name = RichText(stringLiteral: trace.model.name ?? say(en: "a model", ja: "名称不明").plain)
    guard let trainedOn = trace.model.trainedOn else { return name }
    // The trace says it in English; of the built-in model it is known in Japanese.
    let inJapanese = trainedOn == "a small made-up world" ? "架空の小さな世界の文章" : trainedOn
    return say(en: "\(name), trained on \(trainedOn)", ja: "\(name)（学習データ：\(inJapanese)）")
  }

  /// The likeliest tokens after the prompt.
  func predictions(count: Int) -> [Prediction] {
    guard let chances = recorded(.probabilities) else { return [] }
    let logits = recorded(.logits)
    let last = length - 1
    return largest(count, of: chances.vector(last)).map { id in
      Prediction(
        id: id,
        text: word(id),
        logit: logits.map { $0(last, id) },
        probability: chances(last, id, digits: 4)
      )
    }
  }

  /// The name of the MLP's nonlinearity, if the trace tells it.
  var activationName: String? { trace.model.activation }

  /// The nonlinearity as a formula names it.
  var activationLabel: String {
    switch activationName {
    case "relu": "ReLU"
    case "silu", "swish": "SiLU"
    case let name? where name.hasPrefix("gelu"): "GELU"
    default: "act"
    }
  }

  /// Whether the recorded scores are q·k/√d, as the formula says, and not scaled in some other way.
  var isDividedByRoot: Bool {
    guard let q = recorded(.q(layer)), let k = recorded(.k(layer)),
      let scores = recorded(.attnScoresUnmasked(layer)) ?? recorded(.attnScores(layer)),
      k.shape == q.shape
    else { return false }
    let expected =
      dot(q.vector(followed, head), k.vector(followed, head)) / Double(q.columns).squareRoot()
    let found = scores(head, followed, followed).value
    return abs(expected - found) <= 1e-3 * max(1, abs(found))
  }
}
