import Foundation
import TestSupport
import Testing

/// `explain parameters`, as the shell sees it.
@Suite struct ParametersCommandTests {
  private struct Report: Decodable {
    struct Category: Decodable {
      var name: String
      var rows: Int
      var columns: Int
      var matrices: Int
      var weights: Int
      var running_total: Int
      var distinct_weights: Int
    }
    struct Part: Decodable {
      var name: String
      var parameters: Int
    }
    struct Beside: Decodable {
      var name: String
      var weights: Int
    }
    struct Checkpoint: Decodable {
      var elements: Int
    }
    var name: String
    var categories: [Category]
    var weights: Int
    var matrices: Int
    var distinct_weights: Int
    var parameters: Int
    var besides: [Part]
    var bytes: [String: Int]
    var checkpoint: Checkpoint?
    var beside: Beside?
  }

  private func report(_ words: [String]) throws -> Report {
    let outcome = try ExplainProcess().run(["parameters", "--format", "json"] + words)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
  }

  private func output(_ words: [String]) throws -> String {
    var explain = try ExplainProcess()
    explain.environment = ["LANG": "C.UTF-8"]
    let outcome = try explain.run(["parameters"] + words)
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return outcome.output
  }

  /// A count in groups of three digits.
  private func grouped(_ count: Int) -> String {
    String(count).reversed().enumerated().reduce(into: "") { text, digit in
      if digit.offset > 0, digit.offset.isMultiple(of: 3) { text = "," + text }
      text = String(digit.element) + text
    }
  }

  private static let calls: [[String]] = [
    [], ["gpt-2"], ["gpt-2-medium"], ["GPT-2-Large"], ["gpt-2-xl"], ["built-in"],
    [Fixtures.tinyGPT2], ["gpt-2", "--width", "1536", "--layers", "7", "--mlp-width", "333"],
  ]

  @Test func `without a name it is GPT-3's that are counted`() throws {
    let report = try report([])
    #expect(report.name == "gpt-3")
    #expect(report.weights == 175_181_291_520)
    #expect(report.matrices == 27_938)
    #expect(report.bytes["float16"] == 2 * report.parameters)
  }

