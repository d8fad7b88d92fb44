import Formats
import Tensors

/// A line of vectors written as text, cut into its fields: slowly, to say what is wrong with it.
struct TextVectorsLine {
  /// The fields between blanks.
  let fields: [String]
  private let beginsBlank: Bool

  init(_ bytes: Slice<UnsafeRawBufferPointer>) {
    beginsBlank = bytes.first.map(DecimalScanner.isBlank) ?? true
    fields = bytes.split(whereSeparator: DecimalScanner.isBlank)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// What the line says if it is a header: how many words, how many dimensions.
  var header: (words: Int, dimensions: Int)? {
    guard fields.count == 2, fields.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    return (Int(fields[0]) ?? .max, Int(fields[1]) ?? .max)
  }

  /// What is wrong with the line.
  ///
  /// - Parameters:
  ///   - dimensions: How many numbers there should be.
  ///   - header: The header that says so; without one, the first line does.
  /// - Returns: Nothing if nothing is.
  func complaint(dimensions: Int, of header: (words: Int, dimensions: Int)?) -> String? {
    guard !fields.isEmpty else { return "is empty; every line is a word and its numbers" }
    guard !beginsBlank else { return "begins with a blank; every line begins with a word" }
    let source = header == nil ? "line 1 has" : "the header promises"
    if fields.count - 1 != dimensions {
      let words = fields.dropLast(dimensions)
      let isSpaced = words.count > 1 && Self.number(words[words.index(after: 0)]) == nil
      if isSpaced, fields.suffix(dimensions).allSatisfy({ Self.number($0) != nil }) {
        let word = words.joined(separator: " ").printable
        return
          "“\(word)” is a word with spaces, and where it ends cannot be told; write “_” for them"
      }
      let count = fields.count - 1
      return "“\(fields[0].printable)” has \(count) number\(count == 1 ? "" : "s"); "
        + "\(source) \(dimensions)"
    }
    for (index, field) in fields.dropFirst().enumerated() {
      let place = "number \(index + 1) of “\(fields[0].printable)”"
      guard let value = Self.number(field) else {
        return "\(place) is no number: “\(field.printable)”"
      }
      guard value.isFinite else { return "\(place) is not finite: \(field.printable)" }
    }
    return nil
  }

  private static func number(_ field: String) -> Float? {
    var field = field
    return field.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return nil }
      let end = start + bytes.count
      guard let number = DecimalScanner.number(at: start, before: end), number.end == end else {
        return nil
      }
      return number.value
    }
  }
}
