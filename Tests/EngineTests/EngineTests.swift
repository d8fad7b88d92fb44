import Engine
import Files
import Formats
import Foundation
import Sampling
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer

/// What a page asks of the program, asked natively.
@Suite struct EngineTests {
  /// A prompt, and its likeliest continuation by Hugging Face's `generate`.
  private struct Greedy: Decodable {
    let prompt: [Int]
    let text: [Int]
  }

  @Test func `the likeliest next token is the one that Hugging Face generates`() throws {
    var engine = try Asked.engine()
    let file = URL(filePath: Fixtures.path("greedy.json"))
    let references = try JSONDecoder().decode([Greedy].self, from: Data(contentsOf: file))
    #expect(!references.isEmpty)
    for greedy in references {
      for length in greedy.prompt.count..<min(greedy.text.count, greedy.prompt.count + 8) {
        let ids = Array(greedy.text.prefix(length))
        let reply = try Asked.ask(&engine, #"{"call": "run", "token_ids": \#(ids)}"#)
        let next = try #require(reply["next"]?.array)
        #expect(next.first?["token_id"]?.integer == greedy.text[length])
        let chances = next.compactMap { $0["probability"]?.number }
        #expect(chances.count == 10 && chances == chances.sorted(by: >))
      }
    }
  }

  @Test func `a prompt's tokens spell it`() throws {
    var engine = try Asked.engine()
    let reply = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king"}"#)
    #expect(reply["tokens"]?.array?.compactMap { $0["token"]?.string }.joined() == "The king")
  }

  @Test func `a draw falls on the share that the line gives its token`() throws {
    var engine = try Asked.engine()
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king"}"#)
    let line = try Asked.ask(
      &engine,
      #"{"call": "distribution", "temperature": 0.7, "count": 487}"#
    )
    let shares = try #require(line["candidates"]?.array)
    #expect(shares.count == 487)
    #expect(abs((shares.last?["high"]?.number ?? 0) - 1) < 1e-9)
    for turn in 0..<20 {
      let hit = try Asked.ask(
        &engine,
        #"{"call": "draw", "temperature": 0.7, "seed": 5, "turn": \#(turn)}"#
      )
      let draw = try #require(hit["draw"]?.number)
      let share = shares.first { draw < ($0["high"]?.number ?? 0) }
      #expect(share?["token_id"]?.integer == hit["token_id"]?.integer)
    }
  }

  @Test func `appended tokens are kept as they are`() throws {
    var engine = try Asked.engine()
    let first = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king"}"#)
    let ids = first["tokens"]?.array?.compactMap { $0["token_id"]?.integer } ?? []
    let again = try Asked.ask(&engine, #"{"call": "run", "token_ids": \#(ids + [7])}"#)
    #expect(again["tokens"]?.array?.compactMap { $0["token_id"]?.integer } == ids + [7])
  }

  @Test func `the numbers that the script draws from are the trace's`() throws {
    var engine = try Asked.engine()
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king"}"#)
    let bytes = engine.respond(to: Array(#"{"call": "followed"}"#.utf8))
    let length = bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(length % 4 == 0)
    let header = try #require(
      JSONValue(parsing: String(decoding: bytes[4..<4 + length], as: UTF8.self))?.array
    )
    let q = try #require(header.first { $0["name"]?.string == "blocks.1.attn.hook_q" })
    let start = try 4 + length + #require(q["start"]?.integer)
    for index in 0..<4 {
      let bits = bytes[start + 4 * index..<start + 4 * index + 4].reversed()
        .reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      let call =
        #"{"call": "value", "name": "blocks.1.attn.hook_q", "indices": [0, 0, \#(index)]}"#
      #expect(try Asked.ask(&engine, call)["value"]?.number == Double(Float(bitPattern: bits)))
    }
  }

  @Test func `what is switched off adds nothing`() throws {
    var engine = try Asked.engine()
    _ = try Asked.ask(
      &engine,
      #"{"call": "run", "prompt": "The king", "ablate": ["blocks.1.mlp@1", "blocks.0.attn.head.1"]}"#
    )
    for (position, isOff) in [(0, false), (1, true)] {
      let call =
        #"{"call": "value", "name": "blocks.1.hook_mlp_out", "indices": [\#(position), 3]}"#
      #expect((try Asked.ask(&engine, call)["value"]?.number == 0) == isOff)
    }
    let z = #"{"call": "value", "name": "blocks.0.attn.hook_z", "indices": [1, 1, 0]}"#
    #expect(try Asked.ask(&engine, z)["value"]?.number == 0)
    let edition = String(
      decoding: engine.respond(to: Array(#"{"call": "edition"}"#.utf8)),
      as: UTF8.self
    )
    #expect(edition.contains(#"<p class="notice" role="alert">"#))
  }

  @Test func `a direction between two prompts is added, as its numbers are`() throws {
    var engine = try Asked.engine()
    let site = "blocks.1.hook_resid_pre"
    func value(_ index: Int) throws -> Double {
      let call = #"{"call": "value", "name": "\#(site)", "indices": [1, \#(index)]}"#
      return try #require(try Asked.ask(&engine, call)["value"]?.number)
    }
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king"}"#)
    let plain = try (0..<4).map(value)
    let steered =
      #"{"call": "run", "prompt": "The king", "add": [{"site": "\#(site)", "plus": "The king", "minus": "a", "scale": 0.5}]}"#
    _ = try Asked.ask(&engine, steered)
    let changed = try (0..<4).map(value)
    #expect(plain != changed)
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "a"}"#)
    let last =
      try #require(
        try Asked.ask(&engine, #"{"call": "run", "prompt": "a"}"#)["tokens"]?.array
      ).count - 1
    for index in 0..<4 {
      let call = #"{"call": "value", "name": "\#(site)", "indices": [\#(last), \#(index)]}"#
      let other = try #require(try Asked.ask(&engine, call)["value"]?.number)
      #expect(abs(changed[index] - (plain[index] + 0.5 * (plain[index] - other))) < 1e-4)
    }
  }

  @Test func `another prompt is put beside the run that is shown`() throws {
    var engine = try Asked.engine()
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king"}"#)
    let reply = try Asked.ask(
      &engine,
      #"{"call": "compare", "prompt": "The queen", "patch": "z", "prefix": "x-"}"#
    )
    let report = try #require(reply["parts"]?["report"]?.string)
    for step in ["aligned", "next", "lens", "vectors", "patterns"] {
      #expect(report.contains(#"id="x-compare-\#(step)""#), "\(step)")
    }
  }

  @Test func `the number of a cell is the trace's`() throws {
    var engine = try Asked.engine()
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king"}"#)
    let share = try Asked.ask(
      &engine,
      #"{"call": "value", "name": "blocks.0.attn.hook_pattern", "indices": [0, 0, 0]}"#
    )
    // The first token has nobody else to look at.
    #expect(share["value"]?.number == 1)
  }

  @Test func `a share of attention is made of scores`() throws {
    var engine = try Asked.engine()
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king and the queen"}"#)
    let call =
      #"{"call": "derivation", "name": "blocks.1.attn.hook_pattern", "indices": [2, 4, 1]"#
    let told = try Asked.ask(&engine, call + "}")
    let value = try #require(told["value"]?.number)
    #expect(abs(value - (told["derived"]?.number ?? 0)) < 1e-6)
    #expect(told["words"]?.string == "how much “·queen” attends to “·king”, in head 2 of layer 1")
    let expression = try #require(told["expression"]?.string)
    #expect(expression.hasPrefix("exp(blocks.1.attn.hook_attn_scores[2,4,1] - max(a <= 4, "))
    let terms = try #require(told["terms"]?.array)
    #expect(terms.count == 5)
    // The share is the token's own term over all of them.
    let own = try #require(terms[1]["value"]?.number)
    #expect(abs(own / (told["total"]?.number ?? 0) - value) < 1e-6)
    let cell = terms[1]["cells"]?.array?.first
    #expect(cell?["name"]?.string == "blocks.1.attn.hook_attn_scores")
    #expect(cell?["indices"]?.array?.map { $0.integer } == [2, 4, 1])

    let inJapanese = try Asked.ask(&engine, call + #", "language": "ja", "count": 2}"#)
    #expect(
      inJapanese["words"]?.string == "レイヤー 1 のヘッド 2 で、「·queen」が「·king」に向ける注意の割合"
    )
    #expect(inJapanese["terms"]?.array?.count == 2)
    #expect(inJapanese["others"]?["count"]?.integer == 3)
  }

  @Test func `an expression is worked out, and a weight is made of nothing`() throws {
    var engine = try Asked.engine()
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king"}"#)
    let sum = try Asked.ask(
      &engine,
      #"{"call": "derivation", "expression": "sum(n, probabilities[1,n])", "count": 3}"#
    )
    #expect(abs((sum["derived"]?.number ?? 0) - 1) < 1e-6)
    #expect(sum["terms"]?.array?.count == 3 && sum["others"]?["count"]?.integer == 484)
    let weight = try Asked.ask(
      &engine,
      #"{"call": "derivation", "name": "blocks.0.attn.W_Q", "indices": [0, 3, 5]}"#
    )
    #expect(weight["value"]?.number != nil && weight["terms"] == nil)
    #expect(weight["reason"]?.string?.hasPrefix("blocks.0.attn.W_Q is made of nothing") == true)
  }

  /// The cosines and dot products that an answer shows.
  private func numbers(_ reply: JSONValue) -> [String] {
    (reply["parts"]?["bars"]?.string ?? "").matches(of: /data-derived="[^"]*"[^>]*>([^<]*)</)
      .map { String($0.1) }
  }

  @Test func `the nearest of a word's double is the word's own neighbours`() throws {
    var engine = try Asked.engine()
    let one = try Asked.ask(&engine, #"{"call": "words", "action": "nearest", "parts":["king"]}"#)
    let two = try Asked.ask(&engine, #"{"call": "words", "action": "nearest", "parts":["2 king"]}"#)
    #expect(numbers(one) == numbers(two) && numbers(one).count == 8)
  }

  @Test func `a direction is measured by dot products of the vectors as they lie`() throws {
    var engine = try Asked.engine()
    let reply = try Asked.ask(
      &engine,
      #"{"call": "words", "action": "direction", "parts":["king - man","queen"]}"#
    )
    let model = try Model(folder: Fixtures.tinyGPT2)
    let embedding = model.transformer.weights.embedding
    let rows = try ["king", "man", "queen"].map { word in
      try #require(model.tokenizer.id(of: " " + word) ?? model.tokenizer.id(of: word))
    }
    let product = (0..<embedding.columns).reduce(0.0) { sum, i in
      sum + Double(embedding[rows[0], i] - embedding[rows[1], i]) * Double(embedding[rows[2], i])
    }
    let shown = try #require(numbers(reply).first.flatMap { Double($0.replacing("−", with: "-")) })
    #expect(abs(shown - product) < 0.0006)
  }

  @Test func `a sum of words lies where its arrows lead`() throws {
    var engine = try Asked.engine()
    let reply = try Asked.ask(
      &engine,
      #"{"call": "words", "action": "nearest", "parts":["king - man + woman"]}"#
    )
    let points = try #require(reply["points"]?.array).map { point in
      point["at"]?.array?.compactMap { $0.number } ?? []
    }
    let arrows = try #require(reply["arrows"]?.array).map { arrow in
      arrow.array?.compactMap { $0.integer } ?? []
    }
    #expect(points.count == 12 && arrows.count == 2)
    // The step from man to woman is the step from king to the sum, in every dimension.
    for axis in 0..<3 {
      let steps = arrows.map { points[$0[1]][axis] - points[$0[0]][axis] }
      #expect(abs(steps[0] - steps[1]) < 1e-4)
    }
  }

  @Test func `words at hand are understood as the tokens that they are`() throws {
    var engine = try Asked.engine()
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king and the queen"}"#)
    let first = try Asked.ask(&engine, #"{"call": "words", "action": "map"}"#)
    #expect(first["text"]?.string?.contains("king") == true)
    let chips = try #require(first["chips"]?.array)
    #expect(chips.count > 2)
    for chip in chips {
      let name = JSON.quoted(chip["name"]?.string ?? "")
      let alone = try Asked.ask(
        &engine,
        #"{"call": "words", "action": "nearest", "parts": [\#(name)]}"#
      )
      #expect(alone["points"]?.array?.first?["label"]?.string == chip["label"]?.string)
    }
  }

  @Test func `a text is scored as the model foresees it`() throws {
    var engine = try Asked.engine()
    let reply = try Asked.ask(&engine, #"{"call": "score", "text": "The king and the queen"}"#)
    let model = try Model(folder: Fixtures.tinyGPT2)
    let tokens = model.tokenizer.encode("The king and the queen")
    let trace = try model.record("", tokens: tokens, RecordingOptions())
    let logits = try #require(trace[.logits])
    let html = reply["parts"]?["rows"]?.string ?? ""
    for position in 1..<tokens.count {
      let row = logits.slice(position - 1).values.map { Double($0) }
      let largest = row.max() ?? 0
      let share =
        Foundation.exp(row[tokens[position]] - largest)
        / row.reduce(0) { $0 + Foundation.exp($1 - largest) }
      let name = "data-derived=\"tokens[\(position)].probability\">"
      let shown = try #require(html.range(of: name)).upperBound
      let text = html[shown...].prefix { $0 != "<" }
      #expect(abs((Double(text) ?? 0) - share) < 0.0001, "\(position)")
    }
  }

  @Test func `own sizes are counted`() throws {
    var engine = Engine()
    let reply = try Asked.ask(
      &engine,
      #"{"call": "parameters", "layers": 96, "heads": 96, "width": 12288, "mlp_width": 49152, "vocabulary": 50257, "context": 2048}"#
    )
    // As 3Blue1Brown's chapter counts GPT-3.
    #expect(reply["parts"]?["total-weights"]?.string?.contains(">175,181,291,520<") == true)
    #expect(reply["parts"]?["5-product"]?.string == "12,288 × 49,152 × 96")
  }

  @Test(arguments: [
    ("", "a call is a JSON object"), ("[]", "a call is a JSON object"),
    (#"{"call": "fly"}"#, "there is no call “fly”"), (#"{"call": "run"}"#, "“prompt” is missing"),
    (#"{"call": "run", "prompt": 7}"#, "“prompt” is not a text"),
    (#"{"call": "run", "prompt": ""}"#, "no token for any of the prompt"),
    (#"{"call": "run", "token_ids": [487]}"#, "no 1 to 64 ids below 487"),
    (#"{"call": "step", "stage": "softmax", "step": "x"}"#, "has no step “x”"),
    (#"{"call": "step", "stage": "x", "step": "x"}"#, "there is no stage “x”"),
    (#"{"call": "step", "stage": "mlp", "step": "x", "layer": 3}"#, "“layer” is 3, not below 3"),
    (#"{"call": "edition", "languages": ["en", "en"]}"#, "one twice"),
    (#"{"call": "edition", "language": "ja", "languages": ["en"]}"#, "or lack “language”"),
    (#"{"call": "run", "prompt": "a", "ablate": ["blocks.9.mlp"]}"#, "blocks.9.mlp"),
    (#"{"call": "run", "prompt": "a", "ablate": ["blocks.0.mlp@7"]}"#, "is not in the prompt"),
    (#"{"call": "run", "prompt": "a", "add": [{"site": "embed"}]}"#, "“plus” is missing"),
    (#"{"call": "run", "prompt": "a", "add": [7]}"#, "“add” is not a list of objects"),
    (
      #"{"call": "run", "prompt": "a", "add": [{"site": "embed", "vector": "v", "values": [1]}]}"#,
      "the vector has 1 number, but"
    ),
    (
      #"{"call": "run", "prompt": "a", "add": [{"site": "blocks.0.attn.hook_pattern", "plus": "a"}]}"#,
      "has no vector for each position"
    ),
    (#"{"call": "compare"}"#, "“prompt” is missing"),
    (#"{"call": "compare", "prompt": "a", "layer": 7}"#, "“layer” is 7"),
    (#"{"call": "value", "name": "logits", "indices": [0]}"#, "is no place in it"),
    (#"{"call": "derivation", "name": "logit", "indices": [0, 0]}"#, "are called “logit”"),
    (
      #"{"call": "derivation", "name": "logits", "indices": [0, 487]}"#,
      "logits[0,487] is not there: its indices are 0 to 1, 0 to 486"
    ),
    (#"{"call": "derivation", "expression": "sum("}"#, "“sum(”: expected a name"),
    (#"{"call": "draw", "temperature": -1}"#, "“temperature” is 0 or more"),
    (#"{"call": "words", "parts":["king"]}"#, "“action” is missing"),
    (#"{"call": "words", "action": "nearest", "parts":["king king"]}"#, "“king king”"),
    (#"{"call": "words", "action": "nearest", "parts":["zzzz"]}"#, "has no token “zzzz”"),
    (#"{"call": "words", "action": "nearest", "parts":["king - king"]}"#, "without a direction"),
    (#"{"call": "words", "action": "direction", "parts":["king"]}"#, "a direction is a difference"),
    (#"{"call": "words", "action": "map", "parts":["king"]}"#, "two words or more"),
    (#"{"call": "score", "text": ""}"#, "0 tokens; a page scores 1 to 2048"),
    (#"{"call": "parameters", "layers": -1}"#, "“layers” is not a whole number"),
    (#"{"call": "parameters", "layers": 1}"#, "each size is a whole number from 1 up"),
    (#"{"call": "load", "name": "again"}"#, "config.json: no such file"),
  ])
  func `what cannot be done is said, and nothing changes`(call: String, sentence: String) throws {
    var engine = try Asked.engine()
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king"}"#)
    _ = engine.respond(to: Array(#"{"call": "edition"}"#.utf8))
    let error = #expect(throws: Asked.Refusal.self) { try Asked.ask(&engine, call) }
    #expect(error?.sentence.contains(sentence) == true, "\(error?.sentence ?? "")")
    #expect(throws: Never.self) { try Asked.ask(&engine, #"{"call": "distribution"}"#) }
  }

  @Test func `random calls get a reply`() throws {
    var engine = try Asked.engine()
    var generator = SeededGenerator(seed: 11)
    let pieces = [
      "{", "}", "\"call\"", ":", "\"run\"", "\"prompt\"", "\"\\ud800\"", "[", "]", ",", "1e999",
      "\"edition\"", "\u{0}", "null", "\"step\"",
    ]
    for _ in 0..<300 {
      let call = (0..<Int.random(in: 0..<12, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let reply = String(decoding: engine.respond(to: Array(call.utf8)), as: UTF8.self)
      // Without a run there is nothing to show, so what is answered is JSON, and says what is wrong.
      #expect(JSONValue(parsing: reply)?["error"]?.string?.isEmpty == false, "\(call): \(reply)")
    }
  }
}
