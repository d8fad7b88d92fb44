public import Graphics
public import Walkthrough

/// A generated text in the terminal: each turn with its candidates, the draw and the token chosen.
public struct GeneratedTextLines {
  private let terminal: TerminalStyle
  private let words: TextWords
  /// How many candidates a turn shows; if not given, five, and of them none that would show as 0.000.
  private let shownCount: Int?

  /// Draws in a style, in a language.
  ///
  /// - Parameters:
  ///   - terminal: The style.
  ///   - language: The language.
  ///   - shownCount: How many of a turn's candidates are shown, however unlikely they are; if not given, the likeliest
  ///     few, so that a turn takes about ten lines.
  public init(_ terminal: TerminalStyle, in language: Language, showing shownCount: Int? = nil) {
    self.terminal = terminal
    self.shownCount = shownCount
    words = TextWords(language: language)
  }

  /// What stands before the first turn: the model, the settings and the prompt's tokens.
  public func opening(of text: GeneratedText) -> [String] {
    let reading = words.reading(of: text)
    let tokens = text.prompt.indices.suffix(200).map { position in
      let note = reading.mark(position).map { " (\($0))" } ?? ""
      return VisibleText.show(text.prompt[position].text) + note
    }
    let left = text.prompt.count - tokens.count
    let prompt = (left > 0 ? [words.forgotten(left)] : []) + [tokens.joined(separator: " | ")]
    let columns =
      text.settings.changesNothing ? [] : wrapped(words.columns(of: text)).map(terminal.muted)
    return wrapped(words.settings(of: text)) + columns + changed(text) + [""]
      + wrapped(words.prompt(text.prompt.count, prompt.joined(separator: " "))) + [""]
      + words.remarks(reading).flatMap { wrapped($0) + [""] }
  }

  /// That the model's run was changed from outside, if it was.
  private func changed(_ text: GeneratedText) -> [String] {
    words.changed(text.interventions).map { wrapped("! " + $0).map(terminal.strong) } ?? []
  }

  /// One turn, with an empty line after it.
  public func lines(of step: GeneratedText.Step, number: Int, in text: GeneratedText) -> [String] {
    var title = words.step(number)
    if step.forgotten > 0 { title += terminal.plain(" · \(words.forgotten(step.forgotten))") }
    let likeliest = likeliest(of: step)
    let isShown = likeliest.contains { $0.token == step.chosen.token }
    let shown = likeliest + (isShown ? [] : [step.chosen])
    let bars = Bars(
      shown.map { candidate in
        Bars.Bar(
          VisibleText.show(candidate.token.text),
          Quantity(candidate.probability, digits: 4, origin: .illustration),
          isFollowed: candidate.token.id == step.chosen.token.id,
          note: text.settings.changesNothing
            ? nil : Caption(Decimal.text(candidate.modelProbability, digits: 4))
        )
      },
      role: .probability
    )
    var lines = [terminal.strong(terminal.plain(title))]
    lines += bars.lines(terminal)
    let others = step.keptCount - shown.count
    if others > 0 {
      let share = 1 - shown.reduce(0) { $0 + $1.probability }
      lines += wrapped("  " + words.others(others, share: max(0, share))).map(terminal.muted)
    }
    if text.settings.temperature != 0 { lines += line(of: step).ruler(terminal) }
    lines += wrapped(words.chosenInALine(step, in: text)).map(terminal.accent)
    return lines + [""]
  }

  /// The candidates of a turn that are shown.
  private func likeliest(of step: GeneratedText.Step) -> [GeneratedText.Candidate] {
    if let shownCount { return Array(step.candidates.prefix(shownCount)) }
    // One at least, and of the others those that three digits tell from nothing, by either number.
    return step.candidates.prefix(5).enumerated().filter { rank, candidate in
      rank == 0 || max(candidate.probability, candidate.modelProbability) >= 0.0005
    }.map { $0.element }
  }

