import Engine
import Formats
import Foundation
import TestSupport
import Testing

/// The machine's calls, asked as the page's script asks them.
@Suite struct MachineCallsTests {
  private func engine(_ prompt: String = "The king and the queen") throws -> Engine {
    var engine = try Asked.engine()
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "\#(prompt)"}"#)
    return engine
  }

  /// The numbers of a reply, which is as long as a whole number of them.
  private func numbers(_ engine: inout Engine, _ call: String) throws -> [Float] {
    let reply = engine.respond(to: Array(call.utf8))
    try #require(reply.count.isMultiple(of: 4), "\(String(decoding: reply, as: UTF8.self))")
    return stride(from: 0, to: reply.count, by: 4).map { place in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(reply[place + $1]) << (8 * UInt32($1)) }
      return Float(bitPattern: bits)
    }
  }

  @Test func `the numbers of a panel are those that are asked for one by one`() throws {
    var engine = try engine()
    let machine = try Asked.ask(
      &engine,
      #"{"call": "machine", "position": 2, "layer": 1, "head": 1}"#
    )
    let panels = try #require(machine["panels"]?.array)
    #expect(panels.count > 100)
    var compared = 0
    for panel in panels where panel["kind"]?.string != "weight" {
      let name = try #require(panel["name"]?.string)
      let at = try #require(panel["at"]?.array).compactMap { $0.integer }
      let rows = try #require(panel["rows"]?.integer)
      let columns = try #require(panel["columns"]?.integer)
      let found = try numbers(
        &engine,
        #"{"call":"numbers","name":"\#(name)","at":\#(at),"rows":\#(rows),"columns":\#(columns)}"#
      )
      #expect(found.count == rows * columns)
      let (row, column) = (rows / 2, columns / 3)
      var (rest, indices) = (at[0] + row * at[1] + column * at[2], [Int]())
      for length in try #require(panel["shape"]?.array).compactMap({ $0.integer }).reversed() {
        indices.insert(rest % length, at: 0)
        rest /= length
      }
      let one = engine.respond(
        to: Array(#"{"call":"value","name":"\#(name)","indices":\#(indices)}"#.utf8)
      )
      let value = JSONValue(parsing: String(decoding: one, as: UTF8.self))?["value"]?.number
      // What is masked is no number that JSON could write.
      if let value { #expect(Float(value) == found[row * columns + column], "\(name)\(indices)") }
      compared += value == nil ? 0 : 1
    }
    #expect(compared > 60)
  }

  @Test func `a weight is asked for by its name, as a whole or in part`() throws {
    var engine = try engine()
    let whole = try numbers(&engine, #"{"call": "numbers", "name": "blocks.0.attn.W_Q"}"#)
    let part = try numbers(
      &engine,
      #"{"call": "numbers", "name": "blocks.0.attn.W_Q", "at": [5, 8, 1], "rows": 3, "columns": 2}"#
    )
    #expect(part == [5, 6, 13, 14, 21, 22].map { whole[$0] })
  }

  @Test(arguments: [
    (#""name": "blocks.0.attn.W_X""#, "neither the run nor the model has “blocks.0.attn.W_X”"),
    (#""name": "logits", "rows": 2, "columns": 99999"#, "lies not in it"),
    (#""name": "logits", "at": [0, 1], "rows": 1, "columns": 1"#, "is not three numbers"),
    (#""name": "logits", "at": [0, 4000000000, 1], "rows": 2, "columns": 1"#, "lies not in it"),
    (#""name": "logits", "rows": 0"#, "lies not in it"),
  ])
  func `a refusal can be told from numbers by its length`(rest: String, sentence: String) throws {
    for prompt in ["The king", "x"] {
      var engine = try engine(prompt)
      let reply = engine.respond(to: Array(#"{"call": "numbers", \#(rest)}"#.utf8))
      #expect(!reply.count.isMultiple(of: 4))
      let json = JSONValue(parsing: String(decoding: reply, as: UTF8.self))
      #expect(json?["error"]?.string?.contains(sentence) == true, "\(json?["error"]?.string ?? "")")
    }
  }

  @Test func `the drawing follows what it is asked to, in either language`() throws {
    var engine = try engine()
    let machine = try Asked.ask(&engine, #"{"call": "machine", "position": 1, "language": "ja"}"#)
    #expect(machine["position"]?.integer == 1)
    #expect(machine["parts"]?["q"]?.array?.last?.string == "クエリ")
    #expect(machine["tokens"]?.array?.first?["token"]?.string == "The")
    let next = try #require(machine["next"]?.array?.first)
    let told = try Asked.ask(&engine, #"{"call": "distribution", "position": 1, "count": 1}"#)
    let likeliest = told["candidates"]?.array?.first
    #expect(next["token_id"]?.integer == likeliest?["token_id"]?.integer)
    let chances = (next["probability"]?.number, likeliest?["probability"]?.number)
    #expect(abs((chances.0 ?? 0) - (chances.1 ?? 1)) < 1e-6)
  }
}
