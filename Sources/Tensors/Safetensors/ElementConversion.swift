extension ElementType {
  /// Writes the little-endian elements in `source` to `target` as 32-bit floats.
  ///
  /// What a float cannot hold exactly is rounded to the nearest: doubles, and integers beyond 2²⁴.
  ///
  /// - Parameters:
  ///   - source: `byteCount` bytes for each element of `target`, at any alignment.
  ///   - target: The elements' place.
  package func convert(
    _ source: UnsafeRawBufferPointer,
    to target: UnsafeMutableBufferPointer<Float>
  ) {
    switch self {
    case .bool: decode(source, target) { (byte: UInt8) in byte == 0 ? 0 : 1 }
    case .uint8: decode(source, target) { (integer: UInt8) in Float(integer) }
    case .int8: decode(source, target) { (integer: Int8) in Float(integer) }
    case .uint16: decode(source, target) { (integer: UInt16) in Float(integer) }
    case .int16: decode(source, target) { (integer: Int16) in Float(integer) }
    case .uint32: decode(source, target) { (integer: UInt32) in Float(integer) }
    case .int32: decode(source, target) { (integer: Int32) in Float(integer) }
    case .uint64: decode(source, target) { (integer: UInt64) in Float(integer) }
    case .int64: decode(source, target) { (integer: Int64) in Float(integer) }
    case .float8E4M3: decode(source, target, float(e4m3:))
    case .float8E5M2: decode(source, target) { (bits: UInt8) in float(half: UInt16(bits) << 8) }
    case .float16: decode(source, target, float(half:))
    case .bfloat16: decode(source, target) { Float(bitPattern: UInt32($0 as UInt16) << 16) }
    case .float32: decode(source, target) { Float(bitPattern: $0) }
    case .float64: decode(source, target) { Float(Double(bitPattern: $0)) }
    }
  }
}

private func decode<Bits: FixedWidthInteger>(
  _ source: UnsafeRawBufferPointer,
  _ target: UnsafeMutableBufferPointer<Float>,
  _ value: (Bits) -> Float
) {
  let width = MemoryLayout<Bits>.size
  for i in 0..<target.count {
    let bits = source.loadUnaligned(fromByteOffset: i * width, as: Bits.self)
    target[i] = value(Bits(littleEndian: bits))
  }
}

/// The value of an IEEE 754 half: 1 sign, 5 exponent and 10 fraction bits.
private func float(half bits: UInt16) -> Float {
  let sign = UInt32(bits & 0x8000) << 16
  let magnitude = UInt32(bits & 0x7fff)
  // Shifted into a float's fields, the exponent is 112 too small. Below that lie the subnormals,
  // which are multiples of 2⁻²⁴; above, infinity and NaN keep an exponent of all ones.
  if magnitude < 0x0400 {
    let value = Float(magnitude) * 0x1p-24
    return sign == 0 ? value : -value
  }
  let rebias: UInt32 = magnitude < 0x7c00 ? 112 << 23 : 224 << 23
  return Float(bitPattern: sign | (magnitude << 13 + rebias))
}

/// The value of an 8-bit float with 4 exponent and 3 fraction bits, in which only 0x7f and 0xff are
/// not numbers.
///
/// - SeeAlso: Micikevicius et al. 2022, table 1, <https://arxiv.org/abs/2209.05433>.
private func float(e4m3 bits: UInt8) -> Float {
  let magnitude = UInt32(bits & 0x7f)
  let value: Float =
    switch magnitude {
    case 0x7f: .nan
    case ..<8: Float(magnitude) * 0x1p-9
    default: Float(bitPattern: magnitude << 20 + 120 << 23)
    }
  return bits & 0x80 == 0 ? value : -value
}

/// The bits of the IEEE 754 half nearest to a value; of two equally near ones, the even one.
///
/// What is too large becomes infinite.
func halfPrecisionBits(_ value: Float) -> UInt16 {
  let sign = UInt16(truncatingIfNeeded: value.bitPattern >> 16) & 0x8000
  let magnitude = Float(bitPattern: value.bitPattern & 0x7fff_ffff)
  if magnitude.isNaN { return sign | 0x7e00 }
  // Below 2⁻¹⁴ lie the subnormals, which are multiples of 2⁻²⁴.
  if magnitude < 0x1p-14 { return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven)) }
  if magnitude >= 65520 { return sign | 0x7c00 }
  // 13 of the 23 fraction bits go; what they round up to may carry into the exponent, as it should.
  let bits = magnitude.bitPattern
  let rounded = (bits + 0x0fff + (bits >> 13) & 1) >> 13
  return sign | UInt16(truncatingIfNeeded: rounded - 112 << 10)
}
