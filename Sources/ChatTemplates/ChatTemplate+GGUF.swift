public import Formats
public import Tokenization

extension ChatTemplate {
  /// Reads the chat template that a GGUF file carries as `tokenizer.chat_template`.
  ///
  /// - Parameter header: The file's header.
  /// - Returns: nil if the file has no template.
  /// - Throws: ``Tokenization/TokenizationError`` that names the file, if the template cannot be read.
  public static func inGGUF(_ header: GGUFHeader) throws(TokenizationError) -> ChatTemplate? {
    guard let source = header["tokenizer.chat_template"]?.string else { return nil }
    let tokens = header["tokenizer.ggml.tokens"]?.array?.texts ?? []
    var special: [String: String] = [:]
    for (name, key) in [
      ("bos_token", "bos_token_id"), ("eos_token", "eos_token_id"),
      ("unk_token", "unknown_token_id"), ("pad_token", "padding_token_id"),
    ] {
      guard let id = header["tokenizer.ggml.\(key)"]?.integer, tokens.indices ~= id else {
        continue
      }
      special[name] = String(decoding: tokens[id], as: UTF8.self)
    }
    do {
      return try ChatTemplate(source, specialTokens: special)
    } catch {
      throw .malformed(file: header.name, line: nil, reason: error.description)
    }
  }
}
