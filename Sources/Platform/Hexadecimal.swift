extension UInt8 {
  /// The two hexadecimal digits of the byte: `0A`.
  @inline(never)
  public var hexadecimal: String {
    let digits = String(self, radix: 16, uppercase: true)
    return self < 16 ? "0" + digits : digits
  }
}
