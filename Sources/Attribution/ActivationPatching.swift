import Platform
import Tensors
public import Traces
public import Transformer

/// Activation patching: the second prompt is run again and again, each time with one part of the first prompt's run.
///
/// - SeeAlso: Meng et al. 2022, <https://arxiv.org/abs/2202.05262>; Wang et al. 2022, <https://arxiv.org/abs/2211.00593>.
public struct ActivationPatching: Sendable {
  private let transformer: Transformer
  private let length: Int
  private let clean: [String: Tensor]
  private let corrupted: [String: Tensor]

  /// Runs both prompts.
  ///
  /// - Parameters:
  ///   - clean: The prompt that parts are taken of, T token ids.
  ///   - corrupted: The prompt that they are put into, as many.
  ///   - transformer: The model.
  public init(of clean: [Int], into corrupted: [Int], by transformer: Transformer) {
    precondition(clean.count == corrupted.count, "\(clean.count) and \(corrupted.count) tokens")
    self.transformer = transformer
    length = clean.count
    let points = Set(
      (0..<transformer.configuration.layerCount).flatMap { layer in
        Patching.Part.allCases.map { $0.point(layer) }
      }
    )
    func run(_ tokens: [Int]) -> [String: Tensor] {
      var hook = HookChain(InterventionHook(), ActivationRecorder { points.contains($0) })
      transformer.logits(for: tokens, hook: &hook)
      return hook.second.activations
    }
    (self.clean, self.corrupted) = (run(clean), run(corrupted))
  }

  /// The difference of the logits at the last position in each patched run.
  ///
  /// - Parameters:
  ///   - part: What is put in.
  ///   - contrast: The token, and the one that it is compared with.
  /// - Returns: A row for each layer; a column for each position, or for each head.
  public func grid(_ part: Patching.Part, _ contrast: Contrast) -> [[Double]] {
    let configuration = transformer.configuration
    let columns = part == .z ? configuration.headCount : length
    let width = configuration.dHead
    return (0..<configuration.layerCount).map { layer in
      Cores.map(count: columns) { column in
        let point = part.point(layer)
        guard let value = clean[point.name],
          let stream = corrupted[HookPoint.residPre(layer).name]
        else { return .nan }
        var hook = RunHook(
          part == .z
            ? InterventionHook(
              putting: value,
              at: point,
              part: column * width..<(column + 1) * width
            ) : InterventionHook(putting: value, at: point, position: column)
        )
        hook.begin(at: 0)
        var cache = KeyValueCache(for: configuration)
        let patched = transformer.stream(
          stream,
          through: layer..<configuration.layerCount,
          after: &cache,
          &hook
        )
        let logits = transformer.logits(
          of: patched.rows(length - 1..<length),
          from: length - 1,
          &hook
        )
        return Attribution.difference(of: contrast, in: logits.slice(0))
      }
    }
  }
}
