import Attribution
import Engine
import Formats
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer

/// A run without its model: what a page tells of it from the record that it carries.
@Suite struct OpenCallTests {
  private static let folders =
    ["tiny-gpt2"]
    + ["gemma2", "gpt-neox", "llama", "llama-tied-scaled", "mistral", "qwen2", "qwen3", "smollm2"]
    .map { "architectures/\($0)" }

  /// The files of a folder.
  private static func files(_ folder: String) throws -> [(name: String, bytes: Bytes)] {
    let path = Fixtures.path(folder)
    return try ["config.json", "model.safetensors", "vocab.json", "merges.txt", "tokenizer.json"]
      .compactMap { name in
        guard FileManager.default.fileExists(atPath: "\(path)/\(name)") else { return nil }
        return (name, Bytes(copying: try Data(contentsOf: URL(filePath: "\(path)/\(name)"))))
      }
  }

  /// An engine that ran a prompt, and one that has what was recorded of it.
  private func engines(_ folder: String, _ prompt: String) throws -> (run: Engine, opened: Engine) {
    var (run, opened) = (Engine(), Engine())
    for (name, bytes) in try Self.files(folder) { run.take(bytes, named: name) }
    _ = try Asked.ask(&run, #"{"call": "load", "name": "model"}"#)
    _ = try Asked.ask(&run, #"{"call": "run", "prompt": "\#(prompt)"}"#)

    let files = try Self.files(folder)
    let held = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.bytes) })
    let model = try Model(in: Folder(name: "model", files: held), name: "model")
    let read = try model.prompt(prompt)
    var options = RecordingOptions()
    options.put = (read.put.before, read.put.after)
    var trace = try model.record(read.text, tokens: read.tokens, options)
    trace.addReasons(of: model, read.tokens, within: Trace.attributionBudget)
    let part = trace.withoutRecomputable
    var bytes: [UInt8] = []
    try Safetensors.write(part.orderedTensors, metadata: [:], file: "trace") { bytes += $0 }
    let notes = try JSONEncoder().encode(part.metadata)
    opened.take(Bytes(copying: bytes), named: "trace.safetensors")
    opened.take(Bytes(copying: notes), named: "trace.json")
    let reply = try Asked.ask(&opened, #"{"call": "open"}"#)
    #expect(reply["prompt"]?.string == prompt)
    return (run, opened)
  }

  /// The steps of a page that tell of what is followed.
  private func following(_ page: String) -> [String] {
    page.matches(of: /(?s)<article class="step.*?<\/article>/).map { String($0.0) }
      .filter { $0.prefix { $0 != ">" }.contains("data-follows") }
  }

  @Test(arguments: folders)
  func `what is followed is told from the record as from the run`(folder: String) throws {
    var (run, opened) = try engines(folder, "The capital of Italy is")
    for call in [
      #"{"call": "edition", "language": "en"}"#, #"{"call": "edition", "language": "ja"}"#,
      #"{"call": "edition", "layer": 1, "head": 1}"#,
    ] {
      let told = following(Asked.text(&run, call))
      let again = following(Asked.text(&opened, call))
      #expect(told.count > 15 && told.count == again.count)
      for (a, b) in zip(told, again) { #expect(a == b, "\(a.prefix(300)) \(b.prefix(300))") }
    }
    for call in [
      #"{"call": "facts"}"#,
      #"{"call": "machine", "position": 2, "layer": 1, "head": 1}"#,
      #"{"call": "distribution", "temperature": 0.7, "top_k": 5}"#,
      #"{"call": "draw", "seed": 3, "turn": 2}"#,
      #"{"call": "numbers", "name": "blocks.1.hook_resid_mid", "columns": 8}"#,
      #"{"call": "step", "stage": "attention", "step": "scores", "position": 1, "layer": 0}"#,
    ] {
      let (told, again) = (Asked.text(&run, call), Asked.text(&opened, call))
      #expect(told == again, "\(call) \(told.prefix(100)) \(again.prefix(100))")
      let isAbsent = folder.hasSuffix("neox") && call.contains("resid_mid")
      #expect(told.hasPrefix(#"{"error""#) == isAbsent, "\(call) \(told)")
    }
  }

  @Test func `what needs the model is refused`() throws {
    var (_, opened) = try engines("tiny-gpt2", "The king")
    for call in [
      #"{"call": "run", "prompt": "The queen"}"#, #"{"call": "score", "text": "The queen"}"#,
      #"{"call": "words", "action": "nearest", "text": "king"}"#,
      #"{"call": "compare", "prompt": "The queen"}"#,
    ] {
      #expect(throws: Asked.Refusal.self, "\(call)") { try Asked.ask(&opened, call) }
    }
    let weight = #"{"call": "numbers", "name": "embed.W_E"}"#
    #expect(throws: Asked.Refusal.self) { try Asked.ask(&opened, weight) }
    // And the run is still there.
    #expect(try Asked.ask(&opened, #"{"call": "facts"}"#)["facts"]?["tokens"]?.array?.count == 2)
  }

  @Test func `what is no record is refused`() throws {
    var engine = Engine()
    #expect(throws: Asked.Refusal.self) { try Asked.ask(&engine, #"{"call": "open"}"#) }
    for tensors in ["", "no tensors", "\u{8}\0\0\0\0\0\0\0{}      "] {
      engine.take(Bytes(copying: Array(tensors.utf8)), named: "trace.safetensors")
      engine.take(Bytes(copying: Array("{}".utf8)), named: "trace.json")
      #expect(throws: Asked.Refusal.self) { try Asked.ask(&engine, #"{"call": "open"}"#) }
    }
  }
}
