import Platform
import Tensors
import Testing

/// Turned pairs, against complex numbers multiplied one by one.
@Suite struct RotationTests {
  @Test func `number i and number i + n ÷ 2 turn together, and the rest stays`() {
    let x = Tensor(shape: [2, 2, 5], values: (0..<20).map { Float($0) - 7 })
    let speeds = [1.0, 0.25]
    let turned = Rotation(at: 3..<5, speeds: speeds)(x)
    #expect(turned.shape == x.shape)
    for row in 0..<2 {
      for head in 0..<2 {
        for (i, speed) in speeds.enumerated() {
          let angle = Double(row + 3) * speed
          let (a, b) = (Double(x[row, head, i]), Double(x[row, head, i + 2]))
          #expect(abs(Double(turned[row, head, i]) - (a * cos(angle) - b * sin(angle))) < 1e-5)
          #expect(abs(Double(turned[row, head, i + 2]) - (a * sin(angle) + b * cos(angle))) < 1e-5)
        }
        #expect(turned[row, head, 4] == x[row, head, 4])
      }
    }
  }

  @Test func `how well a query meets a key depends on how far apart they stand`() {
    let (q, k) = ([0.3, -1.2, 0.5, 2] as [Float], [1, 0.1, -0.7, 0.4] as [Float])
    func met(_ query: Int, _ key: Int) -> Float {
      let speeds = [1, 0.01]
      let a = Rotation(at: query..<query + 1, speeds: speeds)(Tensor(shape: [1, 1, 4], values: q))
      let b = Rotation(at: key..<key + 1, speeds: speeds)(Tensor(shape: [1, 1, 4], values: k))
      return zip(a.values, b.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(abs(met(9, 4) - met(105, 100)) < 1e-5)
    #expect(abs(met(9, 4) - met(9, 5)) > 1e-2)
  }

  @Test func `nothing turns at position 0`() {
    let x = Tensor(shape: [1, 1, 2], values: [3, -2])
    #expect(Rotation(at: 0..<1, speeds: [1])(x).values == [3, -2])
  }

  @Test func `SiLU, its slope and the soft cap are those of their definitions`() {
    let x = Tensor(shape: [6], values: [-90, -3, -0.5, 0, 1, 20])
    // PyTorch's silu in float64.
    let expected: [Float] = [-7.3745e-38, -0.14227762, -0.18877033, 0, 0.73105858, 20]
    for (value, right) in zip(silu(x).values, expected) { #expect(abs(value - right) < 1e-6) }
    let ones = Tensor(shape: [6], values: [Float](repeating: 1, count: 6))
    let slopes: [Float] = [0, -0.08810412, 0.26003981, 0.5, 0.92767051, 1]
    for (value, right) in zip(siluSlope(at: x, times: ones).values, slopes) {
      #expect(abs(value - right) < 1e-6)
    }
    for (value, number) in zip(softCap(x, at: 5).values, x.values) {
      #expect(abs(Double(value) - 5 * tanh(Double(number) / 5)) < 1e-6)
    }
  }
}
