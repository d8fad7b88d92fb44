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

  /// An error in the command line.
  package static func usage(_ message: String) -> CLIError { CLIError(.usage, message) }

  /// Whoever read standard output has had enough (`explain steps … | head -1`): no failure, and nothing to say.
  package static let readerLeft = CLIError(.success, "")
}
