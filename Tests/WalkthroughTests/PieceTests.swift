import TestSupport
import Testing
import Traces
import Walkthrough

@Suite struct PieceTests {
  private func merges(_ trace: Trace, in language: Language = .en) throws -> Step {
    try #require(Walkthrough(of: trace, in: language).stages[0].steps.first { $0.id == "merges" })
  }

  @Test func `the pieces are shown, and how many became one token`() throws {
    let trace = try Told.trace("The unicorn, 12")
    let pieces = try #require(trace.pieces)
    #expect(pieces.map(\.text) == ["The", " unicorn", ",", " 12"])
    #expect(pieces.reduce(0) { $0 + $1.tokens } == trace.tokens.count)
    let texts = Walkthrough.texts(of: try merges(trace))
    let told = try #require(texts.first { $0.plain.contains("The pieces here") })
    #expect(told.plain.hasPrefix("The pieces here: “The” “·unicorn” “,” “·12”. Of all 4, "))
    let whole = trace.tokens.count { token in pieces.contains { $0.text == token.text } }
    #expect(told.plain.contains("Of all 4, \(whole) are single tokens."))
  }

  @Test(arguments: [
    ("The", "There is one piece here: “The”. It is a single token."),
    ("日本", "There is one piece here: “日本”. It became 6 tokens."),
    ("The king", "The pieces here: “The” “·king”. Each of the 2 is a single token."),
    ("zzq zzq", "The pieces here: “zzq” “·zzq”. None of the 2 is a single token."),
  ])
  func `how many pieces became one token is said as one says it`(
    prompt: String,
    sentence: String
  ) throws {
    let texts = Walkthrough.texts(of: try merges(Told.trace(prompt))).map(\.plain)
    #expect(texts.contains(sentence), "\(texts)")
  }

  @Test(arguments: Language.allCases)
  func `what was put before the text is not counted as its token`(language: Language) throws {
    var trace = try Told.trace("The king")
    trace.prompt = " king"
    trace.put = (1, 0)
    let step = try #require(Walkthrough(of: trace, in: language).steps.first)
    let texts = Walkthrough.texts(of: step).map { $0.plain(in: language) }
    let (became, put) =
      language == .en
      ? (
        "5 characters became 1 token.",
        "“The” is no part of what was typed: it was put around the text for the model."
      )
      : (
        "5 文字が 1 個のトークンになりました。",
        "「The」は、入力された文章の一部ではありません。モデルのために、文章の前や後ろに付け加えられたものです。"
      )
    #expect(texts.contains(became) && texts.contains(put), "\(texts)")
  }

  @Test(arguments: ["The king", "no no no no no no", "日本の首都は"])
  func `no space stands between a closing bracket and a Japanese letter`(prompt: String) throws {
    let walkthrough = Walkthrough(of: try Told.trace(prompt), in: .ja)
    for text in walkthrough.texts.map({ $0.plain(in: .ja) }) {
      let characters = Array(text)
      for index in characters.indices.dropFirst().dropLast() where characters[index] == " " {
        let isStray =
          "」）".contains(characters[index - 1]) && !characters[index + 1].isASCII
          && characters[index + 1].isLetter
        #expect(!isStray, "\(text)")
      }
    }
  }

  @Test func `a trace from elsewhere, without pieces, leaves them out`() throws {
    var trace = try Told.trace("The king")
    trace.pieces = nil
    let texts = Walkthrough.texts(of: try merges(trace)).map(\.plain)
    #expect(!texts.contains { $0.contains("pre-tokenizer") })
  }

  @Test func `of very many pieces the first are shown, and how many there are`() throws {
    let trace = try Told.trace(String(repeating: "a ", count: 30))
    let texts = Walkthrough.texts(of: try merges(trace)).map(\.plain)
    #expect(texts.contains { $0.contains("The first 24 of 31 pieces here") })
  }
}

@Suite struct MergeUnitTests {
  @Test(arguments: [true, false])
  func `what merges start from is said as the tokenizer has it`(mergesCharacters: Bool) throws {
    var trace = try Told.trace("The king and the queen")
    trace.mergesCharacters = mergesCharacters
    for (language, characters, bytes) in [
      (Language.en, "here of characters", "start from single bytes"),
      (.ja, "文字に対して", "1バイトずつ"),
    ] {
      let story = Walkthrough(of: trace, in: language)
      let step = try #require(story.steps.first { $0.id == "merges" })
      let text = Walkthrough.texts(of: step).map(\.plain).joined()
      #expect(text.contains(characters) == mergesCharacters)
      #expect(text.contains(bytes) != mergesCharacters)
    }
  }
}
