/// Something to look at: data, and how it is drawn.
public protocol Mark: Sendable {
  /// The mark as shapes, at most 680 pixels wide.
  func draw() -> Drawing

  /// The mark as terminal text: lines of at most `terminal.width` columns.
  func lines(_ terminal: TerminalStyle) -> [String]
}
