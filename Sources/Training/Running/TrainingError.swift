package import Tensors
package import Tokenization

/// Why a model cannot be trained.
package enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A corpus file is not there.
  case missing(path: String)
  /// A corpus file cannot be read.
  case unreadable(path: String, reason: String)
  /// A corpus file does not hold what it should.
  case corpus(path: String, problem: String)
  /// The settings do not fit each other.
  case settings(String)
  /// The loss is not a number any more.
  case lossNotFinite(step: Int)
  /// A checkpoint cannot be gone on from.
  case checkpoint(path: String, problem: String)
  /// A file of numbers cannot be read or written.
  case file(SafetensorsError)
  /// The vocabulary cannot be used.
  case tokenizer(TokenizationError)

  /// One sentence that says what is wrong, where, and what to do.
  package var description: String {
    switch self {
    case .missing(let path): "\(path): no such file; a corpus is a text file"
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .corpus(let path, let problem): "\(path): \(problem)"
    case .settings(let problem): problem
    case .lossNotFinite(let step):
      "the loss is not a number any more at step \(step); try a lower --learning-rate"
    case .checkpoint(let path, let problem): "\(path): \(problem)"
    case .file(let error): error.description
    case .tokenizer(let error): error.description
    }
  }
}
