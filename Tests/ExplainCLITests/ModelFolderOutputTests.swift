import Foundation
import TestSupport
import Testing

/// What commands make of model folders as others write them; right values are transformers 5.24's.
@Suite struct ModelFolderOutputTests {
  private struct Story: Decodable {
    var token_ids: [Int], prompt_count: Int, ended_by: String, end_token_id: Int?, text: String
  }

  private struct Score: Decodable {
    struct Token: Decodable { var token_id: Int, probability: Double? }
    var tokens: [Token]
  }

  /// A program in a folder where `model` is the small checkpoint with some files of its own.
  private func explain(
    _ texts: [String: String] = [:],
    weights: String = "model.safetensors"
  ) throws -> ExplainProcess {
    let explain = try ExplainProcess()
    let model = explain.path("model")
    try FileManager.default.createDirectory(atPath: model, withIntermediateDirectories: true)
    for (name, source) in [
      ("config.json", "config.json"), ("vocab.json", "vocab.json"), ("merges.txt", "merges.txt"),
      ("model.safetensors", weights),
    ] where texts[name] == nil {
      try FileManager.default.copyItem(
        atPath: "\(Fixtures.smallGPT2)/\(source)",
        toPath: "\(model)/\(name)"
      )
    }
    for (name, text) in texts { try Data(text.utf8).write(to: URL(filePath: "\(model)/\(name)")) }
    return explain
  }

  private func story(_ explain: ExplainProcess, _ arguments: [String]) throws -> Story {
    let common = ["generate", "--model", "model", "--format", "json", "--temperature", "0"]
    let result = try explain.run(common + arguments)
    #expect(result.code == 0, "\(result.errors)")
    return try JSONDecoder().decode(Story.self, from: Data(result.output.utf8))
  }

  private func score(_ explain: ExplainProcess, _ arguments: [String]) throws -> [Score.Token] {
    let result = try explain.run(["score", "--model", "model", "--format", "json"] + arguments)
    #expect(result.code == 0, "\(result.errors)")
    return try JSONDecoder().decode(Score.self, from: Data(result.output.utf8)).tokens
  }

  private let putsBeginning = ["tokenizer_config.json": #"{"add_bos_token": true}"#]

  @Test func `tokens put before a text are tokens of the prompt, unless they are left out`() throws
  {
    let explain = try explain(putsBeginning)
    let whole = try story(explain, ["--tokens", "1", "hello world"])
    #expect(Array(whole.token_ids.prefix(whole.prompt_count)) == [0, 258, 297, 300])
    #expect(whole.text.hasPrefix("hello world"))
    let bare = try story(explain, ["--tokens", "1", "--no-special", "hello world"])
    #expect(Array(bare.token_ids.prefix(bare.prompt_count)) == [258, 297, 300])
    #expect(try score(explain, ["hello world"]).map(\.token_id) == [0, 258, 297, 300])
    #expect(
      try score(explain, ["--no-special", "hello world"]).map(\.token_id) == [258, 297, 300]
    )
    let heatmap = try explain.run([
      "heatmap", "--model", "model", "--layer", "0", "--head", "0", "--format", "csv",
      "hello world",
    ])
    #expect(heatmap.output.contains("<|endoftext|>"))
    let steps = try explain.run(["steps", "--model", "model", "--format", "json", "hello world"])
    #expect(steps.output.contains("<|endoftext|>"))
    let page = try explain.run(["page", "--model", "model", "-o", "page.html", "hello world"])
    #expect(page.code == 0, "\(page.errors)")
  }

