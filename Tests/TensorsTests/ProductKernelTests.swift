import CKernels
import Sampling
import Tensors
import Testing

/// The two matrix products, in C, against a plain loop.
@Suite struct ProductKernelTests {
  /// Below, at and above every block size of the kernels.
  static let lengths = [0, 1, 2, 3, 7, 12, 13, 15, 16, 17, 25, 31, 33, 63, 64, 65]

  @Test(arguments: lengths, Kernels.available)
  func `products equal their definition`(rows: Int, kernels: Kernels) {
    var generator = SeededGenerator(seed: UInt64(rows))
    for columns in Self.lengths {
      for inner in Self.lengths {
        let a = Matrix(rows: rows, columns: inner, padding: 3, &generator)
        for transposed in [false, true] {
          let shape = transposed ? (columns, inner) : (inner, columns)
          let b = Matrix(rows: shape.0, columns: shape.1, padding: 5, &generator)
          let c = kernels.product(a, b, transposed: transposed)
          let reference = ProductReference(a.tensor, b.tensor, transposed: transposed)
          #expect(
            reference.worstError(of: c.tensor.values) <= 1 && !c.isPaddingTouched,
            "\(rows)×\(inner)×\(columns), transposed: \(transposed)"
          )
        }
      }
    }
  }

  /// Longer than every piece that the kernels cut matrices into, and no multiple of any.
  @Test(
    arguments: [
      (5, 531, 70), (16, 300, 1030), (17, 531, 300), (131, 270, 531), (40, 700, 900),
      (7, 1700, 140),
    ],
    Kernels.available
  )
  func `products of many pieces equal their definition`(size: (Int, Int, Int), kernels: Kernels) {
    let (rows, columns, inner) = size
    var generator = SeededGenerator(seed: 1)
    let a = Matrix(rows: rows, columns: inner, padding: 0, &generator)
    for transposed in [false, true] {
      let shape = transposed ? (columns, inner) : (inner, columns)
      let b = Matrix(rows: shape.0, columns: shape.1, padding: 1, &generator)
      let c = kernels.product(a, b, transposed: transposed)
      let reference = ProductReference(a.tensor, b.tensor, transposed: transposed)
      #expect(reference.worstError(of: c.tensor.values) <= 1, "transposed: \(transposed)")
    }
  }

  @Test(arguments: lengths + [129, 300], Kernels.available)
  func `products of a single row equal their definition`(columns: Int, kernels: Kernels) {
    var generator = SeededGenerator(seed: UInt64(columns))
    for inner in Self.lengths + [130, 300] {
      let a = Matrix(rows: 1, columns: inner, padding: 0, &generator)
      let b = Matrix(rows: inner, columns: columns, padding: 0, &generator)
      var c = Matrix(rows: 1, columns: columns, padding: 2)
      c.values.withUnsafeMutableBufferPointer { values in
        guard let address = values.baseAddress else { return }
        kernels.set.row_product(columns, inner, a.values, b.values, address)
      }
      let reference = ProductReference(a.tensor, b.tensor, transposed: false)
      #expect(
        reference.worstError(of: c.tensor.values) <= 1 && !c.isPaddingTouched,
        "\(inner)×\(columns)"
      )
    }
  }

  @Test(arguments: lengths, Kernels.available)
  func `products of transposed matrices equal their definition`(rows: Int, kernels: Kernels) {
    var generator = SeededGenerator(seed: UInt64(rows))
    for columns in Self.lengths + [300] {
      for inner in Self.lengths + [300] {
        let a = Matrix(rows: inner, columns: rows, padding: 3, &generator)
        let b = Matrix(rows: inner, columns: columns, padding: 5, &generator)
        let c = kernels.transposedProduct(a, b)
        let aᵀ = Tensor(
          shape: [rows, inner],
          values: (0..<rows).flatMap { i in (0..<inner).map { a[$0, i] } }
        )
        let reference = ProductReference(aᵀ, b.tensor, transposed: false)
        #expect(
          reference.worstError(of: c.tensor.values) <= 1 && !c.isPaddingTouched,
          "\(rows)×\(inner)×\(columns)"
        )
      }
    }
  }

  @Test(arguments: Kernels.available, [false, true])
  func `a part of a product has the bits of the whole`(kernels: Kernels, transposed: Bool) {
    var generator = SeededGenerator(seed: 2)
    let (rows, columns, inner) = (40, 300, 1100)
    let a = Matrix(rows: rows, columns: inner, padding: 0, &generator)
    let shape = transposed ? (columns, inner) : (inner, columns)
    let b = Matrix(rows: shape.0, columns: shape.1, padding: 0, &generator)
    let whole = kernels.product(a, b, transposed: transposed)
    for partRows in [0..<1, 1..<8, 5..<21, 13..<40] {
      for partColumns in [0..<300, 0..<1, 3..<130, 255..<300] {
        let a = a.slice(rows: partRows, columns: 0..<inner)
        let b =
          transposed
          ? b.slice(rows: partColumns, columns: 0..<inner)
          : b.slice(rows: 0..<inner, columns: partColumns)
        let part = kernels.product(a, b, transposed: transposed)
        let same = partRows.enumerated().allSatisfy { (i, row) in
          partColumns.enumerated().allSatisfy { (j, column) in
            part[i, j].bitPattern == whole[row, column].bitPattern
          }
        }
        #expect(same, "rows \(partRows), columns \(partColumns)")
      }
    }
  }

  @Test(arguments: Kernels.available)
  func `a row has the same bits among any number of rows`(kernels: Kernels) {
    var generator = SeededGenerator(seed: 4)
    for (inner, columns) in [(64, 97), (500, 70), (130, 33)] {
      let a = Matrix(rows: 60, columns: inner, padding: 0, &generator)
      for transposed in [false, true] {
        let shape = transposed ? (columns, inner) : (inner, columns)
        let b = Matrix(rows: shape.0, columns: shape.1, padding: 0, &generator)
        let whole = kernels.product(a, b, transposed: transposed)
        for rows in [1, 2, 11, 12, 13, 24, 25, 59] {
          let some = a.slice(rows: 0..<rows, columns: 0..<inner)
          let part = kernels.product(some, b, transposed: transposed)
          #expect(
            part.tensor.values.map(\.bitPattern)
              == whole.slice(rows: 0..<rows, columns: 0..<columns).values.map(\.bitPattern),
            "\(rows)×\(inner)×\(columns), transposed: \(transposed)"
          )
        }
      }
    }
  }

  /// A product is the same whether a factor lies there as it is or transposed.
  @Test(arguments: Kernels.available)
  func `a transposed factor gives the bits of the factor itself`(kernels: Kernels) {
    var generator = SeededGenerator(seed: 5)
    for (rows, columns, inner) in [(7, 40, 300), (50, 350, 420), (1, 20, 65)] {
      let a = Matrix(rows: rows, columns: inner, padding: 0, &generator)
      let b = Matrix(rows: inner, columns: columns, padding: 0, &generator)
      let plain = kernels.product(a, b, transposed: false)
      let turned = kernels.product(a, b.transposed, transposed: true)
      #expect(turned.values.map(\.bitPattern) == plain.values.map(\.bitPattern))
      let other = kernels.transposedProduct(a.transposed, b)
      #expect(other.values.map(\.bitPattern) == plain.values.map(\.bitPattern))
    }
  }

  /// Both multiply and add in one step, in the same order.
  @Test func `AVX2 and AVX-512 give the same bits`() {
    guard let avx2 = avx2Kernels(), let avx512 = avx512Kernels() else { return }
    let sets = [Kernels(set: avx2.pointee), Kernels(set: avx512.pointee)]
    var generator = SeededGenerator(seed: 6)
    for (rows, columns, inner) in [(1, 77, 300), (12, 65, 130), (13, 40, 520), (61, 330, 400)] {
      let a = Matrix(rows: rows, columns: inner, padding: 0, &generator)
      let b = Matrix(rows: inner, columns: columns, padding: 0, &generator)
      let bits = sets.map { $0.product(a, b, transposed: false).values.map(\.bitPattern) }
      #expect(bits[0] == bits[1], "\(rows)×\(inner)×\(columns)")
    }
    let x = (0..<5000).map { Float($0) * 0.004 - 10 }
    for kernel in [\KernelSet.exponentials, \.softmax, \.gelu] {
      let bits = sets.map { x.through($0.set[keyPath: kernel]).map(\.bitPattern) }
      #expect(bits[0] == bits[1])
    }
    let sums = sets.map { ($0.set.sum(4999, x), $0.set.dot(4999, x, x)) }
    #expect(sums[0] == sums[1])
  }

  @Test(arguments: Kernels.available, [false, true])
  func `infinities stay in their rows and columns`(kernels: Kernels, transposed: Bool) {
    var generator = SeededGenerator(seed: 3)
    var a = Matrix(rows: 7, columns: 9, padding: 0, &generator)
    var b = Matrix(rows: transposed ? 19 : 9, columns: transposed ? 9 : 19, padding: 0, &generator)
    a[2, 8] = .infinity
    if transposed { b[18, 0] = .nan } else { b[0, 18] = .nan }
    let c = kernels.product(a, b, transposed: transposed)
    for i in 0..<7 {
      for j in 0..<19 { #expect(c[i, j].isFinite == (i != 2 && j != 18), "[\(i), \(j)]") }
    }
  }
}

