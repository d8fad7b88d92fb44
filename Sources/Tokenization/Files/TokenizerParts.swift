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

  /// An added token, and the file that states it.
  struct Addition {
    let token: AddedToken
    let offset: Int
    let file: TextFile
  }

  let vocabularyFile: TextFile
  let mergesFile: TextFile
  var entries: [Entry] = []
  var pairs: [Pair] = []
  var additions: [Addition] = []
  var addsPrefixSpace = false
  /// The token for bytes that have none, and whether a run of them becomes one.
  var unknown: (key: ArraySlice<UInt8>, fused: Bool)?
  var endOfText = Array("<|endoftext|>".utf8)
}

extension Tokenizer {
  /// Puts the parts together.
  ///
  /// - Throws: ``TokenizationError`` if ids or tokens clash, or a merge speaks of a token that is
  ///   not there.
  init(_ parts: TokenizerParts) throws(TokenizationError) {
    let vocabulary = try parts.vocabulary()
    var added = parts.additions.map(\.token)
    let endOfText = vocabulary.id(ofKey: parts.endOfText[...])
    if let endOfText, !added.contains(where: { $0.id == endOfText }) {
      added.append(AddedToken(content: parts.endOfText, id: endOfText))
    }
    self.init(
      vocabulary: vocabulary,
      encoding: BytePairEncoding(
        tokenOfByte: (0...255).map { Int32(vocabulary.id(of: [$0]) ?? -1) },
        unknown: try parts.unknownByte(in: vocabulary),
        merges: try parts.mergeTable(in: vocabulary)
      ),
      added: added,
      addsPrefixSpace: parts.addsPrefixSpace,
      endOfTextID: endOfText
    )
  }
}

extension TokenizerParts {
  fileprivate func vocabulary() throws(TokenizationError) -> Vocabulary {
    var vocabulary = Vocabulary(capacity: entries.count + additions.count)
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
    for addition in additions {
      let (key, id) = (addition.token.content[...], addition.token.id)
      do throws(Vocabulary.Conflict) {
        try vocabulary.addVerbatim(key, id: id)
      } catch {
        throw addition.file.malformed(at: addition.offset, error.reason(adding: key, id: id))
      }
    }
    return vocabulary
  }

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
  let shown = text.prefix(40).map { String($0).debugDescription.dropFirst().dropLast() }.joined()
  return "‘" + shown + (text.count > 40 ? "…’" : "’")
}
