import Sampling
import Tensors
import Testing

@Suite struct FallingOrderTests {
  private func order(_ values: [Float]) -> [Int] {
    values.withUnsafeBufferPointer { $0.indicesInFallingOrder() }
  }

  @Test func `elements stand in falling order, equal ones by index`() {
    var generator = SeededGenerator(seed: 6)
    for count in [0, 1, 2, 3, 255, 2048, 50257] {
      let values = Tensor.random([count], &generator).values.map { ($0 * 1000).rounded() / 8 }
      let expected = values.indices.sorted { values[$0] > values[$1] }
      #expect(order(values) == expected, "\(count)")
    }
  }

  @Test func `zeros of both signs are equal, and infinities are the ends`() {
    let values: [Float] = [
      0, -0.0, -.infinity, 3, .infinity, -Float.leastNonzeroMagnitude, Float.leastNonzeroMagnitude,
      3,
    ]
    #expect(order(values) == [4, 3, 7, 6, 0, 1, 5, 2])
  }
}
