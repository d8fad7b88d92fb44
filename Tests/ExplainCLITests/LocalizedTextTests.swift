import ExplainCLI
import Graphics
import Testing
import Walkthrough

/// In which language the command line speaks, and that it speaks all of it.
@Suite struct LocalizedTextTests {
  // MARK: Which language

  @Test(
    arguments: [
      ([], [:], .en),
      ([], ["LANG": "ja_JP.UTF-8"], .ja),
      ([], ["LANG": "ja"], .ja),
      ([], ["LANG": "C.UTF-8"], .en),
      // ISO 639 has codes of three letters that begin alike: jav is Javanese.
      ([], ["LANG": "jav_ID.UTF-8"], .en),
      ([], ["LANG": "en_US.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"], .ja),
      ([], ["LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_US.UTF-8"], .en),
      ([], ["LC_ALL": "C", "LC_MESSAGES": "ja_JP.UTF-8", "LANG": "ja_JP.UTF-8"], .en),
      ([], ["LC_CTYPE": "ja_JP.UTF-8"], .en),
      (["steps", "--language", "ja", "Hello"], [:], .ja),
      (["steps", "--language=ja", "Hello"], [:], .ja),
      (["--language", "en", "Hello"], ["LANG": "ja_JP.UTF-8"], .en),
      (["--language", "ja,en", "Hello"], [:], .ja),
      (["--language", "en", "--language", "ja", "Hello"], [:], .ja),
      (["--language", "fr", "Hello"], ["LANG": "ja_JP.UTF-8"], .ja),
      (["--", "--language", "ja"], [:], .en),
    ] as [([String], [String: String], Language)]
  )
  func `the option comes before LC_ALL, LC_MESSAGES and LANG`(
    _ words: [String],
    _ environment: [String: String],
    _ language: Language
  ) {
    #expect(Language(of: words, environment: environment) == language)
  }

  @Test func `the locale chooses the language of steps, of pages and of tables`() throws {
    var explain = try ExplainProcess()
    explain.environment = ["LANG": "ja_JP.UTF-8"]
    #expect(try explain("steps", "Hello", "--stage", "tokens").output.contains("トークン"))
    #expect(try explain("Hello", "--still", "-o", "-").output.contains("<html lang=\"ja\""))
    #expect(try explain("parameters").output.contains("1751億8129万1520"))
    let english = try explain("steps", "Hello", "--stage", "tokens", "--language", "en")
    #expect(english.output.contains("token") && !english.output.contains("トークン"))
  }

  // MARK: Help

  private static func isJapanese(_ text: String) -> Bool {
    text.unicodeScalars.contains { 0x3041...0x30FF ~= $0.value || 0x4E00...0x9FFF ~= $0.value }
  }

  @Test(arguments: Commands.all.map(\.name))
  func `every command is explained in both languages`(_ name: String) throws {
    let command = try #require(Commands.all.first { $0.name == name })
    let texts =
      [command.summary] + command.arguments.map(\.help) + command.allOptions.map(\.help)
      + command.allOptions.compactMap(\.defaultText)
    for text in texts where text.en != text.ja {
      #expect(Self.isJapanese(text.ja), "\(text.ja)")
      #expect(!Self.isJapanese(text.en.replacing("\"王 - 男 + 女\"", with: "")), "\(text.en)")
    }
    // What is the same in both is a number or a word that is typed.
    for text in texts where text.en == text.ja {
      #expect(!text.en.contains(" ") || name == "words")
    }
  }

  @Test(arguments: Commands.all.map(\.name) + [""])
  func `help in Japanese fits a terminal`(_ name: String) throws {
    let explain = try ExplainProcess()
    let words = ["help"] + (name.isEmpty ? [] : [name]) + ["--language", "ja"]
    let help = try explain.run(words)
    #expect(help.code == 0 && help.errors.isEmpty)
    #expect(help.output.contains("使い方："))
    #expect(!help.output.contains("Options") && !help.output.contains("default:"))
    for line in help.output.split(separator: "\n") where !line.contains("  explain ") {
      #expect(TextWidth.columns(of: String(line)) <= 80, "\(line)")
    }
    var japan = try ExplainProcess()
    japan.environment = ["LC_ALL": "ja_JP.UTF-8"]
    let asked = try japan.run(name.isEmpty ? ["--help"] : [name, "--help"])
    #expect(asked.output == help.output)
  }

