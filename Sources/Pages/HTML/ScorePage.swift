import Graphics
public import Walkthrough

/// A scored text as one self-contained HTML file: the text shaded by probability, and all its numbers.
public struct ScorePage {
  private let score: TextScore
  private let language: Language
  private let asking: (text: String, living: Living)?
  private var words: TextWords { TextWords(language: language) }

  /// Makes a page of a score.
  ///
  /// - Parameters:
  ///   - score: How well a text was foreseen.
  ///   - language: The language to tell it in.
  ///   - asking: The text, to be changed on the page, and what the page carries to score it then.
  public init(
    _ score: TextScore,
    in language: Language,
    asking: (text: String, living: Living)? = nil
  ) {
    self.score = score
    self.language = language
    self.asking = asking
  }

  /// The file's text.
  public var html: String {
    let content = asking.map { asking -> HTML in
      let form = AskingForm(
        call: "score",
        language: language,
        fields: #"""
          <p class="bar"><textarea name="text" rows="4" spellcheck="false" aria-label="\#(words.ownText)">\#n\#(Self.typed(asking.text))</textarea>
          <button type="submit">\#(words.scoreIt)</button></p>

          """#
      )
      return #"\#(form.html)<div class="answer">\#n\#(told)</div>\#n"#
    }
    return TextPage(
      title: words.scoreTitle,
      language: language,
      content: content ?? told,
      living: asking?.living
    ).html
  }

  /// A text as a field holds it: without signs that no page may have.
  static func typed(_ text: String) -> String {
    var typed = ""
    for sign in text.unicodeScalars where sign.value >= 32 || sign == "\n" || sign == "\t" {
      if sign.value < 0xFFFE || sign.value > 0xFFFF { typed.unicodeScalars.append(sign) }
    }
    return typed
  }

  /// The parts of the page that another text changes.
  public var parts: (summary: String, text: String, rows: String) {
    (("\(words.perplexity(score))" as HTML).text, tokens.text, rows.text)
  }

  private var told: HTML {
    #"""
    <h1>\#(words.scoreTitle)</h1>
    \#(TextPage.notice(words.changed(score.interventions)))\#
    <p class="lead">\#(words.scoreLead)</p>
    <p data-part="summary">\#(words.perplexity(score))</p>
    <div data-part="remarks">\#(TextPage.remarks(words.remarks(reading)))</div>
    \#(TextPage.key(words.scale))<p class="running" dir="auto" data-part="text">\#(tokens)</p>
    \#(table)
    """#
  }

  private var reading: ReadingWords { words.reading(of: score) }

  private var tokens: HTML {
    let reading = reading
    var text = HTML.nothing
    for position in score.tokens.indices { text += token(position, reading) }
    return text
  }

  private func token(_ position: Int, _ reading: ReadingWords) -> HTML {
    let token = score.tokens[position]
    let text = TextPage.running(token.token.text)
    let remark = reading.remark(position).map { words.language == .ja ? "、\($0)" : "; \($0)" } ?? ""
    let rare: HTML = score.notes.isHardlyMet(position) ? " rare" : .nothing
    guard let prediction = token.prediction else {
      return #"""
        <span class="given\#(rare)" title="\#(words.notPredicted)\#(remark)">\#(text)</span>
        """#
    }
    let shade = TextPage.shade(bits: prediction.surprisal)
    return #"""
      <span class="\#(shade)\#(rare)" title="\#(words.tooltip(prediction))\#(remark)">\#(text)</span>
      """#
  }

  private var table: HTML {
    let titles = words.scoreColumns.enumerated().map { index, title -> HTML in
      #"<th scope="col"\#(index == 0 ? #" class="w""# as HTML : .nothing)>\#(title)</th>"#
    }
    return #"""
      <div class="card table"><div class="scroll" role="group" tabindex="0" aria-label="\#(words.scoreTitle)">
      <table>
      <thead><tr>\#(titles.joined())</tr></thead>
      <tbody data-part="rows">
      \#(rows)</tbody>
      </table>
      </div></div>

      """#
  }

  private var rows: HTML {
    let reading = reading
    var rows = HTML.nothing
    for position in score.tokens.indices { rows += row(position, reading) }
    return rows
  }

  private func row(_ position: Int, _ reading: ReadingWords) -> HTML {
    let token = score.tokens[position]
    let name: HTML = "\(Markup.token(token.token.text))\(TextPage.note(reading, at: position))"
    var cells: HTML = #"<tr><td class="w">\#(name)</td>"#
    if let prediction = token.prediction {
      func add(_ value: Double, digits: Int, _ name: String) {
        let origin = Origin.derived("tokens[\(position)].\(name)")
        cells += "<td>\(Markup.number(Quantity(value, digits: digits, origin: origin)))</td>"
      }
      add(prediction.probability, digits: 4, "probability")
      add(Double(prediction.rank), digits: 0, "rank")
      add(prediction.surprisal, digits: 2, "surprisal_bits")
    } else {
      cells += "<td>–</td><td>–</td><td>–</td>"
    }
    return cells + "</tr>\n"
  }
}
