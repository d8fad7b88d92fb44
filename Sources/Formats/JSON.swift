/// A JSON value whose objects keep their order, to be written.
///
/// Traces and tokenizers read JSON, and need no order; what the command writes is read by people too,
/// so it has one. The command line uses this type for all of its JSON.
public indirect enum JSON: Sendable, Equatable {
  /// A member of an object.
  public struct Member: Sendable, Equatable {
    /// The member's name.
    public var name: String
    /// The member's value.
    public var value: JSON

    /// Makes a member.
    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// Nothing known.
  case null
  /// True or false.
  case bool(Bool)
  /// A number; what is not finite is written as `null`, for JSON has no such numbers.
  case number(Double)
  /// A whole number.
  case integer(Int64)
  /// A text.
  case string(String)
  /// Values in order.
  case array([JSON])
  /// Members in order. Names are not checked to differ.
  case members([Member])

  /// The value of the first member of a name; nil for what has none.
  public subscript(_ name: String) -> JSON? {
    guard case .members(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// An object with its members in the order given.
  public static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .members(members.map { Member($0.key, $0.value) })
  }

  /// The value on as few lines as stay readable: what is short stands on one line.
  ///
  /// Characters that a terminal would act on are escaped, so that the text is safe to print.
  public var text: String {
    var writer = JSONWriter()
    writer.write(self, indent: 0)
    return writer.text
  }

  /// A whole number.
  public static func integer(_ value: Int) -> JSON { .integer(Int64(value)) }

  /// The value on one line.
  public var line: String {
    var writer = JSONWriter()
    writer.writeOnOneLine(self)
    return writer.text
  }
}

extension JSON {
  /// The value in as few bytes as can be, members by name: the same value, the same bytes.
  ///
  /// Only what must be is escaped. Traces and models are written so.
  public var compact: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let value):
      // What is whole needs no point.
      value.isFinite ? String(value).droppingSuffix(".0") : "null"
    case .integer(let value): String(value)
    case .string(let text): Self.quoted(text)
    case .array(let values): "[" + values.map { $0.compact }.joined(separator: ",") + "]"
    case .members(let members):
      "{"
        + members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        .map { Self.quoted($0.name) + ":" + $0.value.compact }.joined(separator: ",") + "}"
    }
  }

  /// A text in quotes with the escapes that JSON demands.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - hasLetters: Whether control characters that have a letter, such as `\n`, are written with it, or all as `\u000a`.
  /// - Returns: The text with quotes around it.
  public static func quoted(_ text: String, withLetters hasLetters: Bool = true) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{8}" where hasLetters: quoted += "\\b"
      case "\u{C}" where hasLetters: quoted += "\\f"
      case "\n" where hasLetters: quoted += "\\n"
      case "\r" where hasLetters: quoted += "\\r"
      case "\t" where hasLetters: quoted += "\\t"
      case "\u{0}"..<" ": quoted += "\\u" + JSONWriter.hexadecimal(UInt16(scalar.value))
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension String {
  /// The text without `suffix`, if it ends in it.
  fileprivate func droppingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Values in order.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// Members in order.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .members(elements.map { Member($0.0, $0.1) })
  }
}
