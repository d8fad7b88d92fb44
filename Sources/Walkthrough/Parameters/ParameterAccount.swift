import Graphics
public import Traces

/// Tells where a model's parameters are, kind by kind, beside another model's if there is one.
public struct ParameterAccount: Sendable, Speaker {
  /// The language it is told in.
  public let language: Language
  /// The model whose parameters are counted.
  public let model: CountedModel
  /// The model it is compared with.
  public let other: CountedModel?

  /// Prepares to tell.
  ///
  /// - Parameters:
  ///   - model: The model whose parameters are counted.
  ///   - other: The model it is compared with, if any.
  ///   - language: The language to tell it in.
  public init(of model: CountedModel, beside other: CountedModel? = nil, in language: Language) {
    self.model = model
    self.other = other
    self.language = language
  }

  /// The whole account, step by step.
  public var article: Article {
    Article(
      language: language,
      id: "parameters",
      title: title,
      lead: [say(en: "\(sizes).", ja: "\(sizes)。"), source].compactMap { $0 },
      steps: [matrices, comparison, besides, data, costs, doubling].compactMap { $0 }
    )
  }

  /// The running totals alone, as one figure: the model's, and the other's beneath.
  public var figure: Figure {
    var figure = counted.figure("parameters")
    guard let otherCounted else { return figure }
    figure.scene.panels = [counted, otherCounted].map { counted in
      Scene.Panel(counted.bars, caption: Caption(counted.name.plain))
    }
    figure.scene.title = title.plain
    figure.scene.description += " " + otherCounted.figure("other").scene.description
    return figure
  }

  // MARK: - The models

  var counted: CountTeller {
    CountTeller(
      language: language,
      name: name(of: model),
      count: model.count,
      countsBoth: countsBoth
    )
  }

  var otherCounted: CountTeller? {
    other.map {
      CountTeller(language: language, name: name(of: $0), count: $0.count, countsBoth: countsBoth)
    }
  }

  /// Models are counted as what they are, a matrix that serves twice once; only where one of them is known from a paper
  /// alone, both are counted as the chapter counts it.
  private var countsBoth: Bool {
    [model, other].contains { if case .paper = $0?.source { true } else { false } }
  }

  func name(of model: CountedModel) -> RichText {
    model.title.map { RichText(stringLiteral: $0) } ?? say(en: "your model", ja: "あなたのモデル")
  }

  private var title: RichText {
    guard let otherCounted else {
      return say(
        en: "Where the weights of \(counted.name) are",
        ja: "\(counted.subject)の重みはどこにあるか"
      )
    }
    return say(
      en: "Where the weights of \(counted.name) are, beside those of \(otherCounted.name)",
      ja: "\(counted.subject)の重みはどこにあるか（\(otherCounted.subject)と比べて）"
    )
  }

  private var sizes: RichText {
    let s = model.sizes
    return say(
      en: """
        \(size(s.layers)) layers of \(size(s.heads)) heads each, width D = \(size(s.width)), MLP width F = \(size(s.mlpWidth)), \
        a vocabulary of V = \(size(s.vocabulary)) tokens, a context of C = \(size(s.context))
        """,
      ja: """
        レイヤー \(size(s.layers))、各レイヤーのヘッド \(size(s.heads))、幅 D = \(size(s.width))、MLP の幅 F = \(size(s.mlpWidth))、\
        語彙 V = \(size(s.vocabulary)) トークン、文脈長 C = \(size(s.context))
        """
    )
  }

  private var source: RichText? {
    switch model.source {
    case .paper(let paper), .published(let paper):
      say(en: "Sizes as published: \(paper).", ja: "規模は公表された値です（\(paper)）。")
    case .checkpoint:
      say(
        en:
          "Sizes as the checkpoint's \(code: "config.json") gives them, held against its tensors.",
        ja: "規模はチェックポイントの \(code: "config.json") によるもので、テンソルと照合しました。"
      )
    case .own: nil
    }
  }
}
