public import Graphics
public import Walkthrough

/// An article as terminal text, within the width.
public struct TerminalArticle {
  private let article: Article
  private let terminal: TerminalStyle
  private let answers: Answers

  /// What becomes of the answers to an article's questions.
  public enum Answers {
    /// They stand beneath the questions.
    case shown
    /// A command that prints them stands there.
    case askedFor(command: String)
  }

  /// Makes terminal text of an article.
  public init(_ article: Article, terminal: TerminalStyle, answers: Answers = .shown) {
    (self.article, self.terminal, self.answers) = (article, terminal, answers)
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
    lines += questions(pen)
    if let onward = article.onward { lines += [""] + pen.wrap(onward) }
    return lines
  }

  private func questions(_ pen: TerminalPen) -> [String] {
    guard !article.questions.isEmpty else { return [] }
    let words = PageWords(language: article.language)
    var lines = [""] + pen.wrap(words.questions(article.questions.count), style: terminal.strong)
    for (index, question) in article.questions.enumerated() {
      lines += [""] + pen.wrap("\(index + 1)  " + question.text, hanging: 3)
      if case .shown = answers { lines += pen.wrap("→  " + question.answer, hanging: 3) }
    }
    if case .askedFor(let command) = answers {
      lines += [""] + pen.wrap(words.howToSeeAnswers(command), style: terminal.muted)
    }
    return lines
  }
}
