import Engine
import Formats
import Foundation
import TestSupport
import Testing

/// Asks an engine natively, as a page's script asks it.
enum Asked {
  /// What an engine says that it cannot do.
  struct Refusal: Error, Equatable { let sentence: String }

  /// An engine with the fixture's model, whose logits PyTorch computed.
  static func engine() throws -> Engine {
    var engine = Engine()
    for name in ["config.json", "model.safetensors", "vocab.json", "merges.txt"] {
      let data = try Data(contentsOf: URL(filePath: "\(Fixtures.tinyGPT2)/\(name)"))
      engine.take(Bytes(copying: data), named: name)
    }
    _ = try ask(&engine, #"{"call": "load", "name": "tiny"}"#)
    return engine
  }

  /// A call's reply.
  static func ask(_ engine: inout Engine, _ call: String) throws -> JSONValue {
    let reply = text(&engine, call)
    let json = try #require(JSONValue(parsing: reply), "\(reply.prefix(200))")
    if let error = json["error"]?.string { throw Refusal(sentence: error) }
    return json
  }

  /// A reply that is no JSON.
  static func text(_ engine: inout Engine, _ call: String) -> String {
    String(decoding: engine.respond(to: Array(call.utf8)), as: UTF8.self)
  }
}
