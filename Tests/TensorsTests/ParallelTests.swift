import Dispatch
import Synchronization
import Tensors
import Testing

@Suite struct ParallelTests {
  /// How often each item of `0..<count` was done.
  private func timesDone(_ count: Int, granule: Int) -> [Int] {
    let done = UnsafeMutableBufferPointer<Int>.allocate(capacity: count)
    done.initialize(repeating: 0)
    defer { done.deallocate() }
    inParallel(count: count, granule: granule, work: 1 << 40) { range in
      for item in range { done[item] += 1 }
    }
    return Array(done)
  }

  @Test func `every item is done once`() {
    for count in [0, 1, 2, 7, 64, 1000] {
      for granule in [1, 3, 64] {
        #expect(timesDone(count, granule: granule).allSatisfy { $0 == 1 }, "\(count), \(granule)")
      }
    }
  }

  @Test func `ranges begin at multiples of the granule`() {
    inParallel(count: 1000, granule: 48, work: 1 << 40) { range in
      #expect(range.lowerBound % 48 == 0 && range.upperBound <= 1000)
    }
  }

  @Test func `work within work, and from several threads at once, is done too`() {
    let sum = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<200 {
        inParallel(count: 10, work: 1 << 40) { outer in
          for _ in outer {
            inParallel(count: 10, work: 1 << 40) { inner in
              sum.add(inner.count, ordering: .relaxed)
            }
          }
        }
      }
    }
    #expect(sum.load(ordering: .relaxed) == 8 * 200 * 100)
  }

  @Test func `workers that went to sleep wake up`() async throws {
    for _ in 0..<20 {
      #expect(timesDone(100, granule: 1).allSatisfy { $0 == 1 })
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
