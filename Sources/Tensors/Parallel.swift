import CKernels
import Platform

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
    body(share(part, of: parts, in: count, granule: granule))
  }
}

/// One of so many ranges of about the same length that together make up `0..<count` and start at multiples
/// of `granule`; there are at least as many such multiples.
func share(_ part: Int, of parts: Int, in count: Int, granule: Int) -> Range<Int> {
  let granules = (count + granule - 1) / granule
  return granules * part / parts * granule..<min(granules * (part + 1) / parts * granule, count)
}
