public import Tensors
public import Traces

/// The sizes and choices of a model.
public struct Configuration: Sendable, Equatable {
  /// The number of blocks, L.
  public var layerCount: Int
  /// The number of attention heads in a block, H.
  public var headCount: Int
  /// The number of heads of keys and values, of which several attention heads may share one, KV.
  public var keyValueHeadCount: Int
  /// The model's width: the length of every vector in the residual stream, D.
  public var dModel: Int
  /// A head's width, d: as a rule D / H.
  public var dHead: Int
  /// The MLP's width: the number of neurons in a block, F.
  public var dMLP: Int
  /// The number of tokens in the vocabulary, V.
  public var dVocab: Int
  /// The most tokens the model can see at once, C.
  public var contextLength: Int
  /// The ε of the norms.
  public var epsilon: Float
  /// The MLP's nonlinearity.
  public var activation: Activation
  /// Whether W_U is W_E transposed.
  public var isTied: Bool
  /// The equations.
  public var architecture = Architecture()

  /// Makes a GPT-2 of the usual form: ε of 10⁻⁵, GELU, and an MLP four times as wide as the model.
  ///
  /// - Precondition: the width is a multiple of the heads.
  package init(
    layers: Int,
    heads: Int,
    width: Int,
    vocabulary: Int,
    context: Int,
    isTied: Bool
  ) {
    precondition(width % heads == 0, "\(width) by \(heads)")
    (layerCount, headCount, keyValueHeadCount) = (layers, heads, heads)
    (dModel, dHead, dMLP) = (width, width / heads, 4 * width)
    (dVocab, contextLength) = (vocabulary, context)
    (epsilon, activation) = (1e-5, .geluTanh)
    self.isTied = isTied
  }

  /// What becomes of the dot products of a layer's queries and keys: divided by √d in GPT-2 as published.
  public func attentionRule(layer: Int) -> AttentionRule {
    AttentionRule(
      divisor: attentionDivisor(layer: layer),
      cap: architecture.scoreCap,
      window: architecture.window(layer: layer)
    )
  }

  /// What the scores of a layer's attention are divided by: √d in GPT-2 as published.
  public func attentionDivisor(layer: Int) -> Float {
    let root = architecture.scoreDivisor ?? Float(dHead).squareRoot()
    return architecture.dividesScoresByLayer ? root * Float(layer + 1) : root
  }
}

extension Configuration {
  /// The configuration as a trace tells it.
  public func description(name: String?, trainedOn: String?) -> ModelDescription {
    var model = ModelDescription()
    model.name = name
    model.trainedOn = trainedOn
    model.layerCount = layerCount
    model.headCount = headCount
    model.dModel = dModel
    model.dHead = dHead
    model.dMLP = dMLP
    model.dVocab = dVocab
    model.contextLength = contextLength
    model.epsilon = Double("\(epsilon)")
    model.activation = activation.rawValue
    model.isTied = isTied
    model.architecture = ArchitectureDescription(architecture)
    if keyValueHeadCount != headCount {
      model.architecture.keyValueHeadCount = keyValueHeadCount
    }
    return model
  }
}