  @Test(arguments: calls)
  func `all formats add up to the same total`(words: [String]) throws {
    let report = try report(words)
    var total = 0
    for category in report.categories {
      #expect(category.rows * category.columns * category.matrices == category.weights)
      total += category.weights
      #expect(category.running_total == total)
    }
    #expect(total == report.weights)
    #expect(report.categories.reduce(0) { $0 + $1.matrices } == report.matrices)
    #expect(report.besides.reduce(report.weights) { $0 + $1.parameters } == report.parameters)

    let rows = try output(words + ["--format", "csv"]).split(separator: "\r\n").dropFirst()
      .map { $0.split(separator: ",") }.filter { $0[0] == report.name }
    #expect(rows.map { String($0[5]) } == report.categories.map { "\($0.weights)" })
    #expect(rows.map { String($0[6]) } == report.categories.map { "\($0.running_total)" })

    #expect(
      report.categories.reduce(0) { $0 + $1.distinct_weights } == report.distinct_weights
    )
    // People are shown a matrix that is both embedding and unembedding once, but for GPT-3: as the chapter counts it.
    var together = 0
    let shown = report.categories.map { category in
      together += report.name == "gpt-3" ? category.weights : category.distinct_weights
      return together
    }
    for format in ["svg", "html"] {
      let text = try output(words + ["--format", format])
      for (category, total) in zip(report.categories, shown) {
        #expect(text.contains(">\(grouped(total))<"), "\(category.name)")
      }
    }
    let lines = try output(words + ["--columns", "120"]).split(separator: "\n")
    let last = try #require(lines.first { $0.hasPrefix("unembedding ") })
    let sum = try #require(lines.first { $0.hasPrefix("together ") })
    #expect(last.contains(grouped(together)) && sum.contains(grouped(together)))
  }

  @Test func `the built-in model and a checkpoint are counted in their files`() throws {
    for words in [["built-in"], [Fixtures.tinyGPT2]] {
      let report = try report(words)
      #expect(report.checkpoint?.elements == report.parameters)
    }
  }

  @Test func `a checkpoint's weights are not read, only counted`() throws {
    let explain = try ExplainProcess()
    let folder = explain.path("model")
    try FileManager.default.copyItem(atPath: Fixtures.tinyGPT2, toPath: folder)
    // Not a number in every weight: whoever reads them says so.
    let path = folder + "/model.safetensors"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let header = Int(bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    bytes.resetBytes(in: (8 + header)..<bytes.count)
    for index in (8 + header)..<bytes.count { bytes[index] = 0xFF }
    try bytes.write(to: URL(fileURLWithPath: path))
    for name in ["vocab.json", "merges.txt"] {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
    #expect(try explain("parameters", "model").code == 0)
  }

  @Test func `a size of one's own stands beside the named model`() throws {
    let report = try report(["gpt-2", "--width", "1536"])
    #expect(report.name == "own")
    #expect(report.beside?.name == "gpt-2" && report.beside?.weights == 162_129_408)
    #expect(report.categories.map(\.weights)[5] == 1536 * 6144 * 12)
  }

  @Test func `the terminal's width is --columns here`() throws {
    for width in [60, 80, 120] {
      let lines = try output(["--columns", "\(width)"]).split(separator: "\n")
      #expect(lines.map(\.count).max() ?? 0 <= width)
    }
    let help = try ExplainProcess()("help", "parameters").output
    #expect(help.contains("--columns COLUMNS") && !help.contains("--width COLUMNS"))
  }

  @Test func `Japanese groups its digits by ten thousands`() throws {
    let text = try output(["--language", "ja"])
    #expect(text.contains("1751億8129万1520"))
    #expect(text.contains("（175,181,291,520）"))
  }

  @Test(arguments: ["text", "json", "csv", "svg", "html"])
  func `with -o the result is a file`(format: String) throws {
    let explain = try ExplainProcess()
    let outcome = try explain("parameters", "gpt-2", "--format", format, "-o", "result")
    #expect(outcome.code == 0 && outcome.output == "result\n")
    #expect(explain.names() == ["result"])
    #expect(try !explain.text("result").isEmpty)
  }

  @Test(arguments: [
    ("gpt-4", 64, "did you mean “gpt-3” or “gpt-2”?"),
    ("gpt2-xl", 64, "did you mean “gpt-2-xl”?"),
    ("buildin", 64, "“built-in”"),
    ("nothing-near", 64, "known are gpt-3"),
    ("./nowhere", 66, "./nowhere"),
    (".", 66, "config.json"),
    ("--layers 0", 64, "out of range: 1 or more"),
    ("--heads -3", 64, "out of range: 1 or more"),
    ("--vocabulary x", 64, "not a whole number"),
    ("--context 99999999999999999999", 64, "too large"),
    ("--heads 7", 64, "7 heads cannot share a width of 12288"),
    ("--width 60", 64, "--columns"),
    ("--layers 9223372036854775807", 64, "64 bits"),
    ("--width 9223372036854775807 --heads 1", 64, "64 bits"),
    ("--vocabulary 1000000000000000", 64, "64 bits"),
    ("gpt-2 gpt-3", 64, "takes 1 argument"),
    ("-o .", 73, "is a folder"),
  ])
  func `what is wrong takes one line`(_ words: String, _ code: Int32, _ fragment: String) throws {
    let explain = try ExplainProcess()
    let result = try explain.shell("\"$explain\" parameters \(words)")
    #expect(result.code == code)
    #expect(result.errorLines.count == 1 && result.errors.contains(fragment), "\(result.errors)")
    #expect(result.output.isEmpty && explain.names().isEmpty)
  }
}
