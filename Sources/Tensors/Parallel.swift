import CKernels
import Dispatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Calls `body` with ranges that together make up `0..<count`, several at once where it pays.
///
/// - Parameters:
///   - count: How many items there are.
///   - granule: Ranges start at multiples of this.
///   - partsPerCore: How many ranges there are for each core, at most. With more of them than one, a
///     core that is busy with something else holds up less.
///   - work: What all items together cost, in multiply-adds or their like.
///   - body: Called once for each range; must not mind which ranges there are.
package func inParallel(
  count: Int,
  granule: Int = 1,
  partsPerCore: Int = 4,
  work: Int,
  _ body: (Range<Int>) -> Void
) {
  // Sharing with another core takes about as long as this many multiply-adds.
  let worthWaking = 100_000
  guard !Cores.areShared else { return body(0..<count) }
  let granules = (count + granule - 1) / granule
  let parts = min(coreCount * partsPerCore, work / worthWaking, granules)
  guard coreCount > 1, parts > 1 else { return body(0..<count) }
  withoutActuallyEscaping(body) { body in
    // All parts are done when the call returns, so that what it is given outlives it.
    var job = Job(count: count, granule: granule, parts: parts, body: body)
    withUnsafeMutablePointer(to: &job) { job in
      callInParallel(parts: parts, context: job) { part, context in
        context?.assumingMemoryBound(to: Job.self).pointee.run(part)
      }
    }
  }
}

/// Work cut into parts of about the same size.
private struct Job {
  let count: Int
  let granule: Int
  let parts: Int
  let body: (Range<Int>) -> Void

  func run(_ part: Int) {
    let granules = (count + granule - 1) / granule
    let start = granules * part / parts * granule
    let end = min(granules * (part + 1) / parts * granule, count)
    body(start..<end)
  }
}

/// Work that is split over the cores as a whole, so that its parts do not split theirs again.
package enum Cores {
  @TaskLocal static var areShared = false

  /// Calls `body` with each number below `count`, several at once.
  ///
  /// Within `body`, every tensor operation runs on the core it was called on.
  ///
  /// - Parameters:
  ///   - count: How many parts there are.
  ///   - body: Does one part, and touches nothing that another part changes.
  package static func share(count: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: count) { part in
        $areShared.withValue(true) { body(part) }
      }
    }
  }

  /// Makes a value of each number below `count`, several at once.
  ///
  /// - Parameters:
  ///   - count: How many values.
  ///   - value: Makes one, and touches nothing that another part changes.
  /// - Returns: The values in order.
  package static func map<Value: Sendable>(count: Int, _ value: (Int) -> Value) -> [Value] {
    var values = [Value?](repeating: nil, count: count)
    values.withUnsafeMutableBufferPointer { values in
      // Each part writes a place of its own.
      nonisolated(unsafe) let values = values
      share(count: count) { values[$0] = value($0) }
    }
    return values.compactMap(\.self)
  }
}

private let coreCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
