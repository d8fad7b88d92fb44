import Engine
import Formats
import Foundation
import Packing
import TestSupport
import Testing

/// The program that a page carries, held against the same built for this machine, byte for byte.
///
/// Both must add in the same order, so this runs where `EXPLAIN_KERNELS` is `portable` and `EXPLAIN_WASM` names the
/// program; `.ci/run` sees to both.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["EXPLAIN_KERNELS"] == "portable"
      && ProcessInfo.processInfo.environment["EXPLAIN_WASM"] != nil
  )
)
struct WebAssemblyTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let model = root.appending(path: "Sources/CAssets/Files/model")

  static let prompts = [
    "The capital of Italy is", "king", "a", "\n", "日本の首都は", "東京 🗼 שלום", "<b>&amp; \"x\" </script>",
    "no no no no no no", "The king and the queen, a cat or 9 dogs.", "e\u{301}é\u{200d}\u{feff}\0",
    "The machine learning model", "the fashion model", "Once upon a time", "One cat. Two",
    "A professor nobody likes", "3 + 4 =", "   spaces   ", "ALL CAPITALS", "tab\tand\r\nlines",
    "昔々あるところに、おじいさんとおばあさんがいました。", "x = y² − √z ≈ ∞", "🏳️‍🌈👩‍👩‍👧‍👦",
    Array(repeating: "The king and the queen live in Italy.", count: 4).joined(separator: " "),
    Array(repeating: "na", count: 110).joined(separator: " "),
  ]

  private func calls(_ prompt: String, _ index: Int) throws -> [String] {
    let text = JSON.quoted(prompt)
    return [
      #"{"call":"run","prompt":\#(text),"last":true}"#,
      #"{"call":"edition","language":"en","languages":["en","ja"]}"#,
      #"{"call":"edition","language":"ja","languages":["en","ja"],"layer":1}"#,
      #"{"call":"step","stage":"tokens","step":"cut","language":"ja","languages":["en","ja"]}"#,
      #"{"call":"edition","language":"en","told":["attention-scores","why-effects"]}"#,
      #"{"call":"facts","language":"ja"}"#,
      #"{"call":"texts"}"#,
      #"{"call":"followed"}"#,
      #"{"call":"step","stage":"attention","step":"scores","position":0,"layer":1,"head":1}"#,
      #"{"call":"distribution","temperature":0.7,"count":20}"#,
      #"{"call":"draw","temperature":1.3,"seed":\#(index),"turn":3}"#,
      #"{"call":"machine","language":"ja","layer":1,"head":2}"#,
      #"{"call":"numbers","name":"blocks.1.attn.W_O"}"#,
      #"{"call":"numbers","name":"blocks.0.attn.hook_result"}"#,
      #"{"call":"words","action":"nearest","parts":["king - man + woman"]}"#,
      #"{"call":"words","action":"direction","parts":["queen - king","man","woman"],"language":"ja"}"#,
      #"{"call":"words","action":"map","matrix":"W_U"}"#,
      #"{"call":"score","text":\#(text),"language":"ja"}"#,
      #"{"call":"story","text":\#(text),"tokens":9,"temperatures":"0.7","seed":\#(index),"language":"ja"}"#,
      #"{"call":"parameters","layers":2,"heads":2,"width":8,"mlp_width":\#(index + 1),"vocabulary":9,"context":7}"#,
      #"{"call":"compare","prompt":"The capital of Japan is","patch":"z","language":"ja","prefix":"x-"}"#,
      #"{"call":"run","prompt":\#(text),"last":true,"add":[{"site":"blocks.1.hook_resid_pre","plus":"The king","minus":"a","scale":2}]}"#,
      #"{"call":"nonsense"}"#,
    ]
  }

  @Test func `the same calls have the same replies`() throws {
    let program = try #require(ProcessInfo.processInfo.environment["EXPLAIN_WASM"])
    var engine = Engine()
    for name in [
      "config.json", "model.safetensors", "vocab.json", "merges.txt", "token_counts.json",
    ] {
      let data = try Data(contentsOf: Self.model.appending(path: name))
      engine.take(Bytes(copying: data), named: name)
    }
    let load =
      #"{"call":"load","name":"explain-world","trained_on":"a small made-up world"}"#
    #expect(!engine.respond(to: Array(load.utf8)).starts(with: Array(#"{"error""#.utf8)))

    var lines: [String] = []
    var expected: [[String]] = []
    for (index, prompt) in Self.prompts.enumerated() {
      let calls = try calls(prompt, index)
      lines.append(#"{"calls":[\#(calls.joined(separator: ","))]}"#)
      let replies = calls.map { engine.respond(to: Array($0.utf8)) }
      #expect(replies[1].starts(with: Array("<div class=\"edition\"".utf8)), "\(prompt)")
      expected.append(
        replies.map { SHA256.hash($0).map { String(format: "%02x", $0) }.joined() }
      )
    }
    let found = try PageProgram(program, model: Self.model.path).hashes(ofReplies: lines)
    #expect(found.count == Self.prompts.count)
    for (index, prompt) in Self.prompts.enumerated() where index < found.count {
      #expect(found[index] == expected[index], "\(prompt)")
    }
  }

  @Test func `random prompts never end the program`() throws {
    let program = try #require(ProcessInfo.processInfo.environment["EXPLAIN_WASM"])
    let script = Self.root.appending(path: "Tests/Wasm/random.mjs").path
    let node = try #require(Tool("node"))
    let result = try node.run([script, program, Self.model.path, "300", "5"])
    #expect(result.status == 0, "\(result.output)")
  }
}
