public import Tensors
public import Traces

/// The sizes and choices of a GPT-2.
public struct Configuration: Sendable, Equatable {
  /// The number of blocks, L.
  public var layerCount: Int
  /// The number of attention heads in a block, H.
  public var headCount: Int
  /// The model's width: the length of every vector in the residual stream, D.
  public var dModel: Int
  /// The MLP's width: the number of neurons in a block, F.
  public var dMLP: Int
  /// The number of tokens in the vocabulary, V.
  public var dVocab: Int
  /// The most tokens the model can see at once, C.
  public var contextLength: Int
  /// The ε of the layer norms.
  public var epsilon: Float
  /// The MLP's nonlinearity.
  public var activation: Activation
  /// Whether scores are divided by √d, as almost always.
  public var scalesScores = true
  /// Whether scores are divided by the layer's number (from 1) as well.
  public var scalesScoresByLayer = false
  /// Whether W_U is W_E transposed.
  public var isTied: Bool

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
    (layerCount, headCount, dModel, dMLP) = (layers, heads, width, 4 * width)
    (dVocab, contextLength) = (vocabulary, context)
    (epsilon, activation) = (1e-5, .geluTanh)
    self.isTied = isTied
  }

  /// A head's width, d = D / H.
  public var dHead: Int { dModel / headCount }

  /// What the scores of a layer's attention are divided by: √d in GPT-2 as published.
  public func attentionDivisor(layer: Int) -> Float {
    let root = scalesScores ? Float(dHead).squareRoot() : 1
    return scalesScoresByLayer ? root * Float(layer + 1) : root
  }
}

/// The function that a neuron's sum goes through.
public enum Activation: String, Sendable, CaseIterable {
  /// GELU in its tanh form, as GPT-2 has it.
  case geluTanh = "gelu_new"
  /// GELU in its exact form.
  case gelu
  /// Nothing below zero.
  case relu

  /// Reads Hugging Face's name of a function; some have several.
  init?(huggingFaceName name: String) {
    switch name {
    case "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate": self = .geluTanh
    default: self.init(rawValue: name)
    }
  }

  /// Applies the function to every element.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .geluTanh: Tensors.gelu(x)
    case .gelu: Tensors.exactGELU(x)
    case .relu: Tensors.relu(x)
    }
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
    model.architecture = .gpt2
    // What is as usual is not said.
    if !scalesScores { model.architecture.scoreDivisor = 1 }
    if scalesScoresByLayer { model.architecture.dividesScoresByLayer = true }
    return model
  }
}
