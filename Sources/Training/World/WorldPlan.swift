/// What makes a world: its words, its rules, and what is asked about it.
///
/// Each has a folder of its own.
package struct WorldPlan: Sendable {
  /// What it is called.
  package let name: Name

  /// What the worlds are called on the command line: the codes of their languages.
  package enum Name: String, CaseIterable, Sendable {
    case en, ja

    /// The world of this name.
    ///
    /// Its words take a while to be put together, so that is done when it is asked for.
    package var plan: WorldPlan {
      switch self {
      case .en: .english
      case .ja: .japanese
      }
    }
  }

  /// What it is called in sentences.
  package let title: String
  /// Whether words stand apart by spaces.
  ///
  /// Where they do not, the rules have a space between words all the same, so that a vocabulary can be learned of
  /// words; texts are without it, and `_` stands for a space that is meant.
  let isSpaced: Bool
  let tables: [ThingTable]
  let rules: [String]
  /// The rules that tell facts, each with the table whose things it tells of and their name in it.
  let facts: [(rule: String, table: String, variable: String)]
  /// How a text begins that the page of a training run goes on with.
  package let opening: String
  /// Words whose vectors come to lie in order.
  let examples: [String]
  /// What is asked of a model that learned from the world.
  let exam: ExamPaper

  /// All of them.
  package static var all: [WorldPlan] { Name.allCases.map { $0.plan } }

  /// Words whose vectors come to lie in order, as they stand within a text.
  package var exampleWords: [String] { examples.map(inText) }

  /// A word as it stands within a text.
  func inText(_ word: String) -> String { isSpaced ? " " + word : word }

  /// A text as the rules have told it, without what stands between words for the vocabulary's sake.
  func plain(_ told: [UInt8]) -> [UInt8] {
    isSpaced ? told : told.compactMap { $0 == 0x20 ? nil : $0 == UInt8(ascii: "_") ? 0x20 : $0 }
  }

  /// The words of a text as the rules have told it, each punctuation mark one of them; joined, they are the text.
  func words(_ told: [UInt8]) -> [[UInt8]] {
    if isSpaced { return [told] }
    return told.split(separator: 0x20).flatMap { run in
      var words: [String] = [""]
      for character in String(decoding: plain(Array(run)), as: UTF8.self) {
        if character.isLetter || character == "ー" || character.isASCII {
          words[words.count - 1].append(character)
        } else {
          words += [String(character), ""]
        }
      }
      return words.filter { !$0.isEmpty }.map { Array($0.utf8) }
    }
  }
}
