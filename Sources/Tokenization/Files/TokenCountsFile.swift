public import Formats

extension TokenCounts {
  /// What the file is called in a model's folder; Hugging Face's readers take no notice of it.
  public static let fileName = "token_counts.json"

  private static let format = "explain-token-counts/1"

  /// The counts that a model's folder holds.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - vocabulary: How many tokens the model knows, V.
  /// - Returns: nil if there is no such file.
  /// - Throws: ``TokenizationError`` if the file does not hold counts of V tokens.
  public static func inFolder(
    _ folder: Folder,
    vocabulary: Int
  ) throws(TokenizationError) -> TokenCounts? {
    guard folder.has(fileName) else { return nil }
    return try TokenCounts(try TextFile(fileName, in: folder), vocabulary: vocabulary)
  }

  /// Reads counts that are in memory.
  ///
  /// - Parameters:
  ///   - json: The file's bytes.
  ///   - name: What errors call it.
  ///   - vocabulary: How many tokens the model knows, V.
  /// - Throws: ``TokenizationError`` if these are no counts of V tokens.
  public init(json: [UInt8], name: String, vocabulary: Int) throws(TokenizationError) {
    try self.init(try TextFile(name: name, bytes: json), vocabulary: vocabulary)
  }

  private init(_ file: TextFile, vocabulary: Int) throws(TokenizationError) {
    let json = try file.json()
    func failure(_ reason: String) -> TokenizationError {
      .malformed(file: file.name, line: nil, reason: reason)
    }
    guard json["format"]?.string == Self.format else {
      throw failure("is no file of token counts (“format”: “\(Self.format)”)")
    }
    guard let text = json["text"]?.string else { throw failure("“text” is not a text") }
    guard let entries = json["counts"]?.array else { throw failure("“counts” is not a list") }
    guard entries.count == vocabulary else {
      throw failure(
        "“counts” has \(entries.count) entries, but the model's vocabulary has \(vocabulary) tokens"
      )
    }
    var counts: [Int] = []
    for (id, entry) in entries.enumerated() {
      guard let count = entry.integer, count >= 0 else {
        throw failure("the count of token \(id) is not a whole number from 0 up")
      }
      counts.append(count)
    }
    guard let all = TokenCounts(text: text, counts: counts), json["tokens"]?.integer == all.total
    else { throw failure("“tokens” is not the sum of “counts”") }
    self = all
  }

  /// The file's text: the counts in rows of sixteen.
  public var file: String {
    let rows = stride(from: 0, to: counts.count, by: 16).map { start in
      let row = counts[start..<min(start + 16, counts.count)]
      return "    " + row.map(String.init).joined(separator: ", ")
    }
    return """
      {
        "format": "\(Self.format)",
        "text": \(JSON.quoted(text)),
        "tokens": \(total),
        "counts": [
      \(rows.joined(separator: ",\n"))
        ]
      }

      """
  }
}
