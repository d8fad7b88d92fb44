import Embeddings
import Tensors
import Sampling
import Testing

@Suite struct CosineTests {
  private let a = Tensor(shape: [9], values: [1, 2, 3, 4, 5, 6, 7, 8, 9])
  private let b = Tensor(shape: [9], values: [1, -1, 2, -2, 3, -3, 4, -4, 5])

  /// By `a @ b`, `np.linalg.norm(a)` and `a @ b / np.linalg.norm(a) / np.linalg.norm(b)`.
  @Test func `products, lengths and cosines equal NumPy's`() {
    #expect(dot(a, b) == 35)
    #expect(abs(norm(a) - 16.881943) < 1e-5)
    #expect(abs(cosine(a, b) - 0.224872398) < 1e-7)
  }

  @Test func `cosines lie between −1 and 1`() {
    for i in 1..<200 {
      let x = Tensor(shape: [3], values: [Float(i) * 0.1, Float(i) * 0.7, 0.3])
      let opposite = x.map { $0 * -3.3 }
      #expect(cosine(x, x) <= 1 && cosine(x, x) > 0.999999)
      #expect(cosine(x, opposite) >= -1 && cosine(x, opposite) < -0.999999)
    }
  }

  @Test func `a vector without length is near to nothing`() {
    let zero = Tensor(shape: [9], values: Array(repeating: 0, count: 9))
    #expect(cosine(a, zero) == 0)
    #expect(cosine(zero, zero) == 0)
    let nothing = Tensor(shape: [0], values: [])
    #expect(cosine(nothing, nothing) == 0)
  }

  @Test func `a vector has no angle with itself`() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<50 {
      let x = Tensor(
        shape: [128],
        values: (0..<128).map { _ in Float.random(in: -1...1, using: &generator) }
      )
      #expect(degrees(between: x, x) < 1e-5)
      #expect(
        abs(degrees(between: x, Tensor(shape: [128], values: x.values.map { -$0 })) - 180) < 1e-5
      )
    }
    let (right, up) = (Tensor(shape: [2], values: [2, 0]), Tensor(shape: [2], values: [0, 3]))
    #expect(abs(degrees(between: right, up) - 90) < 1e-9)
    #expect(degrees(between: right, Tensor(shape: [2], values: [0, 0])) == 90)
  }
}
