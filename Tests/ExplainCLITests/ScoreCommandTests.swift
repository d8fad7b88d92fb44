import Foundation
import Testing
#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct ScoreCommandTests {
  private struct Score: Decodable {
    struct Token: Decodable {
      var token: String, probability: Double?, rank: Int?, surprisal_bits: Double?
    }
    var tokens: [Token], perplexity: Double?
  }

  private func score(_ arguments: [String], input: [UInt8]? = nil) throws -> Score {
    let explain = try ExplainProcess()
    let result =
      input == nil
      ? try explain.run(["score", "--format", "json"] + arguments)
      : try explain("score", "--format", "json", "-", input: input)
    #expect(result.code == 0, "\(result.errors)")
    return try JSONDecoder().decode(Score.self, from: Data(result.output.utf8))
  }

  @Test func `perplexity is that of the tokens' probabilities`() throws {
    let score = try score(["To be, or not to be"])
    #expect(score.tokens.first?.probability == nil)
    let predicted = score.tokens.dropFirst()
    let logarithms = predicted.compactMap { $0.probability.map(log) }
    #expect(logarithms.count == predicted.count)
    let perplexity = exp(-logarithms.reduce(0, +) / Double(logarithms.count))
    #expect(abs((score.perplexity ?? 0) - perplexity) < 1e-9 * perplexity)
    for token in predicted {
      #expect(abs((token.surprisal_bits ?? 0) + log2(token.probability ?? 0)) < 1e-12)
    }
  }

  @Test func `a file, standard input and an argument are read alike`() throws {
    let explain = try ExplainProcess()
    let text = "O Romeo, Romeo"
    try text.write(toFile: explain.path("romeo.txt"), atomically: true, encoding: .utf8)
    let file = try explain("score", "--format", "json", "romeo.txt")
    #expect(file.output == (try explain("score", "--format", "json", text).output))
    #expect(
      file.output == (try explain("score", "--format", "json", "-", input: Array(text.utf8)).output)
    )
  }

  @Test func `the page is well-formed and shades every token`() throws {
    let result = try ExplainProcess()("score", "--format", "html", "To be, or <b>not</b>")
    #expect(result.code == 0)
    #expect(!result.output.contains("<b>"))
    #expect(result.output.contains("class=\"s"))
    let parser = XMLParser(data: Data(result.output.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  @Test func `one token has no perplexity`() throws {
    #expect(try score(["O"]).perplexity == nil)
  }

  @Test func `a text longer than the window is scored whole`() throws {
    let score = try score([String(repeating: "word ", count: 400)])
    #expect(score.tokens.dropFirst().allSatisfy { $0.probability != nil })
    #expect(score.tokens.count > 400)
  }

  @Test func `what cannot be read is an error`() throws {
    let explain = try ExplainProcess()
    #expect(try explain("score", ".").code == 66)
    #expect(try explain("score", "-", input: [0xFF]).code == 65)
    #expect(try explain("score", "").code == 64)
  }
}
