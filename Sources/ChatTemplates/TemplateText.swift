// What Python's string methods do, on characters' codes, in time that grows with the text alone.

extension String {
  /// Without white space, or without the characters given, at the ends asked for.
  func stripped(of characters: String? = nil, left: Bool = true, right: Bool = true) -> String {
    let unwanted = characters.map { Set($0.unicodeScalars) }
    func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
      unwanted.map { $0.contains(scalar) } ?? scalar.isTemplateSpace
    }
    var rest = unicodeScalars[...]
    while left, let first = rest.first, isUnwanted(first) { rest.removeFirst() }
    while right, let last = rest.last, isUnwanted(last) { rest.removeLast() }
    return String(rest)
  }

  /// Whether the text has `part` in it.
  func hasPart(_ part: String) -> Bool {
    if part.isEmpty { return true }
    var search = PartSearch(for: Array(part.utf8))
    return Array(utf8).contains { search.take($0) }
  }

  /// The pieces between the places where `separator` stands, which is not empty.
  func pieces(between separator: String) -> [String] {
    let bytes = Array(utf8)
    var search = PartSearch(for: Array(separator.utf8))
    var pieces: [String] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where search.take(byte) {
      let end = index + 1 - separator.utf8.count
      pieces.append(String(decoding: bytes[start..<end], as: UTF8.self))
      start = index + 1
    }
    return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  /// How often `part`, which is not empty, stands in the text.
  func count(of part: String) -> Int {
    var search = PartSearch(for: Array(part.utf8))
    return utf8.count { search.take($0) }
  }

  /// The text with another in every place of `part`, which is not empty.
  func replacing(_ part: String, with other: String) -> String {
    var search = PartSearch(for: Array(part.utf8))
    let (length, other) = (part.utf8.count, Array(other.utf8))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    for byte in utf8 {
      bytes.append(byte)
      guard search.take(byte) else { continue }
      bytes.removeLast(length)
      bytes += other
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The pieces between runs of white space.
  var words: [String] {
    unicodeScalars.split { $0.isTemplateSpace }.map { String($0) }
  }

  func begins(with part: String) -> Bool { utf8.starts(with: part.utf8) }

  func ends(with part: String) -> Bool { utf8.reversed().starts(with: part.utf8.reversed()) }
}

/// Looks for a part in bytes that come one by one; no byte is looked at twice.
///
/// - SeeAlso: Knuth, Morris and Pratt 1977, *Fast pattern matching in strings*.
struct PartSearch {
  private let part: [UInt8]
  /// For each beginning of the part, the length of the longest shorter one that ends it.
  private var shorter: [Int32]
  private var matched = 0

  /// Prepares to look for a part, which is not empty.
  init(for part: [UInt8]) {
    self.part = part
    shorter = [Int32](repeating: 0, count: part.count)
    var length = 0
    for index in part.indices.dropFirst() {
      while length > 0, part[index] != part[length] { length = Int(shorter[length - 1]) }
      if part[index] == part[length] { length += 1 }
      shorter[index] = Int32(length)
    }
  }

  /// Takes the next byte.
  ///
  /// - Returns: Whether a whole part ends with it; parts do not overlap.
  mutating func take(_ byte: UInt8) -> Bool {
    while matched > 0, part[matched] != byte { matched = Int(shorter[matched - 1]) }
    if part[matched] == byte { matched += 1 }
    guard matched == part.count else { return false }
    matched = 0
    return true
  }
}
