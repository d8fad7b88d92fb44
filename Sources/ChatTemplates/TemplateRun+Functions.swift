// Functions, methods and filters: those that published chat templates use.

extension TemplateRun {
  /// What a function gives.
  mutating func function(
    _ name: String,
    _ arguments: TemplateArguments
  ) throws(ChatTemplateError) -> TemplateValue {
    switch name {
    case "raise_exception":
      let message = try evaluate(all: arguments.values).first?.written ?? ""
      throw .refused(message: String(message.prefix(400)))
    case "namespace":
      guard arguments.values.isEmpty else { throw unsupported("a namespace made of a value") }
      var attributes: [String: TemplateValue] = [:]
      try pay(eachByteOf: 8 + arguments.named.count)
      for (name, value) in arguments.named { attributes[name] = try evaluate(value) }
      return makeNamespace(attributes)
    case "range":
      let bounds = try evaluate(all: arguments.all).compactMap { $0.asInteger }
      guard bounds.count == arguments.all.count, 1...2 ~= bounds.count else {
        throw unsupported("this ‘range’")
      }
      let (start, end) = bounds.count == 1 ? (0, bounds[0]) : (bounds[0], bounds[1])
      guard end > start else { return .list([]) }
      let (count, overflow) = end.subtractingReportingOverflow(start)
      guard !overflow, count <= 100_000 else { throw malformed("a range is too long") }
      try pay(bytes: 16 * count)
      return .list((start..<end).map { .integer($0) })
    default: throw unsupported("the function ‘\(name)’")
    }
  }

  /// What a value's method gives.
  mutating func method(
    _ name: String,
    of owner: TemplateValue,
    _ arguments: TemplateArguments
  ) throws(ChatTemplateError) -> TemplateValue {
    let given = try evaluate(all: arguments.values)
    guard arguments.named.isEmpty else { throw unsupported("‘\(name)’ with named values") }
    switch owner {
    case .text(let text): return try method(name, ofText: text, given)
    case .map(let pairs):
      try pay(for: owner)
      switch (name, given.count) {
      case ("get", 1...2):
        guard case .text(let key) = given[0] else { return given.count == 2 ? given[1] : .none }
        return try self.value(of: key, in: pairs) ?? (given.count == 2 ? given[1] : .none)
      case ("items", 0): return .list(pairs.map { .list([.text($0.key), $0.value]) })
      case ("keys", 0): return .list(pairs.map { .text($0.key) })
      case ("values", 0): return .list(pairs.map({ $0.value }))
      default: break
      }
    case .undefined(let owner): throw malformed("‘\(owner)’ is undefined, and has no ‘\(name)’")
    default: break
    }
    throw unsupported("the method ‘\(name)’ of \(owner.kind)")
  }

  private mutating func method(
    _ name: String,
    ofText text: String,
    _ given: [TemplateValue]
  ) throws(ChatTemplateError) -> TemplateValue {
    let words = given.compactMap { value in if case .text(let word) = value { word } else { nil } }
    guard words.count == given.count else {
      throw unsupported("‘\(name)’ with something that is no string")
    }
    switch (name, words.count) {
    case ("strip", 0...1), ("lstrip", 0...1), ("rstrip", 0...1):
      if let characters = words.first { try pay(eachByteOf: characters.utf8.count) }
      let (left, right) = (name != "rstrip", name != "lstrip")
      let rest = text.stripped(of: words.first, left: left, right: right)
      // What stays is copied; each character that goes was looked up.
      try pay(bytes: rest.utf8.count)
      try pay(eachByteOf: 2 * (text.utf8.count - rest.utf8.count))
      return .text(rest)
    case ("startswith", 1), ("endswith", 1):
      try pay(bytes: 4 * min(text.utf8.count, words[0].utf8.count))
      let isFirst = name == "startswith"
      return .boolean(isFirst ? text.begins(with: words[0]) : text.ends(with: words[0]))
    case ("upper", 0), ("lower", 0):
      try pay(eachByteOf: text.utf8.count)
      return .text(name == "upper" ? text.uppercased() : text.lowercased())
    case ("split", 0):
      try pay(eachByteOf: text.utf8.count)
      return .list(text.words.map { .text($0) })
    case ("split", 1) where !words[0].isEmpty:
      try pay(eachByteOf: text.utf8.count)
      try pay(bytes: words[0].utf8.count)
      return .list(text.pieces(between: words[0]).map { .text($0) })
    case ("replace", 2): return try replaced(words[0], by: words[1], in: text)
    default: throw unsupported("the method ‘\(name)’ of a string, as it is called")
    }
  }

  private mutating func replaced(
    _ part: String,
    by other: String,
    in text: String
  ) throws(ChatTemplateError) -> TemplateValue {
    guard !part.isEmpty else { throw unsupported("‘replace’ of nothing") }
    try pay(eachByteOf: text.utf8.count)
    try pay(bytes: part.utf8.count)
    let count = text.count(of: part)
    guard count > 0 else { return .text(text) }
    try pay(bytes: other.utf8.count)
    let (bytes, overflow) = count.multipliedReportingOverflow(by: other.utf8.count)
    guard !overflow else { throw malformed("a text is too long") }
    try pay(bytes: bytes)
    return .text(text.replacing(part, with: other))
  }

