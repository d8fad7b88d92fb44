/// A token that is found in the text before any splitting and merging, such as `<|endoftext|>`.
///
/// - SeeAlso: `AddedToken` in <https://huggingface.co/docs/tokenizers/api/added-tokens>.
struct AddedToken: Equatable, Sendable {
  /// What is looked for, in UTF-8.
  let content: [UInt8]
  /// Whether it counts only where no letter, digit or underscore touches it.
  var singleWord = false
  /// Whether white space before it is taken in.
  var stripsLeft = false
  /// Whether white space after it is taken in.
  var stripsRight = false
  /// Whether it is a sign, such as the end of a text, and no word.
  var isSpecial = true
  /// Whether it is looked for in the normalized text, if the file says so.
  var statedNormalized: Bool?

  /// Whether it is looked for in the normalized text: words are, signs are not.
  var isNormalized: Bool { statedNormalized ?? !isSpecial }
}

/// The added tokens with their ids, numbered as Hugging Face's tokenizers numbers them: a token of
/// the vocabulary keeps its id there, any other gets the next free one, whatever number a file
/// states.
///
/// - SeeAlso: `add_tokens` in `added_vocabulary.rs` of <https://github.com/huggingface/tokenizers>.
struct AddedVocabulary: Sendable {
  /// A token with its id.
  struct Entry: Equatable, Sendable {
    var token: AddedToken
    var id: Int
    /// Whether it is looked for only in what the others have left.
    var comesLast = false
  }

  /// The tokens in the order added.
  private(set) var entries: [Entry] = []
  private var indexOfContent: [[UInt8]: Int] = [:]
  private var special: Set<[UInt8]> = []
  private let modelCount: Int
  private var largestID = -1

  /// Begins with a vocabulary of so many tokens and none added.
  init(modelCount: Int) { self.modelCount = modelCount }

  /// Adds tokens, in order; what is said of one later replaces what was said before.
  ///
  /// - Parameters:
  ///   - tokens: The tokens.
  ///   - idInModel: The id of a token of the vocabulary.
  mutating func add(_ tokens: [AddedToken], idInModel: ([UInt8]) -> Int?) {
    for token in tokens where !token.content.isEmpty {
      let isNew = !special.contains(token.content)
      if token.isSpecial { special.insert(token.content) }
      if let index = indexOfContent[token.content] {
        entries[index].token = token
        if isNew { entries[index].comesLast = entries[index].comesLast && token.isNormalized }
        continue
      }
      let free = largestID >= modelCount ? largestID + 1 : modelCount
      let id = idInModel(token.content) ?? free
      largestID = max(largestID, id)
      indexOfContent[token.content] = entries.count
      entries.append(Entry(token: token, id: id, comesLast: token.isNormalized))
    }
  }

  /// The id of an added token.
  func id(of content: [UInt8]) -> Int? { indexOfContent[content].map { entries[$0].id } }
}
