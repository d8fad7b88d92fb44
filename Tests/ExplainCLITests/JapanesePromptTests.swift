import Testing

/// A prompt in Japanese, explained with its own characters.
@Suite struct JapanesePromptTests {
  private func steps(_ words: String...) throws -> String {
    let result = try ExplainProcess().run(
      ["steps", "日本の首都は", "--language", "ja", "--width", "1000"] + words
    )
    #expect(result.code == 0, "\(result.errors)")
    return result.output
  }

  /// Text without blanks and the ends of its lines, whose place depends on the width.
  private func unbroken(_ text: String) -> String {
    text.split(separator: "\n").map { $0.hasPrefix("┃ ") ? $0.dropFirst(2) : $0 }.joined()
      .filter { $0 != " " }
  }

  @Test func `the piece, the bytes and the merges are the prompt's own`() throws {
    let told = unbroken(try steps("--stage", "tokens"))
    // Python: [f"{b:02X}" for b in "日".encode()] == ["E6", "97", "A5"].
    #expect(told.contains("「日」はUTF-8ではE697A5の3バイトです。「日本」は5回の結合でできました。"))
    #expect(told.contains("ここの断片は1つ、「日本の首都は」だけです。4個のトークンになりました。"))
    #expect(told.contains("空白で区切らない日本語では、続いた文字がまとめて1つの断片になります"))
    #expect(told.contains("│0│「<0xE6>」「<0x97>」「<0xA5>」「<0xE6>」「<0x9C>」「<0xAC>」│"))
    #expect(told.contains("│5│日本│"))
  }

  @Test func `a model that has no Japanese cuts the characters into their bytes`() throws {
    let told = unbroken(try steps("--stage", "tokens", "--model", "built-in"))
    #expect(told.contains("「日」=E697A5、「本」=E69CAC、「の」=E381AE"))
    #expect(told.contains("6文字が18個のトークンになりました。"))
  }

  @Test func `the world is named by its language, and lists have Japanese commas`() throws {
    let told = try steps()
    #expect(told.contains("（学習データ：日本語で書いた架空の小さな世界の文章）"))
    #expect(told.contains(/次に来る確率の高いトークン：「どこ」 0\.[0-9]+、「東京」/))
    let english = try ExplainProcess()("steps", "The king", "--language", "ja", "--stage", "tokens")
    #expect(english.output.contains("（学習データ：英語で書いた架空の小さな世界の文章）"))
    // Japanese text has no blank between two of its own signs.
    let prose = told.split(separator: "\n").filter {
      !$0.contains(/[│█░·▁▔]/) && !$0.contains("  ")
    }
    #expect(prose.count > 300)
    for line in prose {
      #expect(!line.contains(/[ぁ-んァ-ヶ、。] [ぁ-んァ-ヶ]/) || line.contains("「"), "\(line)")
    }
  }

  @Test func `a word in kana or kanji is the token without a space before it`() throws {
    let result = try ExplainProcess()(
      "words",
      "analogy",
      "寿司 - 日本 + ドイツ",
      "--language",
      "ja",
      "--count",
      "1"
    )
    #expect(result.output.hasPrefix("寿司 − 日本 + ドイツ ≈ ?\n"))
    #expect(result.output.contains("最も近い語は「ソーセージ」"))
  }
}
