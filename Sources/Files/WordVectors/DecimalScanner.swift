import Platform

/// Reads decimal numbers from bytes, such as `-0.12345` or `1e-05`.
///
/// Each becomes the nearest 64-bit float and then the nearest 32-bit float, as NumPy and gensim do.
enum DecimalScanner {
  /// The number at `start`, and where it ends; nil if there is none.
  ///
  /// - Parameters:
  ///   - start: Where the number begins.
  ///   - end: Where the bytes end.
  /// - Returns: The number, maybe infinite or NaN, and the first byte after it.
  @inline(__always)
  static func number(
    at start: UnsafePointer<UInt8>,
    before end: UnsafePointer<UInt8>
  ) -> (value: Float, end: UnsafePointer<UInt8>)? {
    var p = start
    let isNegative = p < end && p.pointee == UInt8(ascii: "-")
    if p < end, isNegative || p.pointee == UInt8(ascii: "+") { p += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var exponent = 0
    while p < end, let digit = digit(p.pointee) {
      mantissa = mantissa &* 10 &+ digit
      digits += 1
      p += 1
    }
    if p < end, p.pointee == UInt8(ascii: ".") {
      p += 1
      let whole = digits
      while p < end, let digit = digit(p.pointee) {
        mantissa = mantissa &* 10 &+ digit
        digits += 1
        p += 1
      }
      exponent = whole - digits
    }
    // Up to 2⁵³ and 10²², mantissa and power are exact, so that one operation rounds once.
    if digits > 0, digits < 19, mantissa <= 1 << 53, exponent >= -22, p == end || isBlank(p.pointee)
    {
      let magnitude = Double(mantissa) / powers[-exponent]
      return (Float(isNegative ? -magnitude : magnitude), p)
    }
    return unusual(at: start, before: end)
  }

  /// Whether the byte ends a field.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
      || byte == UInt8(ascii: "\r")
  }

  @inline(__always)
  private static func digit(_ byte: UInt8) -> UInt64? {
    let digit = byte &- UInt8(ascii: "0")
    return digit < 10 ? UInt64(digit) : nil
  }

  /// Numbers with an exponent or very many digits, infinities and NaN.
  private static func unusual(
    at start: UnsafePointer<UInt8>,
    before end: UnsafePointer<UInt8>
  ) -> (value: Float, end: UnsafePointer<UInt8>)? {
    var text: [CChar] = []
    var p = start
    while p < end, !isBlank(p.pointee), text.count < 512 {
      text.append(CChar(bitPattern: p.pointee))
      p += 1
    }
    let letters = text.map { UInt8(bitPattern: $0) | 0x20 }
      .drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    if ["nan", "inf", "infinity"].contains(where: { letters.elementsEqual($0.utf8) }) {
      return (letters.first == UInt8(ascii: "n") ? .nan : .infinity, p)
    }
    // The C function would take hexadecimal numbers too.
    guard text.allSatisfy({ "+-.0123456789eE".utf8.contains(UInt8(bitPattern: $0)) }) else {
      return nil
    }
    text.append(0)
    return text.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return nil }
      var stop: UnsafeMutablePointer<CChar>?
      let value = strtod(base, &stop)
      guard let stop, stop - UnsafeMutablePointer(mutating: base) == text.count - 1, text.count > 1
      else { return nil }
      return (Float(value), p)
    }
  }

  /// 10⁰ to 10²², all of which a 64-bit float holds exactly.
  private static let powers: [Double] = (0...22).map { power in
    (0..<power).reduce(1) { product, _ in product * 10 }
  }
}
