import Tensors
import Traces

/// What is added to the sum of the heads before it leaves attention.
struct HeadSumFinding: Sendable {
  /// What a trace tells of it.
  enum Bias: Sendable {
    /// A bias: it was recorded, is said, or is what remains at every position alike.
    case added
    /// Nothing: that is said, or nothing remains.
    case nothing
    /// The trace does not tell.
    case unknown
  }

  /// Whether a bias is added.
  let bias: Bias
  /// The hook point of the sum: where a norm stands before the stream, what goes into it.
  let sum: HookPoint
  /// Whether a norm stands between the sum and the stream.
  let isNormed: Bool

  init(of trace: Trace, layer: Int) {
    let said = trace.model.architecture
    isNormed =
      said.normalizesAdditions == true || trace[.scale(.afterAttention(layer: layer))] != nil
    sum = isNormed ? .headsOut(layer) : .attnOut(layer)
    if trace[.attentionOutputBias(layer)] != nil {
      bias = .added
    } else {
      let shown = Self.shown(trace, layer, sum)
      bias = said.has("b_O").map { $0 ? .added : .nothing } ?? shown
    }
  }

  private static func shown(_ trace: Trace, _ layer: Int, _ hook: HookPoint) -> Bias {
    guard let result = trace.recorded(.result(layer)), let out = trace.recorded(hook) else {
      return .unknown
    }
    let positions = trace.sampledPositions(limit: 12)
    let unit = trace.unitRoundoff(.result(layer), hook)
    var (rests, slack): ([[Double]], Double) = ([], 1e-4)
    for position in positions {
      var rest = out.vector(position).map(Double.init)
      var sizes = rest.map(abs)
      for head in 0..<result.shape[1] {
        for (i, value) in result.vector(position, head).enumerated() {
          rest[i] -= Double(value)
          sizes[i] += Double(abs(value))
        }
      }
      slack = max(slack, (1e-4 + 2 * unit) * (sizes.max() ?? 0))
      rests.append(rest)
    }
    if rests.joined().allSatisfy({ abs($0) <= slack }) { return .nothing }
    let first = rests[0]
    let areAlike = rests.allSatisfy { zip($0, first).allSatisfy { abs($0 - $1) <= 2 * slack } }
    return rests.count > 1 && areAlike ? .added : .unknown
  }
}
