/// Tokens' bytes on their way to a reader: whole characters only, and nothing of a stop text.
///
/// A token may end within a character, and a stop text may begin in one token and end in another. So
/// bytes are held back until it is clear what they are.
package struct TextStream {
  private let stops: [[UInt8]]
  private var held: [UInt8] = []
  /// Whether a stop text has come; nothing comes after it.
  package private(set) var isStopped = false

  /// Makes a stream that ends at the first of some texts.
  package init(stops: [String]) { self.stops = stops.map { Array($0.utf8) } }

  /// Takes a token's bytes.
  ///
  /// - Returns: What can be shown now.
  package mutating func take(_ bytes: [UInt8]) -> String {
    guard !isStopped else { return "" }
    held += bytes
    if let start = stops.compactMap({ Self.place(of: $0, in: held) }).min() {
      isStopped = true
      held.removeLast(held.count - start)
      return finish()
    }
    let kept = max(Self.unfinishedCharacter(at: held), stops.map(unfinishedStop).max() ?? 0)
    let ready = String(decoding: held.dropLast(kept), as: UTF8.self)
    held.removeFirst(held.count - kept)
    return ready
  }

  /// Ends the stream.
  ///
  /// - Returns: What was held back; U+FFFD stands for the bytes of a character that never ended.
  package mutating func finish() -> String {
    defer { held = [] }
    return String(decoding: held, as: UTF8.self)
  }

  private static func place(of stop: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= stop.count else { return nil }
    return (0...bytes.count - stop.count).first { bytes[$0...].starts(with: stop) }
  }

  /// How many of the last bytes could be the beginning of the stop text.
  private func unfinishedStop(_ stop: [UInt8]) -> Int {
    (0..<min(stop.count, held.count + 1)).last { held.suffix($0).elementsEqual(stop.prefix($0)) }
      ?? 0
  }

  /// How many of the last bytes begin a character that needs more.
  private static func unfinishedCharacter(at bytes: [UInt8]) -> Int {
    for count in 1...3 where count <= bytes.count {
      let byte = bytes[bytes.count - count]
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      if byte & 0xC0 != 0x80 { return length > count ? count : 0 }
    }
    return 0
  }
}
