extension Language {
  /// A whole number in the language's groups of digits.
  ///
  /// English has a comma after every three: `175,181,291,520`. Japanese counts in tens of thousands,
  /// and names them: `1,751億8,129万1,520`; numbers of five digits stay in one piece, `50,257`.
  public func written(_ count: some BinaryInteger) -> String {
    let sign = count < 0 ? "−" : ""
    switch self {
    case .en: return sign + Self.inThrees(UInt64(count.magnitude))
    case .ja: return sign + Self.inMyriads(UInt64(count.magnitude))
    }
  }

  private static func inThrees(_ count: UInt64) -> String {
    var digits = String(count)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
  }

  private static func inMyriads(_ count: UInt64) -> String {
    guard count >= 100_000 else { return inThrees(count) }
    var rest = count
    var text = ""
    for unit in ["", "万", "億", "兆", "京"] {
      let group = rest % 10_000
      if group > 0 { text = inThrees(group) + unit + text }
      rest /= 10_000
    }
    return text
  }
}
