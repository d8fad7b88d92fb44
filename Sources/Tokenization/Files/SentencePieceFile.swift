import Formats

/// `tokenizer.model`: SentencePiece's own file, a message in the format of protocol buffers.
///
/// - SeeAlso: `sentencepiece_model.proto` in <https://github.com/google/sentencepiece>.
struct SentencePieceFile {
  private let name: String
  private var tokens: [ArraySlice<UInt8>] = []
  private var scores: [Float] = []
  private var kinds: [PieceKind] = []
  private var isUnigram = true
  private var fallsBackToBytes = false
  private var isPrefixed = true
  private var squeezesSpaces = true
  private var mapsCharacters = false
  /// The ids of the unknown token and of those that begin and end a text; negative for none.
  private(set) var unknown = 0
  private(set) var first = 1
  private(set) var last = 2

  /// Reads a file of a folder.
  ///
  /// - Throws: ``TokenizationError`` if it is not there or no such message.
  init(_ file: String, in folder: Folder) throws(TokenizationError) {
    name = folder.path(of: file)
    switch folder[file] {
    case .missing: throw .missing(path: name, wanted: "file")
    case .unreadable(let reason): throw .unreadable(path: name, reason: reason)
    case .file(let content):
      let bytes = Array(content.buffer)
      try read(bytes[...]) { (me, field, value) throws(TokenizationError) in
        switch field {
        case 1: try me.readPiece(value.bytes)
        case 2: try me.readTrainer(value.bytes)
        case 3: try me.readNormalizer(value.bytes)
        default: break
        }
      }
    }
    guard !tokens.isEmpty else { throw malformed("it lists no pieces") }
  }

  /// The parts of a tokenizer.
  ///
  /// - Parameter marksFirstAlone: Whether a space goes before the whole text alone, and not before what follows a
  ///   special token too.
  /// - Returns: The parts, without tokens around a text.
  /// - Throws: ``TokenizationError`` if the file asks for what is not known here.
  func parts(marksFirstAlone: Bool) throws(TokenizationError) -> TokenizerParts {
    func refused(_ reason: String) -> TokenizationError {
      .unsupported(file: name, reason: reason)
    }
    guard !isUnigram else { throw refused("its model is Unigram, not BPE") }
    guard !mapsCharacters, !squeezesSpaces else { throw refused("it changes the text first") }
    let file = TextFile(ofBinary: name)
    var parts = TokenizerParts(vocabularyFile: file, mergesFile: file)
    parts.take(tokens, kinds)
    parts.takePieces(scores: scores, kinds, isPrefixed: isPrefixed && !marksFirstAlone)
    parts.fallsBackToBytes = fallsBackToBytes
    if isPrefixed, marksFirstAlone {
      parts.preparation.prefix = TextPreparation.Prefix(text: Metaspace.mark, onlyFirst: true)
      parts.stripsSpace = true
    }
    if tokens.indices.contains(unknown) { parts.unknown = (tokens[unknown], fused: true) }
    return parts
  }

  /// A token that the file has.
  func token(_ id: Int) -> [UInt8]? { tokens.indices.contains(id) ? Array(tokens[id]) : nil }

  // MARK: - Messages

  private mutating func readPiece(_ message: ArraySlice<UInt8>) throws(TokenizationError) {
    var (text, score, kind) = (message.prefix(0), Float(0), PieceKind.normal)
    try read(message) { (_, field, value) throws(TokenizationError) in
      switch field {
      case 1: text = value.bytes
      case 2: score = Float(bitPattern: UInt32(truncatingIfNeeded: value.number))
      case 3: kind = PieceKind(rawValue: Int(truncatingIfNeeded: value.number)) ?? .normal
      default: break
      }
    }
    guard tokens.count < Vocabulary.mostTokens else { throw malformed("it lists too many pieces") }
    tokens.append(text)
    scores.append(score)
    kinds.append(kind)
  }

  private mutating func readTrainer(_ message: ArraySlice<UInt8>) throws(TokenizationError) {
    try read(message) { (me, field, value) throws(TokenizationError) in
      let number = Int(truncatingIfNeeded: value.number)
      switch field {
      case 3: me.isUnigram = number != 2
      case 35: me.fallsBackToBytes = number != 0
      case 40: me.unknown = number
      case 41: me.first = number
      case 42: me.last = number
      default: break
      }
    }
  }

  private mutating func readNormalizer(_ message: ArraySlice<UInt8>) throws(TokenizationError) {
    try read(message) { (me, field, value) throws(TokenizationError) in
      switch field {
      case 2: me.mapsCharacters = !value.bytes.isEmpty
      case 3: me.isPrefixed = value.number != 0
      case 4: me.squeezesSpaces = value.number != 0
      default: break
      }
    }
  }

  /// A field's value: a number, or bytes.
  private struct Value {
    var number: UInt64 = 0
    var bytes: ArraySlice<UInt8> = []
  }

  /// Goes through the fields of a message.
  private mutating func read(
    _ message: ArraySlice<UInt8>,
    _ body: (inout Self, Int, Value) throws(TokenizationError) -> Void
  ) throws(TokenizationError) {
    var rest = message
    while !rest.isEmpty {
      let tag = try number(&rest)
      var value = Value()
      switch tag & 7 {
      case 0: value.number = try number(&rest)
      case 1, 5:
        let size = tag & 7 == 1 ? 8 : 4
        guard rest.count >= size else { throw malformed("it ends within a number") }
        for byte in rest.prefix(size).reversed() { value.number = value.number << 8 | UInt64(byte) }
        rest = rest.dropFirst(size)
      case 2:
        let length = try number(&rest)
        guard length <= UInt64(rest.count) else { throw malformed("it ends within a field") }
        value.bytes = rest.prefix(Int(length))
        rest = rest.dropFirst(Int(length))
      default: throw malformed("byte \(rest.startIndex) is no field of a SentencePiece model")
      }
      try body(&self, Int(truncatingIfNeeded: tag >> 3), value)
    }
  }

  /// A number of seven bits a byte.
  private func number(_ rest: inout ArraySlice<UInt8>) throws(TokenizationError) -> UInt64 {
    var (number, shift) = (UInt64(0), UInt64(0))
    while let byte = rest.popFirst(), shift < 64 {
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    throw malformed("it ends within a number")
  }

  private func malformed(_ reason: String) -> TokenizationError {
    .malformed(file: name, line: nil, reason: reason)
  }
}
