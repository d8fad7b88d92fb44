import Packing
import Testing

@Suite struct ConcurrentlyTests {
  @Test func `results come in the order of the elements`() {
    let numbers = Array(0..<1000)
    #expect(concurrently(numbers) { $0 * $0 } == numbers.map { $0 * $0 })
  }

  @Test func `of nothing comes nothing`() {
    #expect(concurrently([Int]()) { $0 }.isEmpty)
  }
}
