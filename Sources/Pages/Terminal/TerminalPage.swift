public import Graphics
public import Walkthrough

/// A walkthrough as terminal text: every stage with its words, formulas, figures and tables, within the width.
///
/// No character of the data reaches the terminal that it would act on: line ends, escapes and the like
/// are shown by their signs or names. With ``Graphics/TerminalStyle/Charset/ascii`` all drawing, formulas and
/// English prose are ASCII; the letters of a token stay its own, its spaces are shown as `_`.
public struct TerminalPage {
  private let walkthrough: Walkthrough
  private let terminal: TerminalStyle
  private let stages: [StageID]
  private let step: StepNumber?

  /// Makes terminal text of a walkthrough.
  ///
  /// - Parameters:
  ///   - walkthrough: What is told.
  ///   - terminal: What the terminal can show.
  ///   - stages: The stages to show; all by default.
  ///   - step: The one step to show instead.
  public init(
    _ walkthrough: Walkthrough,
    terminal: TerminalStyle,
    stages: [StageID] = StageID.allCases,
    step: StepNumber? = nil
  ) {
    self.walkthrough = walkthrough
    self.terminal = terminal
    self.stages = stages
    self.step = step
  }

  /// The text, with a line end after every line.
  public var text: String { lines.map { $0 + "\n" }.joined() }

  /// The lines, each at most as wide as the terminal.
  public var lines: [String] {
    if let step { return lines(of: step) }
    let shown = walkthrough.stages.indices.filter { stages.contains(walkthrough.stages[$0].id) }
    return opening + shown.flatMap { stageLines(walkthrough.stages[$0], number: $0 + 1) }
  }

  private var words: PageWords { PageWords(language: walkthrough.language) }
  private var pen: TerminalPen { TerminalPen(terminal: terminal, language: walkthrough.language) }
  private var blocks: TerminalBlocks { TerminalBlocks(terminal: terminal, words: words) }

  private var opening: [String] {
    let prompt = VisibleText.plain(walkthrough.subject.prompt)
    let next = walkthrough.next.prefix(5).map { prediction -> RichText in
      "\(token: prediction.text) \(prediction.probability)"
    }
    var lines = pen.wrap(RichText(stringLiteral: prompt), style: terminal.strong)
    lines += pen.wrap(words.model(walkthrough.subject.model), style: terminal.muted)
    lines += notices
    if !next.isEmpty {
      let list = next.dropFirst().reduce(next[0]) { $0 + words.say(en: ", ", ja: "、") + $1 }
      lines += pen.wrap(words.next + words.colon + list)
      if let caution = walkthrough.subject.words(in: walkthrough.language).caution {
        lines += pen.wrap(caution)
      }
    }
    return lines
  }

  private var notices: [String] {
    walkthrough.notices.flatMap { pen.wrap("! " + $0, style: terminal.strong) }
  }

  /// A step alone, and how to see the next.
  private func lines(of number: StepNumber) -> [String] {
    guard let step = walkthrough[number] else { return [] }
    let next = walkthrough.number(after: number).map { next -> [String] in
      let step = RichText(stringLiteral: "--step \(next)  ") + (walkthrough[next]?.title ?? "")
      return [""] + pen.wrap(words.stepAfter + words.colon + step, style: terminal.muted)
    }
    return notices + blocks.lines(of: step, number: "\(number)") + (next ?? [])
  }

  private func stageLines(_ stage: Stage, number: Int) -> [String] {
    let heading = "\(number)  " + pen.show(stage.title)
    var lines = ["", pen.rule]
    lines += TextWidth.wrap(heading, to: terminal.width).map(terminal.strong)
    lines += flow(stage.input, label: words.comesIn, sign: "→")
    for (index, step) in stage.steps.enumerated() {
      lines += [""] + blocks.lines(of: step, number: "\(number).\(index + 1)")
    }
    return lines + [""] + flow(stage.output, label: words.goesOut, sign: "←")
  }

  private func flow(_ flow: Flow, label: RichText, sign: String) -> [String] {
    var text = "\(sign) " as RichText + label + words.colon + flow.what
    if let name = flow.name { text = text + " (\(code: name))" }
    if !flow.shape.isEmpty { text = text + " [\(flow.shape)]" }
    return pen.wrap(text, style: terminal.muted)
  }
}
