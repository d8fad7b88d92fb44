import ExplainCLI
import Testing

@Suite struct ArgumentParserTests {
  private static let none = LocalizedText(same: "")
  static let parser = ArgumentParser(options: [
    OptionSpec("output", short: "o", .text(placeholder: "FILE"), help: none),
    OptionSpec(
      "count",
      short: "n",
      .integer(placeholder: "N", -5...99),
      help: none
    ),
    OptionSpec("size", .integer(placeholder: "N", 0...Int.max), help: none),
    OptionSpec("format", .choice(["text", "json"]), help: none),
    OptionSpec("quiet", short: "q", .flag, help: none),
    OptionSpec("loud", short: "l", .flag, help: none),
    OptionSpec("share", .decimal(placeholder: "P", .within(above: 0, to: 1)), help: none),
    OptionSpec("rate", .decimal(placeholder: "R", .above(0)), help: none),
    OptionSpec("heat", .decimals(placeholder: "T", .from(0)), help: none),
    OptionSpec("site", .texts(placeholder: "SITE"), help: none),
    OptionSpec("files", .list(placeholder: "FILE,…", .files), help: none),
  ])

  struct Case: Sendable, CustomTestStringConvertible {
    var words: [String]
    var values: [String: OptionValue]
    var arguments: [String]

    init(_ words: String..., gives values: [String: OptionValue], _ arguments: [String] = []) {
      (self.words, self.values, self.arguments) = (words, values, arguments)
    }

    var testDescription: String { words.joined(separator: " ") }
  }

  @Test(arguments: [
    Case("a", "b", gives: [:], ["a", "b"]),
    Case("--output", "x", "a", gives: ["output": .text("x")], ["a"]),
    Case("a", "--output=x", gives: ["output": .text("x")], ["a"]),
    Case("--output=a=b", gives: ["output": .text("a=b")]),
    Case("-o", "x", gives: ["output": .text("x")]),
    Case("-ox", gives: ["output": .text("x")]),
    Case("-o=x", gives: ["output": .text("x")]),
    Case("-o", "-", gives: ["output": .text("-")]),
    Case("--output=-x", gives: ["output": .text("-x")]),
    Case("-qlo", "x", gives: ["quiet": .flag, "loud": .flag, "output": .text("x")]),
    Case("-ql", "a", gives: ["quiet": .flag, "loud": .flag], ["a"]),
    Case("--count", "-3", gives: ["count": .integer(-3)]),
    Case("--count=-3", gives: ["count": .integer(-3)]),
    Case("-n-3", gives: ["count": .integer(-3)]),
    Case("--count", "007", gives: ["count": .integer(7)]),
    Case("--format", "json", gives: ["format": .text("json")]),
    Case("--format", "text", "--format", "json", gives: ["format": .text("json")]),
    Case("--share", ".5", gives: ["share": .decimal(0.5)]),
    Case("--share=1", gives: ["share": .decimal(1)]),
    Case("--rate", "1e-3", gives: ["rate": .decimal(0.001)]),
    Case("--heat", "0", gives: ["heat": .decimals([0])]),
    Case("--heat", "0,0.7,+1.5", gives: ["heat": .decimals([0, 0.7, 1.5])]),
    Case("--heat", "1", "--heat", "2", gives: ["heat": .decimals([2])]),
    Case("--site", "a", "--site", "b", gives: ["site": .texts(["a", "b"])]),
    Case("--site", "a,b", gives: ["site": .texts(["a,b"])]),
    Case("--files", "a,b", gives: ["files": .texts(["a", "b"])]),
    Case("--files", "a", "--files", "b", gives: ["files": .texts(["b"])]),
    Case("-3", "-", "-.5", gives: [:], ["-3", "-", "-.5"]),
    Case("--", "--quiet", "-o", "--", gives: [:], ["--quiet", "-o", "--"]),
    Case("-q", "--", "-q", gives: ["quiet": .flag], ["-q"]),
    Case("", gives: [:], [""]),
  ])
  func `options, values and arguments are told apart`(_ expected: Case) throws {
    let parsed = try Self.parser.parse(expected.words)
    #expect(parsed.values == expected.values)
    #expect(parsed.arguments.map(\.text) == expected.arguments)
  }

  @Test func `what stands after two dashes is literal`() throws {
    let parsed = try Self.parser.parse(["-", "--", "-"])
    #expect(parsed.arguments.map(\.isLiteral) == [false, true])
  }

  @Test(arguments: [
    (["--outptu", "x"], "unknown option --outptu; did you mean “--output”?"),
    (["--zzzzzz"], "unknown option --zzzzzz"),
    (["-x"], "unknown option -x"),
    (["-qx"], "unknown option -x"),
    (["--output"], "--output needs a value: --output FILE"),
    (["--output", "--quiet"], "--output needs a value: --output FILE"),
    (["--output", "-q"], "--output needs a value: --output FILE"),
    (["--output="], "--output needs a value: --output FILE"),
    (["--output", "--", "x"], "--output needs a value: --output FILE"),
    (["--quiet=yes"], "--quiet takes no value"),
    (["-q=yes"], "--quiet takes no value"),
    (["--format", "jsno"], "--format “jsno” is not one of text, json; did you mean “json”?"),
    (["--format", "xml"], "--format “xml” is not one of text, json"),
    (["--count", "1.5"], "--count “1.5” is not a whole number"),
    (["--count", "٣"], "--count “٣” is not a whole number"),
    (["--count", "-"], "--count “-” is not a whole number"),
    (["--count", "100"], "--count 100 is out of range: -5 to 99"),
    (
      ["--count", "99999999999999999999"], "--count 99999999999999999999 is out of range: -5 to 99"
    ),
    (["--share", "half"], "--share “half” is not a number"),
    (["--share", "0x1p-1"], "--share “0x1p-1” is not a number"),
    (["--share", "nan"], "--share “nan” is not a number"),
    (["--share", "1e999"], "--share “1e999” is not a number"),
    (["--share", "0"], "--share 0 is out of range: above 0, to 1"),
    (["--share", "1.5"], "--share 1.5 is out of range: above 0, to 1"),
    (["--rate", "fast"], "--rate “fast” is not a number above 0"),
    (["--rate", "-1"], "--rate “-1” is not a number above 0"),
    (["--heat", "1,-1"], "--heat -1 is out of range: 0 or more"),
    (["--heat", "1,"], "--heat “” is not a number"),
    (["--heat"], "--heat needs a value: --heat T"),
    (["--size", "-1"], "--size -1 is out of range: 0 or more"),
    (["--size", "99999999999999999999"], "--size 99999999999999999999 is too large"),
  ])
  func `what is wrong is named`(_ words: [String], _ message: String) {
    let error = #expect(throws: CLIError.self) { try Self.parser.parse(words) }
    #expect(error?.message.en == message)
    #expect(error?.code == .usage)
  }
}
