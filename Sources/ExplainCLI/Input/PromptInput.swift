/// Reads the prompt: the argument itself, or standard input for `-`.
enum PromptInput {
  /// More than this is no prompt: it would be tokenized for seconds only to be refused.
  static let limit = 16 << 20

  /// What some editors put before a text in UTF-8.
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The prompt of an invocation whose first argument is one.
  ///
  /// - Throws: A usage error if it is empty and must not be; `badData` if standard input is empty or not UTF-8.
  static func read(
    _ invocation: Invocation,
    mayBeEmpty: Bool = false
  ) throws(CLIError) -> String {
    guard let argument = invocation.arguments.first else {
      throw .usage(en: "a PROMPT is needed", ja: "PROMPT が必要です。")
    }
    if argument.text == "-", !argument.isLiteral {
      let input = Descriptor.standardInput.readToEnd(limit: limit)
      return try decode(input, mayBeEmpty: mayBeEmpty)
    }
    guard !argument.text.isEmpty || mayBeEmpty else {
      throw .usage(
        en: "the prompt is empty; there is nothing to explain",
        ja: "プロンプトが空です。説明するものがありません。"
      )
    }
    return argument.text
  }

  /// Decodes what came on standard input or from a file; a byte order mark is no part of the text, and
  /// neither is the newline that ends it unless it is kept.
  static func decode(
    _ input: (bytes: [UInt8], error: Int32),
    from source: LocalizedText = say(en: "standard input", ja: "標準入力"),
    mayBeEmpty: Bool = false,
    keepsLineEnd: Bool = false
  ) throws(CLIError) -> String {
    guard input.error == 0 else {
      let reason = systemReason(input.error)
      throw CLIError(
        .inputOutput,
        en: "cannot read \(source.en): \(reason.en)",
        ja: "\(source.ja)：読めません（\(reason.ja)）。"
      )
    }
    guard input.bytes.count <= limit else {
      throw CLIError(
        .badData,
        en: "\(source.en) is longer than \(limit >> 20) MiB; that is no prompt",
        ja: "\(source.ja)：\(limit >> 20) MiB を超えています。プロンプトとしては長すぎます。"
      )
    }
    var bytes = input.bytes[...]
    if bytes.starts(with: byteOrderMark) { bytes.removeFirst(byteOrderMark.count) }
    if !keepsLineEnd, bytes.last == UInt8(ascii: "\n") {
      bytes.removeLast()
      if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    }
    guard !bytes.isEmpty || mayBeEmpty else {
      throw CLIError(
        .badData,
        en: "\(source.en) is empty; there is no prompt to explain",
        ja: "\(source.ja)：空です。説明するプロンプトがありません。"
      )
    }
    guard let prompt = String(validating: bytes, as: UTF8.self) else {
      let offset = bytes.startIndex + firstInvalidByte(of: bytes)
      throw CLIError(
        .badData,
        en: "\(source.en) is not valid UTF-8 at byte \(offset), counted from 0",
        ja: "\(source.ja)：\(offset) バイト目（0 から数えます）が UTF-8 として正しくありません。"
      )
    }
    return prompt
  }

  /// Where the first sequence that is not UTF-8 begins.
  static func firstInvalidByte(of bytes: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
    return offset
  }
}
