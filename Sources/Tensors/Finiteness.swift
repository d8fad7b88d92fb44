import CKernels
import Formats
import Synchronization

extension Tensor {
  /// The position, in row-major order, of the first element that is infinite or not a number.
  ///
  /// - Complexity: O(``count``), at the speed of memory.
  public var firstNonFinite: Int? {
    if let type = packing { return firstNonFiniteBlock(type) }
    let count = count
    let first = Atomic(count)
    withAddress { values in
      inParallel(count: count, granule: 4096, work: count) { part in
        guard part.lowerBound < first.load(ordering: .relaxed) else { return }
        let found = kernels.first_non_finite(part.count, values + part.lowerBound)
        guard found < part.count else { return }
        first.min(part.lowerBound + found, ordering: .relaxed)
      }
    }
    let position = first.load(ordering: .relaxed)
    return position < count ? position : nil
  }
}

extension Tensor {
  /// The first element of the first block one of whose scales is no finite number: integers are.
  private func firstNonFiniteBlock(_ type: BlockType) -> Int? {
    let (places, special) = type.halves
    let count = count / type.blockCount
    let blocks = packed(at: offset, type)
    let first = Atomic(count)
    inParallel(count: count, granule: 1024, work: count * 4) { part in
      for block in part {
        let start = blocks + block * type.blockBytes
        for place in places {
          let half = UInt16(start[place]) | UInt16(start[place + 1]) << 8
          guard half & special == special else { continue }
          first.min(block, ordering: .relaxed)
          return
        }
      }
    }
    let block = first.load(ordering: .relaxed)
    return withExtendedLifetime(storage) { block < count ? block * type.blockCount : nil }
  }
}

extension BlockType {
  /// Where in a block its 16-bit numbers stand, and the bits that are all set in one that is not finite.
  fileprivate var halves: (places: [Int], special: UInt16) {
    switch self {
    case .float32: ([], 0)
    case .bfloat16: ([0], 0x7F80)
    case .float16, .q4_0, .q5_0, .q8_0, .iq4NL, .iq4XS: ([0], 0x7C00)
    case .q4_1, .q5_1, .q4K, .q5K: ([0, 2], 0x7C00)
    case .q2K: ([80, 82], 0x7C00)
    case .q3K: ([108], 0x7C00)
    case .q6K: ([208], 0x7C00)
    }
  }
}
