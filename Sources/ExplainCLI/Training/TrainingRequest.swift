import Training

/// What the command line asks to be trained.
struct TrainingRequest {
  /// What holds where nothing else is said.
  private static let standard = TrainingSettings()

  static let corpus: Option<[String]?> = Option(
    "corpus",
    .list("FILE,…", .files),
    help: say(
      en: "the text files to learn from; <|endoftext|> ends a text within a file",
      ja: "学習に使うテキストファイル。1つのファイルの中では <|endoftext|> が文章の終わりを表します"
    ),
    otherwise: say(en: "the built-in world", ja: "組み込みの世界")
  )
  static let world = Option(
    "world",
    .choice,
    default: WorldPlan.Name.en,
    help: say(
      en: "which built-in world, by its language",
      ja: "どの組み込みの世界で学習するか。世界を言語で指定します"
    )
  )
  static let tokenizerSize = Option(
    "tokenizer-size",
    .integer("N", 257...100_000),
    default: standard.source.vocabularySize,
    help: say(
      en: "how many tokens the vocabulary may have; it is learned first",
      ja: "語彙のトークン数の上限。最初に語彙を学習します"
    )
  )
  static let layers = size(
    "layers",
    1...64,
    say(en: "how many blocks", ja: "ブロック（レイヤー）の数"),
    standard.layers
  )
  static let heads = size(
    "heads",
    1...64,
    say(en: "how many attention heads in a block", ja: "1つのブロックのアテンションヘッドの数"),
    standard.heads
  )
  static let modelWidth = size(
    "width",
    1...4096,
    say(en: "the model's width; a multiple of the heads", ja: "モデルの幅。ヘッドの数の倍数"),
    standard.width
  )
  static let context = size(
    "context",
    2...4096,
    say(en: "how many tokens the model sees at once", ja: "文脈長（一度に見られるトークンの数）"),
    standard.context
  )
  static let steps = size(
    "steps",
    1...1_000_000,
    say(en: "how many steps to take", ja: "学習のステップ数"),
    standard.steps
  )
  static let batch = size(
    "batch",
    1...1024,
    say(
      en: "how many sequences to learn from at each step",
      ja: "1ステップで学習に使う列の数（バッチサイズ）"
    ),
    standard.batch
  )
  static let learningRate = Option(
    "learning-rate",
    .decimal("R", .above(0)),
    default: standard.learningRate,
    help: say(
      en: "the highest learning rate; it rises to it first and falls to a tenth of it at the end",
      ja: "学習率の最大値。初めにここまで上げ、終わりにはその10分の1まで下げます"
    )
  )
  static let half = Option(
    flag: "half",
    help: say(
      en: "store the model's weights in 16 bits each; what the run goes on from keeps all 32",
      ja: "モデルの重みを 16 ビットずつで保存します。学習を続けるためのデータは 32 ビットのままです"
    )
  )
  static let resume = Option(
    flag: "resume",
    help: say(
      en: "go on with the run in the folder, as if it had never stopped",
      ja: "フォルダーにある学習を、止まらなかったかのように続けます"
    )
  )

  /// The options that say what a run is; a run that is gone on with has its own.
  static let settings = specs(
    corpus,
    world,
    tokenizerSize,
    layers,
    heads,
    modelWidth,
    context,
    steps,
    batch,
    learningRate,
    .seed,
    half
  )

  private static func size(
    _ name: String,
    _ range: ClosedRange<Int>,
    _ help: LocalizedText,
    _ standard: Int
  ) -> Option<Int> {
    Option(name, .integer("N", range), default: standard, help: help)
  }

  /// Reads the settings of a new run.
  ///
  /// - Throws: A usage error that names the option.
  static func read(_ invocation: Invocation) throws(CLIError) -> TrainingSettings {
    var settings = standard
    settings.layers = invocation[layers]
    settings.heads = invocation[heads]
    settings.width = invocation[modelWidth]
    settings.context = invocation[context]
    settings.steps = invocation[steps]
    settings.batch = invocation[batch]
    settings.learningRate = invocation[learningRate]
    settings.seed = invocation[.seed]
    settings.storesHalf = invocation[half]
    guard settings.width % settings.heads == 0 else {
      throw .usage(
        en: "--width \(settings.width) is not a multiple of --heads \(settings.heads); "
          + "every head gets an equal share",
        ja: "--width \(settings.width) が --heads \(settings.heads) の倍数ではありません。どのヘッドも同じ幅を受け持ちます。"
      )
    }
    let files = invocation[corpus] ?? []
    let world = invocation[world].rawValue
    if invocation.has(Self.world), !files.isEmpty {
      throw .usage(
        en: "--world \(world) and --corpus exclude one another",
        ja: "--world \(world) と --corpus は同時に指定できません。"
      )
    }
    settings.source = TrainingSource(
      files: files,
      world: world,
      // A text for every sequence that is read, up to more than a small model can keep in mind.
      worldTexts: min(60_000, max(2000, settings.steps * settings.batch)),
      vocabularySize: invocation[tokenizerSize]
    )
    return settings
  }
}
