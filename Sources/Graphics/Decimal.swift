import CPlatform

/// Numbers written in decimal, the same on every machine and in every locale.
public enum Decimal {
  /// Writes `value` with exactly `digits` digits after the point, a real minus sign, `∞`, or `–` for NaN.
  ///
  /// From 10¹⁵ on, where the digits would mean nothing, it is written as `1.00e30`.
  ///
  /// - Parameters:
  ///   - value: Any number.
  ///   - digits: Digits after the point, 0 to 17.
  /// - Returns: For example `−0.25`; what rounds to zero has no sign.
  public static func text(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "−∞" : "∞" }
    let isHuge = abs(value) >= 1e15
    var buffer = [CChar](repeating: 0, count: 64)
    let length = writeDecimal(
      to: &buffer,
      size: buffer.count,
      digits: Int32(max(0, min(17, digits))),
      abs(value),
      isScientific: isHuge
    )
    var magnitude = String(
      decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) },
      as: UTF8.self
    )
    if isHuge { magnitude.removeAll { $0 == "+" } }
    let isZero = magnitude.allSatisfy { $0 == "0" || $0 == "." }
    return value < 0 && !isZero ? "−" + magnitude : magnitude
  }
}
