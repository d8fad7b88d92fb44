import Formats
import Graphics
import Pages
import Traces
import Walkthrough

/// `inspect --why`: how a number came about, as lines.
struct CellReport {
  let account: CellAccount
  /// Whether the weights are at hand.
  let hasWeights: Bool
  let words: CellReportWords

  /// The account as lines.
  func lines(_ style: TerminalStyle) -> [String] {
    let cell = account.cell
    var lines = wrapped("\(cell.text) = \(Arithmetic.short(cell.value))", style).map(style.strong)
    if let words = account.words { lines += wrapped(words, style) }
    lines += Self.formula(account, style, indent: "")
    if let arithmetic = account.arithmetic {
      if account.inputs.isEmpty {
        lines += [""] + words.table(arithmetic, style)
      } else {
        lines += [""] + branches(account, "", style)
      }
      if !account.holds {
        lines += wrapped(words.differs(Arithmetic.short(arithmetic.value)), style)
      }
    }
    if let reason = reason(account) { lines += wrapped(reason, style) }
    return lines
  }

  /// An expression that is no cell, worked out.
  static func lines(
    _ arithmetic: Arithmetic,
    _ style: TerminalStyle,
    in language: Language
  ) -> [String] {
    let heading = "\(arithmetic.expression.text) = \(Arithmetic.short(arithmetic.value))"
    return TextWidth.wrap(style.plain(heading), to: style.width).map(style.strong)
      + [""] + CellReportWords(language: language).table(arithmetic, style)
  }

  // MARK: - One number

  /// What it is made of, and the same with numbers.
  private static func formula(
    _ account: CellAccount,
    _ style: TerminalStyle,
    indent: String
  ) -> [String] {
    guard let expression = account.expression else { return [] }
    var texts = ["= \(expression.text)"]
    if let numbers = account.arithmetic?.numbers.text(number: Arithmetic.short),
      numbers != Arithmetic.short(account.cell.value)
    {
      texts.append("= \(numbers)")
    }
    return texts.flatMap { text -> [String] in
      TextWidth.wrap(style.plain(text), to: max(20, style.width - indent.count - 2)).enumerated()
        .map { indent + ($0.offset == 0 ? "" : "  ") + $0.element }
    }
  }

  // MARK: - A tree

  /// Each term, and below it what the numbers that it reads are made of.
  private func branches(
    _ account: CellAccount,
    _ indent: String,
    _ style: TerminalStyle
  ) -> [String] {
    guard let arithmetic = account.arithmetic else { return [] }
    let (branch, last, line) = style.charset == .ascii ? ("|- ", "`- ", "|  ") : ("├ ", "└ ", "│ ")
    var lines: [String] = []
    let hasMore = arithmetic.others.count > 0
    for (index, term) in arithmetic.terms.enumerated() {
      let isLast = index == arithmetic.terms.count - 1 && !hasMore
      let inner = indent + (isLast ? String(repeating: " ", count: line.count) : line)
      let formula = term.expression.text(number: Arithmetic.short)
      var text = "\(Arithmetic.short(term.value))  \(formula)"
      let numbers = term.numbers.text(number: Arithmetic.short)
      if numbers != Arithmetic.short(term.value), numbers != formula { text += " = \(numbers)" }
      let inputs = account.inputs.indices.contains(index) ? account.inputs[index] : []
      // A term that is a number of the trace as it stands is told in one line.
      let isItself = inputs.count == 1 && inputs[0].cell.text == formula
      if isItself, let words = inputs[0].words { text += ": \(words)" }
      lines += hanging(text, indent + (isLast ? last : branch), inner, style)
      for input in inputs {
        lines += isItself ? following(input, inner, style) : self.input(input, inner, style)
      }
    }
    if hasMore {
      let rest = arithmetic.others
      let text = "\(Arithmetic.short(rest.sum))  \(words.others(rest.count))"
      lines += hanging(text, indent + last, indent, style)
    }
    return lines
  }

  /// A number that a term reads: what it is, what it is made of, and its own terms.
  private func input(
    _ account: CellAccount,
    _ indent: String,
    _ style: TerminalStyle
  ) -> [String] {
    guard account.expression != nil || account.words != nil else { return [] }
    var text = "\(account.cell.text) = \(Arithmetic.short(account.cell.value))"
    if let words = account.words { text += ": \(words)" }
    return hanging(text, indent, indent + "  ", style).map(style.muted)
      + following(account, indent + "  ", style)
  }

  /// What a number is made of.
  private func following(
    _ account: CellAccount,
    _ indent: String,
    _ style: TerminalStyle
  ) -> [String] {
    let reason = reason(account).map { hanging($0, indent, indent, style) } ?? []
    return Self.formula(account, style, indent: indent) + reason
      + branches(account, indent, style)
  }

  // MARK: - Lines

  private func wrapped(_ text: String, _ style: TerminalStyle) -> [String] {
    TextWidth.wrap(style.plain(text), to: style.width)
  }

  private func hanging(
    _ text: String,
    _ first: String,
    _ others: String,
    _ style: TerminalStyle
  ) -> [String] {
    let room = max(20, style.width - max(first.count, others.count) - 2)
    return TextWidth.wrap(style.plain(text), to: room).enumerated().map { index, line in
      index == 0 ? first + line : others + "  " + line
    }
  }

  /// Why there is no more to tell.
  private func reason(_ account: CellAccount) -> String? {
    account.reason.map { words.reason($0, of: account.cell.name, hasWeights: hasWeights) }
  }
}
