/// Why a run of a model gives nothing that can be shown.
public enum RunError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The weights are finite, but what was computed from them grew beyond what a float holds.
  case logitsNotFinite(model: String)

  /// One sentence that names the model.
  public var description: String {
    switch self {
    case .logitsNotFinite(let model): "\(model): the model's logits are not finite numbers"
    }
  }
}
