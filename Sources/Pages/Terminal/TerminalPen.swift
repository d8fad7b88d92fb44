import Graphics
import Walkthrough

/// Writes texts for a terminal: visible, in its character set, within its width.
struct TerminalPen {
  let terminal: TerminalStyle
  let language: Language

  private var isASCII: Bool { terminal.charset == .ascii }

  /// A text in one line.
  func show(_ text: RichText) -> String {
    guard isASCII else { return VisibleText.plain(text.plain(in: language)) }
    return text.told.map { run in
      if case .token(let token) = run { return "\"\(show(token: token))\"" }
      return ASCIIText.spell(VisibleText.plain(RichText([run]).plain))
    }.joined()
  }

  private func show(token: String) -> String {
    isASCII ? ASCIIText.token(VisibleText.show(token)) : VisibleText.show(token)
  }

  /// A text in a cell of a table; a token alone needs no quotation marks there.
  func cell(_ text: RichText) -> String {
    guard text.told.count == 1, case .token(let token) = text.told[0] else { return show(text) }
    return show(token: token)
  }

  /// A text in lines, no longer than is good to read.
  ///
  /// - Parameters:
  ///   - text: What is written.
  ///   - indent: Columns left free at the left.
  ///   - hanging: Columns more for every line but the first.
  ///   - bar: Whether a line is drawn at the left.
  ///   - style: How the lines look.
  /// - Returns: Lines of at most the terminal's width.
  func wrap(
    _ text: RichText,
    indent: Int = 0,
    hanging: Int = 0,
    bar: Bool = false,
    style: (String) -> String = { $0 }
  ) -> [String] {
    let margin = bar ? (isASCII ? "| " : "┃ ") : String(repeating: " ", count: indent)
    let room = min(terminal.width, 80) - TextWidth.columns(of: margin) - hanging
    return TextWidth.wrap(show(text), to: room).enumerated().map { index, line in
      margin + (index > 0 ? String(repeating: " ", count: hanging) : "") + style(line)
    }
  }

  /// A rule as wide as the terminal, above a stage.
  var rule: String { String(repeating: isASCII ? "=" : "━", count: terminal.width) }

  /// A figure's marks and key.
  func lines(of scene: Scene) -> [String] {
    let lines = scene.lines(terminal, showsTitle: false)
    return isASCII ? lines.map(ASCIIText.flatten) : lines
  }
}
