public import Tensors
public import Traces
public import Transformer

/// A run whose answer at one position is to be taken apart.
///
/// Three measures, each in a file of its own: what the parts of the stream add directly (``terms(of:)``), what
/// becomes of the answer without each of them (``effects(of:progress:)``), and how much each token of the prompt
/// weighs (``inputs(to:)``).
public struct Attribution: Sendable {
  /// The model.
  public let transformer: Transformer
  /// The prompt's tokens: all of them, since a pattern that is set from outside may look ahead.
  public let tokens: [Int]
  /// The position whose answer is asked about.
  public let position: Int
  /// The logits after that position, `[V]`.
  public let logits: Tensor
  /// What is set from outside in every run.
  let interventions: [Intervention]
  let change: InterventionHook
  private let activations: [String: Tensor]
  /// What stands for all positions.
  private let whole: Set<HookPoint>

  /// Runs a model on a prompt and keeps what the measures need.
  ///
  /// - Parameters:
  ///   - prompt: Token ids, at least one, no more than the context window holds, each below V.
  ///   - position: The position whose answer is asked about.
  ///   - transformer: The model.
  ///   - interventions: What is set from outside; means are over the whole prompt.
  public init(
    of prompt: [Int],
    at position: Int,
    by transformer: Transformer,
    _ interventions: [Intervention] = []
  ) {
    precondition(prompt.indices.contains(position), "position \(position) of \(prompt.count)")
    self.transformer = transformer
    self.interventions = interventions
    (tokens, self.position) = (prompt, position)
    change = transformer.interventions(interventions, on: prompt)
    whole = Self.whole(transformer.configuration)
    let recorder = ActivationRecorder(
      at: position,
      transformer.configuration,
      whole: whole
    )
    var hook = HookChain(change, recorder)
    var cache = KeyValueCache(for: transformer.configuration)
    let stream = transformer.stream(of: tokens, after: &cache, &hook)
    logits = transformer.logits(of: stream.rows(position..<position + 1), from: position, &hook)
      .slice(0)
    activations = hook.second.activations
  }

  /// The logits, the token's minus the other's.
  public func difference(of contrast: Contrast) -> Double {
    Self.difference(of: contrast, in: logits)
  }

  static func difference(of contrast: Contrast, in logits: Tensor) -> Double {
    Double(logits[contrast.token]) - (contrast.against.map { Double(logits[$0]) } ?? 0)
  }

  /// What was recorded at a hook point.
  func recorded(_ point: HookPoint) -> Tensor {
    guard let value = activations[point.name] else {
      preconditionFailure("\(point.name) is not recorded")
    }
    return value
  }

  /// What was recorded at the position that is asked about.
  func row(_ point: HookPoint) -> Tensor {
    let value = recorded(point)
    return whole.contains(point) ? value.slice(position) : value
  }

  /// Whether the value at a hook point was set from outside at the position that is asked about.
  func isSet(_ point: HookPoint) -> Bool { isReplaced(point) || added(point) != nil }

  /// Whether the value there was set, and not only added to.
  func isReplaced(_ point: HookPoint) -> Bool {
    interventions.contains { intervention in
      guard intervention.sets(point), intervention.addend == nil else { return false }
      switch intervention.site {
      case .attentionBias, .finalNormBias, .unembeddingBias: return false
      default: return (intervention.position ?? position) == position
      }
    }
  }

  /// What was added at a hook point at that position; `nil` if nothing was.
  func added(_ point: HookPoint) -> Tensor? {
    var sum: [Float] = []
    for case let addend? in interventions.map({ intervention in
      intervention.sets(point) && (intervention.position ?? position) == position
        ? intervention.addend : nil
    }) {
      sum = sum.isEmpty ? addend.scaled : zip(sum, addend.scaled).map { $0 + $1 }
    }
    return sum.isEmpty ? nil : Tensor(shape: [sum.count], values: sum)
  }

  /// Whether a bias is left out at that position.
  func isWithout(_ bias: Site) -> Bool {
    interventions.contains {
      $0.site == bias && $0.kind == .zero && ($0.position ?? position) == position
    }
  }

  /// Whether the logits are sums of what the parts of the stream add, so that ``terms(of:)`` can tell them apart.
  public var hasTerms: Bool { transformer.configuration.architecture.logitCap == nil }

  /// The direction whose dot product with the last norm's result is the difference: W_U's column of the token, minus
  /// that of the other. `[D]`
  ///
  /// Where logits are capped at c, each column is multiplied by how much a change before the cap is one after it,
  /// `1 − (logit / c)²`.
  func direction(of contrast: Contrast) -> [Double] {
    let columns = transformer.weights.unembedding.columns
    let cap = transformer.configuration.architecture.logitCap.map { Double($0) }
    func column(_ token: Int) -> [Double] {
      let capped = cap.map { Double(logits[token]) / $0 } ?? 0
      return columns.slice(token).values.map { Double($0) * (1 - capped * capped) }
    }
    guard let against = contrast.against else { return column(contrast.token) }
    return zip(column(contrast.token), column(against)).map { $0 - $1 }
  }
}

extension ActivationRecorder {
  /// Keeps what the measures need: some points whole, else the position that is asked about.
  fileprivate init(at position: Int, _ configuration: Configuration, whole: Set<HookPoint>) {
    let row = Set(
      [.embed, .posEmbed, .scale(.final), .normalized(.final), .normOut(.final), .logits]
        + (0..<configuration.layerCount).flatMap { layer -> [HookPoint] in
          [
            .result(layer), .attnOut(layer), .mlpOut(layer), .residMid(layer), .mlpPost(layer),
            .residPost(layer),
          ]
        }
    )
    self.init(where: { whole.contains($0) || row.contains($0) }) { value, point in
      // Only the position that is asked about goes through the last norm.
      whole.contains(point) ? value : value.slice(value.shape[0] == 1 ? 0 : position)
    }
  }
}

extension Attribution {
  /// What is kept whole: what the way back reads.
  private static func whole(_ configuration: Configuration) -> Set<HookPoint> {
    let layers = configuration.layerCount
    let needed = StreamGradient.needed(layerCount: layers, configuration.architecture)
    return Set(needed + (0..<layers).flatMap { [.residPre($0), .z($0)] })
  }
}
