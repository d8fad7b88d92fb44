/// Why a command ended early: one sentence for the reader and one number for the shell.
package struct CLIError: Error, Equatable, CustomStringConvertible {
  /// The exit code.
  package let code: ExitCode
  /// One lower-case sentence: what is wrong, where, and what to do.
  package let message: String

  /// Makes an error.
  package init(_ code: ExitCode, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  package var description: String { message }

  /// The error with a temporary folder called by the name of what it stands for, which is the one
  /// the reader knows.
  func naming(_ temporary: String, as target: String) -> CLIError {
    let parts = message.split(separator: temporary, omittingEmptySubsequences: false)
    return CLIError(code, parts.joined(separator: target))
  }

  /// An error in the command line.
  package static func usage(_ message: String) -> CLIError { CLIError(.usage, message) }

  /// Whoever read standard output has had enough (`explain steps … | head -1`): no failure, and
  /// nothing to say.
  package static let readerLeft = CLIError(.success, "")
}
