import Formats
import Graphics
import Pages
import Traces
import Walkthrough

/// What `inspect --why` says beside the numbers.
struct CellReportWords {
  let language: Language

  private func say(en: String, ja: String) -> String { language == .en ? en : ja }

  private var all: String { say(en: "all of them", ja: "すべての和") }

  func others(_ count: Int) -> String {
    say(en: count == 1 ? "the other one" : "the other \(count)", ja: "残りの \(count) 項")
  }

  /// That the arithmetic does not give the recorded number.
  func differs(_ made: String) -> String {
    say(
      en: "This comes to \(made), not to the number that was recorded.",
      ja: "計算すると \(made) になり、記録されている数と合いません。"
    )
  }

  /// Why there is no more to tell.
  func reason(_ reason: DerivationError, of name: String, hasWeights: Bool) -> String {
    switch reason {
    case .unknown(let name) where !hasWeights && CellQuestion.isParameter(name):
      say(
        en: "\(name) is a weight, which is not in the trace; --model gives the model that made it.",
        ja: "\(name) は重みで、トレースには入っていません。--model で、このトレースを作ったモデルを渡してください。"
      )
    case .unknown(let name):
      say(en: "\(name) was not recorded in this trace.", ja: "\(name) はこのトレースに記録されていません。")
    case .underived where CellQuestion.isParameter(name):
      say(en: "It is a weight: it was learned.", ja: "これは重みで、学習で得られた数です。")
    case .underived where name.hasPrefix("facts."):
      say(
        en: "It is a choice, of what is shown, not a number that was computed.",
        ja: "これは何を表示するかの選択で、計算された数ではありません。"
      )
    case let error:
      "\(error.description.prefix(1).uppercased())\(error.description.dropFirst())."
    }
  }

  /// A line for each term: what it adds, what it is made of, and the same with numbers where these fit beside it.
  func table(_ arithmetic: Arithmetic, _ style: TerminalStyle) -> [String] {
    guard !arithmetic.terms.isEmpty else { return [] }
    var rows = arithmetic.terms.map { term -> (value: Double, text: String, numbers: String) in
      let text = term.expression.text(number: Arithmetic.short)
      let numbers = term.numbers.text(number: Arithmetic.short)
      let isSaid = numbers == text || numbers == Arithmetic.short(term.value)
      return (term.value, text, isSaid ? "" : "= \(numbers)")
    }
    let (count, sum) = arithmetic.others
    if count > 0 { rows.append((sum, others(count), "")) }
    if let total = arithmetic.total, arithmetic.terms.count > 1 || count > 0 {
      rows.append((total, all, ""))
    }
    let values = rows.map { Arithmetic.short($0.value) }
    let heading = arithmetic.total == nil ? say(en: "is", ja: "値") : say(en: "adds", ja: "足す数")
    let width = values.reduce(TextWidth.columns(of: heading)) { max($0, TextWidth.columns(of: $1)) }
    let told = rows.filter { !$0.numbers.isEmpty }
    let (texts, numbers) = (
      told.map { TextWidth.columns(of: $0.text) }.max() ?? 0,
      told.map { TextWidth.columns(of: $0.numbers) }.max() ?? 0
    )
    let isBeside = width + 2 + texts + 2 + numbers <= style.width
    func line(_ value: String, _ text: String) -> [String] {
      let padded = String(repeating: " ", count: width - TextWidth.columns(of: value)) + value
      return TextWidth.wrap(style.plain(text), to: max(20, style.width - width - 2)).enumerated()
        .map { index, part in
          (index == 0 ? padded : String(repeating: " ", count: width)) + "  " + part
        }
    }
    var lines = line(heading, say(en: "term", ja: "項")).map(style.muted)
    for (row, value) in zip(rows, values) {
      let gap = String(repeating: " ", count: max(0, texts - TextWidth.columns(of: row.text)) + 2)
      if isBeside, !row.numbers.isEmpty {
        lines += ["\(line(value, row.text)[0])\(gap)\(style.muted(row.numbers))"]
      } else {
        lines += line(value, row.text)
        if !row.numbers.isEmpty { lines += line("", row.numbers).map(style.muted) }
      }
    }
    return lines
  }
}