  /// What a filter makes of a value.
  mutating func filter(
    _ name: String,
    _ value: TemplateValue,
    _ arguments: TemplateArguments
  ) throws(ChatTemplateError) -> TemplateValue {
    let given = try evaluate(all: arguments.values)
    if !arguments.named.isEmpty { return try filter(name, value, arguments, given) }
    switch (name, value, given.count) {
    case ("trim", _, 0), ("upper", _, 0), ("lower", _, 0):
      guard let text = value.written else { throw unsupported("‘\(name)’ of \(value.kind)") }
      return try method(name == "trim" ? "strip" : name, of: .text(text), TemplateArguments())
    case ("string", _, 0), ("safe", _, 0):
      guard let text = value.written else { throw unsupported("‘\(name)’ of \(value.kind)") }
      return .text(text)
    case ("replace", .text, 2): return try method(name, of: value, arguments)
    case ("length", _, 0), ("count", _, 0): return .integer(try length(of: value))
    case ("default", .undefined, 1), ("d", .undefined, 1): return given[0]
    case ("default", _, 0...1), ("d", _, 0...1): return value
    case ("default", _, 2), ("d", _, 2): return given[1].isTrue && !value.isTrue ? given[0] : value
    case ("first", .list(let elements), 0): return elements.first ?? .undefined("first")
    case ("last", .list(let elements), 0): return elements.last ?? .undefined("last")
    case ("list", _, 0): return .list(try elements(of: value))
    case ("items", .map, 0): return try method("items", of: value, arguments)
    case ("join", .list(let elements), 0...1):
      let separator = given.first?.written ?? ""
      var text = ""
      for (index, element) in elements.enumerated() {
        // To write an element and to set it behind the others takes as long as some steps.
        try pay(eachByteOf: 8)
        guard let written = element.written else { throw unsupported("\(element.kind) as text") }
        try pay(bytes: separator.utf8.count + written.utf8.count)
        text += (index == 0 ? "" : separator) + written
      }
      return .text(text)
    case ("tojson", _, 0):
      var json: [UInt8] = []
      try write(value, asJSONTo: &json)
      return .text(String(decoding: json, as: UTF8.self))
    case ("selectattr", .list(let elements), 1...3), ("rejectattr", .list(let elements), 1...3):
      return .list(try selected(elements, given, isKept: name == "selectattr"))
    default: throw unsupported("the filter ‘\(name)’ of \(value.kind), as it is called")
    }
  }

  /// Filters that are given named values.
  private mutating func filter(
    _ name: String,
    _ value: TemplateValue,
    _ arguments: TemplateArguments,
    _ given: [TemplateValue]
  ) throws(ChatTemplateError) -> TemplateValue {
    guard name == "map", given.isEmpty, arguments.named.count == 1,
      arguments.named[0].name == "attribute", case .list(let elements) = value,
      case .text(let key) = try evaluate(arguments.named[0].value)
    else { throw unsupported("the filter ‘\(name)’ with named values") }
    try pay(for: value)
    var values: [TemplateValue] = []
    for element in elements {
      values.append(try attribute(key, in: element) ?? .undefined(key))
    }
    return .list(values)
  }

  private mutating func attribute(
    _ key: String,
    in element: TemplateValue
  ) throws(ChatTemplateError) -> TemplateValue? {
    try pay()
    guard case .map(let pairs) = element else { return nil }
    return try value(of: key, in: pairs)
  }

  private mutating func selected(
    _ elements: [TemplateValue],
    _ given: [TemplateValue],
    isKept: Bool
  ) throws(ChatTemplateError) -> [TemplateValue] {
    guard case .text(let key) = given[0] else { throw unsupported("an attribute without a name") }
    try pay(for: .list(elements + given))
    var kept: [TemplateValue] = []
    for element in elements {
      let value = try attribute(key, in: element) ?? .undefined(key)
      var passes: Bool? = value.isTrue
      if given.count > 1 {
        guard case .text(let test) = given[1] else { throw unsupported("a test without a name") }
        passes = try self.passes(test == "==" ? "eq" : test, value, Array(given.dropFirst(2)))
      }
      guard let passes else { throw unsupported("this test of attributes") }
      if passes == isKept { kept.append(element) }
    }
    return kept
  }

  private mutating func length(of value: TemplateValue) throws(ChatTemplateError) -> Int {
    switch value {
    case .text(let text):
      try pay(bytes: text.utf8.count)
      return text.unicodeScalars.count
    case .list(let elements): return elements.count
    case .map(let pairs): return pairs.count
    case .undefined: return 0
    default: throw malformed("\(value.kind) has no length")
    }
  }
}
