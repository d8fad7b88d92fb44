import Formats

/// The ways in which files write added tokens.
enum AddedTokensFile {
  /// An added token, and the id that a file states for it.
  struct Stated {
    let token: AddedToken
    let id: Int
  }

  /// `added_tokens` of `tokenizer.json`: `[{"id": 50256, "content": "<|endoftext|>", …}]`.
  static func list(_ value: JSONValue, in file: TextFile) throws(TokenizationError) -> [Stated] {
    guard let elements = value.array else {
      throw file.malformed(at: value.offset, "expected a list of added tokens")
    }
    var stated: [Stated] = []
    for element in elements {
      stated.append(try Self.stated(element, id: element["id"]?.integer, in: file))
    }
    return stated
  }

  /// `added_tokens_decoder` of `tokenizer_config.json`: `{"50256": {"content": "<|endoftext|>",
  /// …}}`.
  static func byID(_ value: JSONValue, in file: TextFile) throws(TokenizationError) -> [Stated] {
    guard let members = value.members else {
      throw file.malformed(at: value.offset, "expected an object of added tokens by id")
    }
    var stated: [Stated] = []
    for member in members {
      let id = Int(String(decoding: member.key, as: UTF8.self))
      stated.append(try Self.stated(member.value, id: id, in: file))
    }
    return stated
  }

  /// `added_tokens.json`: `{"<|pad|>": 50257}`.
  ///
  /// - Parameters:
  ///   - value: The object.
  ///   - file: Where it stands.
  ///   - special: The tokens that other files call special.
  /// - Returns: The tokens and ids, in the order of the file.
  /// - Throws: ``TokenizationError`` if it is no such object.
  static func byContent(
    _ value: JSONValue,
    in file: TextFile,
    special: Set<[UInt8]>
  ) throws(TokenizationError) -> [Stated] {
    guard let members = value.members else {
      throw file.malformed(at: value.offset, "expected an object of added tokens and their ids")
    }
    var stated: [Stated] = []
    for member in members {
      guard let id = member.value.integer, !member.key.isEmpty else {
        throw file.malformed(at: member.value.offset, "expected an added token and its id")
      }
      let content = Array(member.key)
      let token = AddedToken(content: content, isSpecial: special.contains(content))
      stated.append(Stated(token: token, id: id))
    }
    return stated
  }

  /// A token as an object, `{"content": "<s>", "lstrip": false, …}`.
  ///
  /// - Parameters:
  ///   - value: Any value.
  ///   - isSpecial: Whether the token is special, if that is known without the object's word.
  /// - Returns: nil for what is no such object.
  static func token(_ value: JSONValue, isSpecial: Bool? = nil) -> AddedToken? {
    guard let content = value["content"]?.bytes, !content.isEmpty else { return nil }
    return AddedToken(
      content: Array(content),
      singleWord: value["single_word"]?.boolean ?? false,
      stripsLeft: value["lstrip"]?.boolean ?? false,
      stripsRight: value["rstrip"]?.boolean ?? false,
      isSpecial: isSpecial ?? value["special"]?.boolean ?? false,
      statedNormalized: value["normalized"]?.boolean
    )
  }

  private static func stated(
    _ value: JSONValue,
    id: Int?,
    in file: TextFile
  ) throws(TokenizationError) -> Stated {
    guard let id, let token = token(value) else {
      throw file.malformed(at: value.offset, "expected an added token with an id and a content")
    }
    return Stated(token: token, id: id)
  }
}
