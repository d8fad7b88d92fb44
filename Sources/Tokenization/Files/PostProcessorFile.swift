import Formats

/// `post_processor` of `tokenizer.json`: the tokens that a tokenizer puts around every text.
enum PostProcessorFile {
  /// Reads the tokens.
  ///
  /// - Returns: The ids before and after a text; nil if the file leaves that to others.
  /// - Throws: ``TokenizationError`` if the processor is malformed or not one of those known.
  static func tokens(
    _ value: JSONValue?,
    in file: TextFile
  ) throws(TokenizationError) -> SurroundingTokens? {
    guard let value, !value.isNull else { return nil }
    guard value["type"]?.string == "Sequence" else { return try one(value, in: file) }
    var tokens = SurroundingTokens()
    for step in value["processors"]?.array ?? [] {
      let more = try one(step, in: file)
      tokens = SurroundingTokens(
        before: more.before + tokens.before,
        after: tokens.after + more.after
      )
    }
    return tokens
  }

  private static func one(
    _ value: JSONValue,
    in file: TextFile
  ) throws(TokenizationError) -> SurroundingTokens {
    switch value["type"]?.string {
    case "ByteLevel": return SurroundingTokens()
    case "TemplateProcessing": return try template(value, in: file)
    case "BertProcessing", "RobertaProcessing":
      guard let first = value["cls"]?.array, let last = value["sep"]?.array,
        first.count == 2, last.count == 2,
        let before = first[1].integer, let after = last[1].integer
      else { throw file.malformed(at: value.offset, "expected ‘cls’ and ‘sep’ with their ids") }
      return SurroundingTokens(before: [before], after: [after])
    case let type:
      let found = type ?? "something without a type"
      throw .unsupported(file: file.name, reason: "it puts tokens around a text by \(found)")
    }
  }

  /// `"single": [{"SpecialToken": {"id": "<s>"}}, {"Sequence": {"id": "A"}}]`.
  private static func template(
    _ value: JSONValue,
    in file: TextFile
  ) throws(TokenizationError) -> SurroundingTokens {
    var tokens = SurroundingTokens()
    var texts = 0
    for piece in value["single"]?.array ?? [] {
      if piece["Sequence"] != nil {
        texts += 1
      } else {
        guard let name = piece["SpecialToken"]?["id"]?.string,
          let ids = value["special_tokens"]?[name]?["ids"]?.array?.map({ $0.integer }),
          ids.allSatisfy({ $0 != nil })
        else { throw file.malformed(at: piece.offset, "expected a special token and its ids") }
        let found = ids.compactMap { $0 }
        if texts == 0 { tokens.before += found } else { tokens.after += found }
      }
    }
    guard texts == 1 else {
      throw file.malformed(at: value.offset, "expected a template with the text once in it")
    }
    return tokens
  }
}
