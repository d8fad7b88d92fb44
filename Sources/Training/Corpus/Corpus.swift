import Platform
import Sampling
import Tensors
package import Tokenization
import Transformer

/// Texts as tokens: most of them to learn from, some to be tested on.
package struct Corpus: Sendable {
  /// The tokens learned from, text after text, each ended by the token that ends a text.
  private let tokens: [Int32]
  /// Where in ``tokens`` a text begins, less the ending before it; empty if the corpus is one text.
  private let starts: [Int]
  /// Texts kept back, each with the token before its first: what the model is tested on.
  package let validation: [[Int]]
  /// How many tokens are learned from.
  package var count: Int { tokens.count }

  /// Turns texts into tokens.
  ///
  /// - Parameters:
  ///   - texts: The texts learned from.
  ///   - validation: The texts kept back.
  ///   - tokenizer: Has a token that ends a text.
  ///   - length: The longest sequence that is read at once, T.
  package init(
    _ texts: [[UInt8]],
    validation: [[UInt8]],
    _ tokenizer: Tokenizer,
    length: Int
  ) {
    let end = Int32(tokenizer.endOfTextID ?? 0)
    let encoded = Cores.mapped(texts) { text in
      tokenizer.encode(String(decoding: text, as: UTF8.self)).map { Int32($0) }
    }
    // The first text follows an ending as every other does.
    var tokens = [end]
    var starts: [Int] = []
    for text in encoded {
      starts.append(tokens.count - 1)
      tokens += text
      tokens.append(end)
    }
    let last = tokens.count - length - 1
    self.tokens = tokens
    self.starts = starts.count > 1 ? starts.filter { $0 <= last } : []
    self.validation = validation.flatMap { text in
      let ids = [Int(end)] + tokenizer.encode(String(decoding: text, as: UTF8.self)) + [Int(end)]
      return stride(from: 0, to: ids.count - 1, by: length).map {
        Array(ids[$0..<min($0 + length + 1, ids.count)])
      }
    }
  }

  /// A batch of sequences picked at random.
  ///
  /// A third of them begin with the ending before a text, a third with a text's first word, and the
  /// others, as all of a corpus that is one text, anywhere: prompts begin in all of these ways.
  ///
  /// - Parameters:
  ///   - step: Which batch; every number has its own.
  ///   - count: How many sequences.
  ///   - length: The length of each, T.
  ///   - seed: What is picked by.
  /// - Returns: The sequences, with what follows each token.
  package func batch(_ step: Int, count: Int, length: Int, seed: UInt64) -> Sequences {
    var generator = SeededGenerator(seed: seed &* 0x9E37_79B9 &+ UInt64(step))
    var mixed = SeededGenerator(seed: generator.next())
    return Sequences(
      (0..<count).map { _ in
        let start = start(&mixed, length: length)
        return tokens[start...start + length].map { Int($0) }
      }
    )
  }

  private func start(_ generator: inout SeededGenerator, length: Int) -> Int {
    let last = tokens.count - length - 1
    let way = generator.next() % 3
    let draw = generator.unit()
    guard way > 0, !starts.isEmpty else { return Int(draw * Double(last + 1)) }
    return min(starts[Int(draw * Double(starts.count))] + Int(way) - 1, last)
  }

  /// How often each token occurs among those learned from, to be kept with the model.
  ///
  /// The token that ends a text stands before the first text, too.
  ///
  /// - Parameters:
  ///   - vocabulary: How many tokens there are, V.
  ///   - text: What the texts are, in a few words.
  /// - Returns: The counts; nil if their sum takes more than 64 bits.
  package func counts(vocabulary: Int, of text: String) -> TokenCounts? {
    TokenCounts(text: text, counts: tokenCounts(vocabulary: vocabulary))
  }

  /// How often each token occurs among those learned from, `[V]`.
  package func tokenCounts(vocabulary: Int) -> [Int] {
    tokens.reduce(into: [Int](repeating: 0, count: vocabulary)) { counts, token in
      counts[Int(token)] += 1
    }
  }

  /// The first so many tokens learned from, as text: a line for each text.
  package func beginning(tokens count: Int, _ tokenizer: Tokenizer) -> String {
    let ids = tokens.dropFirst().prefix(count).map { Int($0) }
    let texts = ids.split(separator: tokenizer.endOfTextID ?? 0)
    return texts.map { tokenizer.decode(Array($0)) }.joined(separator: "\n")
  }

  /// The 24 most frequent tokens that are words: a space and three letters or more; where there are no spaces, two letters
  /// or more.
  package func frequentWords(of tokenizer: Tokenizer) -> [Int] {
    let counts = tokenCounts(vocabulary: tokenizer.count)
    func most(_ isWord: ([Unicode.Scalar]) -> Bool) -> [Int] {
      counts.indices.filter { id in
        counts[id] > 0 && isWord(Array(tokenizer.text(of: id).string.unicodeScalars))
      }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(24).map { $0 }
    }
    let spaced = most { $0.count > 3 && $0[0] == " " && $0.dropFirst().allSatisfy { $0.isLetter } }
    return spaced.count > 2 ? spaced : most { $0.count > 1 && $0.allSatisfy { $0.isLetter } }
  }

  /// Whether there is one sequence at least.
  package func holdsSequences(ofLength length: Int) -> Bool { tokens.count > length }
}

extension Cores {
  /// The results of a function of every element, several at once.
  static func mapped<Element, Value: Sendable>(
    _ elements: [Element],
    _ value: (Element) -> Value
  ) -> [Value] {
    // Pieces long enough that sharing them out costs nothing beside them.
    let size = max(1, elements.count / 64)
    let pieces = (elements.count + size - 1) / size
    return Cores.map(count: pieces) { piece in
      elements[piece * size..<min((piece + 1) * size, elements.count)].map(value)
    }.flatMap { $0 }
  }
}
