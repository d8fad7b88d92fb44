import Embeddings
import Tensors
import Testing

@Suite struct PrincipalComponentsTests {
  struct Reference: Sendable, CustomTestStringConvertible {
    let count, width: Int
    let shares: [Double]
    let coordinates: [[Float]]
    var testDescription: String { "\(count) points in \(width) dimensions" }
  }

  /// Made with NumPy, the columns' signs set so that the largest magnitude is positive.
  ///
  ///     x = points(n, d).astype(float); x -= x.mean(0)
  ///     u, s, _ = np.linalg.svd(x, full_matrices=False)
  ///     shares = (s**2 / (s**2).sum())[:3]; coordinates = (u * s)[:, :3]
  static let references = [
    Reference(
      count: 5,
      width: 7,
      shares: [0.744802797, 0.16472247, 0.060842792],
      coordinates: [
        [-1.127032, 0.749186, -0.084908], [0.502583, -0.726898, 0.090205],
        [1.81773, 0.30904, -0.311954], [-1.300933, -0.485309, -0.279008],
        [0.107652, 0.153982, 0.585666],
      ]
    ),
    Reference(
      count: 9,
      width: 4,
      shares: [0.763817179, 0.141128701, 0.067752806],
      coordinates: [
        [1.562942, -0.324519, 0.182301], [-0.309213, -0.298108, -0.211812],
        [-0.7017, 0.023343, 0.234009], [0.908242, -0.246668, -0.395208],
        [-0.20262, 0.57235, 0.028465], [-1.226486, -0.482479, -0.240212],
        [1.014835, 0.62379, -0.154931], [0.073894, -0.255687, 0.557323],
        [-1.119893, 0.387979, 6.5e-05],
      ]
    ),
  ]

  @Test(arguments: references)
  func `coordinates and shares equal NumPy's`(reference: Reference) {
    let components = PrincipalComponents(of: points(reference.count, reference.width), axes: 3)
    #expect(components.coordinates.shape == [reference.count, 3])
    for (share, expected) in zip(components.shares, reference.shares) {
      #expect(abs(share - expected) < 1e-6)
    }
    for (value, expected) in zip(
      components.coordinates.values,
      reference.coordinates.flatMap { $0 }
    ) {
      #expect(abs(value - expected) < 2e-6)
    }
  }

  @Test func `all shares together are the whole`() {
    let components = PrincipalComponents(of: points(8, 40), axes: 40)
    // Eight points around their mean span seven dimensions.
    #expect(components.shares.count == 7)
    #expect(abs(components.shares.reduce(0, +) - 1) < 1e-12)
    #expect(components.shares == components.shares.sorted(by: >))
  }

  @Test func `points on a line have one axis, and equal points none`() {
    let line = Tensor(shape: [3, 2], values: [0, 0, 1, 2, 2, 4])
    let components = PrincipalComponents(of: line, axes: 2)
    #expect(components.shares == [1])
    // The two ends are equally far out; the first of them is on the positive side.
    let length = Float(5).squareRoot()
    for (value, expected) in zip(components.coordinates.values, [length, 0, -length]) {
      #expect(abs(value - expected) < 1e-6)
    }
    for count in [0, 1, 4] {
      let same = Tensor(shape: [count, 3], values: Array(repeating: 0.1, count: 3 * count))
      let none = PrincipalComponents(of: same, axes: 2)
      #expect(none.shares.isEmpty && none.coordinates.shape == [count, 0])
    }
  }

  @Test func `a hundred points in many dimensions have two axes`() {
    let components = PrincipalComponents(of: points(120, 768), axes: 2)
    #expect(components.shares.count == 2)
  }
}
