import Graphics

/// Says which tokens of a text a model has hardly met, and which are parts of characters.
package struct ReadingWords: Speaker {
  package let language: Language
  let notes: TokenNotes
  /// The tokens' ids and texts, in order.
  let tokens: [(id: Int, text: String)]

  /// Speaks of the tokens of a text.
  ///
  /// - Parameters:
  ///   - notes: What is known of them.
  ///   - tokens: Their ids and texts, in order.
  ///   - language: The language to speak.
  package init(_ notes: TokenNotes, of tokens: [(id: Int, text: String)], in language: Language) {
    (self.notes, self.tokens, self.language) = (notes, tokens, language)
  }

  /// So many tokens are named at most.
  private static let named = 6

  private var rare: [Int] { notes.hardlyMet(tokens.map { $0.id }) }

  /// The tokens that were hardly met, each with how often it was; nil if there is none.
  package var finding: RichText? {
    guard let total = notes.total, !rare.isEmpty else { return nil }
    let whole = count(total, "training_counts.tokens")
    return say(
      en: """
        This model has \(met("of these tokens")): in the \(whole) tokens of the text it learned from, \(list). It has had \
        \(isNever ? "no" : "next to no") chance to learn what follows: take its prediction as a guess, however sure it looks.
        """,
      ja: """
        \(met("このモデル", "これらの"))学習した文章 \(whole) トークンの中での出現回数は、\(list)です。何が続くかを学ぶ機会が\
        \(isNever ? "" : "ほとんど")なかったので、どれほど確からしく見えても、予測は当て推量です。
        """
    )
  }

  /// Says of predictions that they follow such tokens; nil if there is none.
  package var caution: RichText? {
    guard notes.total != nil, !rare.isEmpty else { return nil }
    return say(
      en: """
        A guess, however sure it looks: the model has \(met("of the prompt's tokens")). In the text it learned from, \(list).
        """,
      ja: """
        どれほど確からしく見えても、この予測は当て推量です。\(met("モデル", "手前の"))学習した文章での出現回数は、\(list)です。
        """
    )
  }

  private var isNever: Bool { rare.allSatisfy { notes.count(at: $0) == 0 } }

  /// What the model has never or hardly ever met: one of these tokens, some, any.
  private func met(_ these: String) -> String {
    let all = Set(tokens.map { $0.id }).count
    let which = rare.count == all && all > 1 ? "any" : rare.count == 1 && all > 1 ? "one" : "some"
    return (isNever ? "never met " : "hardly ever met ")
      + (all == 1 ? "this token" : "\(which) \(these)")
  }

  /// The same in Japanese, as a sentence about a model and these tokens.
  private func met(_ model: String, _ these: String) -> String {
    let all = Set(tokens.map { $0.id }).count
    let often = isNever ? "一度も" : "ほとんど"
    guard rare.count == all else { return "\(model)が\(often)出会っていないトークンがあります。" }
    return all == 1
      ? "\(these)トークンに、\(model)は\(often)出会っていません。"
      : "\(these)どのトークンにも、\(model)は\(often)出会っていません。"
  }

  /// What the marks on tokens mean; nil if none is marked.
  package var legend: RichText? {
    var lines: [RichText] = []
    if let position = notes.parts.firstIndex(where: { !$0.isEmpty }) {
      let part = notes.parts[position][0]
      lines.append(
        say(
          en: """
            \(Self.shown(part)): the token is byte \(part.place(in: .en)) of \(token: part.character), which is \(part.bytes).
            """,
          ja: """
            \(Self.shown(part))：\(token: part.character)（\(part.bytes)）の\(part.place(in: .ja))にあたるトークンです。
            """
        )
      )
    }
    if notes.hasHardlyMet {
      let limit = Quantity(Double(TokenNotes.fewest), digits: 0, origin: .illustration)
      lines.append(
        say(
          en: """
            ×: how often a token occurs in the text the model learned from, if that is less than \(limit) times; on a page, its \
            outline is dashed.
            """,
          ja: """
            ×：学習した文章に出てくる回数が \(limit) 回に満たないトークンの、その回数です（ページでは枠が破線になります）。
            """
        )
      )
    }
    guard let first = lines.first else { return nil }
    return lines.dropFirst().reduce(first) { $0 + say(en: " ", ja: "") + $1 }
  }

  /// The mark beneath the token at a position: `日 1/3, 0×`; nil if it needs none.
  package func mark(_ position: Int) -> String? {
    var marks = notes.parts.indices.contains(position) ? notes.parts[position].map(Self.shown) : []
    if notes.isHardlyMet(position), let count = notes.count(at: position) {
      marks.append("\(count)×")
    }
    return marks.isEmpty ? nil : marks.joined(separator: ", ")
  }

  /// The same in words, for those who hear it.
  package func remark(_ position: Int) -> String? {
    var remarks = notes.parts.indices.contains(position) ? notes.parts[position].map(described) : []
    if notes.isHardlyMet(position), let count = notes.count(at: position) {
      let often = language.written(count)
      remarks.append(
        say(
          en: "\(often) \(count == 1 ? "time" : "times") in the text the model learned from",
          ja: "学習した文章での出現回数 \(often) 回"
        ).plain
      )
    }
    return remarks.isEmpty ? nil : remarks.joined(separator: say(en: "; ", ja: "、").plain)
  }

  /// `E6 97 A5` for each character that was cut, the first ones, and how many there are.
  package var cutCharacters: (list: RichText, count: Int) {
    var seen: Set<String> = []
    let all = notes.parts.joined().filter { seen.insert($0.character).inserted }
    let shown = all.prefix(3).map { part -> RichText in
      "\(token: part.character) = \(part.bytes)"
    }
    return (joined(Array(shown)), all.count)
  }

  /// Each rare token with how often it was met, and how many more there are.
  private var list: RichText {
    let rare = rare
    let areEqual = rare.allSatisfy { notes.count(at: $0) == notes.count(at: rare[0]) }
    return rare.count > 1 && areEqual ? listOfEqual(rare) : listOfDifferent(rare)
  }

  /// Tokens that were met equally often.
  private func listOfEqual(_ rare: [Int]) -> RichText {
    let named = rare.prefix(Self.named).map { "\(token: tokens[$0].text)" as RichText }
    let others = rare.count - named.count
    let more: [RichText] = others > 0 ? [say(en: "\(others) more", ja: "ほか \(others) 個")] : []
    let times = times(at: rare[0])
    return say(
      en: "\(joined(named + more)) occur \(times) each",
      ja: "\(joined(named + more))のどれも \(times)"
    )
  }

  private func listOfDifferent(_ rare: [Int]) -> RichText {
    let named = rare.prefix(Self.named).enumerated().map { index, position -> RichText in
      say(
        en: "\(token: tokens[position].text) \(index == 0 ? "occurs " : "")\(times(at: position))",
        ja: "\(token: tokens[position].text) が \(times(at: position))"
      )
    }
    let others = rare.count - named.count
    guard others > 0 else { return joined(named) }
    let limit = Quantity(Double(TokenNotes.fewest), digits: 0, origin: .illustration)
    let rest = say(
      en: "\(others) more fewer than \(limit) times each",
      ja: "ほかの \(others) 個もそれぞれ \(limit) 回未満"
    )
    return joined(named + [rest])
  }

  /// `3 times`: how often the token at a position was met.
  private func times(at position: Int) -> RichText {
    let often = notes.count(at: position) ?? 0
    let number = count(often, "training_counts.counts[\(position)]")
    return say(en: "\(number) \(often == 1 ? "time" : "times")", ja: "\(number) 回")
  }

  private func joined(_ texts: [RichText]) -> RichText {
    guard let first = texts.first else { return "" }
    let comma = say(en: ", ", ja: "、")
    return texts.enumerated().dropFirst().reduce(first) { text, next in
      let isLast = next.offset == texts.count - 1
      return text + (isLast ? say(en: texts.count > 2 ? ", and " : " and ", ja: "、") : comma)
        + next.element
    }
  }

  private static func shown(_ part: CharacterPart) -> String {
    "\(VisibleText.show(part.character)) \(part.place)"
  }

  private func described(_ part: CharacterPart) -> String {
    let character = VisibleText.show(part.character)
    return say(
      en: "byte \(part.place(in: .en)) of \(character)",
      ja: "\(character) の\(part.place(in: .ja))"
    ).plain
  }
}

extension CharacterPart {
  /// Which of how many bytes, in words.
  fileprivate func place(in language: Language) -> String {
    let (first, last, all) = (range.lowerBound + 1, range.upperBound, character.utf8.count)
    switch language {
    case .en: return "\(first == last ? "\(first)" : "\(first) to \(last)") of \(all)"
    case .ja: return " \(all) バイト中 \(first == last ? "\(first)" : "\(first)～\(last)") バイト目"
    }
  }
}
