public import Graphics
public import Walkthrough

/// An article as terminal text, within the width.
public struct TerminalArticle {
  private let article: Article
  private let terminal: TerminalStyle

  /// Makes terminal text of an article.
  public init(_ article: Article, terminal: TerminalStyle) {
    self.article = article
    self.terminal = terminal
  }

  /// The lines, each at most as wide as the terminal.
  public var lines: [String] {
    let pen = TerminalPen(terminal: terminal, language: article.language)
    let blocks = TerminalBlocks(
      terminal: terminal,
      words: PageWords(language: article.language)
    )
    var lines = pen.wrap(article.title, style: terminal.strong)
    for text in article.lead { lines += pen.wrap(text) }
    for (index, step) in article.steps.enumerated() {
      lines += [""] + blocks.lines(of: step, number: "\(index + 1)")
    }
    return lines
  }
}
