/// Tells whether a sentence is one that a world's rules could have made.
///
/// The rules are followed along the sentence, from every place where one may begin to a place where it ends, and every way
/// is tried. Within the sentence, what was picked stays the same: “The king … he”. Of what was picked before it, everything
/// is allowed that the rules pick under that name in texts of the same kind. Ways of telling a fact that are held out are
/// ways of telling it here, and one thing may be picked twice.
struct SentenceRecognizer: Sendable {
  private let kinds: [TextKind]
  private let isSpaced: Bool

  /// Takes the rules of a world.
  init(of world: World) {
    isSpaced = world.plan.isSpaced
    kinds = (world.grammar.rules["document"] ?? []).map { TextKind(told: $0.parts, in: world) }
  }

  /// Whether the rules could have made the sentence.
  func accepts(_ sentence: String) -> Bool {
    let told = Array(sentence.trimmed)
    // The rules make “an” of every “a” before a vowel.
    if isSpaced, told.indices.contains(where: { Self.isArticle(at: $0, before: $0 + 1, told) }) {
      return false
    }
    let characters = isSpaced ? Self.normalized(told, isSpaced: true) : told
    return kinds.contains { kind in
      var walk = Walk(through: kind, along: characters)
      return walk.succeeds()
    }
  }

  /// The sentences of a text that came to their end, as ``accepts(_:)`` takes them.
  ///
  /// A sentence ends after a full stop, and the quotation mark behind it, where spaces stand between words; else after a
  /// full stop outside of quotation marks.
  func sentences(of text: String) -> [String] {
    let characters = Array(text)
    var sentences: [String] = []
    var start = 0
    for end in characters.indices
    where isEnd(of: characters[start...end], before: end + 1, characters) {
      sentences.append(String(characters[start...end]).trimmed)
      start = end + 1
    }
    return sentences.filter { !$0.isEmpty }
  }

  private func isEnd(of sentence: ArraySlice<Character>, before next: Int, _ text: [Character])
    -> Bool
  {
    guard isSpaced else {
      let depth = sentence.reduce(0) { $0 + ($1 == "「" ? 1 : $1 == "」" ? -1 : 0) }
      return sentence.last == "。" && depth <= 0
    }
    return TextKind.endsSentence(sentence) && (next == text.count || text[next] == " ")
  }

  /// A text of the rules as it is compared: “an” before a vowel is “a”, as the rules have it, and nothing stands for the
  /// spaces that only they have.
  static func normalized(_ text: [Character], isSpaced: Bool) -> [Character] {
    guard isSpaced else { return text.compactMap { $0 == " " ? nil : $0 == "_" ? " " : $0 } }
    return text.indices.compactMap { i in
      text[i] == "n" && i > 0 && isArticle(at: i - 1, before: i + 1, text) ? nil : text[i]
    }
  }

  /// Whether there is an “a” with nothing before it, and a vowel behind the space at `end`.
  private static func isArticle(at start: Int, before end: Int, _ text: [Character]) -> Bool {
    "aA".contains(text[start]) && (start == 0 || !text[start - 1].isLetter)
      && end + 1 < text.count && text[end] == " " && "aeiou".contains(text[end + 1])
  }
}

/// A walk through the rules along a sentence.
private struct Walk {
  let kind: TextKind
  let sentence: [Character]
  private var seen: Set<State> = []

  fileprivate struct State: Hashable {
    var place: TextKind.Place
    var position = 0
    /// The places to go back to, the next one last.
    var stack: [TextKind.Place] = []
    /// What is picked under each name.
    var picked: [Int: Pick] = [:]
    var capitalizes = false
  }

  /// A thing that is known, or the tables that it is of.
  fileprivate enum Pick: Hashable {
    case thing(Int)
    case oneOf([String])
  }

  init(through kind: TextKind, along sentence: [Character]) {
    (self.kind, self.sentence) = (kind, sentence)
  }

  mutating func succeeds() -> Bool {
    guard let first = sentence.first else { return false }
    return kind.beginnings.contains { place in
      if case .text(let text) = kind.step(at: place),
        text[place.character].lowercased() != first.lowercased()
      {
        return false
      }
      return follow(State(place: place))
    }
  }

