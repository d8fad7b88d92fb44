/// `merges.txt`: a line for each merge, two tokens in the byte alphabet and a space between, in
/// the order learned.
///
/// Lines that begin with `#version` are not merges. Lines may end in a carriage return, and empty
/// ones may end the file.
enum MergesFile {
  /// Reads the merges.
  ///
  /// - Throws: ``TokenizationError`` naming the first line that is not two tokens.
  static func pairs(in file: TextFile) throws(TokenizationError) -> [TokenizerParts.Pair] {
    let bytes = file.bytes
    let end = 1 + (bytes.lastIndex { $0 != lineFeed && $0 != carriageReturn } ?? -1)
    var pairs: [TokenizerParts.Pair] = []
    var start = 0
    while start < end {
      let endOfLine = bytes[start..<end].firstIndex(of: lineFeed) ?? end
      var line = bytes[start..<endOfLine]
      if line.last == carriageReturn { line.removeLast() }
      if !line.starts(with: version) { pairs.append(try pair(line, at: start, in: file)) }
      start = endOfLine + 1
    }
    return pairs
  }

  /// Reads one merge, `left right`.
  ///
  /// - Throws: ``TokenizationError`` if it is not two words with one space between.
  static func pair(
    _ line: ArraySlice<UInt8>,
    at offset: Int,
    in file: TextFile
  ) throws(TokenizationError) -> TokenizerParts.Pair {
    if let space = line.firstIndex(of: space) {
      let (left, right) = (line[..<space], line[(space + 1)...])
      if !left.isEmpty, !right.isEmpty, !right.contains(Self.space) {
        return TokenizerParts.Pair(left: left, right: right, offset: offset)
      }
    }
    throw file.malformed(
      at: offset,
      "expected two tokens with a space between, found \(quoted(line))"
    )
  }

  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let space = UInt8(ascii: " ")
  private static let version = Array("#version".utf8)
}
