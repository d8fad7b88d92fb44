import Formats
package import Walkthrough

/// What cannot be done, in one sentence.
package struct EngineError: Error, Equatable {
  package let message: String

  /// Takes a sentence.
  package init(_ message: String) { self.message = message }
}

/// A call: a JSON object, each of whose members is read as what it should be.
package struct EngineCall {
  /// What is wanted.
  package let name: String
  private let json: JSONValue

  /// Reads a call.
  ///
  /// - Throws: ``EngineError`` if it is no object with a `call`.
  package init(_ request: [UInt8]) throws(EngineError) {
    guard let json = try? JSONParser.parse(request), let name = json["call"]?.string else {
      throw EngineError("a call is a JSON object with “call”")
    }
    self.json = json
    self.name = name
  }

  /// The text under a key.
  package func text(_ key: String) throws(EngineError) -> String {
    guard let text = try optionalText(key) else { throw EngineError("“\(key)” is missing") }
    return text
  }

  /// The text under a key, if there is one.
  package func optionalText(_ key: String) throws(EngineError) -> String? {
    try read(key, "a text") { $0.string }
  }

  /// The whole number from 0 up under a key, if there is one.
  package func count(_ key: String) throws(EngineError) -> Int? {
    try read(key, "a whole number from 0 up") { value in
      guard let count = value.integer, count >= 0 else { return nil }
      return count
    }
  }

  /// The whole numbers from 0 up under a key, if there are any.
  package func counts(_ key: String) throws(EngineError) -> [Int]? {
    try read(key, "a list of whole numbers from 0 up") { value in
      let counts = value.array?.map { $0.integer ?? -1 }
      return counts.flatMap { counts in counts.allSatisfy { $0 >= 0 } ? counts : nil }
    }
  }

  /// The number under a key, if there is one.
  package func number(_ key: String) throws(EngineError) -> Double? {
    try read(key, "a number") { value in
      guard let number = value.number, number.isFinite else { return nil }
      return number
    }
  }

  /// The texts under a key, if there are any.
  package func texts(_ key: String) throws(EngineError) -> [String]? {
    try read(key, "a list of texts") { value in
      let texts = value.array?.map { $0.string }
      return texts.flatMap { $0.contains(nil) ? nil : $0.compactMap { $0 } }
    }
  }

  /// The objects under a key, each of which is read as a call is; none if there are none.
  package func objects(_ key: String) throws(EngineError) -> [EngineCall] {
    let found = try read(key, "a list of objects") { value -> [JSONValue]? in
      let isEach = value.array?.allSatisfy { if case .object = $0.content { true } else { false } }
      guard let list = value.array, isEach == true else { return nil }
      return list
    }
    return (found ?? []).map { EngineCall(part: $0) }
  }

  private init(part: JSONValue) { (name, json) = ("", part) }

  /// The numbers under a key, if there are any.
  package func numbers(_ key: String) throws(EngineError) -> [Double]? {
    try read(key, "a list of numbers") { value in
      let numbers = value.array?.map { $0.number ?? .nan }
      return numbers.flatMap { numbers in numbers.allSatisfy { $0.isFinite } ? numbers : nil }
    }
  }

  /// Whether `true` stands under a key.
  package func isTrue(_ key: String) -> Bool { json[key]?.boolean == true }

  /// The language under `language`; English if there is none.
  package func language() throws(EngineError) -> Language {
    let language = try read("language", "a language") { value -> Language? in
      guard let name = value.string else { return nil }
      return Language(rawValue: name)
    }
    return language ?? .en
  }

  /// A number below a count under a key, if there is one.
  package func index(_ key: String, below limit: Int) throws(EngineError) -> Int? {
    guard let index = try count(key) else { return nil }
    guard index < limit else { throw EngineError("“\(key)” is \(index), not below \(limit)") }
    return index
  }

  private func read<Value>(
    _ key: String,
    _ what: String,
    _ read: (JSONValue) -> Value?
  ) throws(EngineError) -> Value? {
    guard let found = json[key], !found.isNull else { return nil }
    guard let value = read(found) else { throw EngineError("“\(key)” is not \(what)") }
    return value
  }
}
