/// A piece of a template.
struct TemplateToken: Equatable {
  /// What the piece is.
  enum Kind: Equatable {
    /// What stands outside of all braces.
    case text(String)
    /// `{{` and `}}`.
    case openOutput, closeOutput
    /// `{%` and `%}`.
    case openStatement, closeStatement
    case name(String)
    case string(String)
    case integer(Int)
    case number(Double)
    case symbol(String)
  }

  let kind: Kind
  let line: Int
}

/// Cuts a template into pieces, as Jinja does under the settings that Hugging Face gives it.
///
/// Those are `trim_blocks`, a statement swallows the line's end behind it, and `lstrip_blocks`, and
/// the white space before it on its line. `-` beside a brace swallows all white space there, `+` none.
///
/// - SeeAlso: Jinja 3.1, <https://jinja.palletsprojects.com/en/stable/templates/#whitespace-control>.
struct TemplateScanner {
  private let source: [Unicode.Scalar]
  private var position = 0
  private var line = 1
  private var tokens: [TemplateToken] = []

  /// The template's pieces.
  static func tokens(of source: String) throws(ChatTemplateError) -> [TemplateToken] {
    var scanner = TemplateScanner(source)
    try scanner.scan()
    return scanner.tokens
  }

  private init(_ text: String) {
    // Jinja writes line ends in one way, and takes the last one away.
    var source: [Unicode.Scalar] = []
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if scalar == "\n", last == "\r" {
      } else {
        source.append(scalar == "\r" ? "\n" : scalar)
      }
      last = scalar
    }
    if source.last == "\n" { source.removeLast() }
    self.source = source
  }

  private mutating func scan() throws(ChatTemplateError) {
    var beginsLine = true
    while position < source.count {
      let start = position
      guard let brace = nextBrace(from: start) else {
        position = source.count
        emit(.text(text(start..<source.count)))
        return
      }
      let kind = source[brace + 1]
      var end = brace
      let sign = at(brace + 2).flatMap { "-+".unicodeScalars.contains($0) ? $0 : nil }
      if sign == "-" {
        while end > start, source[end - 1].isTemplateSpace { end -= 1 }
      } else if sign == nil, kind != "{" {
        end = startOfBlankLine(start..<brace, beginsLine: beginsLine)
      }
      if end > start { emit(.text(text(start..<end))) }
      advance(to: brace + (sign == nil ? 2 : 3))
      let close: Unicode.Scalar
      switch kind {
      case "#":
        try skipComment()
        close = "#"
      case "%":
        emit(.openStatement)
        try scanInside(until: "%")
        emit(.closeStatement)
        close = "%"
      default:
        emit(.openOutput)
        try scanInside(until: "}")
        emit(.closeOutput)
        close = "}"
      }
      let closed = position
      swallowSpace(behind: close)
      beginsLine = position > closed && source[position - 1] == "\n"
    }
  }

  private func nextBrace(from start: Int) -> Int? {
    var index = start
    while index + 1 < source.count {
      if source[index] == "{", "{%#".unicodeScalars.contains(source[index + 1]) { return index }
      index += 1
    }
    return nil
  }

  /// Where the white space begins, if the line has had nothing else.
  private func startOfBlankLine(_ range: Range<Int>, beginsLine: Bool) -> Int {
    var index = range.upperBound
    while index > range.lowerBound, source[index - 1] != "\n" {
      guard source[index - 1].isTemplateSpace else { return range.upperBound }
      index -= 1
    }
    return index > range.lowerBound || beginsLine ? index : range.upperBound
  }

  /// Past the closing brace, whose sign `scanInside` left to be looked at.
  private mutating func swallowSpace(behind close: Unicode.Scalar) {
    let sign = at(position)
    let length = (sign == "-" || sign == "+") ? 3 : 2
    advance(to: position + length)
    if sign == "-" {
      while let next = at(position), next.isTemplateSpace { advance(to: position + 1) }
    } else if sign != "+", close != "}", at(position) == "\n" {
      advance(to: position + 1)
    }
  }

  private mutating func skipComment() throws(ChatTemplateError) {
    let start = line
    while position < source.count, !isClose("#", at: position) { advance(to: position + 1) }
    guard position < source.count else {
      throw .malformed(line: start, reason: "a comment does not end")
    }
  }

  /// Whether `-%}`, `+%}` or `%}` begins at a place.
  private func isClose(_ mark: Unicode.Scalar, at place: Int) -> Bool {
    let signed = at(place) == "-" || (at(place) == "+" && mark != "}")
    let start = signed ? place + 1 : place
    return at(start) == mark && at(start + 1) == "}"
  }

  private mutating func scanInside(until mark: Unicode.Scalar) throws(ChatTemplateError) {
    let opened = line
    var open: [Unicode.Scalar] = []
    while let next = at(position) {
      if next.isTemplateSpace {
        advance(to: position + 1)
      } else if open.isEmpty, isClose(mark, at: position) {
        return
      } else if next == "'" || next == "\"" {
        try scanString(quote: next)
      } else if next.isASCIIDigit {
        try scanNumber()
      } else if next == "_" || next.properties.isXIDStart {
        scanName()
      } else {
        try scanSymbol(&open)
      }
    }
    throw .malformed(line: opened, reason: "a brace does not close")
  }

  private mutating func scanName() {
    let start = position
    while let next = at(position), next.properties.isXIDContinue { advance(to: position + 1) }
    emit(.name(text(start..<position)))
  }

  private mutating func scanNumber() throws(ChatTemplateError) {
    let start = position
    while let next = at(position), next.isASCIIDigit { advance(to: position + 1) }
    guard at(position) == ".", at(position + 1)?.isASCIIDigit == true else {
      guard let value = Int(text(start..<position)) else {
        throw .malformed(line: line, reason: "a number is too large")
      }
      return emit(.integer(value))
    }
    advance(to: position + 1)
    while let next = at(position), next.isASCIIDigit { advance(to: position + 1) }
    guard let value = Double(text(start..<position)) else {
      throw .malformed(line: line, reason: "a number is malformed")
    }
    emit(.number(value))
  }

  private mutating func scanSymbol(_ open: inout [Unicode.Scalar]) throws(ChatTemplateError) {
    let next = source[position]
    if let second = at(position + 1), Self.isPair(next, second) {
      advance(to: position + 2)
      return emit(.symbol(text(position - 2..<position)))
    }
    switch next {
    case "(": open.append(")")
    case "[": open.append("]")
    case "{": open.append("}")
    case ")", "]", "}":
      guard open.popLast() == next else {
        throw .malformed(line: line, reason: "‘\(next)’ closes nothing")
      }
    default:
      guard "+-/*%~,:.;|=<>".unicodeScalars.contains(next) else {
        throw .malformed(line: line, reason: "‘\(Character(next))’ has no meaning here")
      }
    }
    advance(to: position + 1)
    emit(.symbol(String(Character(next))))
  }

  /// Whether two signs are one: `//`, `**`, `==`, `!=`, `<=`, `>=`.
  private static func isPair(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    switch (first, second) {
    case ("/", "/"), ("*", "*"), ("=", "="), ("!", "="), ("<", "="), (">", "="): true
    default: false
    }
  }

  private mutating func scanString(quote: Unicode.Scalar) throws(ChatTemplateError) {
    let opened = line
    var value = String.UnicodeScalarView()
    advance(to: position + 1)
    while let next = at(position) {
      advance(to: position + 1)
      if next == quote { return emit(.string(String(value)), line: opened) }
      if next == "\\" { value += try escaped() } else { value.append(next) }
    }
    throw .malformed(line: opened, reason: "a string does not end")
  }

  /// What stands behind a backslash, as Python reads it.
  private mutating func escaped() throws(ChatTemplateError) -> String.UnicodeScalarView {
    guard let next = at(position) else {
      throw .malformed(line: line, reason: "a string does not end")
    }
    advance(to: position + 1)
    switch next {
    case "n": return "\n".unicodeScalars
    case "t": return "\t".unicodeScalars
    case "r": return "\r".unicodeScalars
    case "\n": return "".unicodeScalars
    case "\\", "'", "\"": return String(Character(next)).unicodeScalars
    case "x", "u", "U":
      let digits = next == "x" ? 2 : next == "u" ? 4 : 8
      let hex = text(position..<min(position + digits, source.count))
      guard hex.utf8.count == digits, let code = UInt32(hex, radix: 16),
        let scalar = Unicode.Scalar(code)
      else { throw .malformed(line: line, reason: "‘\\\(next)’ needs \(digits) digits") }
      advance(to: position + digits)
      return String(Character(scalar)).unicodeScalars
    case "a", "b", "f", "v", "N", "0"..."7":
      throw .unsupported(line: line, what: "the escape sequence ‘\\\(next)’")
    default: return "\\\(Character(next))".unicodeScalars
    }
  }

  private func at(_ place: Int) -> Unicode.Scalar? {
    place < source.count ? source[place] : nil
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: source[range])
    return String(view)
  }

  private mutating func advance(to place: Int) {
    while position < place {
      if at(position) == "\n" { line += 1 }
      position += 1
    }
  }

  private mutating func emit(_ kind: TemplateToken.Kind, line: Int? = nil) {
    tokens.append(TemplateToken(kind: kind, line: line ?? self.line))
  }
}

extension Unicode.Scalar {
  /// What Python takes for white space.
  var isTemplateSpace: Bool {
    // Most characters are ASCII, and properties are looked up in tables.
    guard value < 0x80 else { return properties.isWhitespace }
    return value == 0x20 || (0x09...0x0D).contains(value) || (0x1C...0x1F).contains(value)
  }

  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
