extension String {
  /// The text with control characters spelt out and its middle cut when it is very long: names come
  /// from untrusted files.
  package var printable: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        text += "\\u{" + Swift.String(scalar.value, radix: 16) + "}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text.count <= 200 ? text : "\(text.prefix(120))…\(text.suffix(60))"
  }
}
