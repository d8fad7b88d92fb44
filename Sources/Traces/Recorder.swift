public import Tensors

/// Watches a forward pass and keeps what it wants to keep.
///
/// The pass offers each intermediate as it comes by. What nobody wants is never computed for the recorder's sake.
public protocol Recorder {
  /// Whether the value at this hook point should be recorded.
  func wants(_ hook: HookPoint) -> Bool

  /// Keeps the value at this hook point. Called only if it is wanted.
  mutating func keep(_ value: Tensor, at hook: HookPoint)
}

extension Recorder {
  /// Offers the value at a hook point; it is computed only if the recorder wants it.
  public mutating func see(_ hook: HookPoint, _ value: @autoclosure () -> Tensor) {
    if wants(hook) { keep(value(), at: hook) }
  }
}

/// Records nothing.
public struct NoRecorder: Recorder {
  /// Makes a recorder that wants nothing.
  public init() {}
  /// Always false.
  public func wants(_ hook: HookPoint) -> Bool { false }
  /// Does nothing.
  public mutating func keep(_ value: Tensor, at hook: HookPoint) {}
}

/// Records the hook points that a choice of names admits, in memory.
public struct ActivationRecorder: Recorder {
  /// What was recorded, by the hook point's name.
  public private(set) var activations: [String: Tensor] = [:]
  private let isWanted: @Sendable (HookPoint) -> Bool

  /// Makes a recorder.
  ///
  /// - Parameter isWanted: Says of each hook point whether to record it; everything by default.
  public init(where isWanted: @escaping @Sendable (HookPoint) -> Bool = { _ in true }) {
    self.isWanted = isWanted
  }

  /// Whether the choice admits the hook point.
  public func wants(_ hook: HookPoint) -> Bool { isWanted(hook) }

  /// Keeps the value; tensors share their storage, so nothing is copied.
  public mutating func keep(_ value: Tensor, at hook: HookPoint) {
    activations[hook.name] = value
  }
}
