import Formats
import Platform

/// What a tokenizer is made of, as its files state it, before it is known to make sense.
struct TokenizerParts {
  /// A token as a file writes it, and its id.
  struct Entry {
    let key: ArraySlice<UInt8>
    let id: Int
    let offset: Int
  }

  /// Two tokens, as a file writes them, that merge.
  struct Pair {
    let left: ArraySlice<UInt8>
    let right: ArraySlice<UInt8>
    let offset: Int
  }

  let vocabularyFile: TextFile
  let mergesFile: TextFile
  var entries: [Entry] = []
  var pairs: [Pair] = []
  /// The tokens that are found in text as a whole; of those listed, with the ids that files state.
  var listed: [AddedTokensFile.Stated] = []
  /// How many of those listed the tokenizer has from the beginning.
  var inTokenizer = 0
  var special = SpecialTokens(config: nil)
  /// What is done to a text first; that of tokenizers of GPT-2's kind may put a space before it.
  var preparation = TextPreparation()
  /// Whether a space that begins a text is no part of it, having been put there.
  var stripsSpace = false
  /// Whether SentencePiece's characters that have no token become bytes.
  var fallsBackToBytes = true
  /// How keys write bytes.
  var spelling = Spelling.byteLevel
  /// Whether a piece that is a token as a whole becomes that token.
  var takesWholes = false
  /// SentencePiece's score of each token, where there are no merges.
  var scores: [Float]?
  /// Whether a space goes before each stretch of text.
  var addsPrefixSpace: Bool {
    get { preparation.prefix?.text == [0x20] }
    set { preparation.prefix = newValue ? TextPreparation.Prefix(text: [0x20]) : nil }
  }
  /// The token for bytes that have none, and whether a run of them becomes one.
  var unknown: (key: ArraySlice<UInt8>, fused: Bool)?
  /// The tokens put around a text, if a file states their ids.
  var surrounding: SurroundingTokens?
  /// Whether `bos_token` goes before a text and `eos_token` behind, where no file states ids.
  var addsNamed = (bos: false, eos: false)
}

extension Tokenizer {
  /// Puts the parts together.
  ///
  /// - Throws: ``TokenizationError`` if ids or tokens clash, or a merge speaks of a token that is
  ///   not there.
  init(_ parts: TokenizerParts) throws(TokenizationError) {
    var vocabulary = try parts.vocabulary()
    let added = parts.addedVocabulary(in: vocabulary)
    for entry in added.entries {
      do { try vocabulary.addVerbatim(entry.token.content[...], id: entry.id) } catch {
        throw .malformed(
          file: parts.vocabularyFile.name,
          line: nil,
          reason: error.reason(adding: entry.token.content[...], id: entry.id)
        )
      }
    }
    func id(_ name: String) -> Int? {
      parts.special[name].flatMap { added.id(of: $0) ?? vocabulary.id(ofKey: $0[...]) }
    }
    let named = SurroundingTokens(
      before: parts.addsNamed.bos ? id("bos_token").map { [$0] } ?? [] : [],
      after: parts.addsNamed.eos ? id("eos_token").map { [$0] } ?? [] : []
    )
    self.init(
      vocabulary: vocabulary,
      encoding: BytePairEncoding(
        vocabulary: vocabulary,
        takesWholes: parts.takesWholes,
        tokenOfByte: (0...255).map { Int32(parts.token(ofByte: $0, in: vocabulary) ?? -1) },
        unknown: try parts.unknownByte(in: vocabulary),
        merges: try parts.mergeTable(in: vocabulary)
      ),
      added: added.entries,
      surrounding: parts.surrounding ?? named,
      notes: parts.notes(on: added),
      preparation: parts.preparation,
      stripsSpace: parts.stripsSpace,
      endOfTextID: id("eos_token")
    )
  }
}

extension TokenizerParts {
  fileprivate func vocabulary() throws(TokenizationError) -> Vocabulary {
    var vocabulary = Vocabulary(capacity: entries.count + listed.count, spelling: spelling)
    for entry in entries {
      do throws(Vocabulary.Conflict) {
        try vocabulary.add(entry.key, id: entry.id)
      } catch {
        throw vocabularyFile.malformed(
          at: entry.offset,
          error.reason(adding: entry.key, id: entry.id)
        )
      }
    }
    return vocabulary
  }

  /// The token of a byte by itself.
  fileprivate func token(ofByte byte: UInt8, in vocabulary: Vocabulary) -> Int? {
    switch spelling {
    case .byteLevel: vocabulary.id(of: [byte])
    case .pieces: fallsBackToBytes ? vocabulary.id(ofKey: Spelling.key(ofByte: byte)[...]) : nil
    }
  }

