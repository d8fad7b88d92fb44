/// Why a chat template gives no text.
public enum ChatTemplateError: Error, Sendable, Equatable {
  /// It is not a template.
  case malformed(line: Int, reason: String)
  /// It is a template, but uses something that is not understood here.
  case unsupported(line: Int, what: String)
  /// It calls `raise_exception`: it does not want such a conversation.
  case refused(message: String)
}

extension ChatTemplateError: CustomStringConvertible {
  /// What is wrong, and in which line of the template; to be put behind a file's name.
  public var description: String {
    switch self {
    case .malformed(let line, let reason): "line \(line) of the chat template: \(reason)"
    case .unsupported(let line, let what):
      "line \(line) of the chat template uses \(what), which is not understood here"
    case .refused(let message): "the chat template refuses this conversation: \(message)"
    }
  }
}
