import Testing
import Traces

@testable import Walkthrough

/// What is said of tokens that a model has hardly read.
@Suite struct ReadingWordsTests {
  private func words(
    _ counts: [Int]?,
    _ texts: [String] = ["The", " w", "ha", "les"],
    in language: Language = .en
  ) -> ReadingWords {
    let notes = TokenNotes(of: texts, counts: counts, total: counts == nil ? nil : 1_234_567)
    return ReadingWords(notes, of: zip(10..., texts).map { ($0, $1) }, in: language)
  }

  @Test
  func `the sentence names the tokens, their counts and the length of the text, rarest first`() {
    #expect(
      words([500, 3, 0, 10]).finding?.plain
        == """
        This model has hardly ever met some of these tokens: in the 1,234,567 tokens of the text it learned from, “ha” occurs \
        0 times and “·w” 3 times. It has had next to no chance to learn what follows: take its prediction as a guess, however \
        sure it looks.
        """
    )
    #expect(
      words([500, 1, 0, 0], in: .ja).finding?.plain(in: .ja)
        == """
        このモデルがほとんど出会っていないトークンがあります。学習した文章 123万4567 トークンの中での出現回数は、「ha」が 0 回、\
        「les」が 0 回、「·w」が 1 回です。何が続くかを学ぶ機会がほとんどなかったので、どれほど確からしく見えても、予測は当て推量です。
        """
    )
  }

  @Test func `never is said of tokens that occur nowhere, and a single one is this token`() {
    #expect(words([500, 0, 0, 99]).finding?.plain.contains("has never met some of these") == true)
    #expect(words([500, 0, 99, 99]).finding?.plain.contains("never met one of these") == true)
    #expect(words([0, 0, 0, 0]).finding?.plain.contains("never met any of these") == true)
    #expect(words([0], ["x"]).finding?.plain.contains("has never met this token: ") == true)
    #expect(words([1], ["x"]).finding?.plain.contains("occurs 1 time. It") == true)
    #expect(
      words([500, 0, 0, 0]).caution?.plain
        == """
        A guess, however sure it looks: the model has never met some of the prompt's tokens. In the text it learned from, \
        “·w”, “ha”, and “les” occur 0 times each.
        """
    )
    #expect(
      words([500, 0, 0, 0], in: .ja).caution?.plain(in: .ja)
        .hasSuffix("学習した文章での出現回数は、「·w」、「ha」、「les」のどれも 0 回です。") == true
    )
  }

  @Test func `ten occurrences are enough not to be marked, nine are not`() {
    #expect(words([10, 10, 10, 10]).finding == nil)
    #expect(words([10, 10, 10, 10]).legend == nil)
    let nine = words([10, 9, 10, 10])
    #expect(nine.finding?.plain.contains("“·w” occurs 9 times.") == true)
    #expect((0..<4).map { nine.mark($0) } == [nil, "9×", nil, nil])
    #expect(nine.legend?.plain.contains("less than 10 times") == true)
  }

  @Test func `where counts are not known nothing is said`() {
    let unknown = words(nil)
    #expect(unknown.finding == nil && unknown.caution == nil && unknown.legend == nil)
    #expect(unknown.mark(0) == nil && unknown.remark(0) == nil)
  }

  @Test func `a token is named once, and of many the number of the others is said`() {
    let texts = (0..<9).map { "t\($0)" }
    let tokens = texts.enumerated().map { (id: $0.offset, text: $0.element) }
    func finding(_ counts: [Int]) -> String? {
      let notes = TokenNotes(of: texts + texts, counts: counts + counts, total: 50)
      return ReadingWords(notes, of: tokens + tokens, in: .en).finding?.plain
    }
    let different = finding([1, 2, 2, 2, 2, 2, 2, 2, 2]) ?? ""
    #expect(different.contains("“t0” occurs 1 time, “t1” 2 times"))
    #expect(different.contains("“t5” 2 times, and 3 more fewer than 10 times each."))
    let equal = finding([Int](repeating: 0, count: 9)) ?? ""
    #expect(equal.contains("“t0”, “t1”, “t2”, “t3”, “t4”, “t5”, and 3 more occur 0 times each."))
  }

  @Test func `a part of a character says of which, in signs and in words`() {
    let japanese = words([7, 0, 0], ["<0xE6>", "<0x97>", "<0xA5>"])
    #expect(japanese.mark(1) == "日 2/3, 0×")
    #expect(
      japanese.remark(1) == "byte 2 of 3 of 日; 0 times in the text the model learned from"
    )
    #expect(
      words([7, 0, 0], ["<0xE6>", "<0x97>", "<0xA5>"], in: .ja).remark(0)
        == "日 の 3 バイト中 1 バイト目、学習した文章での出現回数 7 回"
    )
    #expect(japanese.legend?.plain.contains("“日”, which is E6 97 A5.") == true)
  }

  // MARK: - In a story

  private func trace(_ counts: [Int]?) throws -> Trace {
    var trace = try Told.trace("A machine learning model")
    trace.trainingCounts = counts.map { count in
      TrainingCounts(
        counts: trace.tokens.indices.map { count[$0 % count.count] },
        total: 1_000_000
      )
    }
    return trace
  }

  @Test(arguments: Language.allCases)
  func `the first step and the draw say it, and every token has its count`(
    language: Language
  ) throws {
    let story = Walkthrough(of: try trace([0, 5000]), in: language)
    let cut = try #require(story.stages[0].steps.first)
    let said = Walkthrough.texts(of: cut).map { $0.plain(in: language) }
    let reading = story.subject.words(in: language)
    #expect(said.contains(try #require(reading.finding).plain(in: language)))
    #expect(said.contains(try #require(reading.legend).plain(in: language)))
    let draw = try #require(story.steps.first { $0.id == "draw" })
    let caution = try #require(reading.caution).plain(in: language)
    #expect(Walkthrough.texts(of: draw).map { $0.plain(in: language) }.contains(caution))
    let tables = cut.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    let last = try #require(tables.first).rows.map { $0.last?.plain }
    #expect(last[0] == "0" && last[1] == "5,000")
  }

  @Test func `a trace without counts says nothing of them`() throws {
    let story = Walkthrough(of: try trace(nil), in: .en)
    #expect(!story.texts.contains { $0.plain.contains("the text it learned from") })
    let full = Walkthrough(of: try trace([10]), in: .en)
    #expect(full.found.count == story.found.count)
  }
}
