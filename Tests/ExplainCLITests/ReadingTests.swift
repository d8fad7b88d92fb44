import Foundation
import TestSupport
import Testing

/// What is said of tokens that a model has hardly read, as the shell sees it.
@Suite struct ReadingTests {
  private struct Token: Decodable, Equatable {
    var token: String, character: String?, training_count: Int?
  }
  private struct Tokens: Decodable { var tokens: [Token], training_tokens: Int? }
  private struct Story: Decodable { var prompt_tokens: [Token], training_tokens: Int? }
  private struct Counts: Decodable { var text: String, tokens: Int, counts: [Int] }

  private func read<Value: Decodable>(_ arguments: String...) throws -> Value {
    let outcome = try ExplainProcess().run(arguments)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Value.self, from: Data(outcome.output.utf8))
  }

  @Test func `in 私は 7 whales nothing was ever met, and the bytes say of which character they are`()
    throws
  {
    let steps: Tokens = try read("steps", "--format", "json", "--model", "built-in", "私は 7 whales")
    #expect(steps.training_tokens == 3_689_269)
    #expect(steps.tokens.allSatisfy { $0.training_count == 0 })
    #expect(
      steps.tokens.map(\.token) == [
        "<0xE7>", "<0xA7>", "<0x81>", "<0xE3>", "<0x81>", "<0xAF>", " ", "7", " w", "ha", "les",
      ]
    )
    let characters = ["私", "私", "私", "は", "は", "は", nil, nil, nil, nil, nil]
    #expect(steps.tokens.map(\.character) == characters)
    let score: Tokens = try read("score", "--format", "json", "--model", "built-in", "私は 7 whales")
    #expect(score.tokens == steps.tokens && score.training_tokens == 3_689_269)
    let story: Story = try read(
      "generate",
      "--format",
      "json",
      "--tokens",
      "1",
      "--model",
      "built-in",
      "私は 7 whales"
    )
    #expect(story.prompt_tokens == steps.tokens && story.training_tokens == 3_689_269)
  }

  @Test func `what the model knows well is not marked`() throws {
    // Counted with Hugging Face's tokenizers over the same 60,000 texts.
    let steps: Tokens = try read("steps", "--format", "json", "The capital of Italy is")
    #expect(steps.tokens.first == Token(token: "The", character: nil, training_count: 14_454))
    #expect(steps.tokens.last == Token(token: " is", character: nil, training_count: 78_726))
    for command in [["steps"], ["score"], ["generate", "--tokens", "2"]] {
      let outcome = try ExplainProcess().run(command + ["The capital of Italy is"])
      let text = outcome.output.replacing(/\s+(?:│ |┃ )?/, with: " ")
      #expect(!text.contains("the text it learned from"), "\(command)")
      #expect(!outcome.output.contains("0×"), "\(command)")
    }
  }

  @Test(arguments: [
    ["steps"], ["score"], ["generate", "--tokens", "1"], ["score", "--format", "html"],
    ["generate", "--tokens", "1", "--format", "html", "-o", "-"], ["page", "-o", "-"],
  ])
  func `every form says it in a sentence, with the counts, and marks the tokens`(
    command: [String]
  ) throws {
    let whales = try ExplainProcess().run(command + ["The ocean is full of whales"])
    let text = whales.output.replacing(/<[^>]*>/, with: "").replacing(/\s+(?:│ |┃ )?/, with: " ")
    #expect(text.contains("has never met some of these tokens: in the 3,689,269 tokens"))
    #expect(text.contains(/ha”?, and “?les”? occur 0 times each/))
    #expect(text.contains("0×"))
    let japanese = try ExplainProcess().run(
      command + ["--language", "ja", "--model", "built-in", "日本の首都は"]
    )
    #expect(japanese.output.contains("当て推量"))
    #expect(japanese.output.contains("日 1/3"))
    #expect(japanese.output.contains("E6 97 A5"))
  }

  @Test func `a conversation says it before the answer`() throws {
    let chat = try ExplainProcess()("chat", "--tokens", "3", input: Array("7 whales?\n".utf8))
    #expect(chat.output.contains("A guess, however sure it looks: the model has never met some of"))
    let quiet = try ExplainProcess()("chat", "-q", "--tokens", "3", input: Array("7?\n".utf8))
    #expect(!quiet.output.contains("guess"))
  }

  @Test func `a page made from the trace alone says the same`() throws {
    let explain = try ExplainProcess()
    _ = try explain("page", "--still", "-o", "whales", "12 whales")
    let page = try explain.text("whales/index.html")
    #expect(page.contains("has never met any of these tokens"))
    #expect(
      page.contains(#"class="noted rare" title="0 times in the text the model learned from""#)
    )
    let again = try explain("render", "--still", "whales/trace.safetensors", "-o", "-")
    #expect(again.output == page, "\(again.errors)")
  }

  // MARK: - A model of one's own

  @Test func `a trained folder knows how often each token stands in its text`() throws {
    let explain = try ExplainProcess()
    let text = String(repeating: "the cat sat on the mat, the dog sat on the log. ", count: 80)
    try Data((text + "€").utf8).write(to: URL(filePath: explain.path("corpus.txt")))
    let trained = try explain.run([
      "train", "--corpus", "corpus.txt", "--layers", "1", "--heads", "2", "--width", "16",
      "--context", "12", "--batch", "4", "--tokenizer-size", "259", "--steps", "2", "-o", "m",
    ])
    #expect(trained.code == 0, "\(trained.errors)")
    let json = try Data(contentsOf: URL(filePath: explain.path("m/token_counts.json")))
    let counts = try JSONDecoder().decode(Counts.self, from: json)
    #expect(counts.text == "corpus.txt" && counts.counts.count == 259)
    #expect(counts.tokens == counts.counts.reduce(0, +))
    #expect(trained.output.contains("\(counts.tokens) tokens to learn from"))
    // Of 3,843 bytes a twentieth is kept back, so 76 of the 80 sentences are learned from, and no €.
    let vocabulary = try JSONDecoder().decode(
      [String: Int].self,
      from: Data(contentsOf: URL(filePath: explain.path("m/vocab.json")))
    )
    func count(_ token: String) -> Int? { vocabulary[token].map { counts.counts[$0] } }
    #expect(count("<|endoftext|>") == 2)
    #expect(count(".") == 76 && count(",") == 76)
    #expect(count("x") == 0 && count("â") == 0)
    let score = try explain("score", "--model", "m", "the x")
    #expect(score.output.contains("·x (0×)") || score.output.contains("x (0×)"), "\(score.output)")

    // What does not fit the model is one line.
    let short = #"{"format": "explain-token-counts/1", "text": "", "tokens": 1, "counts": [1]}"#
    try Data(short.utf8).write(to: URL(filePath: explain.path("m/token_counts.json")))
    let broken = try explain("score", "--model", "m", "the x")
    #expect(broken.code == 65 && broken.errorLines.count == 1, "\(broken.errors)")
    #expect(broken.errors.contains("“counts” has 1 entries, but the model's vocabulary has 259"))

    // And without the file nothing is said.
    try FileManager.default.removeItem(atPath: explain.path("m/token_counts.json"))
    #expect(!(try explain("score", "--model", "m", "the x")).output.contains("×"))
    let resumed = try explain("train", "--resume", "-o", "m")
    #expect(resumed.code == 0, "\(resumed.errors)")
    #expect(try Data(contentsOf: URL(filePath: explain.path("m/token_counts.json"))) == json)
  }
}
