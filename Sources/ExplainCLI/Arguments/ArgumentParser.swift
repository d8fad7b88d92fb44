/// An argument that is told by its place.
package struct Argument: Sendable, Equatable {
  /// The word.
  package let text: String
  /// Whether it stood after `--`, so that it means itself whatever it looks like.
  package let isLiteral: Bool
}

/// What the words of a command line say once options and their values are told apart.
package struct ParsedArguments: Sendable {
  /// The arguments that are told by their place, in order.
  package var arguments: [Argument] = []
  /// The values of the options that were given, by name; of an option given twice the last counts,
  /// so that an alias's options can be overridden, unless the option collects its values.
  package var values: [String: OptionValue] = [:]
}

extension ParsedArguments {
  /// Notes an option's value.
  fileprivate mutating func take(_ value: OptionValue, of option: OptionSpec) {
    if case .texts = option.kind, case .texts(let new) = value,
      case .texts(let old)? = values[option.name]
    {
      values[option.name] = .texts(old + new)
    } else {
      values[option.name] = value
    }
  }
}

/// Tells options, their values and arguments apart.
package struct ArgumentParser {
  /// The options that are known here.
  let options: [OptionSpec]

  /// Makes a parser that knows some options.
  package init(options: [OptionSpec]) { self.options = options }

  /// Reads the words.
  ///
  /// `--name value`, `--name=value`, `-o value`, `-ovalue` and `-o=value` say the same; flags of
  /// one letter may share a dash; `--` ends the options. A word like `-3` is a value or an
  /// argument, unless there is an option of that letter.
  ///
  /// - Throws: A usage error that names the option.
  package func parse(_ words: some Sequence<String>) throws(CLIError) -> ParsedArguments {
    var parsed = ParsedArguments()
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      switch kind(of: word) {
      case .end:
        parsed.arguments += rest.map { Argument(text: $0, isLiteral: true) }
        return parsed
      case .argument:
        parsed.arguments.append(Argument(text: word, isLiteral: false))
      case .long:
        try takeLong(word.dropFirst(2), &rest, into: &parsed)
      case .short:
        try takeShort(word.dropFirst(), &rest, into: &parsed)
      }
    }
    return parsed
  }

  // MARK: The kinds of words

  private enum Kind { case argument, long, short, end }

  private func kind(of word: String) -> Kind {
    if word == "--" { return .end }
    if word.hasPrefix("--") { return .long }
    guard word.hasPrefix("-"), let letter = word.dropFirst().first else { return .argument }
    // No option has blanks in its name: `- man` and `-man + king` are words to be added up.
    let isNumber = letter.isASCII && (letter.isNumber || letter == ".")
    if isNumber || word.contains(" "), option(short: letter) == nil { return .argument }
    return .short
  }

  private func option(short: Character) -> OptionSpec? { options.first { $0.short == short } }

  // MARK: Taking one word

  private func takeLong(
    _ word: Substring,
    _ rest: inout ArraySlice<String>,
    into parsed: inout ParsedArguments
  ) throws(CLIError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = options.first(where: { $0.name == name }) else {
      throw UnknownOption(typed: "--\(name)").error(among: options.map(\.typed))
    }
    let attached = parts.count > 1 ? String(parts[1]) : nil
    parsed.take(try value(of: option, attached: attached, &rest), of: option)
  }

  private func takeShort(
    _ word: Substring,
    _ rest: inout ArraySlice<String>,
    into parsed: inout ParsedArguments
  ) throws(CLIError) {
    var letters = word
    while let letter = letters.popFirst() {
      guard let option = option(short: letter) else {
        throw UnknownOption(typed: "-\(letter)").error(among: options.map(\.typed))
      }
      var attached: String?
      if letters.first == "=" {
        attached = String(letters.dropFirst())
        letters = ""
      } else if option.takesValue, !letters.isEmpty {
        attached = String(letters)
        letters = ""
      }
      parsed.take(try value(of: option, attached: attached, &rest), of: option)
    }
  }

  // MARK: Values

  private func value(
    of option: OptionSpec,
    attached: String?,
    _ rest: inout ArraySlice<String>
  ) throws(CLIError) -> OptionValue {
    guard option.takesValue else {
      guard attached == nil else {
        throw .usage(
          en: "\(option.typed) takes no value",
          ja: "\(option.typed) に値は付けられません。"
        )
      }
      return .flag
    }
    var text = attached
    if text == nil, let next = rest.first, kind(of: next) == .argument {
      text = next
      rest.removeFirst()
    }
    guard let text, !text.isEmpty else {
      throw .usage(
        en: "\(option.typed) needs a value: \(option.usage)",
        ja: "\(option.typed) には値が必要です：\(option.usage)"
      )
    }
    return try OptionValue(text, for: option)
  }
}

/// An option nobody knows; a type of its own, because whoever knows the other commands can say
/// more.
struct UnknownOption {
  let typed: String

  func error(among known: [String]) -> CLIError {
    let suggestion = Spelling.suggestion(for: typed, among: known)
    return .usage(
      en: "unknown option \(typed)\(suggestion.en)",
      ja: "\(typed) というオプションはありません。\(suggestion.ja)"
    )
  }
}
