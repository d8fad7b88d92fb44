/// A piece of the prompt that the pre-tokenizer cut out: no merge crosses its borders.
public struct TextPiece: Sendable, Equatable {
  /// The piece's text.
  public var text: String
  /// How many tokens it became.
  public var tokens: Int

  /// Makes a piece.
  public init(text: String, tokens: Int) {
    self.text = text
    self.tokens = tokens
  }
}

extension [TextPiece] {
  /// Whether these can be the pieces of a prompt: not empty, and of no more tokens than it has.
  func fit(_ tokens: [TraceToken]) -> Bool {
    var rest = tokens.count
    for piece in self {
      guard 0...rest ~= piece.tokens else { return false }
      rest -= piece.tokens
    }
    return !isEmpty
  }
}
