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
///   - work: What all items together cost, in multiply-adds or their like.
///   - body: Called once for each range; must not mind which ranges there are.
package func inParallel(count: Int, granule: Int = 1, work: Int, _ body: (Range<Int>) -> Void) {
  // Waking another core takes about as long as this many multiply-adds; and with more parts than
  // cores, a core that is busy with something else holds up less.
  let worthWaking = 400_000
  let granules = (count + granule - 1) / granule
  let parts = min(coreCount * 4, work / worthWaking, granules)
  guard coreCount > 1, parts > 1 else { return body(0..<count) }
  withoutActuallyEscaping(body) { body in
    // The parts are disjoint, and all of them are done when `concurrentPerform` returns.
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let start = granules * part / parts * granule
      let end = min(granules * (part + 1) / parts * granule, count)
      body(start..<end)
    }
  }
}

private let coreCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
