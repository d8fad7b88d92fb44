import ExplainCLI
import Testing

@Suite struct CommandLineReaderTests {
  @Test(arguments: [
    (["Hello"], "page", ["Hello"]),
    (["The king"], "page", ["The king"]),
    (["page", "Hello"], "page", ["Hello"]),
    (["heatmap", "Hello"], "heatmap", ["Hello"]),
    (["--layer", "0", "heatmap", "Hello"], "heatmap", ["Hello"]),
    (["--layer=0", "heatmap", "Hello"], "heatmap", ["Hello"]),
    (["-o", "heatmap", "Hello"], "page", ["Hello"]),
    (["heatmap", "page"], "heatmap", ["page"]),
    (["--", "heatmap"], "page", ["heatmap"]),
    (["heatmap", "--", "--layer"], "heatmap", ["--layer"]),
    (["-"], "page", ["-"]),
    (["-1"], "page", ["-1"]),
    (["Heatmap"], "page", ["Heatmap"]),
  ])
  func `the first word is a command or a prompt`(
    _ words: [String],
    _ command: String,
    _ arguments: [String]
  ) throws {
    var reader = CommandLineReader()
    guard case .run(let found, let invocation) = try reader.read(words) else {
      Issue.record("not a call of a command")
      return
    }
    #expect(found.name == command)
    #expect(invocation.arguments.map(\.text) == arguments)
  }

  @Test(arguments: [
    (
      [],
      #"a PROMPT is needed, for example: explain "The capital of Italy is" (explain help lists the commands)"#
    ),
    (["heatmap"], "explain heatmap needs a PROMPT: explain heatmap [OPTIONS] PROMPT"),
    (["Hello", "world"], #"a prompt of several words must be quoted: explain "Hello world""#),
    (["heatmap", "a", "b"], #"a prompt of several words must be quoted: explain heatmap "a b""#),
    (["a", "$b"], "a prompt of several words must be quoted: explain 'a $b'"),
    (
      ["out/trace.safetensors"],
      "“out/trace.safetensors” names a file, not a prompt; did you mean “render” or “inspect”?"
    ),
    (["haetmap", "Hello"], "unknown command “haetmap”; did you mean “heatmap”?"),
    (["inspct", "--check", "file"], "unknown command “inspct”; did you mean “inspect”?"),
    (
      ["inspct", "--tensor", "hook_embed", "f"], "unknown command “inspct”; did you mean “inspect”?"
    ),
    (["--check", "Hello"], "explain page has no option --check; these have: explain inspect"),
    (["--laeyr", "0", "Hello"], "unknown option --laeyr; did you mean “--layer”?"),
    (
      ["inspect", "a", "b"],
      "explain inspect takes 1 argument, not 2: explain inspect [OPTIONS] FILE"
    ),
  ])
  func `a wrong command line gets a sentence that helps`(_ words: [String], _ message: String) {
    let error = #expect(throws: CLIError.self) {
      var reader = CommandLineReader()
      return try reader.read(words)
    }
    #expect(error?.message.en == message)
    #expect(error?.code == .usage)
  }

  @Test(arguments: [
    (["heatmpa"], "took “heatmpa” as the prompt; for the command, type: explain heatmap"),
    (["Hello"], nil),
    (["The king"], nil),
    (["--", "heatmpa"], nil),
    (["page", "heatmpa"], nil),
  ])
  func `a single word that is nearly a command is a prompt, with a warning`(
    _ words: [String],
    _ warning: String?
  ) throws {
    var reader = CommandLineReader()
    _ = try reader.read(words)
    #expect(reader.warning?.en == warning)
  }

  @Test(arguments: [
    ["--help"], ["-h"], ["Hello", "--help"], ["--nonsense", "--help"], ["-q", "-h"],
    ["-qh"], ["-hq"],
  ])
  func `help is given whatever else is said`(_ words: [String]) throws {
    var reader = CommandLineReader()
    guard case .overview = try reader.read(words) else {
      Issue.record("not the overview")
      return
    }
  }

  @Test func `help after a command is that command's`() throws {
    var reader = CommandLineReader()
    guard case .help(let command) = try reader.read(["heatmap", "--nonsense", "--help"]) else {
      Issue.record("not the help of a command")
      return
    }
    #expect(command.name == "heatmap")
  }

  @Test func `after two dashes help is a prompt`() throws {
    var reader = CommandLineReader()
    guard case .run(_, let invocation) = try reader.read(["--", "--help"]) else {
      Issue.record("not a call of a command")
      return
    }
    #expect(invocation.arguments.map(\.text) == ["--help"])
  }
}
