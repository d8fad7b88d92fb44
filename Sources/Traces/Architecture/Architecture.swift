/// What sets a model's equations apart from those of others: a plain value, which the forward pass, the parameters and what
/// a trace says of its model are all made from.
///
/// As it is made, it is GPT-2's.
public struct Architecture: Sendable, Equatable {
  /// The class that runs the model: `GPT2LMHeadModel`.
  public var name: Literal = "GPT2LMHeadModel"

  /// The norms before attention, before the MLP and at the end.
  public var norm: ArchitectureDescription.Norm = .layerNorm
  /// What is added to the gains as they are stored.
  public var gainOffset: Float = 0
  /// Whether what attention and the MLP give passes a norm before it is added to the stream.
  public var normalizesAdditions = false
  /// Whether each head's queries and keys pass a norm before they are compared.
  public var normalizesQueriesAndKeys = false

  /// How queries and keys are turned by their positions; without it, a learned row for each place is added to the embedding.
  public var rotary: Rotary?
  /// What the rows of W_E are multiplied by.
  public var embeddingScale: Float?

  /// What q·k is divided by, where it is not √d.
  public var scoreDivisor: Float?
  /// Whether scores are divided by the layer's number, from 1, as well.
  public var dividesScoresByLayer = false
  /// c, where scores are capped: c · tanh(score / c).
  public var scoreCap: Float?
  /// c, where logits are capped likewise.
  public var logitCap: Float?
  /// How far back a query looks, its own position counted, in the layers that have a window; the others look at everything.
  public var window: Int?
  /// The layers that have a window.
  public var windowed: LayerSet = []

  /// Whether the MLP multiplies its activation by a second product of its input.
  public var isGated = false
  /// Whether attention and MLP read the same stream, side by side.
  public var isParallel = false
  /// The biases that matrices have.
  public var biases: Biases = ["b_Q", "b_K", "b_V", "b_O", "b_in", "b_out"]

  /// Makes GPT-2's, for others to change.
  public init(_ change: (inout Architecture) -> Void = { _ in }) { change(&self) }

  /// How many positions a query of a layer may look at; all before it, if `nil`.
  public func window(layer: Int) -> Int? { windowed.contains(layer) ? window : nil }

  /// Whether its equations are a GPT-2's, which are those that the way back through the model knows.
  public var isGPT2: Bool {
    var likewise = Architecture()
    (likewise.scoreDivisor, likewise.dividesScoresByLayer) = (scoreDivisor, dividesScoresByLayer)
    return self == likewise
  }
}

extension ArchitectureDescription {
  /// Tells an architecture; what is as usual is not said.
  public init(_ a: Architecture) {
    name = a.name.text
    norm = a.norm
    normalizesAdditions = a.normalizesAdditions
    positions = a.rotary == nil ? .learned : .rotary
    rotary = a.rotary
    embeddingScale = a.embeddingScale.map { Double($0) }
    scoreDivisor = a.scoreDivisor.map { Double($0) }
    if a.dividesScoresByLayer { dividesScoresByLayer = true }
    scoreCap = a.scoreCap.map { Double($0) }
    logitCap = a.logitCap.map { Double($0) }
    if a.windowed.end > 0 { (window, windowed) = (a.window, a.windowed) }
    isGated = a.isGated
    isParallel = a.isParallel
    biases = a.biases.all
  }
}
