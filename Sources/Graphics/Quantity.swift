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
  /// How it is written where digits alone are hard to read, or too many for a `Double`: `617,558,016`.
  public var written: String?

  /// Makes a number to show.
  @inline(never)
  public init(_ value: Double, digits: Int = 2, origin: Origin) {
    self.value = value
    self.digits = digits
    self.origin = origin
  }

  /// Makes a count to show, written as its language groups digits.
  ///
  /// - Parameters:
  ///   - count: The count.
  ///   - written: The same, exactly, as it is to be read.
  ///   - origin: What it was counted from.
  @inline(never)
  public init(_ count: Int64, written: String, origin: Origin) {
    self.init(Double(count), digits: 0, origin: origin)
    self.written = written
  }

  /// The number as it is written; else rounded to its digits, with a real minus sign, `∞`, or `–` for what is not a number.
  ///
  /// What rounds to zero carries no sign.
  public var text: String { written ?? Decimal.text(value, digits: digits) }
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
  @inline(never)
  public static func trace(_ name: String, _ indices: Int...) -> Origin {
    .trace("\(name)[\(indices.map(String.init).joined(separator: ","))]")
  }
}
