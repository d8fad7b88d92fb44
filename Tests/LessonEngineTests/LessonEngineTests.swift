import Formats
import Foundation
import TestSupport
import Testing
import Training

@testable import LessonEngine

/// A network that learns in a page, and a line that a reader lays.
@Suite struct LessonEngineTests {
  static let text = String(
    repeating:
      "the cat sat on the mat.\nthe dog sat on the log.\nthe king and the queen sat down.\n",
    count: 40
  )
  private static let learn =
    #"{"call":"learn","text":\#(JSON.quoted(text)),"prompt":"the cat sat on","seed":3}"#

  private func ask(_ engine: inout LessonEngine, _ call: String) throws -> JSONValue {
    let reply = String(decoding: engine.respond(to: Array(call.utf8)), as: UTF8.self)
    return try #require(JSONValue(parsing: reply))
  }

  private func loss(_ reply: JSONValue) throws -> Double {
    let status = try #require(reply["parts"]?["status"]?.string)
    let number = try #require(
      try /data-derived="mean loss of batch \d+">([0-9.]+)</.firstMatch(in: status)?.1
    )
    return try #require(Double(number))
  }

  @Test func `a network learns a text, and shows what it has become`() throws {
    var engine = LessonEngine()
    let start = try ask(&engine, Self.learn)
    #expect(start["step"]?.integer == 0 && start["done"]?.boolean == false)
    let first = try loss(try ask(&engine, #"{"call":"go","steps":1}"#))
    let later = try ask(&engine, #"{"call":"go","steps":60,"told":true,"language":"ja"}"#)
    #expect(later["step"]?.integer == 61)
    // Random values give every token about the same, and there are more than a hundred.
    #expect(first > 4)
    #expect(try loss(later) < first / 2)
    let report = try #require(later["parts"]?["report"]?.string)
    for step in ["loss", "prediction", "writing", "attention", "embeddings"] {
      #expect(report.contains("id=\"tried-learning-\(step)\""), "\(step)")
    }
    #expect(report.contains("ステップ後") && !report.contains("after 61"))
  }

  @Test func `steps taken together are the same as one by one`() throws {
    var one = LessonEngine()
    var other = LessonEngine()
    _ = try ask(&one, Self.learn)
    _ = try ask(&other, Self.learn)
    for _ in 0..<6 { _ = try ask(&one, #"{"call":"go","steps":1}"#) }
    _ = try ask(&other, #"{"call":"go","steps":6}"#)
    let told = #"{"call":"go","steps":0,"told":true}"#
    #expect(one.respond(to: Array(told.utf8)) == other.respond(to: Array(told.utf8)))
  }

  @Test func `it ends after its steps`() throws {
    var engine = LessonEngine()
    _ = try ask(&engine, Self.learn)
    var last = try ask(&engine, #"{"call":"go","steps":1000}"#)
    #expect(last["done"]?.boolean == false)
    for _ in 0..<2 { last = try ask(&engine, #"{"call":"go","steps":1000}"#) }
    #expect(last["step"]?.integer == 2000 && last["done"]?.boolean == true)
    #expect(try loss(last) < 0.7)
  }

  @Test(arguments: [
    (#"{"call":"go"}"#, "no text is learned"),
    (#"{"call":"learn","text":"short","prompt":"a"}"#, "too short"),
    (#"{"call":"learn","text":"","prompt":"a","language":"ja"}"#, "短すぎます"),
    (#"{"call":"learn","text":\#(JSON.quoted(text)),"prompt":""}"#, "is empty"),
    (
      #"{"call":"learn","text":\#(JSON.quoted(String(repeating: "a", count: 200_001))),"prompt":"a"}"#,
      "at most 200000"
    ),
    (#"{"call":"learn","prompt":"a"}"#, "missing"),
    (#"{"call":"line","at":[1]}"#, "two numbers"),
    (#"{"call":"what"}"#, "no call"),
    ("nonsense", "JSON"), (#"{"call":"softmax","logits":"2, x"}"#, "no number"),
    (#"{"call":"softmax","logits":"","language":"ja"}"#, "1〜12"),
    (#"{"call":"merges","text":""}"#, "1 to 2000"),
  ])
  func `what cannot be done is said`(call: String, words: String) throws {
    var engine = LessonEngine()
    let reply = try ask(&engine, call)
    #expect(try #require(reply["error"]?.string).contains(words))
  }

  // MARK: - The line

  private func line(_ call: String) throws -> (w: Double, b: Double, drawing: String) {
    var engine = LessonEngine()
    let reply = try ask(&engine, call)
    let fields = try #require(reply["fields"])
    return (
      try #require(fields["w"]?.number), try #require(fields["b"]?.number),
      try #require(reply["parts"]?["report"]?.string)
    )
  }

  @Test func `steps downhill lead to the line of least squares`() throws {
    let found = try line(#"{"call":"line","steps":1000}"#)
    // The normal equations, by hand.
    let points = LinearRegression.example(count: 12, seed: 0).points
    let n = Double(points.count)
    let (x, y) = (points.map(\.x).reduce(0, +) / n, points.map(\.y).reduce(0, +) / n)
    let w =
      points.map { ($0.x - x) * ($0.y - y) }.reduce(0, +)
      / points.map { ($0.x - x) * ($0.x - x) }.reduce(0, +)
    #expect(abs(found.w - w) < 1e-6 && abs(found.b - (y - w * x)) < 1e-6)
  }

  @Test(arguments: [(0.5, -0.25), (1.5, -1), (-0.4, 0.3)])
  func `an end that is put where it is stays there`(w: Double, b: Double) throws {
    let laid = try line(#"{"call":"line","w":\#(w),"b":\#(b)}"#)
    let circles = laid.drawing.matches(of: /<circle class="accent" cx="([-0-9.]+)" cy="([-0-9.]+)"/)
    #expect(circles.count == 2)
    for circle in circles {
      let again = try line(
        #"{"call":"line","w":\#(w),"b":\#(b),"at":[\#(circle.1),\#(circle.2)]}"#
      )
      #expect(abs(again.w - w) < 0.02 && abs(again.b - b) < 0.02)
    }
  }

  // MARK: - Arrows, a temperature, merges

  private func report(_ call: String) throws -> String {
    var engine = LessonEngine()
    return try #require(try ask(&engine, call)["parts"]?["report"]?.string)
  }

  @Test func `arrows at right angles have no product`() throws {
    let told = try report(#"{"call":"arrows","ax":2,"ay":1,"bx":-1,"by":2}"#)
    #expect(told.contains("right angles") && told.contains(">0.00<"))
    let moved = try report(#"{"call":"arrows","ax":3,"ay":1,"bx":2,"by":2}"#)
    #expect(moved.contains(">8.00<") && moved.contains("same side"))
  }

  @Test func `probabilities are those of softmax`() throws {
    // exp(2) / (exp(2) + exp(1) + exp(0)) = 0.665; at T = 0 the largest has all.
    let told = try report(#"{"call":"softmax","logits":"2, 1, 0","temperature":1}"#)
    for share in ["0.665", "0.245", "0.090"] { #expect(told.contains(share), "\(share)") }
    let cold = try report(#"{"call":"softmax","logits":"2、1、0","temperature":0,"language":"ja"}"#)
    #expect(cold.contains("1.000") && cold.contains("0.000"))
  }

  @Test func `a text's most frequent pairs are merged`() throws {
    let told = try report(#"{"call":"merges","text":"aaabdaaabac","count":1}"#)
    // Of Gage's example the first pair is aa.
    #expect(told.contains(">a<") && told.contains(">aa<"))
    let japanese = try report(
      #"{"call":"merges","text":"すもももももももものうち","count":12,"language":"ja"}"#
    )
    #expect(japanese.contains("もも"))
  }
}
