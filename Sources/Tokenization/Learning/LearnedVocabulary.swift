/// A vocabulary as it was learned, and the two files that it is kept in.
package struct LearnedVocabulary: Sendable {
  private let tokens: [[UInt8]]
  private let merges: [(left: Int32, right: Int32)]
  private let endOfText: String

  init(tokens: [[UInt8]], merges: [(left: Int32, right: Int32)], endOfText: String) {
    (self.tokens, self.merges, self.endOfText) = (tokens, merges, endOfText)
  }

  /// How many tokens there are, with the one that ends a text.
  package var count: Int { tokens.count + 1 }

  /// `vocab.json`: every token with its id.
  package var vocabularyFile: String {
    let entries = tokens.enumerated().map { id, bytes in
      "\(ByteAlphabet.text(of: bytes).quoted): \(id)"
    }
    return "{" + (entries + ["\(endOfText.quoted): \(tokens.count)"]).joined(separator: ", ")
      + "}\n"
  }

  /// `merges.txt`: every merge in order.
  package var mergesFile: String {
    let lines = merges.map { merge in
      ByteAlphabet.text(of: tokens[Int(merge.left)]) + " "
        + ByteAlphabet.text(of: tokens[Int(merge.right)])
    }
    return (["#version: 0.2"] + lines).map { $0 + "\n" }.joined()
  }

  /// The tokenizer.
  ///
  /// - Throws: ``TokenizationError`` if the files do not make one.
  package func tokenizer() throws(TokenizationError) -> Tokenizer {
    try Tokenizer(
      vocabulary: Array(vocabularyFile.utf8),
      merges: Array(mergesFile.utf8),
      name: "learned vocabulary"
    )
  }
}

extension String {
  /// The text as a JSON string; the byte alphabet has no control characters.
  fileprivate var quoted: String {
    "\"" + flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
  }
}
