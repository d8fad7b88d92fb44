import Lessons
import Testing
import Walkthrough

@Suite struct ChatbotLessonTests {
  /// As `explain chat --temperature 0 --show-prompt` gives and answers.
  @Test(arguments: [
    (
      Language.en,
      "System: You are a helpful assistant. User: What is the capital of Norway? Assistant:",
      "Oslo",
      "sushi", ["19", "41"]
    ),
    (.ja, "System: あなたは親切なアシスタントです。 User: 日本の首都はどこですか。 Assistant:", "東京", "チーズ", ["21", "49"]),
  ])
  func `a framed question is answered`(
    language: Language,
    given: String,
    answer: String,
    second: String,
    tokens: [String]
  ) throws {
    let article = try School.article("chatbot", language)
    let rows = article.rows("frame")
    #expect(rows[0][1] == given && rows[1][1].contains(answer))
    let turns = article.rows("turns")
    #expect(turns.map { $0[2] } == tokens)
    #expect(
      turns[0][1] == given && turns[1][1].hasPrefix(given) && turns[1][1].contains(rows[1][1])
    )
    #expect(turns[1][3].contains(second))
    #expect(turns.allSatisfy { !$0[3].contains("User:") })
  }

  @Test(arguments: Language.allCases)
  func `what is cut off begins with another role`(language: Language) throws {
    let rows = try School.article("chatbot", language).rows("stop")
    #expect(!rows[0][1].contains("User:"))
    #expect(
      rows[1][1].hasPrefix(" User:") || rows[1][1].hasPrefix("User:") || rows[1][1] == "–",
      "\(rows[1])"
    )
  }
}
