import Formats

/// What can go wrong with a safetensors file; each says which file, and which tensor where there is
/// one.
public enum SafetensorsError: Error, Equatable, CustomStringConvertible {
  /// There is no such file.
  case notFound(file: String)
  /// The file is there but cannot be opened or read.
  case unreadable(file: String, reason: String)
  /// The bytes are not those of a safetensors file.
  case malformed(file: String, reason: String)
  /// The file is of another kind; what it is and what to do.
  case foreign(file: String, String)
  /// What the header says of one tensor cannot be true, or is not supported.
  case invalidTensor(file: String, tensor: String, reason: String)
  /// The file holds no tensor of that name.
  case missingTensor(file: String, tensor: String)
  /// The file cannot be created where it was asked for.
  case notCreated(file: String, reason: String)
  /// Writing began and could not be finished; nothing is left behind.
  case notWritten(file: String, reason: String)

  /// One lower-case sentence, safe to print on a terminal whatever the file holds.
  public var description: String {
    switch self {
    case .notFound(let file):
      "\(file.printable): no such file"
    case .unreadable(let file, let reason):
      "\(file.printable): cannot be read: \(reason)"
    case .malformed(let file, let reason):
      "\(file.printable): not a valid safetensors file: \(reason)"
    case .foreign(let file, let advice):
      "\(file.printable): \(advice)"
    case .invalidTensor(let file, let tensor, let reason):
      "\(file.printable): tensor \"\(tensor.printable)\" \(reason)"
    case .missingTensor(let file, let tensor):
      "\(file.printable): has no tensor \"\(tensor.printable)\""
    case .notCreated(let file, let reason):
      "\(file.printable): cannot be created: \(reason)"
    case .notWritten(let file, let reason):
      "\(file.printable): could not be written: \(reason)"
    }
  }
}
