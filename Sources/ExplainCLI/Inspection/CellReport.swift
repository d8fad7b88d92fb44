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
  /// What it is told in.
  let language: Language

  /// The account as lines.
  func lines(_ style: TerminalStyle) -> [String] {
    let cell = account.cell
    var lines = wrapped("\(cell.text) = \(Arithmetic.short(cell.value))", style).map(style.strong)
    if let words = account.words { lines += wrapped(words, style) }
    lines += Self.formula(account, style, indent: "")
    if let arithmetic = account.arithmetic {
      if account.inputs.isEmpty {
        lines += [""] + Self.table(arithmetic, style, language)
      } else {
        lines += [""] + branches(account, "", style)
      }
      if !account.holds {
        let made = Arithmetic.short(arithmetic.value)
        let remark = say(
          en: "This comes to \(made), not to the number that was recorded.",
          ja: "計算すると \(made) で、記録された数と違います。"
        )
        lines += wrapped(remark[language], style)
      }
    }
    if let reason = reason(account) { lines += wrapped(reason, style) }
    return lines
  }

  /// An expression that is no cell, worked out.
  static func lines(
    _ arithmetic: Arithmetic,
    _ style: TerminalStyle,
    _ language: Language
  ) -> [String] {
    let heading = "\(arithmetic.expression.text) = \(Arithmetic.short(arithmetic.value))"
    return TextWidth.wrap(style.plain(heading), to: style.width).map(style.strong)
      + [""] + table(arithmetic, style, language)
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

  /// A line for each term: what it adds, what it is made of, and the same with numbers where these fit beside it.
  private static func table(
    _ arithmetic: Arithmetic,
    _ style: TerminalStyle,
    _ language: Language
  ) -> [String] {
    func said(en: String, ja: String) -> String { say(en: en, ja: ja)[language] }
    guard !arithmetic.terms.isEmpty else { return [] }
    var rows = arithmetic.terms.map { term -> (value: Double, text: String, numbers: String) in
      let text = term.expression.text(number: Arithmetic.short)
      let numbers = term.numbers.text(number: Arithmetic.short)
      let isSaid = numbers == text || numbers == Arithmetic.short(term.value)
      return (term.value, text, isSaid ? "" : "= \(numbers)")
    }
    let (count, sum) = arithmetic.others
    if count > 0 { rows.append((sum, others(count, language), "")) }
    if let total = arithmetic.total, arithmetic.terms.count > 1 || count > 0 {
      rows.append((total, said(en: "all of them", ja: "合計"), ""))
    }
    let values = rows.map { Arithmetic.short($0.value) }
    let heading =
      arithmetic.total == nil ? said(en: "is", ja: "値") : said(en: "adds", ja: "足す値")
    let width = values.reduce(TextWidth.columns(of: heading)) { max($0, $1.count) }
    let told = rows.filter { !$0.numbers.isEmpty }
    let (texts, numbers) = (
      told.map { $0.text.count }.max() ?? 0, told.map { $0.numbers.count }.max() ?? 0
    )
    let isBeside = width + 2 + texts + 2 + numbers <= style.width
    func line(_ value: String, _ text: String) -> [String] {
      let padded = TextWidth.pad(value, to: width, alignment: .trailing)
      return TextWidth.wrap(style.plain(text), to: max(20, style.width - width - 2)).enumerated()
        .map { index, part in
          (index == 0 ? padded : String(repeating: " ", count: width)) + "  " + part
        }
    }
    var lines = line(heading, said(en: "term", ja: "項")).map(style.muted)
    for (row, value) in zip(rows, values) {
      let gap = String(repeating: " ", count: max(0, texts - row.text.count) + 2)
      if isBeside, !row.numbers.isEmpty {
        lines += ["\(line(value, row.text)[0])\(gap)\(style.muted(row.numbers))"]
      } else {
        lines += line(value, row.text)
        if !row.numbers.isEmpty { lines += line("", row.numbers).map(style.muted) }
      }
    }
    return lines
  }

  private static func others(_ count: Int, _ language: Language) -> String {
    say(en: count == 1 ? "the other one" : "the other \(count)", ja: "残りの \(count) 個")[language]
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
      let text = "\(Arithmetic.short(rest.sum))  \(Self.others(rest.count, language))"
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
  private func reason(_ account: CellAccount) -> String? { words(of: account)?[language] }

  private func words(of account: CellAccount) -> LocalizedText? {
    switch account.reason {
    case nil: nil
    case .unknown(let name) where !hasWeights && CellQuestion.isParameter(name):
      say(
        en: "\(name) is a weight, which is not in the trace; --model gives the model that made it.",
        ja: "\(name) は重みで、トレースにはありません。--model で、トレースを作ったモデルを指定してください。"
      )
    case .unknown(let name):
      say(
        en: "\(name) was not recorded in this trace.",
        ja: "\(name) はこのトレースに記録されていません。"
      )
    case .underived where CellQuestion.isParameter(account.cell.name):
      say(en: "It is a weight: it was learned.", ja: "これは重みで、学習で得られた数です。")
    case .underived where account.cell.name.hasPrefix("facts."):
      say(
        en: "It is a choice, of what is shown, not a number that was computed.",
        ja: "これは何を示すかの選択で、計算された数ではありません。"
      )
    case .some(let error):
      say(
        en: "\(error.description.prefix(1).uppercased())\(error.description.dropFirst()).",
        ja: LocalizedText(error).ja
      )
    }
  }
}
