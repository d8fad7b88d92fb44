/// What is wrong with a GGUF file: where in it, and what.
public struct GGUFError: Error, Equatable, CustomStringConvertible {
  /// What errors call the file.
  public let file: String
  /// What is wrong.
  public let reason: String

  /// Whether there is nothing to be read.
  public let isMissing: Bool

  /// Makes an error of a file.
  package init(file: String, _ reason: String, isMissing: Bool = false) {
    (self.file, self.reason, self.isMissing) = (file, reason, isMissing)
  }

  /// One line, safe to print whatever the file holds.
  public var description: String { "\(file.printable): \(reason.printable)" }
}