  @Test func `a conversation that outgrows the window still begins with its token`() throws {
    let explain = try explain(putsBeginning)
    let chat = "chat --model model --plain --tokens 2 --show-prompt --system 'Speak.'"
    let question = String(repeating: "hello world ", count: 40)
    for words in ["hello", question] {
      let result = try explain.shell("echo '\(words)' | \"$explain\" \(chat)")
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("\n  │ <|endoftext|>"), "\(result.output)")
      let bare = try explain.shell("echo '\(words)' | \"$explain\" \(chat) --no-special")
      #expect(!bare.output.contains("<|endoftext|>"))
    }
  }

  @Test func `a long text begins with its token once`() throws {
    let explain = try explain(putsBeginning)
    let text = String(repeating: "hello world ", count: 400)
    #expect(try score(explain, [text]).filter { $0.token_id == 0 }.count == 1)
  }

  @Test func `of a prompt that is too long the token before it is kept with the last ones`() throws
  {
    let explain = try explain(putsBeginning)
    let text = String(repeating: "hello world ", count: 2000)
    let result = try explain.run([
      "trace", "--model", "model", "--last", "-o", "t.safetensors", "--names", "hook_embed", text,
    ])
    #expect(result.code == 0, "\(result.errors)")
    let metadata = try explain.run(["inspect", "t.safetensors", "--format", "json"])
    #expect(metadata.output.contains("\"token_ids\":\"[0,") || metadata.output.contains("[0,"))
  }

  @Test func `generation stops at each token that the folder names, and says which`() throws {
    let explain = try explain([
      "generation_config.json": #"{"bos_token_id": 50256, "eos_token_id": [0, 232]}"#
    ])
    let story = try story(explain, ["--tokens", "8", "To be"])
    #expect(story.token_ids == [264, 263, 232])
    #expect(story.ended_by == "end_of_text" && story.end_token_id == 232)
    let text = try explain.run([
      "generate", "--model", "model", "--temperature", "0", "--tokens", "8", "To be",
    ])
    #expect(text.output.contains("token 232, is one at which this model stops."))
    let page = try explain.run([
      "generate", "--model", "model", "--temperature", "0", "--tokens", "8", "--format", "html",
      "-o", "story.html", "--language", "ja", "To be",
    ])
    #expect(page.code == 0, "\(page.errors)")
    #expect(try explain.text("story.html").contains("トークン 232"))
  }

  @Test func `an unembedding that differs is used, with one line of warning`() throws {
    let explain = try explain(weights: "lm-head-differs.safetensors")
    let result = try explain.run([
      "generate", "--model", "model", "--tokens", "1", "--temperature", "0", "--format", "json",
      "To be",
    ])
    #expect(result.code == 0 && result.errorLines.count == 1, "\(result.errors)")
    #expect(result.errors.contains("lm_head.weight differs from wte.weight"))
    let story = try JSONDecoder().decode(Story.self, from: Data(result.output.utf8))
    #expect(story.token_ids.last == 192)
    let count = try explain.run(["parameters", "model", "--format", "json"])
    #expect(count.output.contains(#""tied":false"#) || count.output.contains(#""tied": false"#))
  }

  @Test func `a file's text is scored as it is, its last line end included`() throws {
    let explain = try explain()
    try Data("To be\n".utf8).write(to: URL(filePath: explain.path("a.txt")))
    try Data("\u{FEFF}To be".utf8).write(to: URL(filePath: explain.path("b.txt")))
    let own = try score(explain, ["To be\n"]).map(\.token_id)
    #expect(try score(explain, ["a.txt"]).map(\.token_id) == own)
    #expect(own.count == 3 && Array(own.prefix(2)) == [264, 263])
    #expect(try score(explain, ["b.txt"]).map(\.token_id) == [264, 263])
  }

  @Test func `a byte order mark before a prompt on standard input is no part of it`() throws {
    let explain = try explain()
    let result = try explain(
      "score",
      "--model",
      "model",
      "--format",
      "json",
      "-",
      input: Array("\u{FEFF}To be\n".utf8)
    )
    let tokens = try JSONDecoder().decode(Score.self, from: Data(result.output.utf8)).tokens
    #expect(tokens.map(\.token_id) == [264, 263])
    let chat = try explain(
      "chat",
      "--model",
      "model",
      "--plain",
      "--tokens",
      "1",
      "--show-prompt",
      input: Array("\u{FEFF}hi\n".utf8)
    )
    #expect(chat.output.contains("User: hi Assistant:"))
  }

  @Test func `a chat template's own tokens are not put a second time`() throws {
    let template =
      #"{{ bos_token }}{% for m in messages %}{{ m.content }}{% endfor %}"#
    let explain = try explain([
      "tokenizer_config.json": #"{"add_bos_token": true}"#, "chat_template.jinja": template,
    ])
    let chat = try explain(
      "chat",
      "--model",
      "model",
      "--tokens",
      "1",
      "--show-prompt",
      input: Array("hello world\n".utf8)
    )
    #expect(chat.output.contains("The model is given 4 tokens"), "\(chat.output)")
    func plain(_ more: [String]) throws -> Int {
      let common = ["chat", "--model", "model", "--plain", "--system", "x", "--tokens", "1"]
      let arguments = (common + ["--show-prompt"] + more).joined(separator: " ")
      let result = try explain.shell("echo hi | \(ExplainProcess.path) \(arguments)")
      let count = result.output.firstMatch(of: #/is given (\d+) tokens/#)?.1
      return try #require(count.flatMap { Int($0) }, "\(result.errors)")
    }
    #expect(try plain([]) == plain(["--no-special"]) + 1)
  }

  @Test(arguments: [
    ("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "is a Git LFS pointer"),
    ("GGUF\u{3}\u{0}\u{0}\u{0}", "is a GGUF file"), ("<!DOCTYPE html>", "is a web page"),
  ])
  func `what stands where weights should be is said, with the code of bad data`(
    text: String,
    what: String
  ) throws {
    let explain = try explain(["model.safetensors": text])
    for arguments in [
      ["generate", "--model", "model", "hi"], ["parameters", "model"],
      ["inspect", "model/model.safetensors"], ["render", "model/model.safetensors", "-o", "p"],
      ["words", "nearest", "--vectors", "model/model.safetensors", "hi"],
    ] {
      let result = try explain.run(arguments)
      #expect(result.code == 65, "\(arguments): \(result.errors)")
      // One that is a GGUF file is inspected, and says for itself what is wrong with it.
      let said = arguments[0] == "inspect" && what.contains("GGUF") ? "beyond the file" : what
      #expect(result.errorLines.count == 1 && result.errors.contains(said), "\(result.errors)")
    }
  }
}
