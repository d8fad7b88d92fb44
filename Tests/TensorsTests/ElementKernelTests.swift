import CKernels
import Foundation
import Sampling
import Testing

/// The functions of single elements and rows, in C, against the C library in double precision.
@Suite struct ElementKernelTests {
  /// Every 9973rd float, of both signs: all magnitudes, subnormals and infinities.
  static let everyMagnitude = stride(from: UInt32(0), through: 0x7f80_0000, by: 9973).flatMap {
    [Float(bitPattern: $0), -Float(bitPattern: $0)]
  }

  @Test(arguments: Kernels.available)
  func `exponentials are within 1.5 units in the last place`(kernels: Kernels) {
    var x = Self.everyMagnitude
    x += (0..<100_000).map { Float($0) * 0.002 - 105 }
    let y = x.through(kernels.set.exponentials)
    var worst = 0.0
    for (x, y) in zip(x, y) {
      let expected = exp(Double(x))
      if expected > Double(Float.greatestFiniteMagnitude) {
        #expect(y == .infinity || expected < 0x1.0000004p128, "e^\(x)")
      } else {
        worst = max(worst, abs(Double(y) - expected) / Double(Float(expected).ulp))
      }
    }
    #expect(worst < 1.5)
  }

  @Test(arguments: Kernels.available)
  func `exponentials of special values`(kernels: Kernels) {
    let x: [Float] = [0, -0.0, -.infinity, .infinity, -1e30, 1e30, .nan, 1, -104]
    let y = x.through(kernels.set.exponentials)
    #expect(Array(y[0..<6]) == [1, 1, 0, .infinity, 0, .infinity])
    #expect(y[6].isNaN)
    #expect(y[7] == Float(M_E))
    #expect(y[8] == 0)
  }

  @Test(arguments: Kernels.available)
  func `GELU is within 4 units in the last place of its tanh form`(kernels: Kernels) {
    let x = Self.everyMagnitude.filter(\.isFinite) + (0..<40_000).map { Float($0) * 0.0005 - 10 }
    let y = x.through(kernels.set.gelu)
    var worst = 0.0
    for (x, y) in zip(x, y) {
      let u = (2 / Double.pi).squareRoot() * (Double(x) + 0.044715 * pow(Double(x), 3))
      // ½(1 + tanh u), in the form that keeps its digits when u is far below 0.
      let expected = Double(x) / (1 + exp(-2 * u))
      // A relative error of u becomes one of e^−2u that is −2u times as large.
      let amplification = 1 + max(0, -2 * u)
      // Where e^−2u overflows, the result is 0 instead of some 10⁻³⁷.
      let distance = max(0, abs(Double(y) - expected) - 1e-37)
      worst = max(worst, distance / Double(Float(expected).ulp) / amplification)
    }
    #expect(worst < 4)
  }

  @Test(arguments: Kernels.available)
  func `GELU's slope is that of its definition`(kernels: Kernels) {
    let x = (0...20_003).map { Float($0) * 0.001 - 10 } + [-1e20, 1e20, -1e4, 1e4, 0]
    let dy = x.indices.map { Float($0 % 7) - 3 }
    var dx = [Float](repeating: .nan, count: x.count)
    kernels.set.gelu_slope(x.count, x, dy, &dx)
    for i in x.indices {
      let value = Double(x[i])
      let s = 1 / (1 + exp(-2 * (2 / Double.pi).squareRoot() * (value + 0.044715 * pow(value, 3))))
      let slope = 2 * (2 / Double.pi).squareRoot() * (1 + 3 * 0.044715 * value * value)
      // Far from 0, s is 0 or 1, and s(1 − s) times anything is nothing.
      let expected = abs(value) > 30 ? s : s + value * s * (1 - s) * slope
      // 1 − s loses digits near 1; what is lost is multiplied by x and p′.
      let allowed = 2e-6 * (1 + abs(Double(dy[i])))
      #expect(abs(Double(dx[i]) - Double(dy[i]) * expected) < allowed, "\(value)")
    }
  }

  @Test(arguments: Kernels.available, [1, 2, 7, 8, 9, 16, 50257])
  func `softmax equals its definition`(kernels: Kernels, count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    var x = (0..<count).map { _ in Float.random(in: -20...20, using: &generator) }
    if count > 2 { x[1] = -.infinity }
    if count > 7 { x[5] = -3.4e38 }
    let p = x.through(kernels.set.softmax)
    let most = Double(x.max() ?? 0)
    let powers = x.map { exp(Double($0) - most) }
    let whole = powers.reduce(0, +)
    for (p, power) in zip(p, powers) {
      // x − max is rounded to 2⁻²⁴ of at most 40, which e^ turns into a relative error; the rest is
      // rounding of e^, sum and quotient.
      let bound = power / whole * (40 * 0x1p-24 + 8 * 0x1p-24)
      #expect(abs(Double(p) - power / whole) <= bound)
    }
    #expect(abs(p.reduce(0.0) { $0 + Double($1) } - 1) < 1e-6)
  }

