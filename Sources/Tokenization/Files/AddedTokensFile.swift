/// The three ways in which files list added tokens.
enum AddedTokensFile {
  /// `added_tokens` of `tokenizer.json`: `[{"id": 50256, "content": "<|endoftext|>", …}]`.
  static func list(
    _ value: JSONValue,
    in file: TextFile
  ) throws(TokenizationError) -> [TokenizerParts.Addition] {
    guard let elements = value.array else {
      throw file.malformed(at: value.offset, "expected a list of added tokens")
    }
    var additions: [TokenizerParts.Addition] = []
    for element in elements {
      additions.append(try addition(element, id: element["id"]?.integer, in: file))
    }
    return additions
  }

  /// `added_tokens_decoder` of `tokenizer_config.json`: `{"50256": {"content": "<|endoftext|>",
  /// …}}`.
  static func byID(
    _ value: JSONValue,
    in file: TextFile
  ) throws(TokenizationError) -> [TokenizerParts.Addition] {
    guard let members = value.members else {
      throw file.malformed(at: value.offset, "expected an object of added tokens by id")
    }
    var additions: [TokenizerParts.Addition] = []
    for member in members {
      let id = Int(String(decoding: member.key, as: UTF8.self))
      additions.append(try addition(member.value, id: id, in: file))
    }
    return additions
  }

  /// `added_tokens.json`: `{"<|pad|>": 50257}`.
  static func byContent(
    _ value: JSONValue,
    in file: TextFile
  ) throws(TokenizationError) -> [TokenizerParts.Addition] {
    guard let members = value.members else {
      throw file.malformed(at: value.offset, "expected an object of added tokens and their ids")
    }
    var additions: [TokenizerParts.Addition] = []
    for member in members {
      guard let id = member.value.integer, !member.key.isEmpty else {
        throw file.malformed(at: member.value.offset, "expected an added token and its id")
      }
      let token = AddedToken(content: Array(member.key), id: id, comesLast: true)
      additions.append(
        TokenizerParts.Addition(token: token, offset: member.value.offset, file: file)
      )
    }
    return additions
  }

  private static func addition(
    _ value: JSONValue,
    id: Int?,
    in file: TextFile
  ) throws(TokenizationError) -> TokenizerParts.Addition {
    guard let id, let content = value["content"]?.bytes, !content.isEmpty else {
      throw file.malformed(at: value.offset, "expected an added token with an id and a content")
    }
    let token = AddedToken(
      content: Array(content),
      id: id,
      singleWord: value["single_word"]?.boolean ?? false,
      stripsLeft: value["lstrip"]?.boolean ?? false,
      stripsRight: value["rstrip"]?.boolean ?? false,
      comesLast: value["normalized"]?.boolean ?? (value["special"]?.boolean != true)
    )
    return TokenizerParts.Addition(token: token, offset: value.offset, file: file)
  }
}
