public import Formats

extension Tokenizer {
  /// Makes the tokenizer that a GGUF file carries.
  ///
  /// `tokenizer.ggml.model` says of which kind it is: `gpt2` merges bytes by a list of merges, in
  /// pieces that `tokenizer.ggml.pre` names a rule for; `llama` is SentencePiece's, which merges the
  /// two neighbours whose sum has the best score. The file does not say that Qwen's texts are
  /// composed (NFC) and that Llama 3 takes pieces that are tokens as a whole; both are done.
  ///
  /// - Parameter header: The file's header.
  /// - Throws: ``TokenizationError`` if the tokenizer is malformed or of another kind.
  /// - SeeAlso: `llama-vocab.cpp` in <https://github.com/ggml-org/llama.cpp>.
  public init(_ header: GGUFHeader) throws(TokenizationError) {
    try self.init(GGUFTokenizer(header: header).parts())
  }
}

/// Reads a tokenizer out of a GGUF file's metadata.
private struct GGUFTokenizer {
  let header: GGUFHeader

  private func value(_ name: String) -> GGUFValue? { header["tokenizer.ggml." + name] }

  private func malformed(_ reason: String) -> TokenizationError {
    .malformed(file: header.name, line: nil, reason: reason)
  }

  func parts() throws(TokenizationError) -> TokenizerParts {
    guard let model = value("model")?.string else { throw malformed("it carries no tokenizer") }
    guard let tokens = value("tokens")?.array?.texts, !tokens.isEmpty else {
      throw malformed("“tokenizer.ggml.tokens” lists no tokens")
    }
    let file = TextFile(ofBinary: header.name)
    var parts = TokenizerParts(vocabularyFile: file, mergesFile: file)
    let kinds = try kinds(tokens.count)
    parts.take(tokens, kinds)
    switch model {
    case "gpt2": try readMerges(into: &parts, file)
    case "llama": try readPieces(tokens, kinds, into: &parts)
    default: throw .unsupported(file: header.name, reason: "its model is \(model)")
    }
    try readSurroundings(tokens, isPieces: model == "llama", into: &parts)
    return parts
  }

  private func kinds(_ count: Int) throws(TokenizationError) -> [PieceKind] {
    guard let stated = value("token_type") else { return Array(repeating: .normal, count: count) }
    guard let numbers = stated.array?.numbers, numbers.count == count else {
      throw malformed("“tokenizer.ggml.token_type” has not one type for each token")
    }
    return numbers.map { Int(exactly: $0).flatMap { PieceKind(rawValue: $0) } ?? .normal }
  }

  // MARK: - GPT-2's kind

  private func readMerges(
    into parts: inout TokenizerParts,
    _ file: TextFile
  ) throws(TokenizationError) {
    guard let lines = value("merges")?.array?.texts else {
      throw malformed("“tokenizer.ggml.merges” lists no merges")
    }
    parts.pairs.reserveCapacity(lines.count)
    for line in lines { parts.pairs.append(try MergesFile.pair(line, at: 0, in: file)) }
    switch value("pre")?.string ?? "default" {
    case "default", "gpt-2", "olmo", "phi-2": break
    case "llama-bpe", "llama3", "llama-v3":
      parts.preparation.preTokenizer = PreTokenizer(rule: .lines(mostDigits: 3))
      parts.takesWholes = true
    case "qwen2", "deepseek-r1-qwen":
      parts.preparation.preTokenizer = PreTokenizer(rule: .lines(mostDigits: 1))
      parts.preparation.normalizer = Normalizer(steps: [.compose])
    case "smollm", "starcoder": parts.preparation.preTokenizer.digits = .alone
    case let other:
      throw .unsupported(file: header.name, reason: "it cuts text as “\(other.printable)” does")
    }
    parts.addsPrefixSpace = value("add_space_prefix")?.boolean ?? false
  }

  // MARK: - SentencePiece

  private func readPieces(
    _ tokens: [ArraySlice<UInt8>],
    _ kinds: [PieceKind],
    into parts: inout TokenizerParts
  ) throws(TokenizationError) {
    guard let scores = value("scores")?.array?.numbers, scores.count == tokens.count else {
      throw malformed("“tokenizer.ggml.scores” has not one score for each token")
    }
    parts.takePieces(
      scores: scores.map { Float($0) },
      kinds,
      isPrefixed: value("add_space_prefix")?.boolean ?? true
    )
    if let id = try id("unknown_token_id", tokens.count) {
      parts.unknown = (tokens[id], fused: true)
    }
  }

  // MARK: - Tokens around a text

  private func readSurroundings(
    _ tokens: [ArraySlice<UInt8>],
    isPieces: Bool,
    into parts: inout TokenizerParts
  ) throws(TokenizationError) {
    let first = try id("bos_token_id", tokens.count)
    let last = try id("eos_token_id", tokens.count)
    let addsFirst = value("add_bos_token")?.boolean ?? (isPieces || parts.takesWholes)
    let addsLast = value("add_eos_token")?.boolean ?? false
    parts.surrounding = SurroundingTokens(
      before: addsFirst ? first.map { [$0] } ?? [] : [],
      after: addsLast ? last.map { [$0] } ?? [] : []
    )
    if let last { parts.special.setEndOfText(Array(tokens[last])) }
  }

  private func id(_ name: String, _ count: Int) throws(TokenizationError) -> Int? {
    guard let value = value(name) else { return nil }
    guard let id = value.integer, (0..<count).contains(id) else {
      throw malformed("“tokenizer.ggml.\(name)” is none of its \(count) tokens")
    }
    return id
  }
}
