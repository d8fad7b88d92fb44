import Tensors
import Traces

/// What a trace tells of its model's equations: what its metadata says, and what its hook points and numbers show.
///
/// What is neither said nor shown stays unknown, and no equation is written for it.
struct Architecture: Sendable {
  /// What the metadata says.
  let said: ArchitectureDescription
  /// The norms, as far as they are known.
  private let norms: [(site: NormSite, finding: NormFinding)]
  /// Layer by layer: how scores come about, what the MLP's function is, what is added to the heads, what the MLP reads.
  let scores: [ScoreFinding]
  let activations: [ActivationFinding]
  let headSums: [HeadSumFinding]
  let mlpInputs: [MLPInput]
  /// Whether the stream begins as the embeddings, with nothing added.
  let beginsAsEmbedding: Bool
  /// Whether a learned row for each place is added to the embeddings; `nil` if that is not known.
  let addsPositions: Bool?
  /// Whether queries and keys are rotated by their positions.
  let rotates: Bool
  /// How many attention heads share a head of keys and values.
  let headsPerKey: Int
  /// How logits come about, if that is known.
  let logits: LogitRule?

  /// What an MLP reads.
  enum MLPInput: Sendable { case afterAttention, besideAttention, unknown }

  /// How the final vector becomes logits.
  enum LogitRule: Sendable {
    /// One dot product a token; with a bias, or with none.
    case product(hasBias: Bool)
    /// c · tanh(product / c).
    case capped(Double)
  }

  init(_ trace: Trace) {
    let said = trace.model.architecture
    let layers = 0..<trace.layerCount
    let inputs = layers.map { MLPInput(of: trace, layer: $0) }
    var norms: [(site: NormSite, finding: NormFinding)] = []
    func find(_ site: NormSite, input: HookPoint) {
      norms.append((site, NormFinding(of: trace, site, input: input)))
    }
    for layer in layers {
      let stream = inputs[layer] == .afterAttention ? HookPoint.residMid(layer) : .residPre(layer)
      find(.beforeAttention(layer: layer), input: .residPre(layer))
      find(.beforeMLP(layer: layer), input: stream)
    }
    find(.final, input: .residPost(max(0, trace.layerCount - 1)))
    self.said = said
    self.norms = norms
    mlpInputs = inputs
    scores = layers.map { ScoreFinding(of: trace, layer: $0) }
    activations = layers.map { ActivationFinding(of: trace, layer: $0) }
    headSums = layers.map { HeadSumFinding(of: trace, layer: $0) }
    rotates =
      said.positions == .rotary || layers.contains { trace[.rotatedQ($0)] != nil }
    beginsAsEmbedding = Self.areEqual(trace[.embed], trace[.residPre(0)])
    addsPositions =
      trace[.posEmbed] != nil || said.positions == .learned
      ? true : said.positions != nil || beginsAsEmbedding ? false : nil
    headsPerKey = Self.headsPerKey(trace)
    logits = Self.logitRule(trace)
  }

  /// What is known of a norm.
  func norm(_ site: NormSite) -> NormFinding {
    norms.first { $0.site == site }?.finding ?? NormFinding()
  }

  /// Whether a matrix has a bias, by its name; `nil` if the trace does not tell.
  func has(_ bias: String) -> Bool? { said.has(bias) }

  /// Whether all of these have a bias, or none has; `nil` if that is not known of one of them, or differs.
  func have(_ biases: [String]) -> Bool? {
    guard let first = biases.first.map({ said.has($0) }) else { return nil }
    return biases.allSatisfy { said.has($0) == first } ? first : nil
  }

  // MARK: - What numbers show

  private static func headsPerKey(_ trace: Trace) -> Int {
    let shared = trace.model.architecture.keyValueHeadCount ?? 0
    guard let heads = trace.model.headCount, shared > 0, heads.isMultiple(of: shared) else {
      return 1
    }
    return heads / shared
  }

  private static func areEqual(_ a: Tensor?, _ b: Tensor?) -> Bool {
    guard let a, let b, a.shape == b.shape else { return false }
    return a.values == b.values
  }

  /// What the recorded columns of W_U show, else what is said.
  private static func logitRule(_ trace: Trace) -> LogitRule? {
    let said = trace.model.architecture
    if let cap = said.logitCap { return .capped(cap) }
    if trace[.uncappedLogits] != nil { return nil }
    if productsAreLogits(trace) { return .product(hasBias: false) }
    return said.biases.map { .product(hasBias: $0.contains("b_U")) }
  }

  /// Whether the dot products of the final vectors with the recorded columns of W_U are the logits.
  private static func productsAreLogits(_ trace: Trace) -> Bool {
    // All of them hold the same positions, or the last ones of them.
    guard let columns = trace[.unembedColumn], let ids = trace[.unembedID],
      let final = trace[.normOut(.final)]?.last(ids.shape[0], alongAxis: 0),
      let logits = trace[.logits]?.last(ids.shape[0], alongAxis: 0),
      final.shape[0] == ids.shape[0], logits.shape[0] == ids.shape[0],
      columns.shape.count == 3, columns.columns == final.columns
    else { return false }
    for position in 0..<ids.shape[0] {
      for rank in 0..<ids.columns {
        let id = Int(ids[position, rank])
        guard 0..<logits.columns ~= id else { return false }
        let terms = zip(final.slice(position).values, columns.slice(position, rank).values)
        let (sum, size) = terms.reduce((0.0, 0.0)) { total, term in
          let product = Double(term.0) * Double(term.1)
          return (total.0 + product, total.1 + abs(product))
        }
        let unit = trace.unitRoundoff(.normOut(.final), .logits)
        let allowed = 1e-4 * max(1, size) + 4 * unit * size
        guard abs(sum - Double(logits[position, id])) <= allowed else { return false }
      }
    }
    return true
  }
}

extension Architecture.MLPInput {
  /// What is said, what was recorded, or which stream the norm's result comes from.
  init(of trace: Trace, layer: Int) {
    if let isParallel = trace.model.architecture.isParallel {
      self = isParallel ? .besideAttention : .afterAttention
    } else if trace[.residMid(layer)] != nil {
      self = .afterAttention
    } else {
      let beside = NormFinding(of: trace, .beforeMLP(layer: layer), input: .residPre(layer))
      self = beside.wasReproduced ? .besideAttention : .unknown
    }
  }
}

extension Trace {
  /// The largest relative error with which the file stores what was recorded at these hook points.
  func unitRoundoff(_ hooks: HookPoint...) -> Double {
    hooks.map { (coarseTypes[$0.name] ?? .float32).unitRoundoff }.max() ?? 0
  }

  /// At most so many of the positions that were recorded, evenly spread, the last among them.
  func sampledPositions(limit: Int) -> [Int] {
    let (first, count) = (recordedPositions.lowerBound, recordedPositions.count)
    return count <= limit
      ? Array(recordedPositions) : (1...limit).map { first + $0 * count / limit - 1 }
  }

  /// The value at a hook point, to be asked for by position whichever positions were recorded.
  func recorded(_ hook: HookPoint) -> Recorded? {
    self[hook].map {
      Recorded(name: hook.name, tensor: $0, positionAxis: hook.positionAxis, in: self)
    }
  }
}