  // MARK: Errors

  @Test(arguments: [
    ("", 64, "PROMPT が必要です"),
    ("''", 64, "プロンプトが空です"),
    ("Hello world", 64, "引用符で囲んでください"),
    ("heatmap", 64, "PROMPT が必要です：explain heatmap [オプション] PROMPT"),
    ("haetmap Hello", 64, "もしかして：「heatmap」"),
    ("help haetmap", 64, "「haetmap」というコマンドはありません。もしかして：「heatmap」"),
    ("--langauge ja Hello", 64, "もしかして：「--language」"),
    ("--language fr Hello", 64, "選べるのは en, ja"),
    ("--layer 99 Hello", 64, "レイヤーは 4 個で、番号は 0 から 3 までです"),
    ("--layer -1 Hello", 64, "--layer の -1 は範囲の外です（0 以上）"),
    ("trace Hello", 64, "-o FILE（トレースのファイル）が必要です"),
    ("trace Hello -o t --names 'blocks.9.*'", 64, "このモデルは記録しません"),
    ("Hello --ablate blocks.9.mlp", 64, "レイヤー 9 はありません。4 個あり、番号は 0 から 3 までです"),
    ("generate Hello --temperature x", 64, "数ではありません"),
    ("words nearest 'king - '", 64, "後に単語が必要です"),
    ("why Hello --token 'to the'", 65, "に分かれます"),
    ("--model nowhere Hello", 66, "`hf download nowhere` で取得できます"),
    ("--model ./no/where Hello", 66, "GGUF ファイルです。"),
    ("--model . Hello", 66, "モデルのフォルダーには config.json"),
    ("inspect nowhere", 66, "そのようなファイルはありません"),
    ("inspect .", 66, "safetensors ファイル（トレースやチェックポイント）がありません"),
    ("trace Hello -o nowhere/trace", 73, "作れません（そのようなファイルやフォルダーはありません）"),
    ("trace Hello -o .", 73, "フォルダーです"),
    ("Hello -o /dev/null", 73, "ページはフォルダーに書きます"),
    ("train --corpus nowhere", 66, "学習にはテキストファイルを使います"),
    ("train --width 30 --heads 4", 64, "倍数ではありません"),
    ("\"$(printf 'x\\377')\"", 65, "1 番目の引数は UTF-8 として正しくありません"),
    ("\"$(printf 'word %.0s' $(seq 300))\"", 65, "文脈長 128 を超えています。短くするか、--last で"),
  ])
  func `what is wrong is said in Japanese where the locale is Japanese`(
    _ words: String,
    _ code: Int32,
    _ fragment: String
  ) throws {
    var explain = try ExplainProcess()
    explain.environment = ["LANG": "ja_JP.UTF-8"]
    let result = try explain.shell("\"$explain\" \(words)")
    #expect(result.code == code)
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.hasPrefix("explain: "))
    #expect(result.errors.contains(fragment), "\(result.errors)")
    #expect(explain.names().isEmpty)
  }

  // MARK: Learning

  @Test func `a training run is logged in Japanese`() throws {
    let explain = try ExplainProcess()
    let result = try explain(
      "train",
      "--steps",
      "20",
      "--layers",
      "1",
      "--heads",
      "1",
      "--width",
      "8",
      "--context",
      "16",
      "--batch",
      "2",
      "--tokenizer-size",
      "300",
      "--language",
      "ja",
      "-o",
      "m"
    )
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("語彙 300 トークン、学習データ "))
    #expect(result.output.contains(/ステップ 20：損失 [0-9.]+、検証データの損失 [0-9.]+/))
    #expect(try explain.text("m/loss.svg").contains("損失（ナット／トークン）"))
  }
}
