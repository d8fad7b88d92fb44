import Traces

/// Rows as comma-separated values.
///
/// - SeeAlso: RFC 4180, <https://www.rfc-editor.org/rfc/rfc4180>.
package enum CSV {
  /// A row, with the line end that the RFC asks for.
  package static func row(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\r\n"
  }

  /// A number with the fewest digits that read back as the same; `inf`, `-inf` and `nan` as most
  /// readers spell them.
  package static func number(_ value: Float) -> String { value.description }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0D, 0x0A].contains($0) }
    guard needsQuotes else { return text }
    // By scalar: as a Character, "\r\n" or a quote with a combining mark would escape notice.
    var quoted = "\"".unicodeScalars
    for scalar in text.unicodeScalars {
      quoted.append(scalar)
      if scalar == "\"" { quoted.append(scalar) }
    }
    quoted.append("\"")
    return String(quoted)
  }
}

extension CSV {
  /// A token or a name as a field: what a terminal would act on is spelt out, `\u{1b}`; line ends
  /// and tabs stay.
  package static func safe(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar != "\n" && scalar != "\t",
        .format, .lineSeparator, .paragraphSeparator:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension CSV {
  /// The heading of the column that says what was set from outside, where something was.
  static func interventionsHead(_ interventions: [Intervention]) -> [String] {
    interventions.isEmpty ? [] : ["interventions"]
  }

  /// What was set from outside, as `site=kind` and `site@position=kind`, separated by blanks, where something was.
  static func cell(_ interventions: [Intervention]) -> [String] {
    guard !interventions.isEmpty else { return [] }
    return [interventions.map { "\($0.place)=\($0.kind.name)" }.joined(separator: " ")]
  }
}
