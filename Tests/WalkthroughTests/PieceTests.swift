import TestSupport
import Testing
import Traces
import Walkthrough

@Suite struct PieceTests {
  private func merges(_ trace: Trace, in language: Language = .en) throws -> Step {
    try #require(Walkthrough(of: trace, in: language).stages[0].steps.first { $0.id == "merges" })
  }

  private func rows(_ step: Step) -> [[String]] {
    step.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }.first
      .map { $0.rows.map { $0.map(\.plain) } } ?? []
  }

  @Test func `each piece stands beside the tokens it became`() throws {
    let trace = try Told.trace("The unicorn, 12")
    let rows = rows(try merges(trace))
    #expect(rows.map(\.[0]) == ["“The”", "“·unicorn”", "“,”", "“·12”"])
    let pieces = try #require(trace.pieces)
    #expect(pieces.map(\.text) == ["The", " unicorn", ",", " 12"])
    #expect(pieces.reduce(0) { $0 + $1.tokens } == trace.tokens.count)
    // Read in order, the last column has every token once.
    let told = rows.map(\.[1]).joined(separator: " ")
    #expect(told.filter { !" “”·".contains($0) } == "Theunicorn,12")
  }

  @Test func `a trace from elsewhere, without pieces, leaves them out`() throws {
    var trace = try Told.trace("The king")
    trace.pieces = nil
    let texts = Walkthrough.texts(of: try merges(trace)).map(\.plain)
    #expect(!texts.contains { $0.contains("pre-tokenizer") })
  }

  @Test func `of very many pieces the first are shown, and how many there are`() throws {
    let trace = try Told.trace(String(repeating: "a ", count: 30))
    let texts = Walkthrough.texts(of: try merges(trace)).map(\.plain)
    #expect(texts.contains { $0.contains("The first 24 of 31 pieces") })
  }
}
