public import Graphics
public import Walkthrough

/// A scored text in the terminal: a table of its tokens, and what comes of them all.
public struct TextScoreLines {
  private let terminal: TerminalStyle
  private let words: TextWords

  /// Draws in a style, in a language.
  public init(_ terminal: TerminalStyle, in language: Language) {
    self.terminal = terminal
    words = TextWords(language: language)
  }

  /// The table, and the perplexity below it.
  public func lines(of score: TextScore) -> [String] {
    let titles = words.scoreColumns
    let most = score.tokens.compactMap { $0.prediction?.surprisal }.max() ?? 1
    let reading = words.reading(of: score)
    let rows = score.tokens.enumerated().map { position, token -> [String] in
      let note = reading.mark(position).map { " (\($0))" } ?? ""
      let shown = VisibleText.show(token.token.text) + note
      guard let prediction = token.prediction else { return [shown, "–", "–", "–", ""] }
      return [
        shown, Decimal.text(prediction.probability, digits: 4), "\(prediction.rank)",
        Decimal.text(prediction.surprisal, digits: 2),
        terminal.bar(prediction.surprisal / max(most, 1), width: 16),
      ]
    }
    let table = TextTable(
      columns: [.init(titles[0], overflow: .wrap)] + titles[1...].map { .number($0) }
        + [.bars(words.bars)],
      rows: rows
    )
    let changed = words.changed(score.interventions).map {
      TextWidth.wrap(terminal.plain("! " + $0), to: terminal.width).map(terminal.strong) + [""]
    }
    return (changed ?? []) + table.lines(terminal, omission: words.leftOut) + [""]
      + TextWidth.wrap(terminal.plain(words.perplexity(score)), to: terminal.width)
      + words.remarks(reading).flatMap {
        [""] + TextWidth.wrap(terminal.plain($0), to: terminal.width)
      }
  }
}
