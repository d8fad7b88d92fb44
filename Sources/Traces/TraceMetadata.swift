import Formats

/// The text entries of a trace file, read strictly enough to trust and leniently enough for other writers.
struct TraceMetadata {
  let file: String
  let entries: [String: String]

  func checkFormat() throws(TraceError) {
    if let format = entries["format"], format != Trace.format {
      throw .unknownFormat(file: file, found: format)
    }
  }

  /// What is said of the model; nothing if there is no such entry.
  ///
  /// A text that is not JSON is its name.
  var model: ModelDescription {
    guard let text = entries["model"] else { return ModelDescription() }
    return ModelDescription(JSONValue(parsing: text) ?? JSONValue(.string(Array(text.utf8)[...])))
  }

  /// The prompt's tokens.
  ///
  /// Their texts are those under `tokens`, else the vocabulary's, else `#id`.
  func tokens(vocabulary: [String]?) throws(TraceError) -> [TraceToken] {
    guard entries["token_ids"] != nil else {
      throw .metadata(file: file, key: "token_ids", expected: "there: a JSON list of whole numbers")
    }
    let ids = try unbatched("token_ids", expected: "a JSON list of whole numbers") { $0.int }
    guard ids.allSatisfy({ 0..<(1 << 31) ~= $0 }) else {
      throw .metadata(file: file, key: "token_ids", expected: "a JSON list of ids from 0 up")
    }
    guard entries["tokens"] != nil else {
      return ids.map { id in
        TraceToken(
          id: id,
          text: vocabulary.flatMap { $0.indices.contains(id) ? $0[id] : nil } ?? "#\(id)"
        )
      }
    }
    let texts = try short(
      unbatched("tokens", expected: "a JSON list of texts") { $0.string },
      "tokens"
    )
    guard texts.count == ids.count else {
      throw .metadata(file: file, key: "tokens", expected: "as long as token_ids (\(ids.count))")
    }
    let readable = TokenSpelling.decoded(texts, prompt: entries["prompt"])
    return zip(ids, readable).map { TraceToken(id: $0, text: $1) }
  }

  /// How many of the last positions the shorter tensors hold, if there are such.
  func lastPositions() throws(TraceError) -> Int? {
    guard let text = entries["last_positions"] else { return nil }
    guard let count = Int(text), 0 < count, count < 1 << 31 else {
      throw .metadata(file: file, key: "last_positions", expected: "a whole number above 0")
    }
    return count
  }

  /// How many tokens before these were not read; none if it does not say.
  func unread() throws(TraceError) -> Int {
    guard let text = entries["unread_tokens"] else { return 0 }
    guard let count = Int(text), 0 <= count, count < 1 << 31 else {
      throw .metadata(file: file, key: "unread_tokens", expected: "a whole number from 0 up")
    }
    return count
  }

  /// What was set from outside while the model ran.
  func interventions() throws(TraceError) -> [Intervention] {
    guard let text = entries["interventions"] else { return [] }
    guard let list = JSONValue(parsing: text).flatMap({ Intervention.list($0) }) else {
      throw .metadata(
        file: file,
        key: "interventions",
        expected: "a JSON list of {site, kind: zero, mean or add, position: a number or null}"
      )
    }
    return list
  }

  func strings(_ key: String) throws(TraceError) -> [String]? {
    try record(key, { $0.list { $0.string } }).map { texts throws(TraceError) in
      try short(texts, key)
    }
  }

  /// Texts by token id.
  func texts(_ key: String) throws(TraceError) -> [Int: String]? {
    let read = try record(key) { json -> [Int: String]? in
      json.members?.reduce(into: [:]) { texts, member in
        if let id = Int(String(decoding: member.key, as: UTF8.self)), let text = member.value.string
        {
          texts[id] = text
        }
      }
    }
    guard let texts = read else { return nil }
    let ids = texts.keys.sorted()
    _ = try short(ids.compactMap { texts[$0] }, key)
    return texts
  }

  /// The texts, if each is as short as a token's.
  private func short(_ texts: [String], _ key: String) throws(TraceError) -> [String] {
    if let index = texts.firstIndex(where: { $0.utf8.count > Self.longestToken }) {
      throw .metadata(
        file: file,
        key: key,
        expected: "texts of at most \(Self.longestToken) bytes, unlike that at \(index)"
      )
    }
    return texts
  }

  /// The longest text of a token, in bytes of UTF-8; GPT-2's longest has 128.
  ///
  /// A token's text is drawn many times on a page.
  static let longestToken = 4096

  /// What `read` makes of the JSON under a key; `nil` if the key is not there.
  func record<Value>(
    _ key: String,
    _ read: (JSONValue) -> Value?
  ) throws(TraceError) -> Value? {
    guard let text = entries[key] else { return nil }
    guard let value = JSONValue(parsing: text).flatMap(read) else {
      throw .metadata(file: file, key: key, expected: "JSON as \(Trace.format) describes it")
    }
    return value
  }

  /// How often the prompt's tokens occur in the training text; `nil` if that is not told.
  func trainingCounts(length: Int) throws(TraceError) -> TrainingCounts? {
    guard let counts = try record("training_counts", { TrainingCounts($0) }) else { return nil }
    guard counts.fits(length) else {
      throw .metadata(
        file: file,
        key: "training_counts",
        expected: "a count from 0 to “tokens” for each of the \(length) tokens of the prompt"
      )
    }
    return counts
  }

  /// A list, or a batch that holds one list.
  private func unbatched<Element>(
    _ key: String,
    expected: String,
    _ read: (JSONValue) -> Element?
  ) throws(TraceError) -> [Element] {
    let json = entries[key].flatMap { JSONValue(parsing: $0) }
    if let list = json?.list(read) { return list }
    if let batch = json?.array, batch.count == 1, let list = batch[0].list(read) { return list }
    throw .metadata(file: file, key: key, expected: expected)
  }
}
