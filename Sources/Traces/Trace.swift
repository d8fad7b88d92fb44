public import Tensors

/// Everything that was recorded of one run of a model on one prompt.
///
/// A trace is all that a walkthrough needs: what is not an activation (neighbours in the vocabulary, thumbnails of the
/// weights, parameter counts) is recorded beside them. A trace made elsewhere may lack any of it.
public struct Trace: Sendable {
  /// The value of the metadata key `format`: name and version of the file format.
  public static let format = "explain-trace/1"

  /// The text the model was given.
  public var prompt: String
  /// The tokens of the prompt, T of them.
  public var tokens: [TraceToken]
  /// How many of the tokens the tokenizer put before the text and after it.
  public var put: (before: Int, after: Int) = (0, 0)
  /// How many tokens of the text before these did not fit the model's context window, and were not read.
  public var unread = 0
  /// What is known of the model; sizes missing in the metadata are taken from the activations' shapes.
  public var model: ModelDescription
  /// The text of every vocabulary entry by its id, if recorded.
  ///
  /// Parts of characters are written `<0xE6>`.
  public var vocabulary: [String]?
  /// The texts of those vocabulary entries that a page names, by id, where the vocabulary was too large to be kept.
  public var shownTexts: [Int: String]?
  /// How the prompt's longest token was merged from bytes, if recorded.
  public var merges: MergeSteps?
  /// Whether merges start from characters, as SentencePiece's do, with no pre-tokenizer before them; else from bytes.
  public var mergesCharacters = false
  /// The pieces that the prompt was cut into before merging, if recorded; their tokens are the prompt's last ones.
  public var pieces: [TextPiece]?
  /// How often each token of the prompt occurs in the text that the model learned from, if that is known.
  public var trainingCounts: TrainingCounts?
  /// The tokens that sampling appended to the prompt, if recorded.
  public var continuation: Continuation?
  /// The weights by category, if recorded.
  public var parameters: ParameterCount?
  /// How the weights are packed, if they are.
  public var quantization: Quantization?
  /// How many of the last positions were recorded, if not all.
  ///
  /// A tensor with so many rows along its axis of positions holds these; all others hold every position.
  public var lastPositions: Int?
  /// What was set from outside while the model ran; nothing, as a rule.
  public var interventions: [Intervention] = []
  /// Why the model says its likeliest token and not the runner-up, if that was measured.
  public var reasons: Reasons?
  /// The recorded tensors by name: activations under their hook points, and what ``Fact`` names.
  public var tensors: [String: Tensor]
  /// The types of those tensors that a file stores less finely than float32, by name.
  public var coarseTypes: [String: ElementType] = [:]

  /// Makes a trace of a run.
  public init(
    prompt: String,
    tokens: [TraceToken],
    model: ModelDescription,
    tensors: [String: Tensor]
  ) {
    self.prompt = prompt
    self.tokens = tokens
    self.model = model
    self.tensors = tensors
  }

  /// The value recorded at a hook point, if it was.
  public subscript(hook: HookPoint) -> Tensor? {
    get { tensors[hook.name] }
    set { tensors[hook.name] = newValue }
  }

  /// A fact recorded beside the activations, if it was.
  public subscript(fact: Fact) -> Tensor? {
    get { tensors[fact.name] }
    set { tensors[fact.name] = newValue }
  }

  /// The name of ``unchangedLogits`` among the tensors.
  package static let unchangedLogitsName = "unchanged_logits"

  /// The logits `[V]` after the last token of the run as it would have been with nothing set from outside, where something
  /// was.
  public var unchangedLogits: Tensor? {
    get { tensors[Self.unchangedLogitsName] }
    set { tensors[Self.unchangedLogitsName] = newValue }
  }

  /// Whether the probabilities were computed here from the logits, and not recorded.
  package var derivesProbabilities = false

  /// The text of a vocabulary entry: from the vocabulary or what was kept of it, else from the prompt, else `nil`.
  public func text(ofToken id: Int) -> String? {
    if let vocabulary { return vocabulary.indices.contains(id) ? vocabulary[id] : nil }
    return shownTexts?[id] ?? tokens.first { $0.id == id }?.text
  }

  /// The positions of which everything that was recorded at all is there: all, or the last ones.
  public var recordedPositions: Range<Int> {
    max(0, tokens.count - (lastPositions ?? tokens.count))..<tokens.count
  }

  /// The position that a tensor's first row along its axis of positions is of.
  package func firstPosition(rows: Int) -> Int {
    max(0, tokens.count - rows)
  }

  /// The number of blocks of which anything is known.
  public var layerCount: Int { model.layerCount ?? 0 }
}

/// A token of the prompt.
public struct TraceToken: Sendable, Equatable {
  /// The token's row in the embedding matrix.
  public var id: Int
  /// The token's text; what is no text on its own is written as bytes, `<0xE6><0x9D>`.
  public var text: String

  /// Makes a token.
  public init(id: Int, text: String) {
    self.id = id
    self.text = text
  }
}
