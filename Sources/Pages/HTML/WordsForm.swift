import Graphics
public import Walkthrough

/// Where words are asked for: their neighbours and sums, a direction, a map; and what is at hand to ask with one click.
///
/// The page's script puts what is typed into the call `words`, and what that answers behind the form.
public struct WordsForm {
  /// What is asked of words.
  public enum Action: String, CaseIterable, Sendable {
    /// The words nearest to a word or a sum.
    case nearest
    /// Words' dot products with a direction.
    case direction
    /// A slice of the space, differences as arrows.
    case map
  }

  /// A word at hand: what it is called, and the questions that it makes of the one that is asked.
  public struct Chip {
    let label: String
    let alone: String
    let added: String
    let taken: String

    /// Takes a word.
    ///
    /// - Parameters:
    ///   - label: The word as it is shown.
    ///   - alone: The question it makes by itself.
    ///   - added: The question with the word added to a sum.
    ///   - taken: The question with the word taken away from a sum.
    public init(label: String, alone: String, added: String, taken: String) {
      (self.label, self.alone, self.added, self.taken) = (label, alone, added, taken)
    }
  }

  /// What is asked.
  public let action: Action
  /// The question as it was typed.
  public let text: String
  let language: Language
  /// The words at hand.
  public var chips: [Chip] = []
  /// Questions worth asking.
  public var examples: [(action: Action, text: String)] = []
  /// The matrix whose rows or columns the words are.
  public var matrix = "W_E"
  /// Begins every id of the answer.
  public var prefix = ""
  /// Whether the answer is a page's content, told at length.
  public var isWhole = false

  /// Prepares a form with a question in it.
  public init(_ action: Action, _ text: String, in language: Language) {
    (self.action, self.text, self.language) = (action, text, language)
  }

  private func say(_ en: String, _ ja: String) -> String { language == .en ? en : ja }

  /// The form's markup; hidden until there is a program to ask.
  public var html: String { form.text }

  var form: HTML {
    let modes = Action.allCases.map { action -> HTML in
      #"""
      <label><input type="radio" name="action" value="\#(action.rawValue)"\#(action == self.action ? #" checked="checked""# as HTML : .nothing)/>\#
      <span>\#(name(of: action))</span></label>

      """#
    }
    let kept = [("matrix", matrix), ("prefix", prefix), ("whole", isWhole ? "yes" : "")]
    let hidden = kept.map { #"<input type="hidden" name="\#($0.0)" value="\#($0.1)"/>"# as HTML }
    return AskingForm(
      call: "words",
      language: language,
      fields: #"""
        <fieldset class="modes"><legend class="unseen">\#(say("What to ask of words", "語について調べること"))</legend>
        \#(modes.joined())</fieldset>
        <p class="bar"><input type="text" name="text" value="\#(VisibleText.plain(text))" aria-label="\#(say("Words", "語"))" autocomplete="off" spellcheck="false" enterkeyhint="go"/>
        <button type="submit">\#(say("Ask", "調べる"))</button>\#(hidden.joined())</p>

        """#
    ).html
  }

  private func name(of action: Action) -> String {
    switch action {
    case .nearest: say("Neighbours and sums", "近い語・和と差")
    case .direction: say("A direction", "向き")
    case .map: say("A map", "地図")
    }
  }

  /// How the question is written.
  private var hint: String {
    switch action {
    case .nearest:
      say(
        "Type a word, or a sum with blanks around its signs: king - man + woman.",
        "語を1つ、または和や差を入力します。記号の前後には空白を入れます（king - man + woman）。"
      )
    case .direction:
      say(
        "Type a difference, then the words to measure along it, with commas between.",
        "差を1つ、続けてその向きに沿って測る語を、コンマで区切って入力します。"
      )
    case .map:
      say(
        "Type words with commas between. A difference, queen - king, becomes an arrow.",
        "語をコンマで区切って入力します。差（queen - king）は矢印になります。"
      )
    }
  }

  /// The answer: how to ask, what is at hand, and what a report found.
  public func answer(_ report: WordReport) -> String {
    var ids = PageIDs(prefix: prefix)
    return (isWhole ? WordsPage.content(report, hands, &ids) : short(report, &ids)).text
  }

  /// Title, bars and the slice alone.
  private func short(_ report: WordReport, _ ids: inout PageIDs) -> HTML {
    let space = SpaceCard(
      figure: report.space,
      caption: report.spaceCaption,
      language: language
    ).html(&ids)
    let bars: HTML = action == .map ? .nothing : FigureCard(report.figure, &ids).html
    return #"""
      <h4>\#(Markup.text(report.article.title))</h4>
      \#(hands)<div class="found-words">\#(bars)\#(space)</div>

      """#
  }

  /// How to ask, and what is at hand to ask with one click.
  var hands: HTML {
    let words = chips.map { chip -> HTML in
      #"""
      <li><button type="button" data-ask="\#(chip.taken)" aria-label="\#(say("take away \(chip.label)", "\(chip.label) を引く"))">−</button>\#
      <button type="button" data-ask="\#(chip.alone)">\#(chip.label)</button>\#
      <button type="button" data-ask="\#(chip.added)" aria-label="\#(say("add \(chip.label)", "\(chip.label) を足す"))">+</button></li>

      """#
    }
    let worth = examples.map { example -> HTML in
      #"""
      <li><button type="button" data-ask="\#(example.text)" data-action="\#(example.action.rawValue)">\#(example.text)</button></li>

      """#
    }
    let examples: HTML =
      worth.isEmpty
      ? .nothing
      : #"<p class="label">\#(say("Worth asking", "試してみたい例"))</p>\#n<ul class="asks">\#n\#(worth.joined())</ul>\#n"#
    return #"""
      <div class="hands">
      <p class="label">\#(hint)</p>
      <ul class="word-chips">
      \#(words.joined())</ul>
      \#(examples)</div>

      """#
  }
}