  /// What stands at the very end: what one can try next.
  public func next(after text: GeneratedText) -> [String] {
    // Who chose how many to see knows the options.
    text.steps.isEmpty || shownCount != nil ? [] : [""] + wrapped(words.next).map(terminal.muted)
  }

  /// What stands after the last turn: the whole text.
  public func closing(of text: GeneratedText) -> [String] {
    // Line by line, so that the text keeps its shape.
    let written = text.text.split(separator: "\n", omittingEmptySubsequences: false)
    let end = text.end.map { token in
      TextWidth.wrap(terminal.plain(words.ended(by: token)), to: terminal.width)
    }
    return written.flatMap { line in
      line.isEmpty ? [""] : TextWidth.wrap(VisibleText.plain(String(line)), to: terminal.width)
    } + (end.map { [""] + $0.map(terminal.muted) } ?? [])
  }

  /// Several whole texts side by side, each under what made it come out as it did.
  public func columns(of texts: [GeneratedText]) -> [String] {
    let gap = 3
    guard texts.count * (8 + gap) <= terminal.width + gap else {
      // No room side by side: one below another.
      return texts.enumerated().flatMap { index, text in
        (index > 0 ? [""] : []) + wrapped(words.settings(of: text)) + changed(text) + [""]
          + closing(of: text)
      }
    }
    let width = max(8, (terminal.width + gap) / max(1, texts.count) - gap)
    let columns = texts.map { text -> [String] in
      let written = text.text.split(separator: "\n", omittingEmptySubsequences: false)
      let changed = words.changed(text.interventions).map { " ! " + $0 } ?? ""
      let heading = TextWidth.wrap(terminal.plain(words.settings(of: text) + changed), to: width)
      return heading + [String(repeating: terminal.charset == .unicode ? "─" : "-", count: width)]
        + written.flatMap { line in
          line.isEmpty ? [""] : TextWidth.wrap(VisibleText.plain(String(line)), to: width)
        } + (text.end.map { TextWidth.wrap(terminal.plain(words.ended(by: $0)), to: width) } ?? [])
    }
    // Headings of different heights would set the texts apart.
    let height = columns.map { $0.count }.max() ?? 0
    let bar = terminal.charset == .unicode ? " │ " : " | "
    return (0..<height).map { row in
      columns.map { column in
        TextWidth.pad(row < column.count ? column[row] : "", to: width)
      }.joined(separator: bar)
    }
  }

  private func line(of step: GeneratedText.Step) -> CumulativeLine {
    CumulativeLine(
      step.candidates.map {
        .init($0.token.text, Quantity($0.probability, digits: 3, origin: .illustration))
      },
      drawn: Quantity(step.draw, digits: 4, origin: .illustration)
    )
  }

  private func wrapped(_ text: String) -> [String] {
    TextWidth.wrap(terminal.plain(text), to: terminal.width)
  }
}

extension TextWords {
  /// What was drawn, in the one line that a terminal has for it.
  fileprivate func chosenInALine(_ step: GeneratedText.Step, in text: GeneratedText) -> String {
    let token = VisibleText.show(step.chosen.token.text)
    let bits = Decimal.text(step.surprisal, digits: 2)
    guard text.settings.temperature != 0 else {
      return say(
        en: "→ \(token)   the likeliest, nothing is drawn; model's surprisal \(bits) bits",
        ja: "→ \(token)   最も確率の高いもの。くじは引きません。モデル自身にとっての驚きは \(bits) ビット"
      )
    }
    let (draw, low) = (Decimal.text(step.draw, digits: 4), Decimal.text(step.low, digits: 4))
    let high = Decimal.text(step.high, digits: 4)
    return say(
      en: "→ \(token)   \(draw) falls on \(low)–\(high); model's surprisal \(bits) bits",
      ja: "→ \(token)   \(draw) は \(low)–\(high) に落ちました。モデル自身にとっての驚きは \(bits) ビット"
    )
  }
}
