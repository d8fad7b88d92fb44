import Platform
package import Sampling

/// Makes one text by a grammar, and keeps count of how much was left to chance.
package struct Narrator {
  let world: World
  /// The random numbers that choices are made by.
  private(set) var generator: SeededGenerator
  /// The text so far.
  package private(set) var text: [UInt8] = []
  /// −log of the probability of all choices so far, in nats.
  package private(set) var surprisal = 0.0
  private var things: [String: Thing] = [:]
  private var capitalizes = false

  /// Starts an empty text.
  ///
  /// - Parameters:
  ///   - world: The rules and the things.
  ///   - generator: What choices are made by.
  ///   - things: Things that have their names already.
  package init(_ world: World, _ generator: SeededGenerator, things: [String: Thing] = [:]) {
    (self.world, self.generator, self.things) = (world, generator, things)
  }

  /// Appends an alternative of a rule.
  package mutating func tell(rule name: String, heldOutFor variable: String? = nil) {
    guard let alternatives = world.grammar.rules[name] else {
      preconditionFailure("the world has no rule “\(name)”")
    }
    let index = thing(variable).map { World.heldOut(for: $0, among: alternatives.count) }
    var pick = choose(among: alternatives.count - (index == nil ? 0 : 1))
    if let index, pick >= index { pick += 1 }
    // What stands there several times was as many times as likely.
    surprisal -= log(Double(alternatives[pick].times))
    tell(alternatives[pick].parts)
  }

  /// Appends what the parts say.
  mutating func tell(_ parts: [Grammar.Part]) {
    for part in parts { tell(part) }
  }

  private mutating func tell(_ part: Grammar.Part) {
    switch part {
    case .text(let text): append(text)
    case .capital: capitalizes = true
    case .choice(let choices): tell(choices[choose(among: choices.count)])
    case .fact(let variable, let column): append(fact(variable, column))
    case .formed(let variable, let form, let column): append(fact(variable, fact(form, column)))
    case .rule(let name, let variable): tell(rule: word(name), heldOutFor: variable)
    case .pick(let variable, let table, let others):
      let excluded = others.compactMap { things[$0]?.index }
      let all = world.table(word(table)).filter { !excluded.contains($0.index) }
      things[variable] = all[choose(among: all.count)]
    }
  }

  /// What the parts say, as the name of a rule or a table.
  private func word(_ parts: [Grammar.Part]) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .fact(let variable, let column): fact(variable, column)
      default: preconditionFailure("a name is made of text and facts")
      }
    }.joined()
  }

  /// What is known of a thing that was picked.
  func fact(_ variable: String, of column: String) -> String? { things[variable]?[column] }

  private func thing(_ variable: String?) -> Thing? { variable.flatMap { things[$0] } }

  private func fact(_ variable: String, _ column: String) -> String {
    guard let thing = things[variable], let fact = thing[column] else {
      preconditionFailure("nothing is known as “\(variable).\(column)”")
    }
    return fact
  }

  private mutating func choose(among count: Int) -> Int {
    precondition(count > 0, "nothing to choose from")
    if count == 1 { return 0 }
    surprisal += log(Double(count))
    return Int(generator.unit() * Double(count))
  }

  private mutating func append(_ addition: String) {
    for byte in addition.utf8 {
      var byte = byte
      if capitalizes, byte != UInt8(ascii: " ") {
        if UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte { byte -= 32 }
        capitalizes = false
      }
      turnArticle(before: byte)
      text.append(byte)
    }
  }

  /// Makes “a” into “an” before a vowel.
  private mutating func turnArticle(before byte: UInt8) {
    let (vowels, space) = ("aeiou".utf8, UInt8(ascii: " "))
    let count = text.count
    guard vowels.contains(byte), count >= 2, text[count - 1] == space,
      text[count - 2] == UInt8(ascii: "a") || text[count - 2] == UInt8(ascii: "A"),
      count == 2 || text[count - 3] == space
    else { return }
    text.insert(UInt8(ascii: "n"), at: count - 1)
  }
}
