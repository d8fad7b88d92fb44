/// What can be wrong with a tokenizer's files.
public enum TokenizationError: Error, Equatable, Sendable {
  /// There is no such file, or a folder without any file a tokenizer could be made of.
  case missing(path: String, wanted: String)
  /// The file is there but cannot be read.
  case unreadable(path: String, reason: String)
  /// The file does not hold what it should.
  case malformed(file: String, line: Int?, reason: String)
  /// The file is sound, but of a kind of tokenizer that is not known here.
  case unsupported(file: String, reason: String)
}

extension TokenizationError: CustomStringConvertible {
  /// One sentence that names the file, the line if there is one, and what is wrong.
  public var description: String {
    switch self {
    case .missing(let path, let wanted): "no \(wanted) at \(path)"
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .malformed(let file, let line?, let reason): "\(file), line \(line): \(reason)"
    case .malformed(let file, nil, let reason): "\(file): \(reason)"
    case .unsupported(let file, let reason):
      "\(file) is not a tokenizer of a kind that is known here: \(reason)"
    }
  }
}
