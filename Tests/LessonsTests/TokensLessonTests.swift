import Graphics
import Lessons
import Testing
import Tokenization
import Transformer
import Walkthrough

@Suite struct TokensLessonTests {
  @Test func `a small text's merges are those that counting by hand gives`() throws {
    let article = try School.article("tokens", .en)
    let rows = article.rows("learning")
    #expect(
      rows.map { $0[1] } == [
        "“a” “t”", "“h” “e”", "“t” “he”", "“·” “the”", "“c” “at”", "“o” “n”",
      ]
    )
    // at: cat, sat, mat, hat, sat, cat; he: three the within and one at the start.
    #expect(rows.map { $0[2] } == ["6", "4", "4", "3", "2", "2"])
    #expect(rows.map { $0[3] } == ["41", "37", "33", "30", "28", "26"])
  }

  @Test func `the bytes of も come together first`() throws {
    let article = try School.article("tokens", .ja)
    let rows = article.rows("learning")
    #expect(
      rows.prefix(3).map { $0[1] } == [
        "「<0xE3>」「<0x82>」", "「<0xE3><0x82>」「<0x82>」", "「も」「も」",
      ]
    )
    #expect(rows.prefix(3).map { $0[2] } == ["8", "8", "7"])
  }

  @Test(arguments: Language.allCases)
  func `characters have the bytes of UTF-8`(language: Language) throws {
    let article = try School.article("tokens", language)
    let rows = article.rows("bytes")
    #expect(
      rows.prefix(5).map { $0[1] } == ["E6 97 A5", "E6 9C AC", "E3 81 AE", "E9 A6 96", "E9 83 BD"]
    )
    let room = try School.room(language)
    let text = "日本の首都"
    #expect(room.japanese.tokenizer.encode(text).count == 3)
    let ids = room.english.tokenizer.encode(text)
    #expect(ids.count == 15)
    // “Never met these characters”, says the lesson: so it is.
    let met = room.english.tokenCounts?.counts
    for id in ids + room.english.tokenizer.encode("☃") { #expect(met?[id] == 0) }
  }

  @Test(arguments: [(Language.en, "29", "7"), (.ja, "11", "7")])
  func `a sentence is shorter in tokens than in characters`(
    language: Language,
    characters: String,
    tokens: String
  ) throws {
    let rows = try School.article("tokens", language).rows("between")
    #expect(rows[1][1] == characters && rows[2][1] == tokens)
    let article = try School.article("tokens", language)
    guard case .tokenStrip(let strip)? = article.figures("cut").first?.scene.panels.first?.mark
    else { throw NotFound() }
    #expect(strip.chips.count == 7)
  }
}
