import CKernels
import Synchronization

extension Tensor {
  /// The position, in row-major order, of the first element that is infinite or not a number.
  ///
  /// - Complexity: O(``count``), at the speed of memory.
  public var firstNonFinite: Int? {
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
