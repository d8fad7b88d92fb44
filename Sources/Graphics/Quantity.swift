/// A number as it is shown: its value, how many digits, and where it came from.
///
/// Every number of a page is one of these, so that a reader, or a test, can look it up again.
public struct Quantity: Sendable, Equatable {
  /// The number itself, unrounded.
  public var value: Double
  /// How many digits stand after the decimal point.
  public var digits: Int
  /// Where the number came from.
  public var origin: Origin

  /// Makes a number to show.
  public init(_ value: Double, digits: Int = 2, origin: Origin) {
    self.value = value
    self.digits = digits
    self.origin = origin
  }

  /// The number rounded to its digits, with a real minus sign, `∞`, or `–` for what is not a number.
  ///
  /// What rounds to zero carries no sign.
  public var text: String { Decimal.text(value, digits: digits) }
}

/// Where a shown number came from.
public enum Origin: Sendable, Equatable {
  /// An element of the trace, as `NAME[i,j,k]`: shown as `data-from`.
  case trace(String)
  /// Computed from the trace, as a formula that names what it was computed from: shown as `data-derived`.
  case derived(String)
  /// Part of an illustration that no model computed.
  case illustration

  /// The element `indices` of the tensor `name`.
  public static func trace(_ name: String, _ indices: Int...) -> Origin {
    .trace("\(name)[\(indices.map(String.init).joined(separator: ","))]")
  }
}
