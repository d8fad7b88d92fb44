import Foundation
import Lessons
import TestSupport
import Testing

/// `explain lesson`, as the shell sees it.
@Suite struct LessonCommandTests {
  private func explain(_ words: String...) throws -> Outcome {
    var explain = try ExplainProcess()
    explain.environment = ["LANG": "C.UTF-8"]
    return try explain.run(["lesson"] + words)
  }

  @Test func `without a name, the lessons are listed in order`() throws {
    let result = try explain()
    #expect(result.code == 0 && result.errors.isEmpty)
    let names = result.output.matches(of: /(?m)^ ?\d+  ([a-z0-9-]+)$/).map { String($0.1) }
    #expect(names == Lesson.all.map { $0.name })
    #expect(result.output.contains("dot-product\n    The dot product. Two arrows are multiplied"))
    #expect(result.output.hasSuffix("Begin with: explain lesson \(names[0])\n"))
    let list = try explain("--format", "json", "--language", "ja")
    let json = try JSONDecoder().decode([[String: String]].self, from: Data(list.output.utf8))
    #expect(json.map { $0["name"] } == names)
    #expect(json.contains { $0["title"] == "内積" })
  }

  @Test func `a lesson is told, its answers only to who asks`() throws {
    let told = try explain("dot-product")
    #expect(told.code == 0 && told.errors.isEmpty)
    #expect(told.output.hasPrefix("The dot product\n") && !told.output.contains("right angles.\n→"))
    #expect(told.output.contains("The answers: explain lesson dot-product --answers."))
    #expect(told.output.hasSuffix("\n\nThe next lesson: explain lesson tokens\n"))
    let answered = try explain("dot-product", "--answers", "--language", "ja")
    #expect(answered.output.contains("→  2 · (−1) + 1 · 2 = −2 + 2 = 0 です。"))
  }

  @Test func `a lesson as data has tables, questions and answers`() throws {
    struct Told: Decodable {
      struct Step: Decodable { var id: String }
      struct Question: Decodable { var question: String, answer: String }
      var name: String
      var steps: [Step]
      var questions: [Question]
    }
    let result = try explain("softmax-and-temperature", "--format", "json")
    let told = try JSONDecoder().decode(Told.self, from: Data(result.output.utf8))
    #expect(told.name == "softmax-and-temperature" && told.steps.count == 5)
    #expect(told.questions.count == 2 && told.questions[0].answer.hasPrefix("Nothing."))
  }

  @Test func `a page is written, alive or still`() throws {
    let explain = try ExplainProcess()
    for (words, isAlive) in [(["-o", "a.html"], true), (["-o", "b.html", "--still"], false)] {
      let result = try explain.run(["lesson", "dot-product"] + words)
      #expect(result.code == 0, "\(result.errors)")
      let page = try explain.text(words[1])
      #expect(page.contains("<form class=\"asking\" data-call=\"words\"") == isAlive)
      #expect(page.contains("class=\"carried\" data-name=\"model.safetensors\"") == isAlive)
      #expect(page.contains("<details class=\"data\"><summary>Answer</summary>"))
    }
  }

  @Test func `what is no lesson is said in one line`() throws {
    for (words, code, hint) in [
      (["dot-produkt"], 64, "did you mean “dot-product”?"),
      (["--format", "html"], 64, "one lesson"),
      (["dot-product", "--format", "svg"], 64, "--format"),
      (["dot-product", "-o", "/nowhere/a.html"], 73, "/nowhere"),
    ] as [([String], Int32, String)] {
      let result = try ExplainProcess().run(["lesson"] + words)
      #expect(result.code == code, "\(words): \(result.errors)")
      #expect(result.errorLines.count == 1 && result.errors.contains(hint), "\(result.errors)")
    }
  }
}
