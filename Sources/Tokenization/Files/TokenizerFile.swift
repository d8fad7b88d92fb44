import Formats

/// `tokenizer.json`: everything in one file, of Hugging Face's many kinds of tokenizers the one
/// that is GPT-2's.
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
    try checkNormalizer(root["normalizer"], in: file)
    var parts = TokenizerParts(vocabularyFile: file, mergesFile: file)
    parts.addsPrefixSpace = try addsPrefixSpace(root["pre_tokenizer"], in: file)
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
    for option in ["byte_fallback", "ignore_merges"] where model[option]?.boolean == true {
      throw unsupported(file, "its model sets \(option)")
    }
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

  // MARK: - What comes before the model

  private static func checkNormalizer(
    _ normalizer: JSONValue?,
    in file: TextFile
  ) throws(TokenizationError) {
    guard let normalizer, !normalizer.isNull else { return }
    if normalizer["normalizers"]?.array?.isEmpty == true { return }
    throw unsupported(file, "it changes the text first (\(type(of: normalizer)))")
  }

  /// Whether a space goes before the text: checks that pieces are cut as GPT-2 cuts them.
  private static func addsPrefixSpace(
    _ value: JSONValue?,
    in file: TextFile
  ) throws(TokenizationError) -> Bool {
    guard let value, !value.isNull else {
      throw unsupported(file, "it does not cut text into pieces (no pre_tokenizer)")
    }
    let steps = value["pretokenizers"]?.array ?? [value]
    if steps.count == 1, type(of: steps[0]) == "ByteLevel" {
      guard steps[0]["use_regex"]?.boolean ?? true else {
        throw unsupported(file, "it does not cut text into pieces (use_regex is false)")
      }
      return steps[0]["add_prefix_space"]?.boolean ?? true
    }
    guard steps.count == 2, type(of: steps[0]) == "Split", type(of: steps[1]) == "ByteLevel",
      steps[1]["use_regex"]?.boolean == false
    else {
      throw unsupported(
        file,
        "it cuts text by \(steps.map { type(of: $0) }.joined(separator: " and "))"
      )
    }
    guard let pattern = steps[0]["pattern"]?["Regex"]?.string,
      patterns.contains(pattern),
      steps[0]["behavior"]?.string == "Isolated",
      steps[0]["invert"]?.boolean != true,
      steps[1]["add_prefix_space"]?.boolean == false
    else { throw unsupported(file, "it cuts text by another pattern than GPT-2's") }
    return false
  }

  /// GPT-2's pattern and the spelling that tiktoken gives it.
  private static let patterns = [
    PreTokenizer.pattern,
    #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#,
  ]

  private static func type(of value: JSONValue) -> String {
    value["type"]?.string ?? "something without a type"
  }

  private static func unsupported(_ file: TextFile, _ reason: String) -> TokenizationError {
    .unsupported(file: file.name, reason: reason)
  }
}
