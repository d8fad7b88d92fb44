/// The rules of one kind of text, as a walk along a sentence goes through them.
struct TextKind: Sendable {
  /// One step of an alternative.
  enum Step: Sendable {
    case text([Character])
    /// One of these alternatives.
    case call([Int])
    /// One of the alternatives of a rule whose name says a fact.
    case callNamed(variable: Int, column: String, rules: [String: [Int]])
    /// One thing of these tables.
    case pick(variable: Int, tables: [String])
    case fact(variable: Int, column: String)
    case formed(variable: Int, form: Int, column: String)
    case capital
  }

  /// All alternatives, and all choices within them.
  private(set) var alternatives: [[Step]] = []
  /// Where each alternative is called from: the place behind the call.
  private(set) var callers: [[Place]] = []
  /// Where a sentence may begin.
  private(set) var beginnings: [Place] = []

  private let isSpaced: Bool
  private let rules: [String: [Grammar.Alternative]]
  private var compiled: [String: [Int]] = [:]
  /// Every thing of every table, table after table.
  private var allThings: [Thing] = []
  private var ranges: [String: Range<Int>] = [:]
  /// The names that things are picked under, and from which tables.
  private var variables: [String: Int] = [:]
  private var tables: [Set<String>] = []
  private var sortedTables: [[String]] = []
  /// The things of a table, by what each column of it begins with.
  private var byLetter: [String: [String: [String: [Int]]]] = [:]

  /// A place in the rules: before a character of a step of an alternative.
  struct Place: Hashable, Sendable {
    var alternative: Int
    var step: Int
    var character = 0
  }

  init(told parts: [Grammar.Part], in world: World) {
    (isSpaced, rules) = (world.plan.isSpaced, world.grammar.rules)
    for table in world.plan.tables {
      ranges[table.name] = allThings.count..<allThings.count + table.things.count
      allThings += table.things
    }
    let top = compile(parts)
    sortedTables = tables.map { $0.sorted() }
    for table in Set(tables.joined()).sorted() {
      for thing in things(of: table) {
        for (column, fact) in allThings[thing].facts {
          guard let letter = fact.first?.lowercased() else { continue }
          byLetter[table, default: [:]][column, default: [:]][letter, default: []].append(thing)
        }
      }
    }
    callers = Array(repeating: [], count: alternatives.count)
    for (index, steps) in alternatives.enumerated() {
      for (number, step) in steps.enumerated() {
        for called in Self.called(by: step) {
          callers[called].append(Place(alternative: index, step: number + 1))
        }
      }
    }
    findBeginnings(from: top)
  }

  /// The step behind a place; nil at the end of an alternative.
  func step(at place: Place) -> Step? {
    let steps = alternatives[place.alternative]
    return place.step < steps.count ? steps[place.step] : nil
  }

  /// The things of a table, as numbers.
  func things(of table: String) -> Range<Int> { ranges[table] ?? 0..<0 }

  /// The tables that things are picked from under a name, anywhere in texts of this kind.
  func tables(of variable: Int) -> [String] { sortedTables[variable] }

  /// The things of a table of which a fact begins with a letter, in whatever case.
  func things(of table: String, _ column: String, from letter: Character) -> [Int] {
    byLetter[table]?[column]?[letter.lowercased()] ?? []
  }

  /// What is known of a thing.
  func fact(_ column: String, of thing: Int) -> String? { allThings[thing][column] }

  /// A text as it is compared.
  func compared(_ text: ArraySlice<Character>) -> [Character] {
    SentenceRecognizer.normalized(Array(text), isSpaced: isSpaced)
  }

  static func called(by step: Step) -> [Int] {
    switch step {
    case .call(let alternatives): alternatives
    case .callNamed(_, _, let rules): rules.keys.sorted().flatMap { rules[$0] ?? [] }
    default: []
    }
  }

  // MARK: Reading the rules

  private mutating func compile(_ parts: [Grammar.Part]) -> Int {
    let index = alternatives.count
    alternatives.append([])
    let steps = parts.map { step($0) }
    alternatives[index] = steps
    return index
  }

