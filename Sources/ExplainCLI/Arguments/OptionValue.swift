/// The value of an option as the parser leaves it.
package enum OptionValue: Sendable, Equatable {
  /// The option is there.
  case flag
  /// A text or a choice.
  case text(String)
  /// The texts of an option that may be given again, or of a list, in order.
  case texts([String])
  /// A number in the option's range.
  case integer(Int)
  /// A number in the option's range.
  case decimal(Double)
  /// Numbers in the option's range.
  case decimals([Double])
}

extension OptionValue {
  /// Reads a value as the option's description asks for it.
  ///
  /// - Throws: A usage error that names the option and says what it takes.
  init(_ text: String, for option: OptionSpec) throws(CLIError) {
    switch option.kind {
    case .flag, .text: self = .text(text)
    case .texts: self = .texts([text])
    case .list: self = .texts(text.split(separator: ",").map(String.init))
    case .choice(let words):
      try Self.check(text, isOneOf: words, for: option)
      self = .text(text)
    case .integer(_, let range): self = .integer(try Self.integer(text, in: range, for: option))
    case .decimal(_, let range): self = .decimal(try range.number(text, of: option.typed))
    case .decimals(_, let range):
      var numbers: [Double] = []
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        numbers.append(try range.number(String(part), of: option.typed))
      }
      self = .decimals(numbers)
    }
  }

  private static func check(
    _ text: String,
    isOneOf words: [String],
    for option: OptionSpec
  ) throws(CLIError) {
    guard !words.contains(text) else { return }
    let list = words.joined(separator: ", ")
    let suggestion = Spelling.suggestion(for: text, among: words)
    throw .usage(
      en: "\(option.typed) “\(text)” is not one of \(list)\(suggestion.en)",
      ja: "\(option.typed) に「\(text)」は指定できません。選べるのは \(list) です。\(suggestion.ja)"
    )
  }

  private static func integer(
    _ text: String,
    in range: ClosedRange<Int>,
    for option: OptionSpec
  ) throws(CLIError) -> Int {
    let isWhole = (text.first == "-" ? text.dropFirst() : text[...]).allSatisfy {
      $0.isASCII && $0.isNumber
    }
    guard isWhole, text != "-" else {
      throw .usage(
        en: "\(option.typed) “\(text)” is not a whole number",
        ja: "\(option.typed) の「\(text)」は整数ではありません。"
      )
    }
    guard let number = Int(text), range.contains(number) else {
      let limits =
        range.upperBound == Int.max
        ? say(en: "\(range.lowerBound) or more", ja: "\(range.lowerBound) 以上")
        : say(
          en: "\(range.lowerBound) to \(range.upperBound)",
          ja: "\(range.lowerBound) から \(range.upperBound) まで"
        )
      let isTooLarge =
        range.upperBound == Int.max && text.first != "-"
        && (Int(text) ?? .max) > range.lowerBound
      throw .usage(
        en:
          "\(option.typed) \(text) is \(isTooLarge ? "too large" : "out of range: \(limits.en)")",
        ja: "\(option.typed) の \(text) は\(isTooLarge ? "大きすぎます" : "範囲の外です（\(limits.ja)）")。"
      )
    }
    return number
  }
}
