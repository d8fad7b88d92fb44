/// Why a command ended early: one sentence for the reader and one number for the shell.
package struct CLIError: Error, Equatable, CustomStringConvertible {
  /// The exit code.
  package let code: ExitCode
  /// One sentence, lower-case in English: what is wrong, where, and what to do.
  package let message: LocalizedText

  /// Makes an error.
  package init(_ code: ExitCode, _ message: LocalizedText) {
    self.code = code
    self.message = message
  }

  /// Makes an error of its sentence in both languages.
  package init(_ code: ExitCode, en: String, ja: String) {
    self.init(code, LocalizedText(en: en, ja: ja))
  }

  /// The message in English.
  package var description: String { message.en }

  /// The error with a temporary folder called by the name of what it stands for, which is the one
  /// the reader knows.
  func naming(_ temporary: String, as target: String) -> CLIError {
    CLIError(
      code,
      message.map {
        $0.split(separator: temporary, omittingEmptySubsequences: false).joined(separator: target)
      }
    )
  }

  /// The error with more said after it.
  func adding(_ more: LocalizedText) -> CLIError { CLIError(code, message + more) }

  /// An error in the command line.
  package static func usage(en: String, ja: String) -> CLIError { CLIError(.usage, en: en, ja: ja) }

  /// Whoever read standard output has had enough (`explain steps … | head -1`): no failure, and
  /// nothing to say.
  package static let readerLeft = CLIError(.success, LocalizedText(same: ""))
}

extension CLIError {
  /// The system refuses to make a file or a folder.
  static func cannotCreate(_ path: String, because number: Int32) -> CLIError {
    let reason = systemReason(number)
    return CLIError(
      .creating(number),
      en: "\(path): cannot be created: \(reason.en)",
      ja: "\(path)：作れません（\(reason.ja)）。"
    )
  }

  /// What is to become a folder is a file.
  static func isFile(_ path: String, _ what: LocalizedText) -> CLIError {
    CLIError(
      .cannotCreate,
      en: "\(path): is a file; \(what.en): choose another name with -o",
      ja: "\(path)：ファイルです。\(what.ja)。-o で別の名前を指定してください。"
    )
  }

  /// A folder holds something that is not ours to replace.
  static func foreign(_ name: String, in path: String) -> CLIError {
    CLIError(
      .cannotCreate,
      en: "\(path): holds “\(name)” that explain did not write; choose another folder with -o",
      ja: "\(path)：explain が書いたものではない「\(name)」があります。-o で別のフォルダーを指定してください。"
    )
  }
}
