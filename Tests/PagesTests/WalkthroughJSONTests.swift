import Foundation
import Pages
import Testing
import Walkthrough

@Suite struct WalkthroughJSONTests {
  private struct Document: Decodable {
    struct Token: Decodable {
      var token_id: Int
      var token: String
      var logit: Double?
      var probability: Double?
    }
    struct Stage: Decodable {
      var id: String
      var title: String
      var tables: [Table]
    }
    struct Table: Decodable {
      var title: String
      var columns: [String]
      var rows: [[Cell]]
    }
    enum Cell: Decodable, Equatable {
      case number(Double)
      case text(String)
      case null
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
          self = .null
        } else if let number = try? container.decode(Double.self) {
          self = .number(number)
        } else {
          self = .text(try container.decode(String.self))
        }
      }
    }
    var prompt: String
    var tokens: [Token]
    var stages: [Stage]
    var next: [Token]
  }

  private func document(
    _ walkthrough: Walkthrough,
    stages: [StageID] = StageID.allCases
  ) throws -> Document {
    let text = WalkthroughJSON(walkthrough, stages: stages).text
    return try JSONDecoder().decode(Document.self, from: Data(text.utf8))
  }

  @Test func `prompt, tokens, stages and predictions stand under their documented names`() throws {
    let sample = SampleWalkthrough()
    let document = try document(sample.walkthrough)
    #expect(document.prompt == sample.prompt)
    #expect(document.tokens.map(\.token) == sample.tokens)
    #expect(document.tokens.map(\.token_id) == Array(100..<107))
    #expect(document.stages.map(\.id) == StageID.allCases.map(\.rawValue))
    #expect(document.next.map(\.token) == [" & so", "\n"])
    #expect(document.next.map(\.probability) == [0.5, 0.125])
    #expect(document.next.map(\.logit) == [3.25, nil])
  }

  @Test func `cells are numbers of full value and tokens as the model sees them`() throws {
    let attention = try document(SampleWalkthrough().walkthrough).stages[3]
    #expect(attention.tables.count == 2)
    #expect(attention.tables[0].columns == ["token", "value", "count"])
    #expect(attention.tables[0].rows[5] == [.text(" 東京"), .number(2.5), .number(5)])
  }

  @Test func `a number that is not finite, and a cell without one, are null`() throws {
    var walkthrough = SampleWalkthrough().walkthrough
    let infinite = SampleWalkthrough.recorded(-.infinity, "scores[0,1]")
    walkthrough.stages[0].steps[0].blocks = [
      .table(
        Table(
          title: "t",
          columns: [.init("a", isNumeric: true), .init("b", isNumeric: true)],
          rows: [["\(infinite)", "–"], ["1,024", "\(2)"]]
        )
      )
    ]
    let table = try document(walkthrough).stages[0].tables[0]
    #expect(table.rows == [[.null, .null], [.number(1024), .number(2)]])
  }

  @Test func `stages can be chosen`() throws {
    let document = try document(SampleWalkthrough().walkthrough, stages: [.mlp, .tokens])
    #expect(document.stages.map(\.id) == ["tokens", "mlp"])
  }
}
