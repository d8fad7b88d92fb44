import Platform
import Testing

@Suite struct RisingOrderTests {
  @Test("numbers come in rising order, equal ones as they stood") func order() {
    #expect(risingOrder(of: [3, 1, 2, 1, -0.0, 0]) == [4, 5, 1, 3, 2, 0])
    #expect(risingOrder(of: []) == [])
    #expect(risingOrder(of: [.infinity, -.infinity, 5]) == [1, 2, 0])
  }

  @Test("things come in the rising order of a number of each") func things() {
    #expect(["ccc", "a", "bb", "d"].rising { Double($0.count) } == ["a", "d", "bb", "ccc"])
    // Sorted by the second first, and then by the first.
    let pairs = [(2, 1), (1, 2), (1, 1), (2, 0)]
    let sorted = pairs.rising { Double($0.1) }.rising { Double($0.0) }
    #expect(sorted.map { "\($0)" } == ["(1, 1)", "(1, 2)", "(2, 0)", "(2, 1)"])
  }
}
