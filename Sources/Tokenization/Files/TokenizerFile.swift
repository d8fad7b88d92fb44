import Formats

/// `tokenizer.json`: everything in one file, of Hugging Face's many kinds of tokenizers those that
/// encode byte pairs as GPT-2 or SentencePiece does.
///
/// What the file says of padding and truncation is not followed: a text has the tokens that it has.
enum TokenizerFile {
  /// Reads the file.
  ///
  /// - Throws: ``TokenizationError`` if it is malformed, or describes another kind of tokenizer.
  static func parts(of file: TextFile) throws(TokenizationError) -> TokenizerParts {
    let root = try file.json()
    guard root.members != nil, let model = root["model"] else {
      throw file.malformed(at: root.offset, "expected an object with a ‘model’")
    }
    try checkModel(model, in: file)
    var parts = TokenizerParts(vocabularyFile: file, mergesFile: file)
    try TextPreparationFile.read(root, into: &parts, in: file)
    parts.takesWholes = model["ignore_merges"]?.boolean ?? false
    parts.fallsBackToBytes = model["byte_fallback"]?.boolean ?? false
    if case .byteLevel = parts.spelling, parts.fallsBackToBytes {
      throw unsupported(file, "its model sets byte_fallback")
    }
    if case .pieces = parts.spelling, parts.takesWholes {
      throw unsupported(file, "its model sets ignore_merges")
    }
    guard let vocabulary = model["vocab"], let merges = model["merges"] else {
      throw file.malformed(at: model.offset, "expected a model with ‘vocab’ and ‘merges’")
    }
    parts.entries = try VocabularyFile.entries(of: vocabulary, in: file)
    parts.pairs = try pairs(of: merges, in: file)
    if let added = root["added_tokens"], !added.isNull {
      parts.listed = try AddedTokensFile.list(added, in: file)
      parts.inTokenizer = parts.listed.count
    }
    parts.surrounding = try PostProcessorFile.tokens(root["post_processor"], in: file)
    if let unknown = model["unk_token"]?.bytes {
      parts.unknown = (unknown, fused: model["fuse_unk"]?.boolean ?? false)
    }
    return parts
  }

  // MARK: - The model

  private static func checkModel(
    _ model: JSONValue,
    in file: TextFile
  ) throws(TokenizationError) {
    let type = model["type"]?.string ?? "BPE"
    guard type == "BPE" else { throw unsupported(file, "its model is \(type), not BPE") }
    for option in ["continuing_subword_prefix", "end_of_word_suffix"]
    where model[option]?.bytes?.isEmpty == false {
      throw unsupported(file, "its model has \(option)")
    }
    if let dropout = model["dropout"], !dropout.isNull, dropout.integer != 0 {
      throw unsupported(file, "its model drops merges at random (dropout)")
    }
  }

  /// Merges are written `"Ġ t"`, or since 2024 `["Ġ", "t"]`.
  private static func pairs(
    of value: JSONValue,
    in file: TextFile
  ) throws(TokenizationError) -> [TokenizerParts.Pair] {
    guard let elements = value.array else {
      throw file.malformed(at: value.offset, "expected a list of merges")
    }
    var pairs: [TokenizerParts.Pair] = []
    pairs.reserveCapacity(elements.count)
    for element in elements {
      if let line = element.bytes {
        pairs.append(try MergesFile.pair(line, at: element.offset, in: file))
      } else if let words = element.array, words.count == 2,
        let left = words[0].bytes, let right = words[1].bytes
      {
        pairs.append(TokenizerParts.Pair(left: left, right: right, offset: element.offset))
      } else {
        throw file.malformed(at: element.offset, "merge \(pairs.count + 1) is not two tokens")
      }
    }
    return pairs
  }

  private static func unsupported(_ file: TextFile, _ reason: String) -> TokenizationError {
    .unsupported(file: file.name, reason: reason)
  }
}
