import ExplainCLI
import Testing

/// What the program says and how it ends when there is nothing to compute.
@Suite struct UsageTests {
  @Test(arguments: [
    ["--help"], ["help"], ["-h"], ["help", "heatmap"], ["heatmap", "--help"], ["help", "steps"],
  ])
  func `help goes to standard output`(_ words: [String]) throws {
    let result = try ExplainProcess().shell("\"$explain\" \(words.joined(separator: " "))")
    #expect(result.code == 0)
    #expect(result.output.contains("Usage:"))
    #expect(result.errors.isEmpty)
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `the overview names every command`() throws {
    let result = try ExplainProcess()("--help")
    for command in Commands.all { #expect(result.output.contains("explain \(command.name) ")) }
  }

  @Test func `the version is a line`() throws {
    let result = try ExplainProcess()("--version")
    #expect(result.code == 0)
    #expect(result.output == "explain \(ExplainCLI.version)\n")
  }

  @Test(arguments: [
    ("", 64, "a PROMPT is needed"),
    ("''", 64, "the prompt is empty"),
    ("Hello world", 64, "must be quoted"),
    ("heatmap", 64, "needs a PROMPT"),
    ("haetmap Hello", 64, "did you mean “heatmap”?"),
    ("help haetmap", 64, "did you mean “heatmap”?"),
    ("--langauge ja Hello", 64, "did you mean “--language”?"),
    ("--language fr Hello", 64, "en, ja"),
    ("--layer 99 Hello", 64, "there are 4 layers, 0 to 3"),
    ("--head 4 Hello", 64, "there are 4 heads, 0 to 3"),
    ("heatmap --layer 4 Hello", 64, "there are 4 layers, 0 to 3"),
    ("trace Hello", 64, "needs -o FILE"),
    ("trace Hello -o -", 64, "give it a name"),
    ("trace Hello -o t --names 'blocks.9.*'", 64, "blocks.9.*"),
    ("heatmap Hello -o one.svg", 64, "--layer and --head"),
    ("--model nowhere Hello", 66, "nowhere"),
    ("--model . Hello", 66, "config.json"),
    ("inspect nowhere", 66, "nowhere"),
    ("inspect .", 66, "no safetensors file"),
    ("render nowhere", 66, "nowhere"),
    ("trace Hello -o nowhere/trace", 73, "nowhere/trace"),
    ("trace Hello -o .", 73, "is a folder"),
    ("Hello -o /dev/null", 73, "is a file"),
    ("Hello -o /dev/null/page", 73, "/dev/null"),
    ("\"$(printf 'x\\377')\"", 65, "argument 1 is not valid UTF-8"),
    ("\"$(printf 'word %.0s' $(seq 300))\"", 65, "--last"),
  ])
  func `what is wrong takes one line and leaves nothing behind`(
    _ words: String,
    _ code: Int32,
    _ fragment: String
  ) throws {
    let explain = try ExplainProcess()
    let result = try explain.shell("\"$explain\" \(words)")
    #expect(result.code == code)
    #expect(result.output.isEmpty)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.hasPrefix("explain: "))
    #expect(result.errors.contains(fragment), "\(result.errors)")
    #expect(explain.names().isEmpty)
  }

  @Test(arguments: [
    ["\u{1B}[31mred", "x"], ["--model", "\u{1B}]0;title\u{7}", "x"], ["inspect", "\u{202E}txt"],
    ["help", "\u{9B}31m"], ["--\u{1B}[0m"],
  ])
  func `no control character of the input reaches the terminal`(_ words: [String]) throws {
    let explain = try ExplainProcess()
    let result = try explain.run(words)
    #expect(result.code != 0)
    let acted = result.errors.unicodeScalars.filter {
      ($0.properties.generalCategory == .control && $0 != "\n")
        || $0.properties.generalCategory == .format
    }
    #expect(acted.isEmpty)
    #expect(result.errorLines.count == 1)
  }

  @Test func `a message about something endless is cut`() throws {
    let result = try ExplainProcess()("--\(String(repeating: "x", count: 50_000))")
    #expect(result.code == 64)
    #expect(result.errors.hasPrefix("explain: unknown option --xxx"))
    #expect(result.errors.utf8.count < 2000)
  }

  @Test func `a nearly misspelt prompt is warned about, unless quiet`() throws {
    let explain = try ExplainProcess()
    #expect(try explain("heatmpa", "-o", "a").errors.contains("explain heatmap"))
    #expect(try explain("heatmpa", "-o", "b", "--quiet").errors.isEmpty)
    #expect(try explain("Hello", "-o", "c").errors.isEmpty)
  }
}
