/// The options that several commands have. They mean the same everywhere, so they are described
/// once.
extension OptionSpec {
  static let model = OptionSpec(
    "model",
    .text(placeholder: "MODEL"),
    help: say(
      en: "a folder with config.json, model.safetensors and the tokenizer; a .gguf file; the name "
        + "of a model in Hugging Face's cache, such as gpt2; or \(BuiltInModel.words)",
      ja: "config.json、model.safetensors、トークナイザーの入ったフォルダー、.gguf ファイル、Hugging Face の"
        + "キャッシュにあるモデルの名前（gpt2 など）、または \(BuiltInModel.words)"
    ),
    defaultText: say(
      en: "built-in, the teaching model; built-in-ja where the text has kana or kanji",
      ja: "学習用の組み込みモデル built-in。文章に仮名か漢字があれば built-in-ja"
    )
  )
  static let layer = OptionSpec(
    "layer",
    .integer(placeholder: "N", 0...Int.max),
    help: say(
      en: "only this layer, counted from 0 as in the trace's names (blocks.0 …)",
      ja: "このレイヤーだけ。トレースの中の名前（blocks.0 …）と同じく 0 から数えます"
    )
  )
  static let head = OptionSpec(
    "head",
    .integer(placeholder: "N", 0...Int.max),
    help: say(
      en: "only this attention head, counted from 0",
      ja: "このアテンションヘッドだけ。0 から数えます"
    )
  )
  static let language = OptionSpec(
    "language",
    .choice(["en", "ja"]),
    help: say(
      en: "the language of explanations, help and messages",
      ja: "説明、ヘルプ、メッセージの言語"
    ),
    defaultText: ofLocale
  )
  /// What holds where no language is asked for.
  static let ofLocale = say(
    en: "ja where LC_ALL, LC_MESSAGES or LANG says so, else en",
    ja: "LC_ALL、LC_MESSAGES、LANG が日本語なら ja、そうでなければ en"
  )
  static let seed = OptionSpec(
    "seed",
    .integer(placeholder: "N", 0...Int.max),
    help: say(en: "the seed of the random draws", ja: "乱数のシード（種）"),
    defaultText: LocalizedText(same: "0")
  )
  static let last = OptionSpec(
    "last",
    .flag,
    help: say(
      en: "of a prompt longer than the context window, keep the last tokens that fit",
      ja: "プロンプトが文脈長より長いとき、収まるだけの末尾のトークンを使います"
    )
  )
  static let noSpecial = OptionSpec(
    "no-special",
    .flag,
    help: say(
      en: "leave out the tokens that the model's tokenizer puts before a text, or after it",
      ja: "トークナイザーが文章の前後に付ける特別なトークンを付けません"
    )
  )
  /// Where a file goes; `-` is standard output.
  static func output(
    _ placeholder: String,
    help: LocalizedText = say(en: "the file for the result", ja: "結果を書くファイル"),
    defaultText: LocalizedText? = standardOutput
  ) -> OptionSpec {
    OptionSpec(
      "output",
      short: "o",
      .text(placeholder: placeholder),
      help: help,
      defaultText: defaultText
    )
  }
  /// Where a result goes for which no file is named.
  static let standardOutput = say(en: "standard output", ja: "標準出力")
  /// The form of the result, of those that make sense for a command; the first is the default.
  static func format(_ formats: String...) -> OptionSpec {
    OptionSpec(
      "format",
      .choice(formats),
      help: say(en: "the form of the result", ja: "結果の形式"),
      defaultText: formats.first.map { LocalizedText(same: $0) }
    )
  }

  /// What every command accepts.
  static let common: [OptionSpec] = [language, color, ascii, width, quiet, help, version]

  static let color = OptionSpec(
    "color",
    .choice(["auto", "always", "never"]),
    help: say(en: "colour in the terminal", ja: "端末での色"),
    defaultText: say(
      en: "auto: on a terminal, unless NO_COLOR is set",
      ja: "auto（端末に表示し、NO_COLOR が設定されていないときだけ色を付けます）"
    )
  )
  static let ascii = OptionSpec(
    "ascii",
    .flag,
    help: say(
      en: "draw tables and shades with ASCII characters only",
      ja: "表と濃淡を ASCII 文字だけで描きます"
    )
  )
  static let width = OptionSpec(
    "width",
    .integer(placeholder: "COLUMNS", 20...1000),
    help: say(
      en: "the width to stay within, 20 columns at least: columns of a table that have no room are "
        + "left out, bars first",
      ja: "出力の幅（20 桁以上）。表の列が入りきらないときは、棒グラフの列から順に省きます"
    ),
    defaultText: say(en: "the terminal's, or 80", ja: "端末の幅。わからなければ 80")
  )
  static let quiet = OptionSpec(
    "quiet",
    short: "q",
    .flag,
    help: say(
      en: "print the result and errors, nothing else",
      ja: "結果とエラーのほかは何も表示しません"
    )
  )
  static let help = OptionSpec(
    "help",
    short: "h",
    .flag,
    help: say(en: "print this help", ja: "このヘルプを表示します")
  )
  static let version = OptionSpec(
    "version",
    .flag,
    help: say(en: "print the version", ja: "バージョンを表示します")
  )
}
