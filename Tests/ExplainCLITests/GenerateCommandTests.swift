import Foundation
import TestSupport
import Testing

@Suite struct GenerateCommandTests {
  private struct Story: Decodable {
    struct Candidate: Decodable { var token_id: Int, token: String, probability: Double }
    struct Step: Decodable {
      var token_id: Int, token: String, probability: Double, draw: Double, low: Double, high: Double
      var forgotten: Int, candidates: [Candidate]
    }
    var text: String, token_ids: [Int], prompt_count: Int, seed: Int, ended_by: String
    var steps: [Step]
  }

  private func story(_ arguments: String...) throws -> Story { try story(arguments) }

  private func story(_ arguments: [String]) throws -> Story {
    let result = try ExplainProcess().run(["generate", "--format", "json"] + arguments)
    #expect(result.code == 0, "\(result.errors)")
    return try JSONDecoder().decode(Story.self, from: Data(result.output.utf8))
  }

  @Test func `the JSON says how every token was drawn`() throws {
    let story = try story("O Romeo", "--tokens", "12", "--seed", "5", "--candidates", "3000")
    #expect(story.steps.count == 12 && story.seed == 5 && story.ended_by == "tokens")
    #expect(story.token_ids.count == story.prompt_count + 12)
    #expect(story.text.hasPrefix("O Romeo"))
    for step in story.steps {
      #expect(step.low <= step.draw && step.draw < step.high)
      #expect(abs(step.high - step.low - step.probability) < 1e-12)
      #expect(abs(step.candidates.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
      var end = 0.0
      let hit = step.candidates.first { candidate in
        end += candidate.probability
        return step.draw < end
      }
      #expect(hit?.token_id == step.token_id)
    }
  }

  @Test func `quiet prints the text alone, the same as the JSON's`() throws {
    let story = try story("O Romeo", "--tokens", "30", "--seed", "2")
    let quiet = try ExplainProcess()("generate", "-q", "O Romeo", "--tokens", "30", "--seed", "2")
    #expect(quiet.output == story.text + "\n")
    #expect(quiet.errors.isEmpty)
  }

  @Test func `each step shows candidates, draw and choice`() throws {
    let words = ["generate", "O Romeo", "--tokens", "2", "--width", "70"]
    let result = try ExplainProcess().run(words + ["--candidates", "20"])
    #expect(result.code == 0)
    #expect(result.output.contains("Token 2"))
    #expect(result.output.contains("→ "))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 70 })
    #expect(result.output.matches(of: #/\ \ 0\.\d{4}/#).count >= 40)
  }

