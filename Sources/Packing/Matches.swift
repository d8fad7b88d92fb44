/// A piece of a packed text: a byte, or a copy of what stood before.
///
/// A copy is the length in the upper half and the distance in the lower; a byte stands alone.
struct Piece {
  private let bits: UInt32

  init(byte: UInt8) { bits = UInt32(byte) }
  init(_ copy: Copy) { bits = UInt32(copy.length) << 16 | UInt32(copy.distance) }

  var isByte: Bool { bits >> 16 == 0 }
  var byte: Int { Int(bits & 0xFF) }
  var length: Int { Int(bits >> 16) }
  var distance: Int { Int(bits & 0xFFFF) }
}

/// How much of what stood how far back is repeated.
struct Copy {
  var length: Int
  var distance: Int
}

/// Finds what stood in a text before, up to 32 KB back.
///
/// - SeeAlso: Ziv and Lempel 1977, *A Universal Algorithm for Sequential Data Compression*.
struct Matches {
  private static let window = 32768
  private static let longest = 258
  /// How many earlier places are tried: more find longer copies, and take longer; among numbers there are few to find.
  private let tries: Int
  /// From this length on a copy is taken without looking whether the next byte begins a longer one.
  private static let longEnough = 48

  private let text: UnsafeBufferPointer<UInt8>
  /// Fewer bytes than these are not copied, eight at most.
  private let shortest: Int
  /// Copies begin at multiples of this, and what is copied does, too.
  private let pitch: Int
  /// The latest place of each so many bytes, by a hash of them, and the place before each place.
  private var latest = [Int32](repeating: -1, count: 1 << 15)
  private var earlier = [Int32](repeating: -1, count: window)

  /// The pieces of a text; copies are of `shortest` bytes at least, three to eight, and begin at multiples of a pitch.
  static func pieces(of bytes: [UInt8], shortest: Int, pitch: Int = 1) -> [Piece] {
    bytes.withUnsafeBufferPointer { text in
      var matches = Matches(text, shortest, pitch)
      return matches.pieces()
    }
  }

  private init(_ text: UnsafeBufferPointer<UInt8>, _ shortest: Int, _ pitch: Int) {
    (self.text, self.shortest, self.pitch, tries) = (text, shortest, pitch, pitch > 1 ? 16 : 48)
  }

  private mutating func pieces() -> [Piece] {
    var pieces: [Piece] = []
    pieces.reserveCapacity(text.count / 8)
    var place = 0
    var ahead: Copy?
    while place < text.count {
      let found = ahead ?? longestCopy(at: place)
      ahead = nil
      remember(place)
      // A copy waits if the next byte begins a longer one.
      if found.length >= shortest, found.length < Self.longEnough {
        let next = longestCopy(at: place + 1)
        if next.length > found.length { ahead = next }
      }
      if found.length >= shortest, ahead == nil {
        pieces.append(Piece(found))
        for skipped in place + 1..<place + found.length { remember(skipped) }
        place += found.length
      } else {
        pieces.append(Piece(byte: text[place]))
        place += 1
      }
    }
    return pieces
  }

  /// The bytes that a copy has at least, as one number.
  private func word(at place: Int) -> UInt64 {
    guard place + 8 <= text.count else {
      let bytes = text[place..<place + shortest]
      return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } << UInt64(64 - 8 * shortest)
    }
    let eight = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: place, as: UInt64.self)
    return UInt64(littleEndian: eight) << UInt64(64 - 8 * shortest)
  }

  private func isLooked(at place: Int) -> Bool {
    place % pitch == 0 && place + shortest <= text.count
  }

  private func hash(_ word: UInt64) -> Int { Int((word &* 0x9E37_79B9_7F4A_7C15) >> 49) }

  private mutating func remember(_ place: Int) {
    guard isLooked(at: place) else { return }
    let key = hash(word(at: place))
    earlier[place & (Self.window - 1)] = latest[key]
    latest[key] = Int32(place)
  }

  private func longestCopy(at place: Int) -> Copy {
    var best = Copy(length: 0, distance: 0)
    guard isLooked(at: place) else { return best }
    let limit = min(Self.longest, text.count - place)
    let wanted = word(at: place)
    var candidate = Int(latest[hash(wanted)])
    var triesLeft = tries
    while candidate >= 0, place - candidate < Self.window, triesLeft > 0, best.length < limit {
      // Most that have the same hash are others.
      let isLonger = text[candidate + best.length] == text[place + best.length]
      if isLonger, word(at: candidate) == wanted {
        var length = shortest
        while length < limit, text[candidate + length] == text[place + length] { length += 1 }
        if length > best.length { best = Copy(length: length, distance: place - candidate) }
      }
      let before = Int(earlier[candidate & (Self.window - 1)])
      guard before < candidate else { break }
      candidate = before
      triesLeft -= 1
    }
    return best
  }
}
