/// What a terminal can show.
public struct TerminalStyle: Sendable, Equatable {
  /// The characters to draw with.
  public enum Charset: Sendable, Equatable {
    /// Box drawing, block elements and other symbols.
    case unicode
    /// Rules and shades from ASCII alone. Token text keeps its own characters.
    case ascii
  }

  /// Columns to stay within.
  public var width: Int
  /// The characters to draw with.
  public var charset: Charset
  /// Whether to send colour (SGR) sequences.
  public var color: Bool

  /// Describes a terminal.
  public init(width: Int = 80, charset: Charset = .unicode, color: Bool = false) {
    self.width = max(20, width)
    self.charset = charset
    self.color = color
  }

  /// Text for what the reader follows: bold and amber.
  public func accent(_ text: String) -> String { sgr("1;33", text) }
  /// Text for headings.
  public func strong(_ text: String) -> String { sgr("1", text) }
  /// Text that stands back.
  public func muted(_ text: String) -> String { sgr("2", text) }
  /// A negative weight: blue.
  public func negative(_ text: String) -> String { sgr("34", text) }
  /// A positive weight: red.
  public func positive(_ text: String) -> String { sgr("31", text) }

  private func sgr(_ code: String, _ text: String) -> String {
    color && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

extension TerminalStyle {
  /// What stands for text that was cut.
  public var ellipsis: String { charset == .unicode ? "…" : "..." }
  /// A label or a number as this terminal can show it.
  ///
  /// What is invisible is named; in ASCII the minus, dashes and arrows are too. Letters stay as they are.
  public func plain(_ text: String) -> String {
    let visible = VisibleText.plain(text)
    guard charset == .ascii, !visible.utf8.allSatisfy({ $0 < 0x80 }) else { return visible }
    return visible.map { Self.asciiSigns[$0] ?? String($0) }.joined()
  }

  /// Which part of a whole is shown: `1–96 / 768`.
  func range(_ first: Int, _ last: Int, of count: Int) -> String {
    plain("\(first)–\(last) / \(count)")
  }

  private static let asciiSigns: [Character: String] = [
    "−": "-", "–": "-", "—": "-", "…": "...", "×": "x", "÷": "/", "→": "->", "←": "<-", "↓": "v",
    "↔": "<->", "∞": "inf", "√": "sqrt", "≈": "~", "≤": "<=", "≥": ">=",
  ]

  /// Points at what the reader follows.
  var pointer: String { charset == .unicode ? "▸" : ">" }
  /// A horizontal rule of `width` columns.
  func rule(_ width: Int) -> String {
    String(repeating: charset == .unicode ? "─" : "-", count: max(0, width))
  }

  /// A character darker the larger `share` is.
  ///
  /// - Parameter share: 0 (nothing) to 1 (full).
  /// - Returns: A shade of the charset's ramp.
  func shade(_ share: Double) -> Character {
    let ramp: [Character] =
      charset == .unicode ? [" ", "░", "▒", "▓", "█"] : Array(" .:-=+*#%@")
    guard share.isFinite else { return share > 0 ? ramp[ramp.count - 1] : " " }
    // Blank is kept for what is next to nothing; anything more is seen.
    guard share >= 0.02 else { return " " }
    return ramp[Int((min(1, share) * Double(ramp.count - 1)).rounded(.up))]
  }

  /// A horizontal bar that fills `share` of `width` columns, to an eighth of a column.
  public func bar(_ share: Double, width: Int) -> String {
    let share = share.isFinite ? min(1, max(0, share)) : share > 0 ? 1 : 0
    guard charset == .unicode else {
      return String(repeating: "#", count: Int((share * Double(width)).rounded()))
    }
    let eighths = Int((share * Double(width) * 8).rounded())
    let parts: [String] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}
