import Training

/// What the command line asks to be trained.
struct TrainingRequest {
  static let corpus = OptionSpec(
    "corpus",
    .text(placeholder: "FILE,…"),
    help: say(
      en: "the text files to learn from; <|endoftext|> ends a text within a file",
      ja: "学習に使うテキストファイル。1つのファイルの中では <|endoftext|> が文章の終わりを表します"
    ),
    defaultText: say(en: "the built-in world", ja: "組み込みの世界")
  )
  static let world = OptionSpec(
    "world",
    .choice(WorldPlan.Name.allCases.map(\.rawValue)),
    help: say(
      en: "which built-in world, by its language",
      ja: "どの組み込みの世界で学習するか。世界を言語で指定します"
    ),
    defaultText: LocalizedText(same: WorldPlan.Name.en.rawValue)
  )
  static let tokenizerSize = OptionSpec(
    "tokenizer-size",
    .integer(placeholder: "N", 257...100_000),
    help: say(
      en: "how many tokens the vocabulary may have; it is learned first",
      ja: "語彙のトークン数の上限。最初に語彙を学習します"
    ),
    defaultText: LocalizedText(same: "2688")
  )
  static let layers = size(
    "layers",
    1...64,
    say(en: "how many blocks", ja: "ブロック（レイヤー）の数"),
    4
  )
  static let heads = size(
    "heads",
    1...64,
    say(en: "how many attention heads in a block", ja: "1つのブロックのアテンションヘッドの数"),
    4
  )
  static let modelWidth = size(
    "width",
    1...4096,
    say(en: "the model's width; a multiple of the heads", ja: "モデルの幅。ヘッドの数の倍数"),
    128
  )
  static let context = size(
    "context",
    2...4096,
    say(en: "how many tokens the model sees at once", ja: "文脈長（一度に見られるトークンの数）"),
    128
  )
  static let steps = size(
    "steps",
    1...1_000_000,
    say(en: "how many steps to take", ja: "学習のステップ数"),
    2000
  )
  static let batch = size(
    "batch",
    1...1024,
    say(
      en: "how many sequences to learn from at each step",
      ja: "1ステップで学習に使う列の数（バッチサイズ）"
    ),
    16
  )
  static let learningRate = OptionSpec(
    "learning-rate",
    .text(placeholder: "R"),
    help: say(
      en: "the highest learning rate; it rises to it first and falls to a tenth of it at the end",
      ja: "学習率の最大値。初めにここまで上げ、終わりにはその10分の1まで下げます"
    ),
    defaultText: LocalizedText(same: "0.001")
  )
  static let half = OptionSpec(
    "half",
    .flag,
    help: say(
      en: "store the model's weights in 16 bits each; what the run goes on from keeps all 32",
      ja: "モデルの重みを 16 ビットずつで保存します。学習を続けるためのデータは 32 ビットのままです"
    )
  )
  static let resume = OptionSpec(
    "resume",
    .flag,
    help: say(
      en: "go on with the run in the folder, as if it had never stopped",
      ja: "フォルダーにある学習を、止まらなかったかのように続けます"
    )
  )

  /// The options that say what a run is; a run that is gone on with has its own.
  static let settings: [OptionSpec] = [
    corpus, world, tokenizerSize, layers, heads, modelWidth, context, steps, batch, learningRate,
    .seed,
    half,
  ]

  private static func size(
    _ name: String,
    _ range: ClosedRange<Int>,
    _ help: LocalizedText,
    _ standard: Int
  ) -> OptionSpec {
    OptionSpec(
      name,
      .integer(placeholder: "N", range),
      help: help,
      defaultText: LocalizedText(same: "\(standard)")
    )
  }

  /// Reads the settings of a new run.
  ///
  /// - Throws: A usage error that names the option.
  static func read(_ invocation: Invocation) throws(CLIError) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.layers = invocation.integer(layers) ?? settings.layers
    settings.heads = invocation.integer(heads) ?? settings.heads
    settings.width = invocation.integer(modelWidth) ?? settings.width
    settings.context = invocation.integer(context) ?? settings.context
    settings.steps = invocation.integer(steps) ?? settings.steps
    settings.batch = invocation.integer(batch) ?? settings.batch
    settings.seed = UInt64(invocation.integer(.seed) ?? 0)
    settings.storesHalf = invocation.has(half)
    guard settings.width % settings.heads == 0 else {
      throw .usage(
        en: "--width \(settings.width) is not a multiple of --heads \(settings.heads); "
          + "every head gets an equal share",
        ja: "--width \(settings.width) が --heads \(settings.heads) の倍数ではありません。どのヘッドも同じ幅を受け持ちます。"
      )
    }
    if let text = invocation.text(learningRate) {
      let isPlain = text.utf8.allSatisfy { 0x30...0x39 ~= $0 || "+-.eE".utf8.contains($0) }
      guard isPlain, let rate = Double(text), rate > 0, rate.isFinite else {
        throw .usage(
          en: "--learning-rate “\(text)” is not a number above 0",
          ja: "--learning-rate の「\(text)」は 0 より大きい数ではありません。"
        )
      }
      settings.learningRate = rate
    }
    let files = invocation.text(corpus)?.split(separator: ",").map(String.init) ?? []
    if invocation.has(world), !files.isEmpty {
      throw .usage(
        en: "--world \(invocation.text(world) ?? "") and --corpus exclude one another",
        ja: "--world \(invocation.text(world) ?? "") と --corpus は同時に指定できません。"
      )
    }
    settings.source = TrainingSource(
      files: files,
      world: invocation.text(world),
      // A text for every sequence that is read, up to more than a small model can keep in mind.
      worldTexts: min(60_000, max(2000, settings.steps * settings.batch)),
      vocabularySize: invocation.integer(tokenizerSize) ?? 2688
    )
    return settings
  }
}
