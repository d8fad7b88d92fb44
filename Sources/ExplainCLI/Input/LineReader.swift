import Platform

/// Reads standard input line by line, as lines come.
struct LineReader {
  private var buffer: [UInt8] = []
  private var isAtEnd = false
  private var number = 0

  /// The next line without its end; nil at the end of the input.
  ///
  /// - Throws: `badData` if the line is not UTF-8 or absurdly long; `inputOutput` if reading fails.
  mutating func next() throws(CLIError) -> String? {
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
        defer { buffer.removeFirst(end + 1) }
        return try line(buffer[..<end])
      }
      if isAtEnd {
        defer { buffer = [] }
        return buffer.isEmpty ? nil : try line(buffer[...])
      }
      guard buffer.count <= PromptInput.limit else {
        throw CLIError(
          .badData,
          en: "line \(number + 1) of standard input is too long",
          ja: "標準入力の \(number + 1) 行目が長すぎます。"
        )
      }
      try fill()
    }
  }

  private mutating func fill() throws(CLIError) {
    var chunk = [UInt8](repeating: 0, count: 1 << 12)
    let count = read(Descriptor.standardInput.number, &chunk, chunk.count)
    if count < 0, errno == EINTR { return }
    guard count >= 0 else {
      let reason = systemReason()
      throw CLIError(
        .inputOutput,
        en: "cannot read standard input: \(reason.en)",
        ja: "標準入力を読めません（\(reason.ja)）。"
      )
    }
    isAtEnd = count == 0
    buffer += chunk[..<count]
  }

  private mutating func line(_ bytes: ArraySlice<UInt8>) throws(CLIError) -> String {
    number += 1
    let mark = number == 1 && bytes.starts(with: PromptInput.byteOrderMark)
    let bytes = mark ? bytes.dropFirst(PromptInput.byteOrderMark.count) : bytes
    let line = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    guard let text = String(validating: line, as: UTF8.self) else {
      throw CLIError(
        .badData,
        en: "line \(number) of standard input is not valid UTF-8",
        ja: "標準入力の \(number) 行目は UTF-8 として正しくありません。"
      )
    }
    return text
  }
}
