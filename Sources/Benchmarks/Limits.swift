import CBenchmarks
import Tensors

/// What the processor and the memory can do at most, measured on all cores, for comparison in the same
/// run.
enum Limits {
  /// Floating-point operations a second, as multiply-adds whose numbers never leave the registers.
  static func operationsPerSecond() -> Double {
    let (parts, times) = (16, 200_000)
    let timing = Timing(budget: 0.3) {
      inParallel(count: parts, partsPerCore: parts, work: .max) { range in
        // The result is looked at, so that it has to be computed.
        for _ in range where multiplyAdd(times) == 0 { print("no result") }
      }
    }
    return Double(2 * parts * times * multiplyAddsAtOnce()) / timing.minimum
  }

  /// Bytes of memory read a second.
  static func bytesPerSecond() -> Double {
    let timing = Timing(budget: 0.5, readMemory)
    return Double(4 * ones.count) / timing.minimum
  }

  /// How many bytes ``readMemory()`` reads.
  static var memorySize: Int { 4 * ones.count }

  /// Reads 256 MB on all cores.
  static func readMemory() {
    ones.withUnsafeBufferPointer { ones in
      guard let memory = ones.baseAddress else { return }
      inParallel(count: ones.count, granule: 128, partsPerCore: 16, work: ones.count) { part in
        // The sum is looked at, so that it has to be computed.
        if read(part.count, memory + part.lowerBound) == 0 { print("no sum") }
      }
    }
  }

  private static let ones = [Float](repeating: 1, count: 64 << 20)
}
