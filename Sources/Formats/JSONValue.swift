/// A JSON value that was read, and where in its file it stands.
///
/// Foundation's decoder would not do: of two equal keys it keeps one without a word, and to `String` two
/// spellings of é are equal keys. In a vocabulary they are different tokens, so keys and strings
/// here are bytes.
public struct JSONValue: Sendable {
  /// What the value is.
  public enum Content: Sendable {
    /// Nothing known.
    case null
    /// True or false.
    case boolean(Bool)
    /// A whole number of at most 64 bits.
    case integer(Int64)
    /// Any other number; infinite if it is too large.
    case number(Double)
    /// A text, in UTF-8.
    case string(ArraySlice<UInt8>)
    /// Values in order.
    case array([JSONValue])
    /// Keys and values in order, equal ones included.
    case object([Member])
  }

  /// A key and its value.
  public struct Member: Sendable {
    /// The key, in UTF-8.
    public let key: ArraySlice<UInt8>
    /// Its value.
    public let value: JSONValue
  }

  /// What the value is.
  public let content: Content
  /// The byte at which the value begins.
  public let offset: Int

  /// A value that was not read from anywhere.
  public init(_ content: Content) {
    self.content = content
    offset = 0
  }

  init(content: Content, offset: Int) {
    self.content = content
    self.offset = offset
  }

  /// Reads JSON; `nil` if `text` is not JSON.
  public init?(parsing text: String) {
    guard let value = try? JSONParser.parse(Array(text.utf8)) else { return nil }
    self = value
  }

  /// The value of a key; of several the last, as most readers have it; nil for what is no object.
  public subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = content else { return nil }
    return members.last { $0.key.elementsEqual(key.utf8) }?.value
  }

  /// The entry under the first of the keys that is there and not null.
  ///
  /// - Parameter keys: The keys, with spaces between them.
  /// - Returns: The entry; nil if there is none.
  public func first(_ keys: String) -> JSONValue? {
    for key in keys.utf8.split(separator: UInt8(ascii: " ")) {
      if let value = self[String(decoding: key, as: UTF8.self)], !value.isNull { return value }
    }
    return nil
  }

  /// Whether the value is `null`.
  public var isNull: Bool { if case .null = content { true } else { false } }

  /// The value if it is a whole number, written as one, that an `Int` holds.
  public var integer: Int? {
    if case .integer(let value) = content { Int(exactly: value) } else { nil }
  }

  /// The value if it is a whole number of at most 64 bits, also if it is written as `2.0`.
  public var wholeNumber: Int64? {
    switch content {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }

  /// The value if it is a number.
  public var number: Double? {
    switch content {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The value if it is true or false.
  public var boolean: Bool? { if case .boolean(let value) = content { value } else { nil } }

  /// The value if it is a string, in UTF-8.
  public var bytes: ArraySlice<UInt8>? {
    if case .string(let value) = content { value } else { nil }
  }

  /// The value if it is a string.
  public var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  /// The value if it is an array.
  public var array: [JSONValue]? { if case .array(let value) = content { value } else { nil } }

  /// The value if it is an object.
  public var members: [Member]? { if case .object(let value) = content { value } else { nil } }
}
