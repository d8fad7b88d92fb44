extension Tokenizer {
  /// Loads GPT-2's own two files.
  ///
  /// The token `<|endoftext|>`, if the vocabulary has it, is found in text as a whole.
  ///
  /// - Parameters:
  ///   - vocabularyFile: Path of `vocab.json` (OpenAI's name for it was `encoder.json`).
  ///   - mergesFile: Path of `merges.txt` (`vocab.bpe`).
  /// - Throws: ``TokenizationError`` if a file is missing, malformed, or does not fit the other.
  public init(vocabularyFile: String, mergesFile: String) throws(TokenizationError) {
    try self.init(
      endingTexts: TokenizerFolder.parts(
        vocabulary: try TextFile(path: vocabularyFile),
        merges: try TextFile(path: mergesFile)
      )
    )
  }

  /// Loads a `tokenizer.json` of Hugging Face's tokenizers library, if it is byte-level BPE as
  /// GPT-2 does it.
  ///
  /// - Parameter tokenizerFile: Path of the file.
  /// - Throws: ``TokenizationError`` if the file is missing, malformed, or of another kind of
  ///   tokenizer.
  public init(tokenizerFile: String) throws(TokenizationError) {
    try self.init(endingTexts: TokenizerFile.parts(of: try TextFile(path: tokenizerFile)))
  }

  /// Loads the tokenizer of a model folder: `tokenizer.json`, or else `vocab.json` and
  /// `merges.txt`.
  ///
  /// Added and special tokens of `tokenizer_config.json`, `special_tokens_map.json` and
  /// `added_tokens.json` count too, as with AutoTokenizer.
  ///
  /// - Parameter folder: Path of a folder in the Hugging Face layout.
  /// - Throws: ``TokenizationError`` if none of the files is there, or one is malformed or of
  ///   another kind.
  public init(folder: String) throws(TokenizationError) {
    try self.init(TokenizerFolder.parts(of: folder))
  }

  /// Makes a tokenizer of files in memory, such as those compiled in.
  ///
  /// - Parameters:
  ///   - vocabulary: The bytes of `vocab.json`.
  ///   - merges: The bytes of `merges.txt`.
  ///   - name: What errors call them.
  /// - Throws: ``TokenizationError`` if one is malformed or does not fit the other.
  public init(
    vocabulary: some Sequence<UInt8>,
    merges: some Sequence<UInt8>,
    name: String
  ) throws(TokenizationError) {
    try self.init(
      endingTexts: TokenizerFolder.parts(
        vocabulary: try TextFile(name: "\(name)/vocab.json", bytes: Array(vocabulary)),
        merges: try TextFile(name: "\(name)/merges.txt", bytes: Array(merges))
      )
    )
  }

  /// Makes a tokenizer of files that name no special tokens: `<|endoftext|>` ends a text if they
  /// have it.
  private init(endingTexts parts: TokenizerParts) throws(TokenizationError) {
    var parts = parts
    let end = Array("<|endoftext|>".utf8)
    if parts.entries.contains(where: { $0.key.elementsEqual(end) })
      || parts.listed.contains(where: { $0.token.content == end })
    {
      parts.special.setEndOfText(end)
    }
    try self.init(parts)
  }
}
