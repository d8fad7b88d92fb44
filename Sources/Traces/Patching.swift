/// How much of one run's answer comes back when a part of it is put into another run.
public struct Patching: Sendable {
  /// What is put into the other run.
  public enum Part: String, Sendable, CaseIterable {
    /// The stream before a block, at one position.
    case residPre = "resid_pre"
    /// What the attention of a layer adds, at one position.
    case attnOut = "attn_out"
    /// What the MLP of a layer adds, at one position.
    case mlpOut = "mlp_out"
    /// A head's z, at all positions.
    case z

    /// The hook point at which it is put in.
    public func point(_ layer: Int) -> HookPoint {
      switch self {
      case .residPre: .residPre(layer)
      case .attnOut: .attnOut(layer)
      case .mlpOut: .mlpOut(layer)
      case .z: .z(layer)
      }
    }
  }

  /// What is put in.
  public var part: Part
  /// The token whose logit counts for the answer, and the one whose logit counts against it.
  public var token: TraceToken, against: TraceToken
  /// The difference of the logits, token minus against, in the run that is taken from, and in the other as it is.
  public var clean: Double, corrupted: Double
  /// The difference of the patched runs: a row for each layer, a column for each position, or for each head.
  public var grid: [[Double]]

  /// Takes what was measured.
  public init(
    _ part: Part,
    token: TraceToken,
    against: TraceToken,
    clean: Double,
    corrupted: Double,
    grid: [[Double]]
  ) {
    (self.part, self.token, self.against) = (part, token, against)
    (self.clean, self.corrupted, self.grid) = (clean, corrupted, grid)
  }
}
