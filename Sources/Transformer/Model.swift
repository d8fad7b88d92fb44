public import Formats
public import Tensors
public import Tokenization

/// A language model: a transformer, the tokenizer it was trained with, and what they are called.
public struct Model: Sendable {
  /// What the model is called on a page.
  public var name: String
  /// What the model was trained on, if that is known.
  public var trainedOn: String?
  /// From token ids to logits.
  public var transformer: Transformer
  /// From text to token ids, and back.
  public var tokenizer: Tokenizer
  /// How often each token occurs in the text the model learned from, if that is known, `[V]`.
  public var tokenCounts: TokenCounts?

  /// The tokens at which generation stops.
  public var endTokens: Set<Int>
  /// What a reader should know of the model's files: where they contradict one another.
  public var notes: [String]

  /// Makes a model of its parts; generation stops at the tokenizer's end of text.
  public init(name: String, trainedOn: String?, transformer: Transformer, tokenizer: Tokenizer) {
    self.name = name
    self.trainedOn = trainedOn
    self.transformer = transformer
    self.tokenizer = tokenizer
    endTokens = Set(tokenizer.endOfTextID.map { [$0] } ?? [])
    notes = tokenizer.notes
  }

  /// The token that ends a text, and that one may start from, if the model has it.
  public var endOfTextID: Int? {
    tokenizer.endOfTextID.flatMap { $0 < transformer.configuration.dVocab ? $0 : nil }
  }

  /// Makes a model of its configuration, its safetensors files and its tokenizer.
  ///
  /// - Throws: ``CheckpointError`` if a tensor is missing, misshapen or not finite.
  public init(
    name: String,
    trainedOn: String?,
    configuration: Configuration,
    weights files: [(name: String, contents: SafetensorsFile)],
    tokenizer: Tokenizer
  ) throws(CheckpointError) {
    self.init(
      name: name,
      trainedOn: trainedOn,
      transformer: try Transformer(configuration: configuration, files: files),
      tokenizer: tokenizer
    )
  }

  /// Opens a model folder in the Hugging Face layout.
  ///
  /// Reads `config.json`; `model.safetensors`, or the shards that `model.safetensors.index.json` names; and `vocab.json`
  /// with `merges.txt`, or `tokenizer.json`; `token_counts.json` if it is there. The weights are not copied. Where
  /// both files name tokens that end a text, `generation_config.json` counts more than `config.json`.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - name: What the model is called.
  /// - Throws: ``CheckpointError`` naming the file and what is wrong with it.
  public init(in folder: Folder, name: String) throws(CheckpointError) {
    let checkpoint = try CheckpointFolder(folder)
    let tokenizer: Tokenizer
    do throws(TokenizationError) { tokenizer = try Tokenizer(in: folder) } catch {
      throw .tokenizer(error)
    }
    try self.init(
      name: name,
      trainedOn: nil,
      configuration: checkpoint.configuration,
      weights: checkpoint.files,
      tokenizer: tokenizer
    )
    let count = checkpoint.configuration.dVocab
    do throws(TokenizationError) {
      tokenCounts = try TokenCounts.inFolder(folder, vocabulary: count)
    } catch { throw .tokenizer(error) }
    if let stated = checkpoint.endTokens { endTokens = Set(stated) }
    notes = checkpoint.notes + notes
  }
}
