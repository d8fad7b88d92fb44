/// A value of a GGUF file's metadata.
public enum GGUFValue: Sendable {
  /// A whole number of any width.
  case integer(Int64)
  /// A number.
  case number(Double)
  /// True or false.
  case boolean(Bool)
  /// A text.
  case string(String)
  /// Values of one type, which stay in the file until they are asked for.
  case array(GGUFArray)

  /// The value if it is a whole number that an `Int` holds.
  public var integer: Int? {
    if case .integer(let value) = self { Int(exactly: value) } else { nil }
  }

  /// The value if it is a number, whole or not.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The value if it is true or false.
  public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }

  /// The value if it is a text.
  public var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The value if it is an array.
  public var array: GGUFArray? { if case .array(let value) = self { value } else { nil } }
}

/// The types of a value, by the numbers that files give them.
enum GGUFType: UInt32 {
  case uint8, int8, uint16, int16, uint32, int32, float32, boolean, string, array, uint64, int64
  case float64

  /// The least that a value of the type takes, in bytes; all of it but for texts and arrays.
  var size: Int {
    switch self {
    case .uint8, .int8, .boolean: 1
    case .uint16, .int16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64, .string: 8
    case .array: 12
    }
  }
}

/// An array of a GGUF file's metadata.
public struct GGUFArray: Sendable {
  /// How many values it has.
  public let count: Int
  let type: GGUFType
  /// Where its values stand in the file; checked when the file was opened.
  let range: Range<Int>
  let content: Bytes

  private var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: content.buffer[range])
  }

  /// The texts, as slices of one copy; nil if it holds none.
  package var texts: [ArraySlice<UInt8>]? {
    guard case .string = type else { return nil }
    let copy = Array(bytes)
    var texts: [ArraySlice<UInt8>] = []
    texts.reserveCapacity(count)
    var at = 0
    for _ in 0..<count {
      let length = Int(bytes.little(UInt64.self, at))
      texts.append(copy[at + 8..<at + 8 + length])
      at += 8 + length
    }
    return texts
  }

  /// The values if they are numbers.
  package var numbers: [Double]? {
    switch type {
    case .string, .array, .boolean: return nil
    default: break
    }
    return (0..<count).map { index in
      bytes.scalar(type, at: index * type.size).flatMap { $0.number } ?? 0
    }
  }
}

extension UnsafeRawBufferPointer {
  /// A little-endian integer, wherever it stands.
  func little<Integer: FixedWidthInteger>(_ type: Integer.Type, _ offset: Int) -> Integer {
    Integer(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
  }

  /// A value that is neither a text nor an array; nil for those, and for a whole number beyond 63 bits.
  func scalar(_ type: GGUFType, at offset: Int) -> GGUFValue? {
    switch type {
    case .uint8: .integer(Int64(self[offset]))
    case .int8: .integer(Int64(Int8(bitPattern: self[offset])))
    case .uint16: .integer(Int64(little(UInt16.self, offset)))
    case .int16: .integer(Int64(Int16(bitPattern: little(UInt16.self, offset))))
    case .uint32: .integer(Int64(little(UInt32.self, offset)))
    case .int32: .integer(Int64(Int32(bitPattern: little(UInt32.self, offset))))
    case .uint64: Int64(exactly: little(UInt64.self, offset)).map { .integer($0) }
    case .int64: .integer(Int64(bitPattern: little(UInt64.self, offset)))
    case .float32: .number(Double(Float(bitPattern: little(UInt32.self, offset))))
    case .float64: .number(Double(bitPattern: little(UInt64.self, offset)))
    case .boolean: .boolean(self[offset] != 0)
    case .string, .array: nil
    }
  }
}
