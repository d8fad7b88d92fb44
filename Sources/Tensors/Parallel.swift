import CKernels

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
///   - work: What all items together cost, in multiply-adds or their like.
///   - body: Called once for each range; must not mind which ranges there are.
package func inParallel(
  count: Int,
  granule: Int = 1,
  work: Int,
  _ body: (Range<Int>) -> Void
) {
  // Sharing with another core takes about as long as this many multiply-adds; and with more parts
  // than cores, a core that is busy with something else holds up less.
  let worthWaking = 100_000
  let granules = (count + granule - 1) / granule
  let parts = min(coreCount * 4, work / worthWaking, granules)
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

private let coreCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
