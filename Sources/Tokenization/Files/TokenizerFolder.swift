/// The tokenizer of a model folder in the Hugging Face layout.
///
/// `vocab.json` and `merges.txt` come first, then `tokenizer.json`. Beside either,
/// `tokenizer_config.json` may tell of more added tokens, of a space before the text, and of the
/// token that ends a text; `added_tokens.json` (older) of added tokens too.
enum TokenizerFolder {
  /// Reads what the folder has.
  ///
  /// - Throws: ``TokenizationError`` if there is no such folder, if it has none of the files, or
  ///   if one is malformed.
  static func parts(of folder: String) throws(TokenizationError) -> TokenizerParts {
    guard TextFile.isFolder(folder) else { throw .missing(path: folder, wanted: "folder") }
    let root = folder.hasSuffix("/") ? folder : folder + "/"
    var parts: TokenizerParts
    if TextFile.exists(root + "vocab.json"), TextFile.exists(root + "merges.txt") {
      parts = try Self.parts(
        vocabulary: try TextFile(path: root + "vocab.json"),
        merges: try TextFile(path: root + "merges.txt")
      )
    } else if TextFile.exists(root + "tokenizer.json") {
      parts = try TokenizerFile.parts(of: try TextFile(path: root + "tokenizer.json"))
    } else {
      throw .missing(path: folder, wanted: "vocab.json with merges.txt, nor tokenizer.json,")
    }
    if TextFile.exists(root + "added_tokens.json") {
      let file = try TextFile(path: root + "added_tokens.json")
      parts.add(try AddedTokensFile.byContent(try JSONParser.parse(file), in: file))
    }
    if TextFile.exists(root + "tokenizer_config.json") {
      try parts.follow(try TextFile(path: root + "tokenizer_config.json"))
    }
    return parts
  }

  /// The parts that `vocab.json` and `merges.txt` make.
  ///
  /// - Throws: ``TokenizationError`` if one of them is malformed.
  static func parts(
    vocabulary: TextFile,
    merges: TextFile
  ) throws(TokenizationError) -> TokenizerParts {
    var parts = TokenizerParts(vocabularyFile: vocabulary, mergesFile: merges)
    let root = try JSONParser.parse(vocabulary)
    parts.entries = try VocabularyFile.entries(of: root, in: vocabulary)
    parts.pairs = try MergesFile.pairs(in: merges)
    return parts
  }
}

extension TokenizerParts {
  /// Adds tokens; what is said of one later replaces what was said before.
  fileprivate mutating func add(_ more: [Addition]) {
    for addition in more {
      additions.removeAll { $0.token.content == addition.token.content }
      additions.append(addition)
    }
  }

  /// Follows `tokenizer_config.json` in what concerns encoding.
  fileprivate mutating func follow(_ file: TextFile) throws(TokenizationError) {
    let root = try JSONParser.parse(file)
    if let tokens = root["added_tokens_decoder"], !tokens.isNull {
      add(try AddedTokensFile.byID(tokens, in: file))
    }
    if let flag = root["add_prefix_space"]?.boolean { addsPrefixSpace = flag }
    // Written either "<|endoftext|>" or {"content": "<|endoftext|>", …}.
    if let token = root["eos_token"], let content = token.bytes ?? token["content"]?.bytes {
      endOfText = Array(content)
    }
  }
}
