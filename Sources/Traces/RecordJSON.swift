import Formats

// How the records of a trace stand in its metadata. What cannot be read as one is none: the initializers then give nil.

extension JSONValue {
  /// A whole number that the size of a model can be: the product of two still is a number.
  var size: Int? { int.flatMap { 1...(1 << 30) ~= $0 ? $0 : nil } }

  /// The value if it is a whole number, also one written as `2.0`, that an `Int` holds.
  var int: Int? { wholeNumber.flatMap { Int(exactly: $0) } }

  /// What stands under the first of the keys that is there and not null, if it is of the kind that is asked for.
  ///
  /// Each for itself: a description asks some thirty times, and the page's program has room for a call, not for all it does.
  @inline(never) func boolean(_ keys: String) -> Bool? { first(keys)?.boolean }
  @inline(never) func string(_ keys: String) -> String? { first(keys)?.string }
  @inline(never) func number(_ keys: String) -> Double? { first(keys)?.number }
  @inline(never) func int(_ keys: String) -> Int? { first(keys)?.int }
  @inline(never) func size(_ keys: String) -> Int? { first(keys)?.size }

  /// The values that `read` makes of a list's elements, if it is a list and each makes one.
  func list<Element>(_ read: (JSONValue) -> Element?) -> [Element]? {
    guard let array else { return nil }
    var elements: [Element] = []
    elements.reserveCapacity(array.count)
    for value in array {
      guard let element = read(value) else { return nil }
      elements.append(element)
    }
    return elements
  }
}

extension JSON {
  /// An object of the members that there are.
  static func present(_ members: [(name: String, value: JSON?)]) -> JSON {
    .members(members.compactMap { member in member.value.map { Member(member.name, $0) } })
  }

  /// A list.
  static func list<Element>(_ elements: [Element], _ write: (Element) -> JSON) -> JSON {
    .array(elements.map(write))
  }
}

extension Continuation {
  init?(_ json: JSONValue) {
    guard let seed = json["seed"]?.wholeNumber.flatMap({ UInt64(exactly: $0) }),
      let temperature = json.number("temperature"),
      let steps = json["steps"]?.list({ Step($0) })
    else { return nil }
    self.init(seed: seed, temperature: temperature, steps: steps)
    if let end = json.first("ended_by") {
      guard let id = end.int else { return nil }
      endedBy = id
    }
  }

  var json: JSON {
    .present([
      ("seed", .integer(Int64(clamping: seed))), ("temperature", .number(temperature)),
      ("steps", .list(steps) { $0.json }), ("ended_by", endedBy.map { JSON.integer($0) }),
    ])
  }
}

extension Continuation.Step {
  init?(_ json: JSONValue) {
    guard let tokenID = json.int("token_id"), let draw = json.number("draw"),
      let low = json.number("low"), let high = json.number("high"),
      let candidates = json["candidates"]?.list({ Continuation.Candidate($0) })
    else { return nil }
    self.init(tokenID: tokenID, draw: draw, low: low, high: high, candidates: candidates)
  }

  var json: JSON {
    .object([
      "token_id": .integer(tokenID), "draw": .number(draw), "low": .number(low),
      "high": .number(high), "candidates": .list(candidates) { $0.json },
    ])
  }
}

extension Continuation.Candidate {
  init?(_ json: JSONValue) {
    guard let tokenID = json.int("token_id"), let probability = json.number("probability") else {
      return nil
    }
    self.init(tokenID: tokenID, probability: probability)
  }

  var json: JSON {
    .object(["token_id": .integer(tokenID), "probability": .number(probability)])
  }
}

extension MergeSteps {
  init?(_ json: JSONValue) {
    guard let position = json.int("position"),
      let states = json["states"]?.list({ state in state.list { $0.string } }),
      let ranks = json["ranks"]?.list({ $0.int })
    else { return nil }
    self.init(position: position, states: states, ranks: ranks)
  }

  var json: JSON {
    .object([
      "position": .integer(position),
      "states": .list(states) { state in .list(state) { .string($0) } },
      "ranks": .list(ranks) { .integer($0) },
    ])
  }
}

extension TextPiece {
  init?(_ json: JSONValue) {
    guard let text = json.string("text"), let tokens = json.int("tokens") else { return nil }
    self.init(text: text, tokens: tokens)
  }

  var json: JSON { .object(["text": .string(text), "tokens": .integer(tokens)]) }
}

extension TrainingCounts {
  init?(_ json: JSONValue) {
    guard let counts = json["counts"]?.list({ $0.int }), let total = json.int("tokens") else {
      return nil
    }
    self.init(counts: counts, total: total)
  }

  var json: JSON {
    .object(["counts": .list(counts) { .integer($0) }, "tokens": .integer(total)])
  }
}
