/// The tokens, each with its number.
///
/// A token has a key, which is how files write it (`Ġking`), and bytes, which is what it stands
/// for (` king`). Both are bytes here, not `String`: two spellings of é that Unicode holds to be
/// the same are different tokens.
struct Vocabulary: Sendable {
  /// More ids than any vocabulary in use has tenfold: an id of 10¹⁵ in a broken file must not
  /// reserve 10¹⁵ rows.
  static let mostTokens = 1 << 22

  /// The largest id plus one; ids below it without a token are possible.
  var count: Int { tokens.count }

  /// How keys write bytes.
  let spelling: Spelling
  private var tokens: [[UInt8]?] = []
  private var index: TokenIndex

  /// Why a token cannot be added.
  enum Conflict: Error {
    case idOutOfRange
    case idTaken(by: [UInt8])
    case keyTaken(by: Int)
  }

  /// A vocabulary without tokens, with room for `count`.
  init(capacity count: Int, spelling: Spelling = .byteLevel) {
    self.spelling = spelling
    tokens.reserveCapacity(count)
    index = TokenIndex(capacity: count)
  }

  /// Adds a token.
  ///
  /// A key outside the byte alphabet stands for its own UTF-8, as Hugging Face's decoder has it.
  ///
  /// - Throws: ``Conflict`` if the id is not one, or if it or the key is in use.
  mutating func add(_ key: ArraySlice<UInt8>, id: Int) throws(Conflict) {
    guard (0..<Self.mostTokens).contains(id) else { throw .idOutOfRange }
    if let other = self.id(ofKey: key) { throw .keyTaken(by: other) }
    if let other = self[id] { throw .idTaken(by: other) }
    index.insert(key, id: Int32(id))
    while tokens.count <= id { tokens.append(nil) }
    tokens[id] = spelling.bytes(of: key)
  }

  /// Adds a token that stands for its key's own UTF-8, or lets one that is there already with
  /// this id do so; among SentencePiece's pieces it is read as one of them.
  ///
  /// - Throws: ``Conflict`` if the id is not one, or if it or the key is another token's.
  mutating func addVerbatim(_ key: ArraySlice<UInt8>, id: Int) throws(Conflict) {
    if self.id(ofKey: key) != id { try add(key, id: id) }
    if case .byteLevel = spelling { tokens[id] = Array(key) }
  }

  /// The bytes of a token; nil for an id that has none.
  subscript(id: Int) -> [UInt8]? { tokens.indices.contains(id) ? tokens[id] : nil }

  /// The id of the token that files write so; the key may be given in two parts.
  func id(ofKey key: ArraySlice<UInt8>, _ rest: ArraySlice<UInt8> = []) -> Int? {
    index.id(of: key, rest).map(Int.init)
  }

  /// How files write a token; nil for an id that has none.
  func key(of id: Int) -> ArraySlice<UInt8>? { self[id] == nil ? nil : index.key(of: Int32(id)) }

  /// The id of a token that stands for these bytes.
  func id(of bytes: [UInt8]) -> Int? {
    id(ofKey: spelling.key(of: bytes)[...])
      ?? id(ofKey: bytes[...]).flatMap { self[$0] == bytes ? $0 : nil }
  }
}
