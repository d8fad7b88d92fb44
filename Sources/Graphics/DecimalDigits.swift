/// All the decimal digits of a number: every `Double` has finitely many.
struct DecimalDigits {
  /// The digits from the first that is not 0 to the last; none for zero.
  private var digits: [UInt8]
  /// How many of them stand after the point; below 0 if zeros follow the last.
  private var places: Int

  /// - Parameter size: A finite number, not negative.
  init(_ size: Double) {
    // size = m · 2^e with whole m. For e < 0 that is m · 5^−e / 10^−e.
    let bits = size.significandBitPattern
    let isNormal = size.exponentBitPattern > 0
    var m = isNormal ? bits | 1 << 52 : bits
    var e = (isNormal ? Int(size.exponentBitPattern) : 1) - 1075
    guard m != 0 else {
      (digits, places) = ([], 0)
      return
    }
    let even = m.trailingZeroBitCount
    m >>= UInt64(even)
    e += even
    places = max(0, -e)
    digits = Self.digits(of: m, times: e < 0 ? 5 : 2, raisedTo: abs(e))
  }

  /// The digits of m · base^exponent, worked out in limbs of nine.
  private static func digits(of m: UInt64, times base: UInt64, raisedTo exponent: Int) -> [UInt8] {
    let limb: UInt64 = 1_000_000_000
    var limbs = [m % limb, m / limb]
    var left = exponent
    while left > 0 {
      let step = min(left, 12)
      let factor = (0..<step).reduce(UInt64(1)) { power, _ in power * base }
      var carry: UInt64 = 0
      for n in limbs.indices {
        let product = limbs[n] * factor + carry
        limbs[n] = product % limb
        carry = product / limb
      }
      if carry > 0 { limbs.append(carry) }
      left -= step
    }
    var digits: [UInt8] = []
    for value in limbs {
      var rest = value
      for _ in 0..<9 {
        digits.append(UInt8(rest % 10))
        rest /= 10
      }
    }
    while digits.last == 0 { digits.removeLast() }
    return digits.reversed()
  }

  /// The number rounded to so many places after the point, as a whole number of them, with a digit before the point.
  func rounded(to count: Int) -> String {
    let kept = digits.count - places + count
    var whole = rounded(toFirst: kept)
    if kept > digits.count { whole += [UInt8](repeating: 0, count: kept - digits.count) }
    let missing = count + 1 - whole.count
    if missing > 0 { whole = [UInt8](repeating: 0, count: missing) + whole }
    return Self.text(whole)
  }

  /// The first digit and `more` digits behind it, and the first one's power of ten.
  ///
  /// - Precondition: the number is not zero.
  func leading(_ more: Int) -> (digits: String, exponent: Int) {
    var first = rounded(toFirst: more + 1)
    var exponent = digits.count - places - 1
    if first.count > min(more + 1, digits.count) {
      // 9.96 has become 10.0.
      exponent += 1
      if first.count > more + 1 { first.removeLast() }
    }
    first += [UInt8](repeating: 0, count: max(0, more + 1 - first.count))
    return (Self.text(first), exponent)
  }

  /// The first digits, halves rounded up; one more if that carries to the front, all if there are no more.
  private func rounded(toFirst count: Int) -> [UInt8] {
    guard count < digits.count else { return digits }
    guard count >= 0 else { return [] }
    var first = Array(digits[..<count])
    // Whether a half or more is left out shows in the next digit alone.
    guard digits[count] >= 5 else { return first }
    for n in first.indices.reversed() {
      first[n] += 1
      if first[n] < 10 { return first }
      first[n] = 0
    }
    return [1] + first
  }

  private static func text(_ digits: [UInt8]) -> String {
    String(decoding: digits.map { $0 + 48 }, as: UTF8.self)
  }
}
