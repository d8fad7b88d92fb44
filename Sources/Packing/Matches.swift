/// A piece of a packed text: a byte, or a copy of what stood before.
///
/// A copy is the length in the upper half and the distance in the lower; a byte stands alone.
struct Piece {
  private let bits: UInt32

  init(byte: UInt8) { bits = UInt32(byte) }
  init(length: Int, distance: Int) { bits = UInt32(length) << 16 | UInt32(distance) }

  var isByte: Bool { bits >> 16 == 0 }
  var byte: Int { Int(bits & 0xFF) }
  var length: Int { Int(bits >> 16) }
  var distance: Int { Int(bits & 0xFFFF) }
}

/// Finds what stood in a text before, up to 32 KB back.
///
/// - SeeAlso: Ziv and Lempel 1977, *A Universal Algorithm for Sequential Data Compression*.
struct Matches {
  private static let window = 32768
  private static let longest = 258
  /// How many earlier places are tried: more find longer copies, and take longer.
  private static let tries = 24

  /// The pieces of a text.
  static func pieces(of bytes: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    pieces.reserveCapacity(bytes.count / 4)
    // The latest place of each three bytes, by a hash of them, and the place before each place.
    var latest = [Int32](repeating: -1, count: 1 << 15)
    var earlier = [Int32](repeating: -1, count: window)
    bytes.withUnsafeBufferPointer { text in
      func hash(_ place: Int) -> Int {
        let three =
          UInt32(text[place]) | UInt32(text[place + 1]) << 8 | UInt32(text[place + 2]) << 16
        return Int((three &* 0x9E37_79B1) >> 17)
      }
      func remember(_ place: Int) {
        guard place + 2 < text.count else { return }
        let key = hash(place)
        earlier[place & (window - 1)] = latest[key]
        latest[key] = Int32(place)
      }
      var place = 0
      while place < text.count {
        var best = (length: 0, distance: 0)
        if place + 2 < text.count {
          let limit = min(longest, text.count - place)
          var candidate = Int(latest[hash(place)])
          var triesLeft = tries
          while candidate >= 0, place - candidate < window, triesLeft > 0, best.length < limit {
            if text[candidate + best.length] == text[place + best.length] {
              var length = 0
              while length < limit, text[candidate + length] == text[place + length] { length += 1 }
              if length > best.length { best = (length, place - candidate) }
            }
            let before = Int(earlier[candidate & (window - 1)])
            if before >= candidate { break }
            candidate = before
            triesLeft -= 1
          }
        }
        if best.length > 2 {
          pieces.append(Piece(length: best.length, distance: best.distance))
          for next in place..<place + best.length { remember(next) }
          place += best.length
        } else {
          pieces.append(Piece(byte: text[place]))
          remember(place)
          place += 1
        }
      }
    }
    return pieces
  }
}
