public import Graphics
public import Walkthrough

/// What was found about words, as terminal text: briefly, without the steps' headings and lessons.
public struct WordLines {
  private let report: WordReport
  private let terminal: TerminalStyle

  /// Makes terminal text of a report.
  public init(_ report: WordReport, terminal: TerminalStyle) {
    self.report = report
    self.terminal = terminal
  }

  /// The lines, each at most as wide as the terminal.
  public var lines: [String] {
    let article = report.article
    let pen = TerminalPen(terminal: terminal, language: article.language)
    let blocks = TerminalBlocks(
      terminal: terminal,
      words: PageWords(language: article.language)
    )
    var lines = pen.wrap(article.title, style: terminal.strong)
    for text in article.lead { lines += pen.wrap(text, style: terminal.muted) }
    for block in article.steps.flatMap({ $0.blocks }) where Self.isResult(block) {
      lines += [""] + blocks.lines(of: block)
    }
    return lines
  }

  /// Whether a block shows what was found; the others explain it.
  private static func isResult(_ block: Block) -> Bool {
    switch block {
    case .paragraph, .equation, .panel, .switches: false
    case .arithmetic, .table, .figure, .found, .leftOut: true
    }
  }
}
