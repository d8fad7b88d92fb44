#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `eos_token_id` of a settings file: the tokens at which generation stops.
///
/// - SeeAlso: `GenerationConfig`, <https://huggingface.co/docs/transformers/main_classes/text_generation>.
struct EndOfTextFile: Decodable {
  /// The ids; nil if the file names none.
  let ids: [Int]?

  private enum Key: String, CodingKey { case eos_token_id }

  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: Key.self)
    if let id = try? file.decode(Int.self, forKey: .eos_token_id) {
      ids = [id]
    } else {
      ids = try file.decodeIfPresent([Int].self, forKey: .eos_token_id)
    }
  }

  /// Reads a file's ids.
  ///
  /// - Throws: ``CheckpointError`` if it is no JSON object, or its ids are no whole numbers.
  static func ids(in json: Data, file: String) throws(CheckpointError) -> [Int]? {
    do {
      return try JSONDecoder().decode(Self.self, from: json.withoutByteOrderMark).ids
    } catch DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty {
      throw .setting(
        file: file,
        key: Key.eos_token_id.rawValue,
        problem: "is neither a token's id nor a list of ids"
      )
    } catch {
      throw .malformed(file: file, problem: json.isEmpty ? "is empty" : "is no JSON object")
    }
  }
}

extension Data {
  /// The bytes of a text in UTF-8 without the mark that some editors put before it.
  var withoutByteOrderMark: Data { starts(with: [0xEF, 0xBB, 0xBF]) ? Data(dropFirst(3)) : self }
}
