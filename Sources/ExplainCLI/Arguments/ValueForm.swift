/// How the values of an option are typed: what the parser accepts, and how it and a value belong
/// together.
package struct ValueForm<Value: Sendable>: Sendable {
  /// What the parser accepts.
  let kind: OptionSpec.Kind
  /// The value of what the parser accepted; nil for what an option of another kind was given.
  let value: @Sendable (OptionValue) -> Value?
  /// A value as it would be typed.
  let typed: @Sendable (Value) -> String
}

extension ValueForm where Value == Bool {
  /// Nothing is typed: the option is there or it is not.
  static var flag: ValueForm {
    ValueForm(kind: .flag) {
      $0 == .flag
    } typed: { _ in
      ""
    }
  }
}

extension ValueForm where Value == String {
  /// Any text but the empty one.
  package static func text(_ placeholder: String, _ offer: Offer = .nothing) -> ValueForm {
    ValueForm(kind: .text(placeholder: placeholder, offer)) {
      if case .text(let text) = $0 { text } else { nil }
    } typed: {
      $0
    }
  }
}

extension ValueForm where Value == [String] {
  /// Texts: the option may be given again, and each counts.
  package static func texts(_ placeholder: String) -> ValueForm {
    ValueForm(kind: .texts(placeholder: placeholder), value: texts, typed: joined)
  }

  /// Texts in one word, separated by commas.
  package static func list(_ placeholder: String, _ offer: Offer = .nothing) -> ValueForm {
    ValueForm(kind: .list(placeholder: placeholder, offer), value: texts, typed: joined)
  }

  private static func texts(_ value: OptionValue) -> [String]? {
    if case .texts(let texts) = value { texts } else { nil }
  }

  private static func joined(_ texts: [String]) -> String { texts.joined(separator: ",") }
}

extension ValueForm where Value == Int {
  /// A whole number.
  package static func integer(_ placeholder: String, _ range: ClosedRange<Int>) -> ValueForm {
    ValueForm(kind: .integer(placeholder: placeholder, range)) {
      if case .integer(let number) = $0 { number } else { nil }
    } typed: {
      "\($0)"
    }
  }
}

extension ValueForm where Value == UInt64 {
  /// A whole number that is not below 0.
  static func natural(_ placeholder: String) -> ValueForm {
    ValueForm(kind: .integer(placeholder: placeholder, 0...Int.max)) {
      if case .integer(let number) = $0 { UInt64(exactly: number) } else { nil }
    } typed: {
      "\($0)"
    }
  }
}

extension ValueForm where Value == Double {
  /// A number.
  package static func decimal(_ placeholder: String, _ range: DecimalRange) -> ValueForm {
    ValueForm(kind: .decimal(placeholder: placeholder, range)) {
      if case .decimal(let number) = $0 { number } else { nil }
    } typed: {
      DecimalRange.written($0)
    }
  }
}

extension ValueForm where Value == [Double] {
  /// Numbers in one word, separated by commas.
  package static func decimals(_ placeholder: String, _ range: DecimalRange) -> ValueForm {
    ValueForm(kind: .decimals(placeholder: placeholder, range)) {
      if case .decimals(let numbers) = $0 { numbers } else { nil }
    } typed: {
      $0.map(DecimalRange.written).joined(separator: ",")
    }
  }
}

extension ValueForm {
  /// One of some values, each typed in its own way.
  static func choice(
    of values: [Value],
    typed: @escaping @Sendable (Value) -> String
  ) -> ValueForm {
    ValueForm(kind: .choice(values.map(typed))) { value in
      if case .text(let text) = value { values.first { typed($0) == text } } else { nil }
    } typed: {
      typed($0)
    }
  }
}

extension ValueForm where Value: RawRepresentable, Value.RawValue == String {
  /// One of some values, typed as their names.
  static func choice(of values: [Value]) -> ValueForm { choice(of: values) { $0.rawValue } }
}

extension ValueForm where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of all values, typed as their names.
  package static var choice: ValueForm { choice(of: Array(Value.allCases)) }
}
