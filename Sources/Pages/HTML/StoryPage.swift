import CAssets
import Graphics
import Traces
public import Walkthrough

/// Generated texts side by side as one self-contained HTML file: each shaded by probability, each token
/// with the distribution it was drawn from.
///
/// Without its script the page shows the whole texts, and a token is picked by its link; with it, the
/// texts grow token by token.
public struct StoryPage {
  private let stories: [GeneratedText]
  private let language: Language
  private let asking: (text: String, living: Living)?
  private var words: TextWords { TextWords(language: language) }

  /// How many of the likeliest tokens a page tells of each turn, as a rule.
  public static let candidateCount = 20

  /// Makes a page of texts that began alike.
  ///
  /// - Parameters:
  ///   - stories: The texts.
  ///   - language: The language to tell of them in.
  ///   - asking: How the texts begin, to be changed on the page, and what the page carries to write others then.
  public init(
    _ stories: [GeneratedText],
    in language: Language,
    asking: (text: String, living: Living)? = nil
  ) {
    self.stories = stories
    self.language = language
    self.asking = asking
  }

  /// The file's text.
  public var html: String {
    let form = asking.map { self.form(beginning: $0.text).html } ?? .nothing
    let content: HTML = #"""
      <h1>\#(words.storyTitle)</h1>
      \#(TextPage.notice(stories.first.flatMap { words.changed($0.interventions) }))\#
      <p class="lead">\#(words.storyLead)</p>
      \#(form)<div class="answer">
      \#(TextPage.key(words.scale))\#(player)<div class="stories" data-part="stories">
      \#(HTML(trusted: columns))</div>
      </div>

      """#
    return TextPage(
      title: VisibleText.plain(prompt.count <= 60 ? prompt : prompt.prefix(59) + "…"),
      language: language,
      content: content,
      script: Self.script,
      living: asking?.living
    ).html
  }

  private var prompt: String {
    asking?.text ?? stories.first?.prompt.map { $0.text }.joined() ?? ""
  }

  /// The part of the page that other texts change: a column of each.
  public var columns: String {
    var html = HTML.nothing
    for index in stories.indices {
      html += StoryColumn(stories[index], number: index, of: stories.count, words).html
    }
    return html.text
  }

  /// How many tokens the longest text was given.
  public var length: Int { stories.map { $0.steps.count }.max() ?? 0 }

  /// What the texts were written with, to be changed; what was cut off stays so.
  private func form(beginning text: String) -> AskingForm {
    let settings = stories.first?.settings
    let temperatures = stories.map { story in
      let temperature = story.settings.temperature
      return temperature == temperature.rounded() && temperature < 1000
        ? "\(Int(temperature))" : "\(temperature)"
    }.joined(separator: ", ")
    func kept(_ name: String, _ value: String?) -> HTML {
      value.map {
        #"<input type="hidden" name="\#(name)" inputmode="numeric" value="\#($0)"/>"# as HTML
      } ?? .nothing
    }
    let cut =
      kept("top_k", settings?.topK.map { "\($0)" })
      + kept("top_p", settings?.topP.map { "\($0)" })
    return AskingForm(
      call: "story",
      language: language,
      fields: #"""
        <p class="bar"><textarea name="text" rows="2" spellcheck="false" aria-label="\#(words.beginning)">\#n\#(ScorePage.typed(text))</textarea>
        <button type="submit">\#(words.write)</button>
        <button type="button" id="append">\#(words.oneMore)</button></p>
        <p class="bar"><label>\#(words.temperatures) <input type="text" name="temperatures" value="\#(temperatures)" size="10" autocomplete="off"/></label>
        <label>\#(words.tokenCount) <input type="text" name="tokens" inputmode="numeric" value="\#(max(1, length))" size="4" autocomplete="off"/></label>
        <label>\#(words.seed) <input type="text" name="seed" inputmode="numeric" value="\#("\(settings?.seed ?? 0)")" size="6" autocomplete="off"/></label>\#(cut)</p>

        """#
    )
  }

  /// Shown by the script, which it is of no use without.
  private var player: HTML {
    let last = length
    return #"""
      <div class="player" hidden="hidden" role="group" aria-label="\#(words.player)">
      <button type="button" class="back">\#(words.back)</button>
      <button type="button" class="play" data-play="\#(words.play)" data-pause="\#(words.pause)">\#(words.play)</button>
      <button type="button" class="forward">\#(words.forward)</button>
      <input type="range" min="0" max="\#(last)" value="\#(last)" aria-label="\#(words.place)"/>
      <output></output>
      </div>

      """#
  }

  private static let script = PageScript(
    PageScript.string(casset_story_script()) + "playStory();\n"
  )
}

/// One text of a story page, with what each of its tokens was drawn from.
private final class StoryColumn {
  let story: GeneratedText
  let number: Int
  let count: Int
  let words: TextWords

  init(_ story: GeneratedText, number: Int, of count: Int, _ words: TextWords) {
    self.story = story
    self.number = number
    self.count = count
    self.words = words
  }

  var html: HTML {
    let given = given
    let tokens = story.steps.indices.map { index -> HTML in
      let step = story.steps[index]
      let shade = TextPage.shade(bits: step.surprisal)
      let link: HTML =
        ##"<a class="\##(shade)" href="#\##(id(index))" title="\##(words.chosen(step, in: story))">"##
      return link + TextPage.running(step.chosen.token.text) + "</a>"
    }
    return #"""
      <section class="story">
      <h2>\#(words.settings(of: story))</h2>
      \#(TextPage.remarks(words.remarks(words.reading(of: story))))\#
      <p class="running" dir="auto"><span class="given">\#(given)</span>\#(tokens.joined())</p>
      \#(end)\#
      \#(story.steps.indices.map(detail).joined())</section>

      """#
  }

  /// The prompt, with a dashed outline around tokens that were hardly met.
  private var given: HTML {
    let reading = words.reading(of: story)
    return story.prompt.indices.map { position -> HTML in
      let text = TextPage.running(story.prompt[position].text)
      guard let remark = reading.remark(position) else { return text }
      let rare: HTML = story.notes.isHardlyMet(position) ? #" class="rare""# : .nothing
      return #"<span\#(rare) title="\#(remark)">\#(text)</span>"#
        + TextPage.note(reading, at: position)
    }.joined()
  }

  /// Which token ended the text, if one did.
  private var end: HTML {
    guard let token = story.end else { return .nothing }
    return "<p class=\"label\">\(words.ended(by: token))</p>\n"
  }

  private func id(_ index: Int) -> String { "token-\(number)-\(index + 1)" }

  private func detail(_ index: Int) -> HTML {
    let step = story.steps[index]
    let isShown = step.candidates.contains { $0.token == step.chosen.token }
    let shown = step.candidates + (isShown ? [] : [step.chosen])
    let place = "steps[\(index)]"
    let largest = max(shown.map { $0.probability }.max() ?? 1, .leastNormalMagnitude)
    let rows = shown.enumerated().map { rank, candidate -> HTML in
      let isChosen = candidate.token == step.chosen.token
      let share = Decimal.rounded(candidate.probability / largest, digits: 4)
      let which = rank < step.candidates.count ? ".candidates[\(rank)]" : ""
      let origin = Origin.derived(place + which + ".probability")
      let number = Quantity(candidate.probability, digits: 4, origin: origin)
      return #"""
        <li\#(isChosen ? #" class="chosen""# as HTML : .nothing)><span class="name">\#
        \#(Markup.token(candidate.token.text))</span><span class="bar" style="--share:\#(share)"></span>\#
        \#(Markup.number(number))</li>
        """#
    }
    let forgotten: HTML =
      step.forgotten > 0 ? "<p class=\"label\">\(words.forgotten(step.forgotten))</p>\n" : .nothing
    // Where the likeliest is taken nothing falls anywhere, and no other could have come.
    let draws = story.settings.temperature != 0
    let runnerUp = draws ? step.candidates.first { $0.token != step.chosen.token } : nil
    let other: HTML = runnerUp.map { "<p>\(words.runnerUp($0))</p>\n" } ?? .nothing
    return #"""
      <div class="detail next" id="\#(id(index))" data-number="\#(index + 1)">
      <h3>\#(words.step(index + 1))</h3>
      \#(forgotten)<p>\#(words.chosen(step, in: story))</p>
      \#(other)\#(draws ? line(of: step, index, place) : .nothing)<ol>
      \#(rows.joined(separator: "\n"))
      </ol>
      </div>

      """#
  }

  /// All shares end to end, and where the number fell.
  private func line(of step: GeneratedText.Step, _ index: Int, _ place: String) -> HTML {
    let origin = Origin.derived(place + ".candidates")
    let mark = CumulativeLine(
      step.candidates.map {
        .init(
          VisibleText.show($0.token.text),
          Quantity($0.probability, digits: 3, origin: origin)
        )
      },
      drawn: Quantity(step.draw, digits: 4, origin: .derived(place + ".draw")),
      // Texts side by side have a column each.
      width: count > 1 ? 360 : 660
    )
    let scene = Scene(
      id: "line",
      title: words.lineTitle,
      description: words.chosen(step, in: story),
      mark: mark,
      language: words.language.rawValue
    )
    return "<div class=\"scroll\">\(HTML(trusted: SVG.inline(scene, idPrefix: id(index))))</div>\n"
  }
}
