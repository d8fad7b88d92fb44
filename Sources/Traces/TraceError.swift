public import Tensors

/// Why a trace cannot be read or used.
public enum TraceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file is no readable safetensors file.
  case file(SafetensorsError)
  /// The file holds no tensor that a forward pass would record.
  case noActivations(file: String)
  /// The file says it is of a format this program does not know.
  case unknownFormat(file: String, found: String)
  /// A metadata entry is not what it should be.
  case metadata(file: String, key: String, expected: String)
  /// A tensor's shape does not fit its name or the other tensors.
  case shape(file: String, tensor: String, expected: String, found: [Int])

  /// One sentence that names the file, the tensor, what was expected and what was found.
  public var description: String {
    switch self {
    case .file(let error):
      error.description
    case .noActivations(let file):
      "\(file): no tensor has the name of a hook point (blocks.0.hook_resid_pre, …), so this is no trace"
    case .unknownFormat(let file, let found):
      "\(file): format “\(found)” is unknown; this program reads \(Trace.format)"
    case .metadata(let file, let key, let expected):
      "\(file): metadata “\(key)” should be \(expected)"
    case .shape(let file, let tensor, let expected, let found):
      "\(file): \(tensor) has shape \(found), expected \(expected)"
    }
  }
}
