import Embeddings
import Tensors
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
}