  private mutating func rule(_ name: String) -> [Int] {
    if let known = compiled[name] { return known }
    let alternatives = rules[name] ?? []
    var indices: [Int] = []
    // What counts several times stands there several times, one after the other.
    var next = 0
    while next < alternatives.count {
      indices.append(compile(alternatives[next].parts))
      next += alternatives[next].times
    }
    compiled[name] = indices
    return indices
  }

  private mutating func variable(_ name: String) -> Int {
    if let known = variables[name] { return known }
    variables[name] = tables.count
    tables.append([])
    return tables.count - 1
  }

  private mutating func step(_ part: Grammar.Part) -> Step {
    switch part {
    case .text(let text): return .text(Array(text))
    case .capital: return .capital
    case .choice(let choices): return .call(choices.map { compile($0) })
    case .fact(let name, let column): return .fact(variable: variable(name), column: column)
    case .formed(let name, let form, let column):
      return .formed(variable: variable(name), form: variable(form), column: column)
    case .rule(let name, _): return call(name)
    case .pick(let name, let table, _):
      let variable = variable(name)
      let names = names(table).map { $0.value }.filter { ranges[$0] != nil }
      tables[variable].formUnion(names)
      return .pick(variable: variable, tables: names)
    }
  }

  private mutating func call(_ name: [Grammar.Part]) -> Step {
    guard case .fact(let variable, let column)? = name.first(where: { !$0.isText }) else {
      return .call(rule(names(name)[0].value))
    }
    var called: [String: [Int]] = [:]
    for (fact, name) in names(name) where rules[name] != nil { called[fact] = rule(name) }
    return .callNamed(variable: self.variable(variable), column: column, rules: called)
  }

  /// What a name may be, with the fact that it says, if it says one: of any thing in any table.
  private func names(_ parts: [Grammar.Part]) -> [(fact: String, value: String)] {
    guard case .fact(_, let column)? = parts.first(where: { !$0.isText }) else {
      return [("", parts.map { $0.plain }.joined())]
    }
    return Set(allThings.compactMap { $0[column] }).sorted().map { fact in
      (fact, parts.map { $0.isText ? $0.plain : fact }.joined())
    }
  }

  // MARK: Where a sentence may begin

  static func endsSentence(_ text: some BidirectionalCollection<Character>) -> Bool {
    let bare = text.reversed().drop { "\"' _".contains($0) }
    return bare.first.map { ".!?。".contains($0) } ?? false
  }

  private mutating func findBeginnings(from top: Int) {
    // Whether a sentence may begin before each step, and whether an alternative may end with the end of one.
    var mayBegin: Set<Int> = [top]
    var mayEnd: [Bool?] = Array(repeating: nil, count: alternatives.count)
    var found: Set<Place> = []
    var grows = true
    while grows {
      grows = false
      for (index, steps) in alternatives.enumerated() {
        var begins = mayBegin.contains(index)
        for (number, step) in steps.enumerated() {
          switch step {
          case .text(let text):
            var before = begins
            for character in text.indices {
              let isBlank = " _".contains(text[character])
              if before, !isBlank {
                found.insert(Place(alternative: index, step: number, character: character))
              }
              before = isBlank ? before : Self.endsSentence(text[...character])
            }
            begins = before
          case .call, .callNamed:
            let called = Self.called(by: step)
            if begins { for other in called where mayBegin.insert(other).inserted { grows = true } }
            begins = called.contains { mayEnd[$0] ?? false }
          case .fact, .formed:
            if begins { found.insert(Place(alternative: index, step: number)) }
            begins = false
          case .pick, .capital: break
          }
        }
        if mayEnd[index] != begins {
          // Once it may, it may.
          if begins || mayEnd[index] == nil {
            mayEnd[index] = begins
            grows = true
          }
        }
      }
    }
    beginnings = found.sorted {
      ($0.alternative, $0.step, $0.character) < ($1.alternative, $1.step, $1.character)
    }
  }
}

extension Grammar.Part {
  fileprivate var isText: Bool {
    if case .text = self { return true }
    return false
  }

  fileprivate var plain: String {
    if case .text(let text) = self { return text }
    return ""
  }
}
