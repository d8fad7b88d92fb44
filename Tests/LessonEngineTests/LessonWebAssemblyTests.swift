import Formats
import Foundation
import Packing
import TestSupport
import Testing

@testable import LessonEngine

/// The program of a page in which something learns, held against the same built for this machine, byte for byte.
///
/// Both must add in the same order, so this runs where `EXPLAIN_KERNELS` is `portable` and `EXPLAIN_LESSONS_WASM` names the
/// program; `.ci/run` sees to both.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["EXPLAIN_KERNELS"] == "portable"
      && ProcessInfo.processInfo.environment["EXPLAIN_LESSONS_WASM"] != nil
  )
)
struct LessonWebAssemblyTests {
  private static let texts = [
    LessonEngineTests.text,
    String(repeating: "昔々あるところに、おじいさんとおばあさんが住んでいました。\n猫と犬が遊んでいました。\n", count: 30),
    String(repeating: "🗼 <b>&amp;</b> \0 \r\n ", count: 60), "short",
  ]

  @Test func `the same calls have the same replies`() throws {
    let program = try #require(ProcessInfo.processInfo.environment["EXPLAIN_LESSONS_WASM"])
    var engine = LessonEngine()
    var lines: [String] = []
    var expected: [[String]] = []
    for (index, text) in Self.texts.enumerated() {
      let calls = [
        #"{"call":"learn","text":\#(JSON.quoted(text)),"prompt":"the 猫","seed":\#(index)}"#,
        #"{"call":"go","steps":1}"#, #"{"call":"go","steps":40,"told":true,"language":"ja"}"#,
        #"{"call":"go","steps":60,"told":true}"#,
        #"{"call":"line","w":\#(Double(index) / 3),"b":-1,"steps":3,"language":"ja"}"#,
        #"{"call":"line","w":1,"b":0,"at":[120,40.5]}"#,
        #"{"call":"arrows","ax":1.5,"ay":\#(index),"bx":2,"by":-1,"at":[200,80]}"#,
        #"{"call":"softmax","logits":"3, -1.5, 0.25","temperature":0.\#(index)5}"#,
        #"{"call":"merges","text":\#(JSON.quoted(String(text.prefix(200)))),"count":9,"language":"ja"}"#,
      ]
      lines.append(#"{"calls":[\#(calls.joined(separator: ","))]}"#)
      expected.append(
        calls.map { call in
          SHA256.hash(engine.respond(to: Array(call.utf8)))
            .map { String(format: "%02x", $0) }.joined()
        }
      )
    }
    #expect(try PageProgram(program).hashes(ofReplies: lines) == expected)
  }
}
