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

  private let action: Action
  private let text: String
  private let language: Language
  private let matrix: String
  private let examples: Bool

  /// Prepares a form with a question in it.
  ///
  /// - Parameters:
  ///   - action: What is asked.
  ///   - text: The question.
  ///   - matrix: The matrix whose rows or columns the words are, W_E or W_U.
  ///   - examples: Whether the vocabulary has the words of the built-in model's world.
  ///   - language: The language of the form.
  public init(
    _ action: Action,
    _ text: String,
    matrix: String = "W_E",
    examples: Bool,
    in language: Language
  ) {
    (self.action, self.text, self.matrix) = (action, text, matrix)
    (self.examples, self.language) = (examples, language)
  }

  /// Questions worth asking of the built-in model.
  public static let questions: [(action: Action, text: String)] = [
    (.nearest, "king - man + woman"), (.nearest, "Rome - Italy + France"),
    (.nearest, "cats - cat + dog"),
    (.direction, "woman - man, king, queen, father, mother, uncle, aunt"),
    (.map, "queen - king, woman - man, aunt - uncle, girl - boy"),
  ]

  private func say(_ en: String, _ ja: String) -> String { language == .en ? en : ja }

  var form: HTML {
    let modes = Action.allCases.map { action -> HTML in
      let checked: HTML = action == self.action ? #" checked="checked""# : .nothing
      return #"""
        <label><input type="radio" name="action" value="\#(action.rawValue)"\#(checked)/>\#
        <span>\#(name(of: action))</span></label>

        """#
    }
    let hidden = [("matrix", matrix), ("prefix", "")].map {
      #"<input type="hidden" name="\#($0.0)" value="\#($0.1)"/>"# as HTML
    }
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

  /// How a question is written.
  private func hint(_ action: Action) -> String {
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

  /// Where the question stands above its answer: as a page's title, or beneath a step's.
  var isTitle = false
  private var heading: HTML {
    isTitle ? #"<h1 data-part="question"></h1>"# : #"<h4 data-part="question"></h4>"#
  }

  /// What is at hand to ask more: how a question is written, words, questions worth asking.
  func hands(hidden: Bool) -> HTML {
    let hints = Action.allCases.map { action -> HTML in
      let other: HTML = action == self.action ? .nothing : #" hidden="hidden""#
      return #"<p class="label" data-action="\#(action.rawValue)"\#(other)>\#(hint(action))</p>\#n"#
    }
    let worth = Self.questions.map { question -> HTML in
      #"""
      <li><button type="button" data-ask="\#(question.text)" data-action="\#(question.action.rawValue)">\#(question.text)</button></li>

      """#
    }
    let list: HTML =
      examples
      ? #"<p class="label">\#(say("Worth asking", "試してみたい例"))</p>\#n<ul class="asks">\#n\#(worth.joined())</ul>\#n"#
      : .nothing
    return #"""
      <div class="hands"\#(hidden ? #" hidden="hidden""# : HTML.nothing)>
      \#(hints.joined())<ul class="word-chips">
      <li hidden="hidden"><button type="button" data-sign="-" aria-label="\#(say("take away {word}", "{word} を引く"))">−</button>\#
      <button type="button" data-sign=","></button>\#
      <button type="button" data-sign="+" aria-label="\#(say("add {word}", "{word} を足す"))">+</button></li>
      </ul>
      \#(list)</div>

      """#
  }

  /// What the script makes an answer of: the question, what is at hand to ask more, bars, the slice.
  private var answer: HTML {
    #"""
    \#(heading)
    <div class="found-words"><div><div data-part="bars"></div>
    \#(hands(hidden: false))</div>
    \#(SpaceCard.empty(in: language))</div>

    """#
  }

  /// The form and the frame of an answer, for the script.
  var template: HTML {
    #"""
    <template class="words" data-language="\#(language.rawValue)">\#(form)<div class="answer">\#(answer)</div></template>

    """#
  }
}
