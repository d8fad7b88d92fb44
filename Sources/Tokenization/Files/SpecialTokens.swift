import Formats

/// The special tokens that a folder gives names to, such as `eos_token`, and those without a name.
///
/// They stand in `tokenizer_config.json` and, in older folders, in `special_tokens_map.json`: as
/// strings, or as objects with the token's flags.
///
/// - SeeAlso: `PreTrainedTokenizerBase._from_pretrained` of transformers 5.
package struct SpecialTokens {
  /// A token as it is written: alone, or with its flags.
  enum Written: Equatable {
    case text([UInt8])
    case token(AddedToken)

    /// What is looked for.
    var content: [UInt8] {
      switch self {
      case .text(let content): content
      case .token(let token): token.content
      }
    }
  }

  /// The names that every tokenizer has, in the order in which their tokens are added.
  static let names = [
    "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token",
  ]

  /// The tokens with a standard name; `.some(nil)` for one that is said to be none.
  private(set) var named: [String: Written?] = [:]
  private var otherNames: [(name: String, token: Written)] = []
  private var ownNames: [(name: String, token: Written)] = []
  private var extra: [Written]?
  private var additional: [Written]?

  /// Reads the names in `tokenizer_config.json`.
  init(config: JSONValue?) {
    for member in config?.members ?? [] {
      let (name, value) = (String(decoding: member.key, as: UTF8.self), member.value)
      if Self.names.contains(name) {
        if value.isNull { named[name] = .some(nil) }
        if let written = Self.written(value) { named[name] = written }
      } else if name == "extra_special_tokens" {
        readExtra(value)
      } else if name == "additional_special_tokens" {
        additional = value.array.map { $0.compactMap { Self.written($0) } }
      } else if name.hasSuffix("_token"), let written = Self.written(value) {
        if case .text = written {
          otherNames.append((name, written))
        } else {
          ownNames.append((name, written))
        }
      }
    }
    if additional != nil, extra ?? [] == [] { (extra, additional) = (additional, nil) }
  }

  /// Reads `special_tokens_map.json`, whose word counts more.
  mutating func follow(map: JSONValue) {
    for member in map.members ?? [] {
      let (name, value) = (String(decoding: member.key, as: UTF8.self), member.value)
      if Self.names.contains(name) {
        if value.isNull { named[name] = .some(nil) }
        if let written = Self.written(value, isSpecial: true) { named[name] = written }
      } else if name == "extra_special_tokens" {
        readExtra(value)
      } else if name == "additional_special_tokens" {
        additional = value.array.map { $0.compactMap { Self.written($0, isSpecial: true) } }
      } else if name.hasSuffix("_token"), let written = Self.written(value, isSpecial: true) {
        ownNames.append((name, written))
      }
    }
  }

  private mutating func readExtra(_ value: JSONValue) {
    if let members = value.members {
      for member in members {
        guard let written = Self.written(member.value, isSpecial: true) else { continue }
        otherNames.append((String(decoding: member.key, as: UTF8.self), written))
      }
    } else if let elements = value.array {
      var all = extra ?? []
      for written in elements.compactMap({ Self.written($0, isSpecial: true) })
      where !all.contains(written) {
        all.append(written)
      }
      extra = all
    }
  }

  private static func written(_ value: JSONValue, isSpecial: Bool? = nil) -> Written? {
    if let text = value.bytes { return text.isEmpty ? nil : .text(Array(text)) }
    return AddedTokensFile.token(value, isSpecial: isSpecial).map { .token($0) }
  }

  /// Gives names that nobody mentions the token that GPT-2's tokenizer has for them.
  mutating func addDefaultsOfGPT2() {
    for name in ["bos_token", "eos_token", "unk_token"] where named[name] == nil {
      named[name] = .text(Array("<|endoftext|>".utf8))
    }
  }

  /// Names the token that ends a text.
  mutating func setEndOfText(_ content: [UInt8]) { named["eos_token"] = .text(content) }

  /// Takes the flags of tokens with a standard name from where the token itself is listed.
  mutating func takeFlags(of tokens: [[UInt8]: AddedToken]) {
    for (name, written) in named {
      if let content = written?.content, let token = tokens[content] { named[name] = .token(token) }
    }
  }

  /// The tokens without a name.
  private var unnamed: [Written] { extra ?? additional ?? [] }

  /// The contents that are special by these files' word.
  var contents: Set<[UInt8]> {
    Set((named.values.compactMap { $0 } + (extra ?? [])).map { $0.content })
  }

  /// The token of a name; nil if there is none.
  subscript(_ name: String) -> [UInt8]? { named[name].flatMap { $0?.content } }

  /// All tokens with a name, those of the standard names first.
  private var allNamed: [(name: String, token: Written)] {
    let standard = Self.names.compactMap { name in
      named[name].flatMap { $0 }.map { (name: name, token: $0) }
    }
    return standard + ownNames + otherNames
  }

  /// What chat templates may call the tokens.
  package var textByName: [String: String] {
    var texts: [String: String] = [:]
    for (name, token) in allNamed { texts[name] = String(decoding: token.content, as: UTF8.self) }
    return texts
  }

  /// The tokens to be added after some that are listed with their flags, or added already.
  ///
  /// - Parameters:
  ///   - listed: Tokens that are listed.
  ///   - known: Tokens that the tokenizer has.
  /// - Returns: Those listed and those that have a name or are called special without one.
  func tokensToAdd(after listed: [AddedToken], known: Set<[UInt8]>) -> [AddedToken] {
    let seen = known.union(listed.map { $0.content })
    var written: [Written] = []
    for one in allNamed.map({ $0.token }) + unnamed
    where !seen.contains(one.content) && !written.contains(one) {
      written.append(one)
    }
    let own = Set(allNamed.map { $0.token.content })
    let tokens = written.map { one in
      switch one {
      case .text(let content): AddedToken(content: content)
      case .token(let token): token
      }
    }
    return (listed + tokens).map { token in
      var token = token
      if own.contains(token.content) { token.isSpecial = true }
      return token
    }
  }
}
