import Foundation
import TestSupport
import Testing

/// A command shown in a document, and what it is said to print.
struct ShownCommand: Sendable, CustomTestStringConvertible {
  var document: String
  var command: String
  var output: String

  var testDescription: String { "\(document): \(command)" }

  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The README, in both languages, and every document among the examples.
  static let documents: [String] = {
    let examples =
      (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/examples")) ?? []
    return ["README.md", "README.ja.md"]
      + examples.filter { $0.hasSuffix(".md") }.sorted().map { "examples/\($0)" }
  }()

  /// Every command of the program in a `console` block.
  ///
  /// Others, such as `swift test`, are run elsewhere.
  static let all: [ShownCommand] = documents.flatMap { document -> [ShownCommand] in
    guard let text = try? String(contentsOf: root.appending(path: document), encoding: .utf8) else {
      return []
    }
    return text.matches(of: /(?m)^```console\n((?s:.*?))^```$/).flatMap { block in
      block.1.split(separator: "\n$ ", omittingEmptySubsequences: false).compactMap { part in
        let lines = part.split(separator: "\n", omittingEmptySubsequences: false)
        let command = lines[0].hasPrefix("$ ") ? lines[0].dropFirst(2) : lines[0]
        guard String(command).contains(#/^(?:[A-Z_]+=\S+ )?explain |\| explain /#) else {
          return nil
        }
        return ShownCommand(
          document: document,
          command: String(command),
          output: lines.dropFirst().joined(separator: "\n")
        )
      }
    }
  }
}

@Suite struct DocumentsTests {
  @Test(arguments: [("README.md", "README.ja.md"), ("README.ja.md", "README.md")])
  func `the README shows commands, and names the one in the other language first`(
    document: String,
    other: String
  ) throws {
    #expect(ShownCommand.all.count { $0.document == document } >= 2)
    let file = ShownCommand.root.appending(path: document)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines[1].contains("](\(other))"), "\(lines[1])")
  }

  @Test(arguments: ShownCommand.all)
  func `a command prints what its document says`(shown: ShownCommand) throws {
    var explain = try ExplainProcess()
    explain.environment = ["LANG": "C.UTF-8"]
    let outcome = try explain.shell("explain() { \"$explain\" \"$@\"; }; \(shown.command)")
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(trimmed(outcome.output) == trimmed(shown.output))
  }

  /// Editors take away spaces at the ends of lines.
  private func trimmed(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
      .joined(separator: "\n").trimmingCharacters(in: .newlines)
  }

  @Test(arguments: ShownCommand.documents)
  func `a link within the repository leads somewhere`(document: String) throws {
    let file = ShownCommand.root.appending(path: document)
    let text = try String(contentsOf: file, encoding: .utf8)
    for link in text.matches(of: /\]\(([^)#:]+)\)/) {
      let target = file.deletingLastPathComponent().appending(path: String(link.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(link.1)")
    }
  }
}