/// One processor's kernels, as an argument of a test.
struct Kernels: Sendable, CustomTestStringConvertible {
  nonisolated(unsafe) let set: KernelSet

  static let available = [portableKernels(), avx2Kernels(), avx512Kernels()]
    .compactMap { $0 }.map { Kernels(set: $0.pointee) }

  var testDescription: String { String(cString: set.name) }

  func product(_ a: Matrix, _ b: Matrix, transposed: Bool) -> Matrix {
    var c = Matrix(rows: a.rows, columns: transposed ? b.rows : b.columns, padding: 2)
    let product = transposed ? set.product_transposed : set.product
    c.values.withUnsafeMutableBufferPointer { values in
      guard let address = values.baseAddress else { return }
      product(
        a.rows,
        transposed ? b.rows : b.columns,
        a.columns,
        a.values,
        a.stride,
        b.values,
        b.stride,
        address,
        a.rows == 0 ? 1 : values.count / a.rows
      )
    }
    return c
  }

  /// aᵀ · b.
  func transposedProduct(_ a: Matrix, _ b: Matrix) -> Matrix {
    var c = Matrix(rows: a.columns, columns: b.columns, padding: 2)
    c.values.withUnsafeMutableBufferPointer { values in
      guard let address = values.baseAddress else { return }
      set.transposed_product(
        a.columns,
        b.columns,
        a.rows,
        a.values,
        a.stride,
        b.values,
        b.stride,
        address,
        b.columns + 2
      )
    }
    return c
  }
}

