public import Formats
public import Tensors
public import Tokenization
import Traces

/// Why a model folder cannot be used.
public enum CheckpointError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A file or folder is not there.
  case missing(path: String, hint: String)
  /// A file cannot be read.
  case unreadable(path: String, reason: String)
  /// A file does not hold what it should.
  case malformed(file: String, problem: String)
  /// A setting is missing, of the wrong type, or out of range.
  case setting(file: String, key: String, problem: String)
  /// The folder holds a model of an architecture this program does not run.
  case unsupported(file: String, what: String)
  /// The weights' file is no readable safetensors file.
  case weights(SafetensorsError)
  /// A GGUF file contradicts itself, or lacks what every model has.
  case gguf(GGUFError)
  /// A tensor the model needs is not in the file.
  case tensorMissing(file: String, name: String)
  /// The file holds more blocks than the configuration says.
  case blockLeftOver(file: String, name: String, layerCount: Int)
  /// A tensor has another shape than the configuration says.
  case tensorShape(file: String, name: String, expected: [Int], found: [Int])
  /// A tensor holds an infinity or something that is not a number.
  case tensorNotFinite(file: String, name: String, index: Int)
  /// The tokenizer's files cannot be used.
  case tokenizer(TokenizationError)

  /// One sentence that names the file, the tensor, what was expected and what was found.
  public var description: String {
    switch self {
    case .missing(let path, let hint): "\(path): no such file; \(hint)"
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .malformed(let file, let problem): "\(file): \(problem)"
    case .setting(let file, let key, let problem): "\(file): “\(key)” \(problem)"
    case .unsupported(let file, let what):
      "\(file): \(what); this program runs \(Family.all.map { $0.title }.joined(separator: ", "))"
    case .weights(let error): error.description
    case .gguf(let error): error.description
    case .tensorMissing(let file, let name): "\(file): tensor \(name) is missing"
    case .blockLeftOver(let file, let name, let layerCount):
      "\(file): holds tensor \(name), but config.json counts \(layerCount) layers"
    case .tensorShape(let file, let name, let expected, let found):
      "\(file): tensor \(name) has shape \(found), expected \(expected)"
    case .tensorNotFinite(let file, let name, let index):
      "\(file): tensor \(name) holds a value that is not finite (element \(index))"
    case .tokenizer(let error): error.description
    }
  }
}
