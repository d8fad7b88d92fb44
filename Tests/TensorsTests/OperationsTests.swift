import Foundation
import Platform
import Sampling
import Tensors
import Testing

/// The operations on tensors as others use them.
@Suite struct OperationsTests {
  @Test(arguments: [1, 5, 300])
  func `a product with a bias is the product and then the bias`(rows: Int) {
    let a = Tensor(shape: [rows, 70], values: (0..<rows * 70).map { Float($0 % 13) - 6 })
    let b = Tensor(shape: [70, 130], values: (0..<70 * 130).map { Float($0 % 11) * 0.1 - 0.5 })
    let bias = Tensor(shape: [130], values: (0..<130).map { Float($0) * 0.01 })
    #expect(product(a, b, plus: bias).values == (product(a, b) + bias).values)
  }

  private let matrix = Tensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6])

  @Test func `products have the shape of their rows and columns`() {
    let a = Tensor(shape: [2, 1, 3], values: [1, 2, 3, 4, 5, 6])
    let b = Tensor(shape: [3, 2], values: [1, 0, 0, 1, 1, 1])
    #expect(product(a, b).shape == [2, 1, 2])
    #expect(product(a, b).values == [4, 5, 10, 11])
    #expect(product(a, transposed: matrix).shape == [2, 1, 2])
    #expect(product(a, transposed: matrix).values == [14, 32, 32, 77])
  }

  /// Large enough to be split over several cores, along either side.
  @Test(
    arguments: [
      (3, 700, 900), (3, 1700, 140), (700, 30, 900), (200, 1700, 40), (97, 101, 103), (0, 3, 5),
      (3, 0, 5), (3, 5, 0),
    ]
  )
  func `products equal their definition on several cores`(rows: Int, columns: Int, inner: Int) {
    var generator = SeededGenerator(seed: 4)
    let a = Tensor.random([rows, inner], &generator)
    let b = Tensor.random([inner, columns], &generator)
    let bᵀ = Tensor.random([columns, inner], &generator)
    let plain = ProductReference(a, b, transposed: false)
    #expect(plain.worstError(of: product(a, b).values) <= 1)
    let transposed = ProductReference(a, bᵀ, transposed: true)
    #expect(transposed.worstError(of: product(a, transposed: bᵀ).values) <= 1)
  }

  @Test(arguments: [(3, 700, 900), (700, 30, 900), (97, 101, 103), (0, 3, 5), (3, 0, 5)])
  func `a product with a transposed matrix is that of its transposition`(
    rows: Int,
    columns: Int,
    inner: Int
  ) {
    var generator = SeededGenerator(seed: 6)
    let a = Tensor.random([inner, rows], &generator)
    let b = Tensor.random([inner, columns], &generator)
    let c = product(transposed: a, b)
    #expect(c.shape == [rows, columns])
    #expect(ProductReference(a.transposed(), b, transposed: false).worstError(of: c.values) <= 1)
  }

  @Test func `a transposition exchanges rows and columns`() {
    #expect(matrix.transposed().shape == [3, 2])
    #expect(matrix.transposed().values == [1, 4, 2, 5, 3, 6])
    let long = Tensor(shape: [37, 50], values: (0..<37 * 50).map { Float($0) })
    #expect(long.transposed().transposed().values == long.values)
    #expect(long.transposed()[49, 36] == long[36, 49])
  }

  @Test func `sums over rows and over columns`() {
    #expect(matrix.rowSums().values.values == [6, 15])
    #expect(matrix.columnSums().values == [5, 7, 9])
  }

  @Test func `tiles cut out and laid side by side are the matrix`() {
    let long = Tensor(shape: [6, 10], values: (0..<60).map { Float($0) })
    let tiles = [0..<3, 3..<6].flatMap { rows in
      [0..<5, 5..<10].map { long.tile(rows: rows, columns: $0) }
    }
    #expect(tiles[1].values.prefix(5) == [5, 6, 7, 8, 9])
    #expect(Tensor.tiled(tiles, across: 2).values == long.values)
  }

  @Test func `a causal softmax is the softmax of what lies behind`() {
    let scores = Tensor(shape: [2, 2, 2], values: [1, 9, 0, 0, -3, 5, 1, 2])
    let e = Float(M_E)
    let expected: [Float] = [1, 0, 0.5, 0.5, 1, 0, 1 / (1 + e), e / (1 + e)]
    for (found, expected) in zip(causalSoftmax(scores).values, expected) {
      #expect(abs(found - expected) < 1e-6)
    }
  }

  @Test func `work shared out comes back in order`() {
    #expect(Cores.map(count: 100) { $0 * $0 } == (0..<100).map { $0 * $0 })
    #expect(Cores.map(count: 0) { $0 }.isEmpty)
  }

  @Test func `a row's result does not depend on the other rows`() {
    var generator = SeededGenerator(seed: 5)
    let a = Tensor.random([50, 700], &generator)
    let b = Tensor.random([700, 900], &generator)
    let bᵀ = Tensor.random([900, 700], &generator)
    let (all, allᵀ) = (product(a, b), product(a, transposed: bᵀ))
    for row in [0, 3, 48] {
      let two = a.rows(row..<row + 2)
      #expect(product(two, b).values == all.rows(row..<row + 2).values)
      // A single row's terms are added in an order of their own, unless b is transposed.
      let one = a.rows(row..<row + 1)
      #expect(
        ProductReference(one, b, transposed: false).worstError(of: product(one, b).values) <= 1
      )
      #expect(product(one, transposed: bᵀ).values == allᵀ.slice(row).values)
    }
  }

  @Test func `sums, differences and products are made element by element or row by row`() {
    let row = Tensor(shape: [3], values: [10, 20, 30])
    #expect((matrix + matrix).values == [2, 4, 6, 8, 10, 12])
    #expect((matrix + row).values == [11, 22, 33, 14, 25, 36])
    #expect((matrix - row).values == [-9, -18, -27, -6, -15, -24])
    #expect((matrix * row).values == [10, 40, 90, 40, 100, 180])
    #expect((matrix * row).shape == [2, 3])
    let nothing = Tensor(shape: [0, 3], values: [])
    #expect((nothing + row).values.isEmpty)
  }

  @Test func `layer norm's steps`() {
    let centred = matrix - matrix.rowMeans()
    #expect(centred.values == [-1, 0, 1, -1, 0, 1])
    let scale = ((centred * centred).rowMeans() + 0.25).squareRoots()
    #expect(scale.values.shape == [2, 1])
    let expected = Float(2.0 / 3 + 0.25).squareRoot()
    #expect(scale.values.values.allSatisfy { abs($0 - expected) < 1e-6 })
    #expect((centred / scale).values[2] == 1 / scale.values.values[0])
  }

  /// By `torch.nn.functional.gelu(x, approximate=…)` and `relu` in double precision.
  @Test(
    arguments: [
      (-3, -0.00363739208, -0.00404969409), (-1, -0.15880801, -0.158655254), (0, 0, 0),
      (0.5, 0.345714010, 0.345731231), (2, 1.95459769, 1.95449974), (20, 20, 20),
    ] as [(Float, Float, Float)]
  )
  func `activations equal PyTorch's`(x: Float, tanhForm: Float, exact: Float) {
    let tensor = Tensor(shape: [1], values: [x])
    #expect(abs(gelu(tensor)[0] - tanhForm) <= 1e-6 * abs(tanhForm))
    #expect(abs(exactGELU(tensor)[0] - exact) <= 1e-6 * abs(exact))
    #expect(relu(tensor)[0] == max(0, x))
  }

  @Test func `rows of a softmax sum to 1, on one core or several`() {
    var generator = SeededGenerator(seed: 6)
    for shape in [[2, 3, 5], [40, 30_000], [0, 4], [4, 0]] {
      let p = softmax(Tensor.random(shape, &generator))
      #expect(p.shape == shape)
      for row in 0..<(p.columns == 0 ? 0 : p.rows) {
        let sum = p.reshaped(to: [p.rows, p.columns]).slice(row).values.reduce(0.0) {
          $0 + Double($1)
        }
        #expect(abs(sum - 1) < 1e-6)
      }
    }
  }

  @Test func `what is not finite is found in tensors of every size`() {
    #expect(Tensor(shape: [0], values: []).firstNonFinite == nil)
    #expect(Tensor(shape: [3], values: [0, .nan, .infinity]).firstNonFinite == 1)
    for positions in [[], [2_999_999], [1_500_000, 17], [2_000_000, 2_999_999]] {
      let large = Tensor(shape: [3, 1_000_000]) { values in
        for position in positions { values[position] = -.infinity }
      }
      #expect(large.firstNonFinite == positions.min())
    }
  }

  @Test func `slices and reshapes share the elements`() {
    let cube = Tensor(shape: [2, 2, 3], values: (0..<12).map(Float.init))
    #expect(cube.slice(1).shape == [2, 3])
    #expect(cube.slice(1, 0).values == [6, 7, 8])
    #expect(cube[1, 1, 2] == 11)
    #expect(cube.slice(1).reshaped(to: [3, 2]).slice(2).values == [10, 11])
    #expect(cube.slice(1).rows([1, 0, 1]).values == [9, 10, 11, 6, 7, 8, 9, 10, 11])
    #expect(cube.columns(1..<3).shape == [2, 2, 2])
    #expect(cube.columns(1..<3).values == [1, 2, 4, 5, 7, 8, 10, 11])
  }
}

extension Tensor {
  /// Numbers between −1 and 1.
  static func random(_ shape: [Int], _ generator: inout SeededGenerator) -> Tensor {
    Tensor(shape: shape) { values in
      for i in values.indices {
        values[i] = Float(Int32(truncatingIfNeeded: generator.next())) * 0x1p-31
      }
    }
  }
}
