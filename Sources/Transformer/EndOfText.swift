import Formats

extension SettingsFile {
  /// `eos_token_id`: the tokens at which generation stops; nil if the file names none.
  ///
  /// - Throws: ``CheckpointError`` if these are no whole numbers.
  /// - SeeAlso: `GenerationConfig`, <https://huggingface.co/docs/transformers/main_classes/text_generation>.
  func endTokens() throws(CheckpointError) -> [Int]? {
    let key = "eos_token_id"
    guard let value = self[key] else { return nil }
    if let id = value.integer { return [id] }
    guard let ids = value.array?.map({ $0.integer }), !ids.contains(nil) else {
      throw .setting(file: file, key: key, problem: "is neither a token's id nor a list of ids")
    }
    return ids.compactMap { $0 }
  }
}
