/// A family of models: its equations, what its configuration chooses, and what its parameters are called.
///
/// Adding one takes a file with a static member like those beside this one, and its name in ``all``.
public struct Family: Sendable {
  /// Which layers have a window, where a family has any.
  public enum Windows: Sendable {
    /// None, whatever a configuration says; all; every second one from the first; the last ones, if they are turned on.
    case none, everywhere, inEvenLayers, inLateLayers
  }

  /// Hugging Face's `model_type`.
  public let type: String
  /// What is said of it in a sentence.
  public let title: String
  /// The equations, where a configuration does not choose others.
  public var architecture: Architecture
  /// The nonlinearity, where a configuration names none.
  public var activation = Activation.silu
  /// The setting that names it.
  public var activationSetting = "hidden_act"
  /// The ε of the norms, where a configuration names none.
  public var epsilon = 1e-6
  /// The setting that names it.
  public var epsilonSetting = "rms_norm_eps"
  /// Whether W_U is W_E transposed, where a configuration does not say.
  public var isTied = false
  /// How many of a head's numbers are turned, where a configuration does not say.
  public var rotaryShare: Double?
  /// Which layers have a window.
  public var windows = Windows.none
  /// The biases that a configuration chooses, by the setting's name.
  public var chosenBiases: [(setting: String, biases: Biases)] = []
  /// Whether the rows of W_E are multiplied by √D.
  public var scalesEmbedding = false
  /// Whether a configuration may cap scores and logits, and choose what scores are divided by.
  public var capsScores = false
  /// The settings that a configuration must have, though it may say that there is none: transformers would take a number
  /// of its own.
  public var needed: [String] = []

  /// What stands before the names of a model that was saved with its unembedding: `transformer.`.
  public let prefix: String
  /// What the blocks are called.
  public var blocks = "layers"
  /// Whether a matrix has a row for each output, as in PyTorch's linear layers.
  public var keepsOutputsInRows = true
  /// Whether queries, keys and values that share a matrix stand there head by head.
  public var isFusedByHead = false
  /// The names of Hugging Face's checkpoints, within a block or at the ends; `nil` for what the family does not have.
  public let name: @Sendable (Parameter.Role) -> String?

  /// Every family, in the order of their years.
  public static let all: [Family] = [.gpt2, .gptNeoX, .llama, .mistral, .qwen2, .gemma2, .qwen3]

  /// The family of a class's name or a `model_type`.
  public static func named(_ name: String) -> Family? {
    all.first { $0.type == name || $0.architecture.name.text == name }
  }
}
