import Foundation
import Testing

/// What a terminal gets to see, as opposed to a pipe.
@Suite struct OnTerminalTests {
  /// What the program writes to a terminal; nil where no terminal can be made.
  private func output(of line: String) throws -> String? {
    let explain = try ExplainProcess()
    guard try explain.shell("script --version").output.contains("util-linux") else {
      print("script of util-linux is not here: not tried on a terminal")
      return nil
    }
    try line.write(toFile: explain.path("line.sh"), atomically: true, encoding: .utf8)
    return try explain.shell("script -qec 'sh line.sh' /dev/null").output
  }

  @Test(arguments: [
    #""$explain" Hello -o "$(printf 'a\033[2Jb')""#,
    #""$explain" trace Hello -o "$(printf 'a\033[2Jb')""#,
    #""$explain" heatmap Hello -o "$(printf 'a\033[2Jb')""#,
    #""$explain" generate Hello --tokens 1 --format html -o "$(printf 'a\033[2Jb')""#,
    #"printf 'a\033[2Jb\n' | "$explain" chat --tokens 1"#,
    #"printf 'a\033[2Jb\n' | "$explain" generate - --tokens 1"#,
    #"printf 'a\033[2Jb\n' | "$explain" score -"#,
    #"printf 'a\033[2Jb\n' | "$explain" steps - --stage tokens"#,
  ])
  func `no escape sequence of a name or a text acts on a terminal`(_ line: String) throws {
    guard let output = try output(of: line) else { return }
    #expect(!output.isEmpty)
    // The sequences that may be there only colour.
    #expect(!output.contains("\u{1B}[2J"), "\(output.debugDescription)")
  }

  @Test func `a path is printed as it is to whoever reads on`() throws {
    let explain = try ExplainProcess()
    #expect(try explain("Hello", "-o", "a\u{1B}[31mb").output == "a\u{1B}[31mb/index.html\n")
  }
}
