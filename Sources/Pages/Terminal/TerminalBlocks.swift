import Graphics
import Walkthrough

/// Steps and their blocks as terminal text.
struct TerminalBlocks {
  let terminal: TerminalStyle
  let words: PageWords

  private var pen: TerminalPen { TerminalPen(terminal: terminal, language: words.language) }

  /// A step's heading and blocks.
  func lines(of step: Step, number: String) -> [String] {
    let heading = "\(number)  " + pen.show(step.title)
    return TextWidth.wrap(heading, to: terminal.width).map(terminal.strong)
      + step.blocks.map { lines(of: $0) }.filter { !$0.isEmpty }.flatMap { [""] + $0 }
  }

  /// A block alone.
  func lines(of block: Block) -> [String] {
    switch block {
    case .paragraph(let text): return pen.wrap(text)
    case .equation(let math): return pen.wrap(RichText([.math(math)]), indent: 4)
    case .arithmetic(let lines): return lines.flatMap { pen.wrap($0, indent: 4, hanging: 2) }
    case .figure(let figure): return lines(of: figure)
    case .panel, .switches: return []
    case .table(let table): return lines(of: table)
    case .found(let text): return pen.wrap(words.found + words.colon + text, bar: true)
    case .leftOut(let text): return pen.wrap(text, style: terminal.muted)
    }
  }

  private func lines(of figure: Figure) -> [String] {
    let title = RichText(stringLiteral: figure.scene.title)
    var lines = pen.wrap(title, style: terminal.strong)
    lines += pen.lines(of: figure.scene)
    if let caption = figure.caption { lines += pen.wrap(caption, style: terminal.muted) }
    return lines
  }

  private func lines(of table: Table) -> [String] {
    let title = pen.wrap(table.title, style: terminal.strong)
    let cells = TerminalTable(table: table, terminal: terminal) { pen.cell($0) }
    guard let lines = cells.lines(limit: table.isBehindFigure ? 3 : 12) else {
      return title + pen.wrap(words.tooWide(table), style: terminal.muted)
    }
    return title + lines
  }
}
