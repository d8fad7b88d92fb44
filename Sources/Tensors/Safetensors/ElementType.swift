/// The type of a stored tensor's elements, under its name in safetensors headers.
public enum ElementType: String, Sendable, CaseIterable {
  /// A truth value in one byte.
  case bool = "BOOL"
  /// An unsigned integer.
  case uint8 = "U8"
  /// A signed integer.
  case int8 = "I8"
  /// A float with 5 exponent bits and 2 fraction bits.
  case float8E5M2 = "F8_E5M2"
  /// A float with 4 exponent bits and 3 fraction bits; no infinities.
  case float8E4M3 = "F8_E4M3"
  /// A signed integer.
  case int16 = "I16"
  /// An unsigned integer.
  case uint16 = "U16"
  /// An IEEE 754 half.
  case float16 = "F16"
  /// The upper half of a 32-bit float.
  case bfloat16 = "BF16"
  /// A signed integer.
  case int32 = "I32"
  /// An unsigned integer.
  case uint32 = "U32"
  /// An IEEE 754 single.
  case float32 = "F32"
  /// An IEEE 754 double.
  case float64 = "F64"
  /// A signed integer.
  case int64 = "I64"
  /// An unsigned integer.
  case uint64 = "U64"

  /// The size of one element, in bytes.
  public var byteCount: Int {
    switch self {
    case .bool, .uint8, .int8, .float8E5M2, .float8E4M3: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .float64, .int64, .uint64: 8
    }
  }
}

extension ElementType {
  /// The largest relative error of rounding a number to this type, half a unit in the last place; 2⁻²⁴ where it is finer,
  /// since all numbers are read as float32.
  ///
  /// - SeeAlso: Higham, *Accuracy and Stability of Numerical Algorithms*, section 2.2.
  public var unitRoundoff: Double {
    switch self {
    case .float8E5M2: 0x1p-3
    case .float8E4M3: 0x1p-4
    case .bfloat16: 0x1p-8
    case .float16: 0x1p-11
    default: 0x1p-24
    }
  }
}
