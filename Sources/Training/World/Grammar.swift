/// Rules that texts are made by, read from a small language.
///
/// A line `# name` begins a rule; every line below it is one of its alternatives, all equally likely;
/// `3* ` before an alternative counts it three times. In an alternative,
///
/// - `[name]` stands for an alternative of that rule,
/// - `[name/x]` likewise, but not for the one that is held out for the thing x,
/// - `[x=table]` picks a thing of a table and calls it x from there on; `[x=table!y]` one other than y,
/// - `<x.column>` is what is known of x, `<x.@k>` what is known of it in the column that `<k.form>` names,
///   and `<x.@k:voice>` in the one that `<k.voice>` names,
/// - `{this|that}` is one of several, all equally likely,
/// - `^` makes the next letter a capital.
struct Grammar: Sendable {
  /// A piece of an alternative.
  indirect enum Part: Sendable {
    case text(String)
    case rule(name: [Part], heldOutFor: String?)
    case pick(variable: String, table: [Part], otherThan: [String])
    case fact(variable: String, column: String)
    case formed(variable: String, form: String, column: String)
    case choice([[Part]])
    case capital
  }

  /// One of a rule's alternatives.
  struct Alternative: Sendable {
    let parts: [Part]
    /// How many times it stands among the rule's alternatives.
    let times: Int
  }

  /// The alternatives of each rule, each as many times as it counts.
  private(set) var rules: [String: [Alternative]] = [:]

  /// Reads rules.
  init(_ texts: [String]) {
    for text in texts { read(text) }
  }

  private mutating func read(_ text: String) {
    var name = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# ") {
        name = String(line.dropFirst(2))
        continue
      }
      var (times, body) = (1, line)
      if let star = line.firstIndex(of: "*"), let number = Int(line[..<star]) {
        (times, body) = (number, line[line.index(after: star)...].drop { $0 == " " })
      }
      var reader = PartReader(rest: Array(body)[...])
      let alternative = Alternative(parts: reader.parts(until: []), times: times)
      rules[name, default: []] += Array(repeating: alternative, count: times)
    }
  }
}

/// Reads one alternative.
private struct PartReader {
  var rest: ArraySlice<Character>

  mutating func parts(until ends: Set<Character>) -> [Grammar.Part] {
    var parts: [Grammar.Part] = []
    var text = ""
    func isPlain(_ character: Character) -> Bool { !"[<{^".contains(character) }
    while let next = rest.first, !ends.contains(next) {
      rest.removeFirst()
      if isPlain(next) {
        text.append(next)
        continue
      }
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
      switch next {
      case "[": parts.append(bracketed())
      case "<": parts.append(fact())
      case "{": parts.append(choice())
      default: parts.append(.capital)
      }
    }
    return text.isEmpty ? parts : parts + [.text(text)]
  }

  private mutating func bracketed() -> Grammar.Part {
    // A variable's name is followed by `=`, a rule's is not.
    let word = rest.prefix { $0.isLetter }
    if rest.dropFirst(word.count).first == "=" {
      rest.removeFirst(word.count + 1)
      let table = parts(until: ["]", "!"])
      var others: [String] = []
      while rest.popFirst() == "!" {
        let other = rest.prefix { $0.isLetter }
        others.append(String(other))
        rest.removeFirst(other.count)
      }
      return .pick(variable: String(word), table: table, otherThan: others)
    }
    let name = parts(until: ["]", "/"])
    guard rest.popFirst() == "/" else { return .rule(name: name, heldOutFor: nil) }
    return .rule(name: name, heldOutFor: until("]"))
  }

  private mutating func fact() -> Grammar.Part {
    let pieces = until(">").split(separator: ".").map(String.init)
    precondition(pieces.count == 2, "\(pieces)")
    guard pieces[1].hasPrefix("@") else { return .fact(variable: pieces[0], column: pieces[1]) }
    let form = pieces[1].dropFirst().split(separator: ":").map(String.init)
    return .formed(variable: pieces[0], form: form[0], column: form.count > 1 ? form[1] : "form")
  }

  private mutating func choice() -> Grammar.Part {
    var choices: [[Grammar.Part]] = []
    repeat { choices.append(parts(until: ["|", "}"])) } while rest.popFirst() == "|"
    return .choice(choices)
  }

  private mutating func until(_ end: Character) -> String {
    let word = rest.prefix { $0 != end }
    rest.removeFirst(min(word.count + 1, rest.count))
    return String(word)
  }
}
