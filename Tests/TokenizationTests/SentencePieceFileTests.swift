import Files
import Foundation
import Testing
import Tokenization

/// `tokenizer.model`, written here by the format's definition, out of the vocabulary of a
/// `tokenizer.json` of Mistral's layout.
@Suite struct SentencePieceFileTests {
  /// A message of protocol buffers.
  struct Message {
    var bytes: [UInt8] = []

    mutating func add(number: UInt64) {
      var rest = number
      while rest >= 0x80 {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }

    mutating func add(_ field: UInt64, whole number: UInt64) {
      add(number: field << 3)
      add(number: number)
    }

    mutating func add(_ field: UInt64, float value: Float) {
      add(number: field << 3 | 5)
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
    }

    mutating func add(_ field: UInt64, _ content: [UInt8]) {
      add(number: field << 3 | 2)
      add(number: UInt64(content.count))
      bytes += content
    }
  }

  static func file(
    modelType: UInt64 = 2,
    squeezesSpaces: UInt64 = 0
  ) throws -> [UInt8] {
    let path = FamilyTests.folder + "/mistral/tokenizer.json"
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
    let model = (json as? [String: Any])?["model"] as? [String: Any]
    let vocabulary = try #require(model?["vocab"] as? [String: Int])
    var file = Message()
    for (piece, id) in vocabulary.sorted(by: { $0.value < $1.value }) {
      var message = Message()
      message.add(1, Array(piece.utf8))
      // Signs, bytes, then pieces: the earlier the better.
      message.add(2, float: id < 259 ? 0 : Float(259 - id))
      message.add(3, whole: id == 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1)
      file.add(1, message.bytes)
    }
    var trainer = Message()
    trainer.add(3, whole: modelType)
    trainer.add(35, whole: 1)
    file.add(2, trainer.bytes)
    var normalizer = Message()
    normalizer.add(1, Array("identity".utf8))
    normalizer.add(3, whole: 1)
    normalizer.add(4, whole: squeezesSpaces)
    file.add(3, normalizer.bytes)
    return file.bytes
  }

  static func withModel<Result>(
    _ bytes: [UInt8],
    config: String,
    _ body: (String) throws -> Result
  ) throws -> Result {
    try withFolder(["tokenizer_config.json": config, "config.json": #"{"model_type": "llama"}"#]) {
      try Data(bytes).write(to: URL(filePath: $0 + "/tokenizer.model"))
      return try body($0)
    }
  }

  @Test(arguments: [
    (#"{"legacy": true}"#, "mistral/tokenizer.json"),
    (#"{"legacy": false, "add_bos_token": true}"#, "mistral/tokenizer-metaspace.json"),
  ])
  func `pieces with scores give what merges give`(config: String, family: String) throws {
    let tokenizer = try Self.withModel(Self.file(), config: config) { try Tokenizer(folder: $0) }
    #expect(tokenizer.count == 320 && tokenizer.endOfTextID == 2)
    for reference in try #require(try FamilyTests.cases()[family]) {
      let ids = tokenizer.encode(reference.text, addingSpecialTokens: true)
      #expect(ids == reference.ids, "\(reference.text.debugDescription)")
      let decoded = tokenizer.decode(ids, skippingSpecialTokens: true)
      #expect(decoded.utf8.elementsEqual(reference.decoded.utf8))
    }
  }

  @Test func `what is not known is refused`() throws {
    func failure(_ bytes: [UInt8]) throws -> String? {
      try Self.withModel(bytes, config: "{}") { folder in
        do throws(TokenizationError) {
          _ = try Tokenizer(folder: folder)
          return nil
        } catch { return error.description.replacingOccurrences(of: folder + "/", with: "") }
      }
    }
    let kind = "tokenizer.model is not a tokenizer of a kind that is known here: "
    #expect(try failure(Self.file(modelType: 1)) == kind + "its model is Unigram, not BPE")
    #expect(try failure(Self.file(squeezesSpaces: 1)) == kind + "it changes the text first")
    #expect(try failure([]) == "tokenizer.model: it lists no pieces")
    #expect(try failure([0x0A, 0x7F]) == "tokenizer.model: it ends within a field")
    #expect(try failure([0x0F]) == "tokenizer.model: byte 1 is no field of a SentencePiece model")
    let whole = try Self.file()
    for length in stride(from: 1, to: whole.count, by: 97) {
      #expect(try failure(Array(whole[..<length])) != nil)
    }
  }
}
