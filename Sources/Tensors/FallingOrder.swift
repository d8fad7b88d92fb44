extension UnsafeBufferPointer<Float> {
  /// The indices of all elements, largest element first; of equal ones, the lower index first.
  ///
  /// A radix sort, because a vocabulary is sorted for every token that is drawn: three passes that
  /// keep the order of what is equal, over 11 of the 32 bits each, lowest first.
  ///
  /// - Complexity: O(elements).
  package func indicesInFallingOrder() -> [Int] {
    precondition(count <= UInt32.max, "\(count) elements")
    let (bits, passes) = (11, 3)
    let values = 1 << bits
    func digit(_ entry: UInt64, _ pass: Int) -> Int {
      Int(truncatingIfNeeded: entry >> UInt64(32 + pass * bits)) & (values - 1)
    }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * count) { room in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: passes * values) { places in
        places.initialize(repeating: 0)
        var (from, to) = (room[..<count].rebased(), room[count...].rebased())
        for index in indices {
          // A float as a whole number in the opposite order, and its index behind it; adding 0 makes
          // a negative zero positive.
          let pattern = (self[index] + 0).bitPattern
          let key = pattern >> 31 == 1 ? pattern : ~(pattern | 1 << 31)
          let entry = UInt64(key) << 32 | UInt64(UInt32(truncatingIfNeeded: index))
          from.initializeElement(at: index, to: entry)
          for pass in 0..<passes { places[pass * values + digit(entry, pass)] += 1 }
        }
        for pass in 0..<passes {
          let places = places[pass * values..<(pass + 1) * values].rebased()
          var place = 0
          for value in 0..<values { (places[value], place) = (place, place + places[value]) }
          for index in indices {
            let entry = from[index]
            let value = digit(entry, pass)
            to.initializeElement(at: places[value], to: entry)
            places[value] += 1
          }
          swap(&from, &to)
        }
        return from.map { Int($0 & 0xFFFF_FFFF) }
      }
    }
  }
}

extension Slice {
  /// The slice as a buffer of its own, counted from 0.
  fileprivate func rebased<Element>() -> UnsafeMutableBufferPointer<Element>
  where Base == UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(rebasing: self)
  }
}