  @Test(arguments: Kernels.available, [1, 3, 8, 17, 50257])
  func `softmax of equal entries is even`(kernels: Kernels, count: Int) {
    for value: Float in [0, 1e30, -1e30, 3.4e38] {
      let p = Array(repeating: value, count: count).through(kernels.set.softmax)
      #expect(p.allSatisfy { abs($0 * Float(count) - 1) < 1e-6 })
    }
  }

  @Test(arguments: Kernels.available, [1, 15, 16, 17, 40])
  func `behind the last score, shares are 0 and change nothing`(kernels: Kernels, seen: Int) {
    let scores = (0..<seen).map { Float($0 % 7) - 3 }
    for hidden in [1, 16, 31, 100] {
      let p = (scores + Array(repeating: -.infinity, count: hidden)).through(kernels.set.softmax)
      #expect(p == scores.through(kernels.set.softmax) + Array(repeating: 0, count: hidden))
      let none = ([.nan] + scores + Array(repeating: -.infinity, count: hidden))
        .through(kernels.set.softmax)
      #expect(none.allSatisfy { $0.isNaN })
      let nothing = Array(repeating: -Float.infinity, count: seen + hidden)
      #expect(nothing.through(kernels.set.softmax).allSatisfy { $0.isNaN })
    }
  }

  @Test(arguments: Kernels.available)
  func `softmax shows what is not a number`(kernels: Kernels) {
    #expect([Float.nan, 1, 2].through(kernels.set.softmax).allSatisfy { $0.isNaN })
    let nothing = Array(repeating: -Float.infinity, count: 9)
    #expect(nothing.through(kernels.set.softmax).allSatisfy { $0.isNaN })
  }

  @Test(arguments: Kernels.available, [0, 1, 7, 8, 9, 511, 512, 513, 100_003])
  func `sums are right to rounding`(kernels: Kernels, count: Int) {
    let x = (0..<count).map { Float($0 % 17) * 0.1 + 0.05 }
    let expected = x.reduce(0.0) { $0 + Double($1) }
    let sum = Double(kernels.set.sum(count, x))
    #expect(abs(sum - expected) <= expected * 1e-6)
  }

  @Test(arguments: Kernels.available, [0, 1, 15, 16, 17, 31, 32, 33, 100, 1000])
  func `dot products are right to rounding`(kernels: Kernels, count: Int) {
    let x = (0..<count).map { Float($0 % 17) * 0.1 - 0.75 }
    let y = (0..<count).map { Float($0 % 13) * 0.1 - 0.55 }
    let terms = zip(x, y).map { Double($0) * Double($1) }
    let bound = 0x1p-24 * Double(count + 1) * terms.reduce(0) { $0 + abs($1) }
    #expect(abs(Double(kernels.set.dot(count, x, y)) - terms.reduce(0, +)) <= bound)
  }

  @Test(arguments: Kernels.available, [0, 1, 15, 16, 17, 100])
  func `arithmetic is that of single numbers`(kernels: Kernels, count: Int) {
    let x = (0..<count).map { Float($0) * 0.37 - 3 }
    let z = (0..<count).map { 5 - Float($0) * 0.71 }
    func made(
      _ kernel: (Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) ->
        Void
    ) -> [Float] {
      x.through { count, x, y in kernel(count, x, z, y) }
    }
    #expect(made(kernels.set.add) == zip(x, z).map { $0 + $1 })
    #expect(made(kernels.set.subtract) == zip(x, z).map { $0 - $1 })
    #expect(made(kernels.set.multiply) == zip(x, z).map { $0 * $1 })
    let set = kernels.set
    for number: Float in [3, -0.1] {
      #expect(x.through { set.subtract_number($0, $1, number, $2) } == x.map { $0 - number })
      #expect(x.through { set.multiply_number($0, $1, number, $2) } == x.map { $0 * number })
      #expect(x.through { set.divide_number($0, $1, number, $2) } == x.map { $0 / number })
    }
  }

  @Test(arguments: Kernels.available, [Float.nan, -.nan, .infinity, -.infinity])
  func `the first value that is not finite is found`(kernels: Kernels, value: Float) {
    var x = Array(repeating: Float.greatestFiniteMagnitude, count: 5000)
    x[17] = 0x1p-149
    #expect(kernels.set.first_non_finite(x.count, x) == x.count)
    for position in [4999, 4096, 2049, 1023, 7, 0] {
      x[position] = value
      #expect(kernels.set.first_non_finite(x.count, x) == position)
    }
    #expect(kernels.set.first_non_finite(0, x) == 0)
  }
}

extension [Float] {
  /// What a kernel makes of these elements.
  func through(
    _ kernel: (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> [Float] {
    Array(unsafeUninitializedCapacity: count) { y, filled in
      if let address = y.baseAddress { kernel(count, self, address) }
      filled = count
    }
  }
}
