/// A JSON value, and where in its file it stands.
///
/// `JSONDecoder` would not do: of two equal keys it keeps one without a word, and to `String` two
/// spellings of é are equal keys. In a vocabulary they are different tokens, so keys and strings
/// here are bytes.
struct JSONValue {
  /// What the value is.
  enum Content {
    case null
    case boolean(Bool)
    case integer(Int)
    /// A number that is not an integer of 64 bits.
    case number
    case string(ArraySlice<UInt8>)
    case array([JSONValue])
    case object([Member])
  }

  /// A key and its value.
  struct Member {
    let key: ArraySlice<UInt8>
    let value: JSONValue
  }

  let content: Content
  /// The byte at which the value begins.
  let offset: Int

  /// The value of a key; of several the last, as most readers have it; nil for what is no object.
  subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = content else { return nil }
    return members.last { $0.key.elementsEqual(key.utf8) }?.value
  }

  /// Whether the value is `null`.
  var isNull: Bool { if case .null = content { true } else { false } }

  /// The value if it is an integer.
  var integer: Int? { if case .integer(let value) = content { value } else { nil } }

  /// The value if it is true or false.
  var boolean: Bool? { if case .boolean(let value) = content { value } else { nil } }

  /// The value if it is a string, in UTF-8.
  var bytes: ArraySlice<UInt8>? { if case .string(let value) = content { value } else { nil } }

  /// The value if it is a string.
  var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  /// The value if it is an array.
  var array: [JSONValue]? { if case .array(let value) = content { value } else { nil } }

  /// The value if it is an object.
  var members: [Member]? { if case .object(let value) = content { value } else { nil } }
}