/// A matrix whose rows are followed by padding that nobody may touch.
struct Matrix {
  static let paddingValue: Float = 12345
  let rows: Int
  let columns: Int
  let stride: Int
  var values: [Float]

  init(rows: Int, columns: Int, padding: Int) {
    self.rows = rows
    self.columns = columns
    stride = columns + padding
    values = Array(repeating: Self.paddingValue, count: rows * stride)
  }

  init(rows: Int, columns: Int, padding: Int, _ generator: inout SeededGenerator) {
    self.init(rows: rows, columns: columns, padding: padding)
    for i in 0..<rows {
      for j in 0..<columns {
        values[i * stride + j] = Float(Int32(truncatingIfNeeded: generator.next())) * 0x1p-31
      }
    }
  }

  subscript(row: Int, column: Int) -> Float {
    get { values[row * stride + column] }
    set { values[row * stride + column] = newValue }
  }

  func slice(rows: Range<Int>, columns: Range<Int>) -> Matrix {
    var part = Matrix(rows: rows.count, columns: columns.count, padding: 0)
    for (i, row) in rows.enumerated() {
      for (j, column) in columns.enumerated() { part[i, j] = self[row, column] }
    }
    return part
  }

  /// The matrix with rows and columns exchanged, without padding.
  var transposed: Matrix {
    var turned = Matrix(rows: columns, columns: rows, padding: 0)
    for i in 0..<rows {
      for j in 0..<columns { turned[j, i] = self[i, j] }
    }
    return turned
  }

  /// The matrix without its padding.
  var tensor: Tensor {
    Tensor(
      shape: [rows, columns],
      values: (0..<rows).flatMap { values[$0 * stride..<$0 * stride + columns] }
    )
  }

  /// Whether something was written between the rows.
  var isPaddingTouched: Bool {
    (0..<rows).contains { row in
      values[row * stride + columns..<(row + 1) * stride].contains { $0 != Self.paddingValue }
    }
  }
}
