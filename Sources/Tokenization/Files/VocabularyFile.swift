import Formats

/// `vocab.json`: one object, from tokens in the byte alphabet to ids.
enum VocabularyFile {
  /// Reads the object.
  ///
  /// - Parameters:
  ///   - value: The object: all of `vocab.json`, or `model.vocab` of `tokenizer.json`.
  ///   - file: Where it stands.
  /// - Returns: The tokens and ids, in the order of the file.
  /// - Throws: ``TokenizationError`` if it is no such object, or empty.
  static func entries(
    of value: JSONValue,
    in file: TextFile
  ) throws(TokenizationError) -> [TokenizerParts.Entry] {
    guard let members = value.members else {
      throw file.malformed(at: value.offset, "expected an object of tokens and their ids")
    }
    guard !members.isEmpty else { throw file.malformed(at: value.offset, "no tokens") }
    var entries: [TokenizerParts.Entry] = []
    entries.reserveCapacity(members.count)
    for member in members {
      guard let id = member.value.integer else {
        throw file.malformed(
          at: member.value.offset,
          "the id of \(quoted(member.key)) is not a whole number"
        )
      }
      entries.append(
        TokenizerParts.Entry(key: member.key, id: id, offset: member.value.offset)
      )
    }
    return entries
  }
}
