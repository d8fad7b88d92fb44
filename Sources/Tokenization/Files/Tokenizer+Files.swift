public import Formats

extension Tokenizer {
  /// Makes the tokenizer of a model folder: `tokenizer.json`, or else `vocab.json` and `merges.txt`.
  ///
  /// Added and special tokens of `tokenizer_config.json`, `special_tokens_map.json` and
  /// `added_tokens.json` count too, as with AutoTokenizer.
  ///
  /// - Parameter folder: A folder in the Hugging Face layout.
  /// - Throws: ``TokenizationError`` if none of the files is there, or one is malformed or of
  ///   another kind.
  public init(in folder: Folder) throws(TokenizationError) {
    try self.init(TokenizerFolder.parts(of: folder))
  }

  /// Makes a tokenizer of GPT-2's own two files.
  ///
  /// The token `<|endoftext|>`, if the vocabulary has it, is found in text as a whole.
  ///
  /// - Parameters:
  ///   - vocabulary: The name of `vocab.json` (OpenAI's was `encoder.json`).
  ///   - merges: The name of `merges.txt` (`vocab.bpe`).
  ///   - folder: Where they are.
  /// - Throws: ``TokenizationError`` if a file is missing, malformed, or does not fit the other.
  package init(
    vocabulary: String,
    merges: String,
    in folder: Folder
  ) throws(TokenizationError) {
    try self.init(
      endingTexts: TokenizerFolder.parts(
        vocabulary: try TextFile(vocabulary, in: folder),
        merges: try TextFile(merges, in: folder)
      )
    )
  }

  /// Makes a tokenizer of a `tokenizer.json` of Hugging Face's tokenizers library, if it is
  /// byte-level BPE as GPT-2 does it.
  ///
  /// - Parameters:
  ///   - tokenizerFile: The file's name.
  ///   - folder: Where it is.
  /// - Throws: ``TokenizationError`` if the file is missing, malformed, or of another kind of
  ///   tokenizer.
  package init(tokenizerFile: String, in folder: Folder) throws(TokenizationError) {
    try self.init(endingTexts: TokenizerFile.parts(of: try TextFile(tokenizerFile, in: folder)))
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