  @Test func `unless more is asked for a step takes about ten lines, of candidates that count`()
    throws
  {
    let words = ["generate", "O Romeo", "--tokens", "2", "--temperature", "2", "--width", "80"]
    let turns = try ExplainProcess().run(words).output.components(separatedBy: "Token ").dropFirst()
    #expect(turns.count == 2)
    for turn in turns {
      let lines = turn.prefix(upTo: turn.range(of: "\n\n")?.lowerBound ?? turn.endIndex)
        .split(separator: "\n")
      #expect((5...11).contains(lines.count), "\(turn)")
      // A candidate that was not chosen, by the smaller and the larger of its two probabilities.
      for line in lines where line.contains("  0.") && !line.hasPrefix("▸") {
        let numbers = line.matches(of: #/\d\.\d+(e−\d+)?/#).compactMap { Double($0.output.0) }
        #expect(numbers.max() ?? 0 >= 0.0005, "\(line)")
      }
    }
  }

  @Test func `at temperature 0 nothing is drawn, and nothing of a draw is told`() throws {
    let text = try ExplainProcess()("generate", "O Romeo", "--tokens", "2", "--temperature", "0")
    #expect(text.output.contains("the likeliest, nothing is drawn"))
    for word in ["seed", "falls on", "▼"] { #expect(!text.output.contains(word)) }
    let page = try ExplainProcess().run([
      "generate", "O Romeo", "--tokens", "2", "--temperature", "0", "--format", "html", "-o", "-",
    ])
    #expect(page.code == 0)
    #expect(page.output.contains("is the likeliest; nothing is drawn"))
    #expect(!page.output.contains("falls on"))
  }

  @Test func `a stop text ends the text and is not part of it`() throws {
    let free = try story("The king", "--temperature", "0", "--tokens", "40")
    let stop = String(free.text.dropFirst("The king".count).dropFirst(5).prefix(4))
    let story = try story("The king", "--temperature", "0", "--tokens", "40", "--stop", stop)
    #expect(story.ended_by == "stop")
    #expect(free.text.hasPrefix(story.text + stop))
  }

  @Test func `a window that slides says what is forgotten`() throws {
    // The built-in model ends its texts before they outgrow the window.
    let endless = ["--tokens", "200", "--temperature", "0", "--model", Fixtures.tinyGPT2]
    let story = try story(["The king"] + endless)
    #expect(story.steps.last.map { $0.forgotten > 0 } ?? false)
    let result = try ExplainProcess().run(["generate", "The king"] + endless)
    #expect(result.output.contains("tokens forgotten"))
  }

  @Test func `an empty prompt starts from the token that ends texts, and says so`() throws {
    let result = try ExplainProcess()("generate", "", "--tokens", "3")
    #expect(result.code == 0)
    #expect(result.errors.contains("starts from <|endoftext|>"))
    #expect(try ExplainProcess()("generate", "-", "--tokens", "3", input: []).code == 0)
  }

  @Test(arguments: [
    ("--temperature -1", "0 or more"), ("--temperature nan", "not a number"),
    ("--temperature inf", "not a number"), ("--temperature 1,", "not a number"),
    ("--top-p 1.5", "above 0, to 1"), ("--top-p 0", "above 0, to 1"), ("--top-k 0", "1 or more"),
    ("--tokens 0", "1 to 1000000"), ("--tokens 10000000", "1 to 1000000"),
    ("--stop ''", "needs a value"), ("--seed -1", "out of range"),
  ])
  func `a setting out of range is an error that says the range`(
    _ words: String,
    _ fragment: String
  ) throws {
    let result = try ExplainProcess().shell("\"$explain\" generate Hello \(words)")
    #expect(result.code == 64)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(fragment), "\(result.errors)")
  }

  @Test func `several temperatures stand side by side, and make a page with as many columns`()
    throws
  {
    let explain = try ExplainProcess()
    let words = ["generate", "The king", "--temperature", "0,0.7,1.5", "--tokens", "5"]
    let text = try explain.run(words)
    #expect(text.code == 0 && text.output.contains(" │ "))
    let page = try explain.run(words + ["--format", "html", "-o", "story"])
    #expect(page.output == "story/index.html\n", "\(page.errors)")
    let html = try explain.text("story/index.html")
    #expect(html.components(separatedBy: "<section class=\"story\">").count == 4)
    #expect(explain.names(in: "story") == ["index.html"])
    #expect(try explain.run(words + ["--format", "html", "-o", "story"]).code == 0)
    try "mine".write(toFile: explain.path("story/index.html"), atomically: true, encoding: .utf8)
    #expect(try explain.run(words + ["--format", "html", "-o", "story"]).code == 73)
    #expect(try explain.text("story/index.html") == "mine")
  }

  @Test func `a second model goes on beside the first`() throws {
    let explain = try ExplainProcess()
    let words = ["generate", "king", "--tokens", "4", "--versus", Fixtures.tinyGPT2]
    let result = try explain.run(words)
    #expect(result.code == 0 && result.output.contains("tiny-gpt2"), "\(result.errors)")
    let json = try explain.run(words + ["--format", "json"])
    let stories = try JSONDecoder().decode([Story].self, from: Data(json.output.utf8))
    #expect(stories.count == 2)
    #expect(try explain.run(words.dropLast() + ["nowhere"]).code == 66)
  }

  @Test func `a temperature above 2 is allowed, and called unusual`() throws {
    let result = try ExplainProcess()("generate", "Hello", "--temperature", "3", "--tokens", "2")
    #expect(result.code == 0)
    #expect(result.errors.contains("convention"))
  }

  @Test func `input that is not UTF-8 is an error`() throws {
    #expect(try ExplainProcess()("generate", "-", input: [0x61, 0xFF]).code == 65)
  }

  @Test func `an interruption ends the line and exits with 130`() throws {
    let explain = try ExplainProcess()
    let result = try explain.shell(
      """
      "$explain" generate -q --tokens 1000000 --temperature 0 --model '\(Fixtures.tinyGPT2)' 'The king' &
      sleep 1; kill -TERM $!; wait $!
      """
    )
    // A shell's background commands ignore SIGINT, so another signal stands for it.
    #expect(result.code == 143)
    #expect(result.output.hasPrefix("The king"))
    #expect(result.output.hasSuffix("\n"))
    #expect(result.errors.isEmpty, "\(result.errors)")
  }

  @Test func `a reader that leaves ends it quietly`() throws {
    let result = try ExplainProcess().shell("\"$explain\" generate --tokens 1000000 Hi | head -1")
    #expect(result.code == 0)
    #expect(result.errors.isEmpty)
  }
}
