package import Formats

/// The tokenizer of a model folder in the Hugging Face layout, read as AutoTokenizer reads it for a
/// GPT-2.
///
/// `tokenizer.json` comes first, then `vocab.json` with `merges.txt`, then `tokenizer.model`. Beside any,
/// `tokenizer_config.json` may tell of added and special tokens, of a space before the text, and of
/// tokens put around it; without a list of added tokens there, `special_tokens_map.json`,
/// `added_tokens.json` and `tokenizer.json` are asked for them.
///
/// - SeeAlso: `PreTrainedTokenizerBase._from_pretrained` and `TokenizersBackend.__init__` of
///   transformers 5.
package enum TokenizerFolder {
  /// Reads what the folder has.
  ///
  /// - Throws: ``TokenizationError`` if there is no such folder, if it has none of the files, or
  ///   if one is malformed.
  static func parts(of folder: Folder) throws(TokenizationError) -> TokenizerParts {
    let config = try SettingsFile("tokenizer_config.json", in: folder)
    var isGPT2 = try isGPT2(config?.root, folder)
    var parts: TokenizerParts
    if folder.has("tokenizer.json") {
      parts = try TokenizerFile.parts(of: try TextFile("tokenizer.json", in: folder))
      // The class of GPT-2's tokenizers takes no more than these from the file.
      if case .pieces = parts.spelling { isGPT2 = false }
      if isGPT2 {
        (parts.addsPrefixSpace, parts.unknown, parts.inTokenizer) = (false, nil, 0)
      }
    } else if folder.has("vocab.json"), folder.has("merges.txt") {
      parts = try Self.parts(
        vocabulary: try TextFile("vocab.json", in: folder),
        merges: try TextFile("merges.txt", in: folder)
      )
      parts.addsNamed.bos = config?.root["add_bos_token"]?.boolean ?? false
      parts.addsNamed.eos = config?.root["add_eos_token"]?.boolean ?? false
      isGPT2 = true
    } else if folder.has("tokenizer.model") {
      return try pieces(config, folder)
    } else {
      throw .missing(path: folder.name, wanted: "vocab.json with merges.txt, nor tokenizer.json,")
    }
    if isGPT2, let flag = config?.root["add_prefix_space"]?.boolean {
      parts.addsPrefixSpace = flag
    }
    try parts.addTokens(config, folder)
    if isGPT2 { parts.special.addDefaultsOfGPT2() }
    return parts
  }

  /// The parts that `tokenizer.model` makes, where there is nothing else.
  private static func pieces(
    _ config: SettingsFile?,
    _ folder: Folder
  ) throws(TokenizationError) -> TokenizerParts {
    let file = try SentencePieceFile("tokenizer.model", in: folder)
    var parts = try file.parts(marksFirstAlone: config?.root["legacy"]?.boolean != true)
    try parts.addTokens(config, folder)
    if parts.special["eos_token"] == nil, let end = file.token(file.last) {
      parts.special.setEndOfText(end)
    }
    let addsFirst = config?.root["add_bos_token"]?.boolean ?? true
    let addsLast = config?.root["add_eos_token"]?.boolean ?? false
    parts.surrounding = SurroundingTokens(
      before: addsFirst && file.token(file.first) != nil ? [file.first] : [],
      after: addsLast && file.token(file.last) != nil ? [file.last] : []
    )
    return parts
  }

  /// Whether the folder asks for GPT-2's own class of tokenizers; it need not say so.
  private static func isGPT2(
    _ config: JSONValue?,
    _ folder: Folder
  ) throws(TokenizationError) -> Bool {
    var stated = config?["tokenizer_class"]?.string
    if stated == nil, let model = try? SettingsFile("config.json", in: folder) {
      stated = model.root["tokenizer_class"]?.string
      if stated == nil, let type = model.root["model_type"]?.string { return type == "gpt2" }
    }
    guard let stated else { return true }
    return stated == "GPT2Tokenizer" || stated == "GPT2TokenizerFast"
  }

  /// The special tokens that a folder names.
  ///
  /// - Throws: ``TokenizationError`` if one of the files is malformed.
  package static func specialTokens(of folder: Folder) throws(TokenizationError) -> SpecialTokens {
    let config = try SettingsFile("tokenizer_config.json", in: folder)
    var special = SpecialTokens(config: config?.root)
    if config?.lists == nil, let map = try SettingsFile("special_tokens_map.json", in: folder) {
      special.follow(map: map.root)
    }
    if try isGPT2(config?.root, folder) { special.addDefaultsOfGPT2() }
    return special
  }

  /// The parts that `vocab.json` and `merges.txt` make.
  ///
  /// - Throws: ``TokenizationError`` if one of them is malformed.
  static func parts(
    vocabulary: TextFile,
    merges: TextFile
  ) throws(TokenizationError) -> TokenizerParts {
    var parts = TokenizerParts(vocabularyFile: vocabulary, mergesFile: merges)
    let root = try vocabulary.json()
    parts.entries = try VocabularyFile.entries(of: root, in: vocabulary)
    parts.pairs = try MergesFile.pairs(in: merges)
    return parts
  }
}

/// A file of settings: an object in JSON.
struct SettingsFile {
  let file: TextFile
  let root: JSONValue

  /// Reads a file; nil if there is none.
  init?(_ name: String, in folder: Folder) throws(TokenizationError) {
    guard folder.has(name) else { return nil }
    file = try TextFile(name, in: folder)
    root = try file.json()
  }

  /// Its list of added tokens, if it has one.
  var lists: JSONValue? {
    guard let value = root["added_tokens_decoder"], !value.isNull else { return nil }
    return value
  }
}

extension TokenizerParts {
  /// Adds the tokens that the files beside name or list.
  fileprivate mutating func addTokens(
    _ config: SettingsFile?,
    _ folder: Folder
  ) throws(TokenizationError) {
    special = SpecialTokens(config: config?.root)
    let inFile = listed
    if let config, let value = config.lists {
      listed = inFile[..<inTokenizer] + (try AddedTokensFile.byID(value, in: config.file))
      return takeFlags()
    }
    if let map = try SettingsFile("special_tokens_map.json", in: folder) {
      special.follow(map: map.root)
    }
    if let added = try SettingsFile("added_tokens.json", in: folder) {
      let more = try AddedTokensFile.byContent(
        added.root,
        in: added.file,
        special: special.contents
      )
      listed = inFile[..<inTokenizer] + more + inFile
    } else {
      listed = inFile[..<inTokenizer] + inFile
    }
    takeFlags()
  }

  /// Gives named tokens the flags that they have where they are listed.
  private mutating func takeFlags() {
    var flags: [[UInt8]: AddedToken] = [:]
    for stated in listed.dropFirst(inTokenizer) { flags[stated.token.content] = stated.token }
    special.takeFlags(of: flags)
  }
}
