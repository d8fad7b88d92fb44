public import Tensors

/// The function that a neuron's sum goes through.
public enum Activation: String, Sendable, CaseIterable {
  /// GELU in its tanh form, as GPT-2 has it.
  case geluTanh = "gelu_new"
  /// GELU in its exact form.
  case gelu
  /// Nothing below zero.
  case relu
  /// x · σ(x).
  case silu

  /// Reads Hugging Face's name of a function; some have several.
  public init?(huggingFaceName name: String) {
    switch name {
    case "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate": self = .geluTanh
    case "swish": self = .silu
    default: self.init(rawValue: name)
    }
  }

  /// Applies the function to every element.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .geluTanh: Tensors.gelu(x)
    case .gelu: Tensors.exactGELU(x)
    case .relu: Tensors.relu(x)
    case .silu: Tensors.silu(x)
    }
  }
}
