import Graphics
public import Traces

extension Walkthrough {
  /// The stages, in the order of the forward pass.
  static let tellers: [StageTelling] = [
    StageTelling { TokensStage(story: $0) },
    StageTelling { EmbeddingStage(story: $0) },
    StageTelling { PositionStage(story: $0) },
    StageTelling { AttentionStage(story: $0) },
    StageTelling { MLPStage(story: $0) },
    StageTelling { LayersStage(story: $0) },
    StageTelling { UnembeddingStage(story: $0) },
    StageTelling { SoftmaxStage(story: $0) },
    StageTelling { SamplingStage(story: $0) },
    StageTelling { ParametersStage(story: $0) },
    StageTelling { WhyStage(story: $0) },
  ]

  /// Tells a trace as a story.
  ///
  /// - Parameters:
  ///   - trace: What was recorded. Steps whose tensors are missing say so.
  ///   - language: The language to tell it in.
  ///   - layer: The block to open up; by default that of the head without which the answer changes most, or, if that was
  ///     not measured, of the one which, for the last token, looks hardest at one earlier token other than the first.
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
    self.init(
      of: Findings(of: trace),
      in: language,
      layer: layer,
      head: head,
      followed: followed,
      telling: nil
    )
  }

  /// Tells a trace that was looked through before, or only names its steps.
  ///
  /// - Parameters:
  ///   - findings: What was recorded.
  ///   - language: The language to tell it in.
  ///   - layer: The block to open up, as above.
  ///   - head: The head likewise.
  ///   - followed: The position to follow; by default the last.
  ///   - told: The steps that are told, of the others only what they are called; `nil` for all.
  /// - Precondition: as above.
  public init(
    of findings: Findings,
    in language: Language,
    layer: Int? = nil,
    head: Int? = nil,
    followed: Int? = nil,
    telling told: [(stage: StageID, step: String)]?
  ) {
    let trace = findings.trace
    let choice = HeadChoice(trace: trace, layer: layer, head: head)
    let story = Story(findings, language: language, choice: choice, followed: followed)
    let stages = Self.tellers.map { teller in
      let steps = told.map { list in list.filter { $0.stage == teller.id }.map { $0.step } }
      return teller.stage(steps.map { story.telling(only: $0) } ?? story)
    }
    self.init(
      language: language,
      subject: story.subject,
      stages: stages.filter { !$0.steps.isEmpty },
      next: story.predictions(count: 10)
    )
    let words = InterventionWords(trace.interventions, in: language)
    let changed = words.notice.map { $0 + (words.caution ?? "") }
    interventions = trace.interventions
    notices = [changed, story.unread, story.brokenNumbers].compactMap { $0 }
    layerCount = max(1, trace.layerCount)
  }
}

extension Story {
  /// That a text is longer than what was read of it.
  fileprivate var unread: RichText? {
    guard trace.unread > 0 else { return nil }
    let all = trace.unread + length
    return say(
      en: """
        The text is longer than the model's context window: of its \(all) tokens the first \(trace.unread) were not read. What follows \
        tells of the last \(length).
        """,
      ja: """
        文章がモデルの文脈長を超えています。全 \(all) トークンのうち、はじめの \(trace.unread) トークンは読まれていません。以下は、最後の \
        \(length) トークンについての説明です。
        """
    )
  }

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
      of: trace.tokens.map { $0.text },
      in: trace.prompt,
      counts: trace.trainingCounts?.counts,
      total: trace.trainingCounts?.total
    )
  }

  /// Says what ``notes`` mean.
  var reading: ReadingWords {
    ReadingWords(notes, of: trace.tokens.map { ($0.id, $0.text) }, in: language)
  }

  /// That some of the recorded numbers are NaN or infinite, if any are.
  fileprivate var brokenNumbers: RichText? {
    trace.notFinite.map { broken in
      let kinds = [(broken.nan, "NaN"), (broken.infinite, "±∞")].filter { $0.0 > 0 }
        .map { "\(size($0.0)) × \($0.1)" }.joined(separator: language == .ja ? "、" : ", ")
      return say(
        en: """
          Not everything recorded here is a number: \(kinds), in \(broken.tensors.of("tensor")). The first, in the order of the \
          computation, is \(code: broken.place). What was computed from it says nothing about the model.
          """,
        ja: """
          ここに記録されたものには、数でないものがあります（\(kinds)、テンソル \(broken.tensors) 個）。計算の順で最初のものは \
          \(code: broken.place) です。そこから計算されたものは、モデルについて何も語りません。
          """
      )
    }
  }

  /// What the model is called and what it was trained on.
  private var modelPhrase: RichText {
    let name = RichText(stringLiteral: trace.model.name ?? say(en: "a model", ja: "名称不明").plain)
    guard let trainedOn = trace.model.trainedOn else { return name }
    // The trace says it in English; of the built-in models it is known in Japanese.
    let tongue = trainedOn.hasSuffix("Japanese") ? "日本" : "英"
    let inJapanese =
      trainedOn.hasPrefix("a small made-up world") ? "\(tongue)語で書いた架空の小さな世界の文章" : trainedOn
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

  /// How scores of the layer that is opened up come about.
  var scoring: ScoreFinding {
    architecture.scores.indices.contains(layer)
      ? architecture.scores[layer] : ScoreFinding(of: trace, layer: layer)
  }

  /// What is known of the layer's MLP.
  var activation: ActivationFinding {
    architecture.activations.indices.contains(layer)
      ? architecture.activations[layer] : ActivationFinding(of: trace, layer: layer)
  }

  /// The nonlinearity as a formula names it.
  var activationLabel: String { activation.label }

  /// Whether the recorded scores are q·k/√d, as the formula says, and not made in some other way.
  var isDividedByRoot: Bool { scoring.rule == .dividedByRoot }

  /// The stream that the layer's MLP reads: that after attention, or that before the block where both read the same.
  var mlpInput: HookPoint {
    architecture.mlpInputs.indices.contains(layer)
      && architecture.mlpInputs[layer] == .besideAttention ? .residPre(layer) : .residMid(layer)
  }

  /// Whether the layer's attention and MLP read the same stream.
  var isParallel: Bool { mlpInput == .residPre(layer) }
}
