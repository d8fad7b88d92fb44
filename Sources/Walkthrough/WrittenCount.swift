import Graphics

extension Language {
  /// A whole number in the language's groups of digits.
  ///
  /// English has a comma after every three: `175,181,291,520`. Japanese counts in tens of thousands,
  /// and names them: `1751億8129万1520`; numbers of five digits stay in one piece, `50,257`.
  public func written(_ count: some BinaryInteger) -> String {
    switch self {
    case .en: count.groupedInThrees
    case .ja: (count < 0 ? "−" : "") + Self.inMyriads(UInt64(count.magnitude))
    }
  }

  private static func inMyriads(_ count: UInt64) -> String {
    guard count >= 100_000 else { return count.groupedInThrees }
    var rest = count
    var text = ""
    for unit in ["", "万", "億", "兆", "京"] {
      let group = rest % 10_000
      if group > 0 { text = String(group) + unit + text }
      rest /= 10_000
    }
    return text
  }
}

extension Quantity {
  /// The number as a table or a chart has it: a count in groups of three digits in every language, so that digits stand
  /// under one another.
  var inTable: Quantity {
    guard written != nil, digits == 0, abs(value) < 0x1p53, value == value.rounded() else {
      return self
    }
    var grouped = self
    grouped.written = Int64(value).groupedInThrees
    return grouped
  }
}

extension RichText {
  /// The text with its counts as a table has them.
  var inTable: RichText {
    RichText(
      runs.map { run in
        if case .quantity(let quantity) = run { .quantity(quantity.inTable) } else { run }
      }
    )
  }
}
