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
          <p class="bar"><textarea name="text" rows="4" spellcheck="false" aria-label="\#(words.ownText)">\n\#(VisibleText.plain(asking.text))</textarea>
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

  /// What the page tells of the score: what takes its place when another text is scored.
  public var answer: String { told.text }

  private var told: HTML {
    #"""
      <h1>\#(words.scoreTitle)</h1>
      \#(TextPage.notice(words.changed(score.interventions)))\#
      <p class="lead">\#(words.scoreLead)</p>
      <p>\#(words.perplexity(score))</p>
      \#(TextPage.remarks(words.remarks(reading)))\#
      \#(TextPage.key(words.scale))<p class="running" dir="auto">\#(tokens)</p>
      \#(table)
      """#
  }

  private var reading: ReadingWords { words.reading(of: score) }

  private var tokens: HTML {
    let reading = reading
    return score.tokens.indices.map { token($0, reading) }.joined()
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
    let reading = reading
    let rows = score.tokens.enumerated().map { position, token -> HTML in
      let note = TextPage.note(reading, at: position)
      let name: HTML = "\(Markup.token(token.token.text))\(note)"
      guard let prediction = token.prediction else {
        return #"<tr><td class="w">\#(name)</td><td>–</td><td>–</td><td>–</td></tr>"#
      }
      func number(_ value: Double, digits: Int, _ name: String) -> HTML {
        let origin = Origin.derived("tokens[\(position)].\(name)")
        return "<td>\(Markup.number(Quantity(value, digits: digits, origin: origin)))</td>"
      }
      return #"<tr><td class="w">\#(name)</td>"#
        + number(prediction.probability, digits: 4, "probability")
        + number(Double(prediction.rank), digits: 0, "rank")
        + number(prediction.surprisal, digits: 2, "surprisal_bits") + "</tr>"
    }
    return #"""
      <div class="card table"><div class="scroll" role="group" tabindex="0" aria-label="\#(words.scoreTitle)">
      <table>
      <thead><tr>\#(titles.joined())</tr></thead>
      <tbody>
      \#(rows.joined(separator: "\n"))
      </tbody>
      </table>
      </div></div>

      """#
  }
}
