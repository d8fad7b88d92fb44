import Embeddings
import Formats
import Lessons
import Tensors
import Tokenization
import Traces
import Training
import Transformer

/// The one place where the errors of other targets get their exit codes; `ErrorWords` has their words.
extension CLIError {
  /// Translates an error.
  package init(_ error: any Error) {
    switch error {
    case let error as CLIError: self = error
    case let error as SafetensorsError: self.init(Self.code(of: error), LocalizedText(error))
    case let error as TraceError: self.init(Self.code(of: error), LocalizedText(error))
    case let error as CheckpointError: self.init(Self.code(of: error), LocalizedText(error))
    case let error as RunError: self.init(.badData, LocalizedText(error))
    case let error as PromptError: self.init(.badData, LocalizedText(error))
    case let error as SteeringError: self.init(.badData, LocalizedText(error))
    case let error as LessonError: self.init(.badData, LocalizedText(error))
    case let error as WordVectorsError: self.init(Self.code(of: error), LocalizedText(error))
    case let error as TokenizationError: self.init(Self.code(of: error), LocalizedText(error))
    case let error as GGUFError:
      self.init(error.isMissing ? .noInput : .badData, LocalizedText(error))
    case let error as TrainingError: self.init(Self.code(of: error), LocalizedText(error))
    default:
      self.init(.software, en: "unexpected error: \(error)", ja: "予期しないエラー：\(error)")
    }
  }

  private static func code(of error: SafetensorsError) -> ExitCode {
    switch error {
    case .notFound, .unreadable, .missingTensor: .noInput
    case .malformed, .foreign, .invalidTensor: .badData
    case .notCreated: .cannotCreate
    case .notWritten: .inputOutput
    }
  }

  private static func code(of error: TraceError) -> ExitCode {
    if case .file(let error) = error { return code(of: error) }
    return .badData
  }

  private static func code(of error: WordVectorsError) -> ExitCode {
    switch error {
    case .file(let error): code(of: error)
    case .noWords: .noInput
    default: .badData
    }
  }

  private static func code(of error: CheckpointError) -> ExitCode {
    switch error {
    case .missing, .unreadable: .noInput
    case .weights(let error): code(of: error)
    case .gguf(let error): error.isMissing ? .noInput : .badData
    case .tokenizer(let error): code(of: error)
    default: .badData
    }
  }

  private static func code(of error: TrainingError) -> ExitCode {
    switch error {
    case .missing, .unreadable: .noInput
    case .corpus, .lossNotFinite, .checkpoint: .badData
    case .settings: .usage
    case .file(let error): code(of: error)
    case .tokenizer(let error): code(of: error)
    }
  }

  private static func code(of error: TokenizationError) -> ExitCode {
    switch error {
    case .missing, .unreadable: .noInput
    case .malformed, .unsupported: .badData
    }
  }
}