  /// The tokens that are found in text as a whole, with the ids that they get.
  fileprivate func addedVocabulary(in vocabulary: Vocabulary) -> AddedVocabulary {
    func idInModel(_ content: [UInt8]) -> Int? { vocabulary.id(ofKey: content[...]) }
    var added = AddedVocabulary(modelCount: entries.count)
    added.add(listed[..<inTokenizer].map { $0.token }, idInModel: idInModel)
    let known = added.entries.map { $0.token }
    // Of two with one id, the last is read; they are added by their ids.
    var byID: [Int: AddedToken] = [:]
    for stated in listed[inTokenizer...] { byID[stated.id] = stated.token }
    let more = byID.rising { Double($0.key) }.map { $0.value }.filter { !known.contains($0) }
    let all = special.tokensToAdd(after: more, known: Set(known.map { $0.content }))
    added.add(all, idInModel: idInModel)
    return added
  }

  /// Says where files state other ids than tokens get: in one line, for there may be hundreds.
  fileprivate func notes(on added: AddedVocabulary) -> [String] {
    var told: Set<[UInt8]> = []
    let others = listed.compactMap { stated -> String? in
      let content = stated.token.content
      guard let id = added.id(of: content), id != stated.id, told.insert(content).inserted else {
        return nil
      }
      return "\(quoted(content[...])) the id \(stated.id), which gets \(id)"
    }
    guard !others.isEmpty else { return [] }
    let rest = others.count - Self.mostNoted
    let named = others.prefix(Self.mostNoted) + (rest > 0 ? ["and likewise \(rest) more"] : [])
    return [
      "the tokenizer's files give the added token\(others.count == 1 ? "" : "s") "
        + named.joined(separator: ", ") + "; so it is with AutoTokenizer"
    ]
  }

  /// So many tokens whose ids differ are named.
  private static let mostNoted = 5

  fileprivate func unknownByte(
    in vocabulary: Vocabulary
  ) throws(TokenizationError) -> BytePairEncoding.UnknownByte {
    guard let unknown else { return .dropped }
    guard let id = vocabulary.id(ofKey: unknown.key) else {
      throw .malformed(
        file: vocabularyFile.name,
        line: nil,
        reason: "the unknown token \(quoted(unknown.key)) is not in the vocabulary"
      )
    }
    return .replaced(id: Int32(id), fused: unknown.fused)
  }

  fileprivate func mergeTable(in vocabulary: Vocabulary) throws(TokenizationError) -> MergeTable {
    func id(
      _ role: String,
      _ key: ArraySlice<UInt8>,
      _ rest: ArraySlice<UInt8> = [],
      of pair: Pair
    ) throws(TokenizationError) -> Int32 {
      if let id = vocabulary.id(ofKey: key, rest) { return Int32(id) }
      throw mergesFile.malformed(
        at: pair.offset,
        "the merge of \(quoted(pair.left)) and \(quoted(pair.right)) \(role) \(quoted(key + rest)), "
          + "which is not in the vocabulary"
      )
    }
    if let scores { return MergeTable(scores: scores, vocabulary: vocabulary) }
    var table = MergeTable(capacity: pairs.count)
    for (rank, pair) in pairs.enumerated() {
      let left = try id("needs", pair.left, of: pair)
      let right = try id("needs", pair.right, of: pair)
      let result = try id("makes", pair.left, pair.right, of: pair)
      table.insert(Merge(rank: rank, result: result), of: left, right)
    }
    return table
  }
}

extension Vocabulary.Conflict {
  fileprivate func reason(adding key: ArraySlice<UInt8>, id: Int) -> String {
    switch self {
    case .idOutOfRange:
      "the id of \(quoted(key)) is \(id), not from 0 to \(Vocabulary.mostTokens - 1)"
    case .idTaken(let other):
      "\(quoted(key)) has the id \(id), which is that of \(quoted(other[...]))"
    case .keyTaken(id): "\(quoted(key)) is listed twice"
    case .keyTaken(let other): "\(quoted(key)) has two ids, \(other) and \(id)"
    }
  }
}

/// A token as errors show it: at most 40 characters, control characters made harmless.
func quoted(_ key: ArraySlice<UInt8>) -> String {
  let text = TokenText(bytes: Array(key)).string
  return "‘" + String(text.prefix(40)).printable + (text.count > 40 ? "…’" : "’")
}