  private mutating func follow(_ state: State) -> Bool {
    var state = state
    // One step after the other, until there is a choice.
    while true {
      if state.position == sentence.count { return true }
      guard let step = kind.step(at: state.place) else { return goBack(state) }
      switch step {
      case .text(let text):
        guard let next = reads(text[state.place.character...], state) else { return false }
        state = next
      case .capital:
        state = ahead(state)
        state.capitalizes = true
      case .pick(let variable, let tables):
        state = ahead(state)
        state.picked[variable] = .oneOf(tables)
      case .call(let alternatives):
        return call(alternatives, from: state)
      case .callNamed(let variable, let column, let rules):
        for (thing, fact) in facts(variable, column, state) {
          if let rule = rules[fact], call(rule, from: state.picking(thing, variable)) {
            return true
          }
        }
        return false
      case .fact(let variable, let column):
        return follow(facts(variable, column, state, isNext: true), variable, state)
      case .formed(let variable, let form, let column):
        for (thing, column) in facts(form, column, state) {
          let next = state.picking(thing, form)
          if follow(facts(variable, column, next, isNext: true), variable, next) { return true }
        }
        return false
      }
    }
  }

  private mutating func goBack(_ state: State) -> Bool {
    guard seen.insert(state).inserted else { return false }
    var next = state
    if let place = next.stack.popLast() {
      next.place = place
      return follow(next)
    }
    // The sentence began within this alternative: what called it is any that does.
    for place in kind.callers[state.place.alternative] {
      next.place = place
      if follow(next) { return true }
    }
    return false
  }

  private mutating func call(_ alternatives: [Int], from state: State) -> Bool {
    guard seen.insert(state).inserted else { return false }
    var next = ahead(state)
    next.stack.append(next.place)
    for alternative in alternatives {
      next.place = TextKind.Place(alternative: alternative, step: 0)
      if follow(next) { return true }
    }
    return false
  }

  private mutating func follow(
    _ told: [(thing: Int, fact: String)],
    _ variable: Int,
    _ state: State
  ) -> Bool {
    for (thing, fact) in told {
      guard let next = reads(Array(fact)[...], state) else { continue }
      if follow(next.picking(thing, variable)) { return true }
    }
    return false
  }

  /// What a fact may be: of the thing that a name stands for, or of every one that it may stand for.
  ///
  /// Where the sentence goes on with it, only those that begin as the sentence goes on.
  private func facts(
    _ variable: Int,
    _ column: String,
    _ state: State,
    isNext: Bool = false
  ) -> [(thing: Int, fact: String)] {
    let tables: [String]
    switch state.picked[variable] {
    case .thing(let thing)?: return kind.fact(column, of: thing).map { [(thing, $0)] } ?? []
    case .oneOf(let picked)?: tables = picked
    case nil: tables = kind.tables(of: variable)
    }
    return tables.flatMap { table -> [(thing: Int, fact: String)] in
      let things =
        isNext
        ? kind.things(of: table, column, from: sentence[state.position])
        : Array(kind.things(of: table))
      return things.compactMap { thing in kind.fact(column, of: thing).map { (thing, $0) } }
    }
  }

  /// The state behind a text, if the sentence goes on with it.
  private func reads(_ text: ArraySlice<Character>, _ state: State) -> State? {
    var position = state.position
    var capitalizes = state.capitalizes
    for character in kind.compared(text) {
      if position == 0, character == " " { continue }
      if position == sentence.count { break }
      let next = sentence[position]
      // How a sentence's first letter is written depends on what stands before the place where it began.
      let isSame =
        next == character
        || (capitalizes || position == 0) && next.lowercased() == character.lowercased()
      guard isSame else { return nil }
      if character != " " { capitalizes = false }
      position += 1
    }
    var next = ahead(state)
    (next.position, next.capitalizes) = (position, capitalizes)
    return next
  }

  private func ahead(_ state: State) -> State {
    var next = state
    next.place = TextKind.Place(alternative: state.place.alternative, step: state.place.step + 1)
    return next
  }
}

extension Walk.State {
  fileprivate func picking(_ thing: Int, _ variable: Int) -> Self {
    var next = self
    next.picked[variable] = .thing(thing)
    return next
  }
}
