import Walkthrough

// The options that several commands have. They mean the same everywhere, so they are described once.

extension Option where Value == String? {
  static var model: Option {
    let words = BuiltInModel.all.map(\.word)
    return Option(
      "model",
      .text("MODEL", .filesOr(words)),
      help: say(
        en:
          "a folder with config.json, model.safetensors and the tokenizer; a .gguf file; the name "
          + "of a model in Hugging Face's cache, such as gpt2; or \(BuiltInModel.words)",
        ja: "config.json、model.safetensors、トークナイザーの入ったフォルダー、.gguf ファイル、Hugging Face の"
          + "キャッシュにあるモデルの名前（gpt2 など）、または \(BuiltInModel.words)"
      ),
      otherwise: say(
        en: "\(words[0]), the teaching model; \(words[1]) where the text has kana or kanji",
        ja: "学習用の組み込みモデル \(words[0])。文章に仮名か漢字があれば \(words[1])"
      )
    )
  }

  /// Where a file goes; `-` is standard output.
  static func output(
    _ placeholder: String,
    help: LocalizedText = say(en: "the file for the result", ja: "結果を書くファイル"),
    otherwise: LocalizedText? = say(en: "standard output", ja: "標準出力")
  ) -> Option {
    Option("output", short: "o", .text(placeholder, .files), help: help, otherwise: otherwise)
  }
}

extension Option where Value == String {
  /// The folder that everything goes into.
  static func output(folder: String, help: LocalizedText) -> Option {
    Option("output", short: "o", .text("DIR", .folders), default: folder, help: help)
  }
}

extension Option where Value == Int? {
  static var layer: Option {
    Option(
      "layer",
      .integer("N", 0...Int.max),
      help: say(
        en: "only this layer, counted from 0 as in the trace's names (blocks.0 …)",
        ja: "このレイヤーだけ。トレースの中の名前（blocks.0 …）と同じく 0 から数えます"
      )
    )
  }

  static var head: Option {
    Option(
      "head",
      .integer("N", 0...Int.max),
      help: say(
        en: "only this attention head, counted from 0",
        ja: "このアテンションヘッドだけ。0 から数えます"
      )
    )
  }

  static var width: Option {
    let (least, other) = (20, TerminalFacts.standardWidth)
    return Option(
      "width",
      .integer("COLUMNS", least...TerminalFacts.largestWidth),
      help: say(
        en:
          "the width to stay within, \(least) columns at least: columns of a table that have no room are "
          + "left out, bars first",
        ja: "出力の幅（\(least) 桁以上）。表の列が入りきらないときは、棒グラフの列から順に省きます"
      ),
      otherwise: say(en: "the terminal's, or \(other)", ja: "端末の幅。わからなければ \(other)")
    )
  }
}

extension Option where Value == UInt64 {
  static var seed: Option {
    Option(
      "seed",
      .natural("N"),
      default: 0,
      help: say(en: "the seed of the random draws", ja: "乱数のシード（種）")
    )
  }
}

extension Option where Value == Language? {
  static var language: Option {
    Option(
      "language",
      .choice,
      help: say(
        en: "the language of explanations, help and messages",
        ja: "説明、ヘルプ、メッセージの言語"
      ),
      otherwise: .languageOfLocale
    )
  }
}

extension LocalizedText {
  /// What holds where no language is asked for.
  static let languageOfLocale = say(
    en: "ja where LC_ALL, LC_MESSAGES or LANG says so, else en",
    ja: "LC_ALL、LC_MESSAGES、LANG が日本語なら ja、そうでなければ en"
  )
}

extension Option where Value == ColorWish {
  static var color: Option {
    Option(
      "color",
      .choice,
      default: .auto,
      help: say(en: "colour in the terminal", ja: "端末での色"),
      told: {
        say(
          en: "\($0): on a terminal, unless NO_COLOR is set",
          ja: "\($0)（端末に表示し、NO_COLOR が設定されていないときだけ色を付けます）"
        )
      }
    )
  }
}

extension Option where Value == Bool {
  static var last: Option {
    Option(
      flag: "last",
      help: say(
        en: "of a prompt longer than the context window, keep the last tokens that fit",
        ja: "プロンプトが文脈長より長いとき、収まるだけの末尾のトークンを使います"
      )
    )
  }

  static var noSpecial: Option {
    Option(
      flag: "no-special",
      help: say(
        en: "leave out the tokens that the model's tokenizer puts before a text, or after it",
        ja: "トークナイザーが文章の前後に付ける特別なトークンを付けません"
      )
    )
  }

  static var ascii: Option {
    Option(
      flag: "ascii",
      help: say(
        en: "draw tables and shades with ASCII characters only",
        ja: "表と濃淡を ASCII 文字だけで描きます"
      )
    )
  }

  static var quiet: Option {
    Option(
      flag: "quiet",
      short: "q",
      help: say(
        en: "print the result and errors, nothing else",
        ja: "結果とエラーのほかは何も表示しません"
      )
    )
  }

  static var help: Option {
    Option(
      flag: "help",
      short: "h",
      help: say(en: "print this help", ja: "このヘルプを表示します")
    )
  }

  static var version: Option {
    Option(flag: "version", help: say(en: "print the version", ja: "バージョンを表示します"))
  }
}

extension OptionSpec {
  /// What every command accepts.
  static let common = specs(.language, .color, .ascii, .width, .quiet, .help, .version)
}
