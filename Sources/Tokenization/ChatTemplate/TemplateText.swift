// What Python's string methods do, on characters' codes.

extension String {
  /// Without white space, or without the characters given, at the ends asked for.
  func stripped(of characters: String? = nil, left: Bool = true, right: Bool = true) -> String {
    let unwanted = characters.map { Array($0.unicodeScalars) }
    func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
      unwanted.map { $0.contains(scalar) } ?? scalar.isTemplateSpace
    }
    var rest = unicodeScalars[...]
    while left, let first = rest.first, isUnwanted(first) { rest.removeFirst() }
    while right, let last = rest.last, isUnwanted(last) { rest.removeLast() }
    return String(rest)
  }

  /// Whether the text has `part` in it.
  func hasPart(_ part: String) -> Bool { part.isEmpty || pieces(between: part).count > 1 }

  /// The pieces between the places where `separator` stands, which is not empty.
  func pieces(between separator: String, atMost limit: Int = .max) -> [String] {
    let (bytes, mark) = (Array(utf8), Array(separator.utf8))
    var pieces: [String] = []
    var (start, index) = (0, 0)
    while index + mark.count <= bytes.count, pieces.count < limit {
      if bytes[index] == mark[0], bytes[index..<index + mark.count].elementsEqual(mark) {
        pieces.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += mark.count
        start = index
      } else {
        index += 1
      }
    }
    return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  /// The pieces between runs of white space.
  var words: [String] {
    unicodeScalars.split { $0.isTemplateSpace }.map { String($0) }
  }

  func begins(with part: String) -> Bool { utf8.starts(with: part.utf8) }

  func ends(with part: String) -> Bool { utf8.reversed().starts(with: part.utf8.reversed()) }
}
