/// Numbers written in decimal, the same on every machine, in every locale and by the script of a page.
///
/// Halves are rounded away from zero, as `toFixed` does in a browser: 0.125 is `0.13`.
public enum Decimal {
  /// Writes `value` with `digits` digits after the point, a real minus sign, `∞`, or `–` for NaN.
  ///
  /// What is not zero never looks like zero: where the digits do not reach it, its first digit is written, with one more
  /// digit after the point (`0.004`) or with a power of ten (`4e−7`). From 10¹⁵ on, where the digits would mean nothing, a
  /// number is written as `1.00e30`.
  ///
  /// - Parameters:
  ///   - value: Any number.
  ///   - digits: Digits after the point, 0 to 17.
  /// - Returns: For example `−0.25`.
  public static func text(_ value: Double, digits: Int) -> String {
    let digits = max(0, min(17, digits))
    let written = rounded(value, digits: digits)
    let looksLikeZero = !written.utf8.contains { 0x31...0x39 ~= $0 }
    guard looksLikeZero, value.isFinite, value != 0 else { return written }
    let (first, exponent) = DecimalDigits(abs(value)).leading(0)
    let size =
      -exponent <= digits + 1
      ? rounded(abs(value), digits: -exponent) : "\(first)e−\(-exponent)"
    return value < 0 ? "−" + size : size
  }

  /// Writes `value` with exactly `digits` digits after the point, else as ``text(_:digits:)``: for ticks and measures.
  ///
  /// - Parameters:
  ///   - value: Any number.
  ///   - digits: Digits after the point, 0 to 17.
  /// - Returns: For example `−0.25`; what rounds to zero has no sign.
  public static func rounded(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
    let digits = max(0, min(17, digits))
    var size: String
    var isZero = false
    if abs(value) >= 1e15 {
      let (leading, exponent) = DecimalDigits(abs(value)).leading(digits)
      size = "\(pointed(leading, digits))e\(exponent)"
    } else {
      let whole = DecimalDigits(abs(value)).rounded(to: digits)
      isZero = whole.allSatisfy { $0 == "0" }
      size = pointed(whole, digits)
    }
    return value < 0 && !isZero ? "−" + size : size
  }

  /// Sets the point before the last `digits` digits.
  private static func pointed(_ whole: String, _ digits: Int) -> String {
    digits == 0 ? whole : "\(whole.dropLast(digits)).\(whole.suffix(digits))"
  }
}
