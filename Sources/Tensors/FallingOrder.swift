extension UnsafeBufferPointer<Float> {
  /// The indices of all elements, largest element first; of equal ones, the lower index first.
  ///
  /// A radix sort, because a vocabulary is sorted for every token that is drawn: three passes that
  /// keep the order of what is equal, over 11 of the 32 bits each, lowest first.
  ///
  /// - Complexity: O(elements).
  package func indicesInFallingOrder() -> [Int] {
    precondition(count <= UInt32.max, "\(count) elements")
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { room in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: RadixPass.placeCount) { places in
        guard let start = room.baseAddress, let places = places.baseAddress else { return [] }
        let entries = UnsafeMutableBufferPointer(start: start, count: count)
        inParallel(count: count, work: 8 * count) { part in
          for index in part { entries.initializeElement(at: index, to: entry(of: index)) }
        }
        // To and fro between two halves of the room.
        var (from, to) = (start, start + count)
        for shift in [32, 43, 54] as [UInt64] {
          RadixPass(from: from, to: to, count: count, shift: shift, places: places).run()
          swap(&from, &to)
        }
        return [Int](unsafeUninitializedCapacity: count) { order, filled in
          for index in 0..<count {
            order.initializeElement(at: index, to: Int(from[index] & 0xFFFF_FFFF))
          }
          filled = count
        }
      }
    }
  }

  /// An element as a whole number in the opposite order, and its index behind it.
  private func entry(of index: Int) -> UInt64 {
    // Adding 0 makes a negative zero positive.
    let pattern = (self[index] + 0).bitPattern
    let key = pattern >> 31 == 1 ? pattern : ~(pattern | 1 << 31)
    return UInt64(key) << 32 | UInt64(UInt32(truncatingIfNeeded: index))
  }
}

/// One pass of a radix sort: entries are put in the order of 11 of their bits.
///
/// The cores share out pieces of the entries. Each piece is counted on its own, so that it is known
/// where its entries go: behind all with a smaller digit, and behind those of the same digit in the
/// pieces before it.
private struct RadixPass {
  static let values = 1 << 11
  static let mostPieces = 4
  static let placeCount = mostPieces * values

  let from: UnsafeMutablePointer<UInt64>
  let to: UnsafeMutablePointer<UInt64>
  let count: Int
  let shift: UInt64
  /// Short rows are not worth sharing out.
  var pieces: Int { max(1, min(Self.mostPieces, count >> 13)) }
  /// For each piece and digit, how many entries have it; then where the next of them goes.
  let places: UnsafeMutablePointer<Int>

  func run() {
    places.initialize(repeating: 0, count: pieces * Self.values)
    forEachPiece { entries, places in
      for index in entries { places[digit(from[index])] += 1 }
    }
    var place = 0
    for value in 0..<Self.values {
      for piece in 0..<pieces {
        let here = places + piece * Self.values + value
        (here.pointee, place) = (place, place + here.pointee)
      }
    }
    forEachPiece { entries, places in
      for index in entries {
        let value = digit(from[index])
        (to + places[value]).initialize(to: from[index])
        places[value] += 1
      }
    }
  }

  private func digit(_ entry: UInt64) -> Int {
    Int(truncatingIfNeeded: entry >> shift) & (Self.values - 1)
  }

  private func forEachPiece(_ body: (Range<Int>, UnsafeMutablePointer<Int>) -> Void) {
    inParallel(count: pieces, work: 8 * count) { range in
      for piece in range {
        let entries = count * piece / pieces..<count * (piece + 1) / pieces
        body(entries, places + piece * Self.values)
      }
    }
  }
}
