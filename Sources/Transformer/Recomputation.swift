import Tensors
public import Traces

/// What of a recorded run follows from the rest of it without a matrix: sums, norms, rotations, scores, patterns, activations.
///
/// A record that is to be small leaves it out, and whoever reads it computes it anew, by the functions of the forward pass.
///
/// - SeeAlso: Chen et al. 2016, *Training Deep Nets with Sublinear Memory Cost*, <https://arxiv.org/abs/1604.06174>, which
///   does so to save memory.
final class Recomputation {
  private(set) var trace: Trace
  /// The names of those tensors that were recorded just as they were computed here.
  private(set) var agreeing: Set<String> = []

  private var value: ([Tensor]) -> Tensor = { $0[0] }
  private let said: ArchitectureDescription
  private let rotation: Rotation?

  /// Computes what follows; what is recorded stays as it is.
  init(_ trace: Trace) {
    self.trace = trace
    said = trace.model.architecture
    rotation = said.rotary.map { Rotation(at: 0..<trace.tokens.count, speeds: $0.speeds) }
    let hasPlaces = trace[.posEmbed] != nil
    set(.residPre(0), of: hasPlaces ? [.embed, .posEmbed] : [.embed]) {
      $0.dropFirst().reduce($0[0]) { $0 + $1 }
    }
    for layer in 0..<trace.layerCount { block(layer) }
    norm(.final, of: .residPost(trace.layerCount - 1))
    set(.probabilities, of: [.logits]) { softmax($0[0]) }
  }

  private func block(_ layer: Int) {
    if layer > 0 { set(.residPre(layer), of: [.residPost(layer - 1)]) { $0[0] } }
    norm(.beforeAttention(layer: layer), of: .residPre(layer))
    let (isNormed, isRotated) = (trace[.qNormed(layer)] != nil, rotation != nil)
    if let rotation {
      set(.rotatedQ(layer), of: [isNormed ? .qNormed(layer) : .q(layer)]) { rotation($0[0]) }
      set(.rotatedK(layer), of: [isNormed ? .kNormed(layer) : .k(layer)]) { rotation($0[0]) }
    }
    let (q, k) =
      isRotated
      ? (HookPoint.rotatedQ(layer), HookPoint.rotatedK(layer))
      : isNormed ? (.qNormed(layer), .kNormed(layer)) : (.q(layer), .k(layer))
    if let rule = rule(layer) {
      set(.attnScoresUnmasked(layer), of: [q, k]) {
        attentionScores($0[0], Self.seen($0[1], $0[1]).keys, rule)
      }
      set(.attnScores(layer), of: [.attnScoresUnmasked(layer)]) {
        $0[0].maskingWhatLiesAhead(rule)
      }
    }
    set(.pattern(layer), of: [.attnScores(layer)]) { softmax($0[0]) }
    set(.z(layer), of: [.pattern(layer), .v(layer)]) {
      weightedSums(of: Self.seen($0[1], $0[1]).values, $0[0])
    }

    guard let isParallel = said.isParallel else { return }
    if !isParallel {
      set(.residMid(layer), of: [.residPre(layer), .attnOut(layer)]) { $0[0] + $0[1] }
    }
    norm(.beforeMLP(layer: layer), of: isParallel ? .residPre(layer) : .residMid(layer))
    if let activation = trace.model.activation.flatMap({ Activation(huggingFaceName: $0) }) {
      set(
        .mlpPost(layer),
        of: [.mlpPre(layer)] + (said.isGated == true ? [.mlpPreLinear(layer)] : [])
      ) { $0.count == 1 ? activation($0[0]) : activation($0[0]) * $0[1] }
    }
    set(
      .residPost(layer),
      of: isParallel
        ? [.residPre(layer), .attnOut(layer), .mlpOut(layer)] : [.residMid(layer), .mlpOut(layer)]
    ) { $0.dropFirst().reduce($0[0]) { $0 + $1 } }
  }

  /// As ``Transformer/Transformer/norm(_:_:_:_:)``.
  private func norm(_ site: NormSite, of input: HookPoint) {
    guard let epsilon = trace.model.epsilon, let kind = said.norm else { return }
    let takesMeanAway =
      site == .final && said.finalNormIsRootMeanSquare == true ? false : kind.takesMeanAway
    func centred(_ x: Tensor) -> Tensor { takesMeanAway ? x - x.rowMeans() : x }
    func scale(_ x: Tensor) -> PerRow {
      ((x * x).rowMeans() + Float(epsilon)).squareRoots()
    }
    set(.scale(site), of: [input]) { scale(centred($0[0])).values }
    set(.normalized(site), of: [input, .scale(site)]) { centred($0[0]) / PerRow(values: $0[1]) }
    guard let gain = trace[.gain(site)] else { return }
    let bias = trace[.bias(site)]
    set(.normOut(site), of: [.normalized(site)]) {
      let scaled = $0[0] * gain
      return bias.map { scaled + $0 } ?? scaled
    }
  }

  /// How scores are made in a layer, if the trace says all that decides it.
  private func rule(_ layer: Int) -> AttentionRule? {
    guard let dHead = trace.model.dHead, said.name != nil else { return nil }
    var divisor = said.scoreDivisor.map { Float($0) } ?? Float(dHead).squareRoot()
    if said.dividesScoresByLayer == true { divisor *= Float(layer + 1) }
    return AttentionRule(
      divisor: divisor,
      cap: said.scoreCap.map { Float($0) },
      window: said.window(ofLayer: layer)
    )
  }

  /// Keys and values as attention reads them, head by head.
  private static func seen(_ keys: Tensor, _ values: Tensor) -> KeyValueCache.Layer {
    var layer = KeyValueCache.Layer(headCount: keys.shape[1], dHead: keys.columns)
    layer.append(keys: keys, values: values)
    return layer
  }

  /// Computes the value at a hook point from those at others, if they are there and are of the same positions.
  private func set(
    _ point: HookPoint,
    of inputs: [HookPoint],
    _ value: @escaping ([Tensor]) -> Tensor
  ) {
    // In a variable, so that the page's program has one copy of this and not one for each value.
    self.value = value
    let given = inputs.compactMap { trace[$0] }
    guard given.count == inputs.count, zip(given, inputs).allSatisfy({ fits($0, at: $1) }) else {
      return
    }
    let recorded = trace[point]
    guard recorded == nil || fits(recorded, at: point) else { return }
    let computed = self.value(given)
    if let recorded {
      guard recorded.shape == computed.shape, recorded.values == computed.values else { return }
      agreeing.insert(point.name)
    } else {
      trace[point] = computed
    }
  }

  /// Whether a value is of all positions.
  private func fits(_ value: Tensor?, at point: HookPoint) -> Bool {
    guard let value, let axis = point.positionAxis, axis < value.shape.count else { return false }
    return value.shape[axis] == trace.tokens.count
  }
}

extension Trace {
  /// The trace with what follows from the rest of it, where it was left out.
  public var recomputed: Trace { Recomputation(self).trace }

  /// The trace without what follows from the rest of it to the last bit.
  public var withoutRecomputable: Trace {
    let agreeing = Recomputation(self).agreeing
    var part = self
    part.tensors = tensors.filter { !agreeing.contains($0.key) }
    return part
  }
}
