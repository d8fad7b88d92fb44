import Tensors
import Traces

/// What a trace tells of an MLP's nonlinearity.
struct ActivationFinding: Sendable {
  /// A function that a neuron's sum goes through.
  enum Function: String, Sendable, CaseIterable {
    case relu
    case gelu
    case geluTanh = "gelu_new"
    case silu
    case quickGELU = "quick_gelu"

    /// Reads the names that Hugging Face and TransformerLens have for it.
    init?(named name: String) {
      switch name {
      case "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate": self = .geluTanh
      case "swish": self = .silu
      default: self.init(rawValue: name)
      }
    }

    /// The function's name in a formula.
    var label: String {
      switch self {
      case .relu: "ReLU"
      case .gelu, .geluTanh: "GELU"
      case .silu: "SiLU"
      case .quickGELU: "QuickGELU"
      }
    }
  }

  /// The function, if it is said, or if the recorded numbers agree with one alone.
  private(set) var function: Function?
  /// Whether it is the numbers that tell which it is.
  private(set) var isFromNumbers = false
  /// Whether the numbers after the function are those before it, taken through it (and times the gate's other half).
  private(set) var isVerified = false
  /// Whether the activation is multiplied by a second product of the MLP's input; `nil` if the trace does not tell.
  private(set) var isGated: Bool?
  /// The function's name in a formula: `act` where it is not known, or has a name that is not known here.
  private(set) var label = "act"

  init(of trace: Trace, layer: Int) {
    let agreeing = Self.agreeing(trace, layer)
    let said = trace.model.activation.flatMap(Function.init(named:))
    if let said, agreeing?.contains(said) ?? true {
      function = said
    } else if agreeing?.count == 1 {
      function = agreeing?[0]
      isFromNumbers = true
    }
    isVerified = !(agreeing ?? []).isEmpty
    let labels = Set((agreeing ?? []).map { $0.label })
    label = function?.label ?? (labels.count == 1 ? labels.first ?? "act" : "act")
    isGated =
      trace[.mlpPreLinear(layer)] != nil
      ? true : trace.model.architecture.isGated ?? (isVerified ? false : nil)
  }

  /// The functions that take the numbers recorded before to those recorded after; `nil` if those were not recorded.
  private static func agreeing(_ trace: Trace, _ layer: Int) -> [Function]? {
    guard let pre = trace[.mlpPre(layer)], let post = trace[.mlpPost(layer)],
      pre.shape == post.shape
    else { return nil }
    let linear = trace[.mlpPreLinear(layer)]
    if linear == nil, trace.model.architecture.isGated == true { return nil }
    let unit = trace.unitRoundoff(.mlpPre(layer), .mlpPost(layer), .mlpPreLinear(layer))
    let (x, y, factor) = (pre.values, post.values, linear?.values)
    let step = max(1, x.count / 4093)
    return Function.allCases.filter { function in
      stride(from: 0, to: x.count, by: step).allSatisfy { i in
        let by = Double(factor?[i] ?? 1)
        let expected = function(Double(x[i])) * by
        let size = max(abs(Double(x[i]) * by), abs(by))
        return abs(expected - Double(y[i])) <= 2e-5 * max(1, size) + 8 * unit * size
      }
    }
  }
}
