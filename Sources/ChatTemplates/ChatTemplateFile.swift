public import Formats
public import Tokenization

/// Where a model folder has its chat template: `chat_template.jinja`, or `tokenizer_config.json`.
extension ChatTemplate {
  /// Reads a model folder's chat template.
  ///
  /// `chat_template.jinja` comes first. In `tokenizer_config.json`, `chat_template` is the template,
  /// or a list of several with names, of which the one named `default` is taken.
  ///
  /// - Parameter folder: A folder in the Hugging Face layout.
  /// - Returns: nil if the folder has no template.
  /// - Throws: ``Tokenization/TokenizationError`` that names the file, if the template cannot be read.
  public static func inFolder(_ folder: Folder) throws(TokenizationError) -> ChatTemplate? {
    let (own, settings) = ("chat_template.jinja", "tokenizer_config.json")
    var config: JSONValue?
    if folder.has(settings) { config = try TextFile(settings, in: folder).json() }
    let source: String
    if folder.has(own) {
      source = String(decoding: try TextFile(own, in: folder).bytes, as: UTF8.self)
    } else if let value = config?["chat_template"], !value.isNull {
      source = try self.source(in: value, of: try TextFile(settings, in: folder))
    } else {
      return nil
    }
    let specialTokens = try TokenizerFolder.specialTokens(of: folder).textByName
    do {
      return try ChatTemplate(source, specialTokens: specialTokens)
    } catch {
      let file = folder.path(of: folder.has(own) ? own : settings)
      throw .malformed(file: file, line: nil, reason: error.description)
    }
  }

  private static func source(
    in value: JSONValue,
    of file: TextFile
  ) throws(TokenizationError) -> String {
    if let source = value.string { return source }
    let named = value.array?.last { $0["name"]?.string == "default" }
    guard let source = named?["template"]?.string else {
      throw file.malformed(
        at: value.offset,
        "expected ‘chat_template’ to be a string, or a list with one named ‘default’"
      )
    }
    return source
  }
}
