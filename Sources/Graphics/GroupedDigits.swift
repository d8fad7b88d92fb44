extension BinaryInteger {
  /// The number with a comma after every three digits, `175,181,291,520`: how a count is written in words and tables.
  ///
  /// What is a name rather than a count, an id or a place in a list, stays in one piece.
  public var groupedInThrees: String { grouped(Int64(self)) }
}

private func grouped(_ count: Int64) -> String {
  var rest = count.magnitude
  var text = ""
  while rest >= 1000 {
    let group = String(rest % 1000)
    text = "," + String(repeating: "0", count: 3 - group.utf8.count) + group + text
    rest /= 1000
  }
  return (count < 0 ? "−" : "") + String(rest) + text
}
