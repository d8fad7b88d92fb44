import ExplainCLI
import Graphics
import Testing

@Suite struct TerminalFactsTests {
  private func style(_ facts: TerminalFacts, _ words: String...) throws -> TerminalStyle {
    var reader = CommandLineReader()
    guard case .run(_, let invocation) = try reader.read(words + ["Hello"]) else {
      throw CLIError.usage(en: "not a call", ja: "")
    }
    return facts.style(for: invocation)
  }

  @Test func `the width is the option's, else COLUMNS, else the terminal's, else 80`() throws {
    let terminal = TerminalFacts(columns: 120)
    let both = TerminalFacts(columns: 120, environment: ["COLUMNS": "60"])
    #expect(try style(both, "--width", "40").width == 40)
    #expect(try style(both).width == 60)
    #expect(try style(terminal).width == 120)
    #expect(try style(TerminalFacts()).width == 80)
    #expect(try style(TerminalFacts(environment: ["COLUMNS": "wide"])).width == 80)
    #expect(try style(TerminalFacts(environment: ["COLUMNS": "0"])).width == 80)
  }

  @Test(arguments: [
    (true, ["TERM": "xterm"], "auto", true),
    (true, ["TERM": "xterm", "NO_COLOR": "1"], "auto", false),
    (true, ["TERM": "dumb"], "auto", false),
    (true, [:], "auto", false),
    (false, ["TERM": "xterm"], "auto", false),
    (false, ["NO_COLOR": "1"], "always", true),
    (true, ["TERM": "xterm"], "never", false),
  ])
  func `colour is for terminals that want it`(
    _ isTerminal: Bool,
    _ environment: [String: String],
    _ wish: String,
    _ isColored: Bool
  ) throws {
    let facts = TerminalFacts(outputIsTerminal: isTerminal, environment: environment)
    #expect(try style(facts, "--color", wish).color == isColored)
  }

  @Test(arguments: [
    ([:], TerminalStyle.Charset.unicode),
    (["LANG": "en_US.UTF-8"], .unicode),
    (["LANG": "C.utf8"], .unicode),
    (["LANG": "C"], .ascii),
    (["LANG": "en_US.UTF-8", "LC_ALL": "POSIX"], .ascii),
    (["LANG": "C", "LC_CTYPE": "ja_JP.UTF-8"], .unicode),
    (["LANG": "ja_JP.eucJP"], .ascii),
  ])
  func `a locale without UTF-8 gets ASCII`(
    _ environment: [String: String],
    _ charset: TerminalStyle.Charset
  ) throws {
    #expect(try style(TerminalFacts(environment: environment)).charset == charset)
    #expect(try style(TerminalFacts(environment: environment), "--ascii").charset == .ascii)
  }
}
