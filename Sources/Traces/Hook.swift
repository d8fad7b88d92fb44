public import Tensors

/// Stands at the hook points of a forward pass: it is handed each value as it comes by, and hands back
/// the one that the pass goes on with.
///
/// The pass says `q = hook(.q(layer), q)`. A hook that returns what it was given watches; one that returns
/// something else changes the run.
public protocol Hook {
  /// Whether there is nothing attached: then a pass does not even ask.
  var isIdle: Bool { get }

  /// Whether the value at this hook point should be handed over.
  func wants(_ point: HookPoint) -> Bool

  /// Whether the value at this hook point may come back changed.
  ///
  /// What a run does not need in order to go on, such as what each head writes, is on its path only then.
  func changes(_ point: HookPoint) -> Bool

  /// Is told, before the first value of a pass, the position of the rows that come.
  ///
  /// - Parameter position: The position of the first row, counted from the beginning of what the model sees.
  mutating func begin(at position: Int)

  /// Takes the value at a hook point and gives back the one to go on with, of the same shape.
  ///
  /// Called only if the value is wanted.
  mutating func pass(_ value: Tensor, at point: HookPoint) -> Tensor
}

extension Hook {
  /// Something is attached, unless a hook says otherwise.
  public var isIdle: Bool { false }
  /// Nothing is changed, unless a hook says otherwise.
  public func changes(_ point: HookPoint) -> Bool { false }
  /// Positions are of no concern, unless a hook says otherwise.
  public mutating func begin(at position: Int) {}

  /// The value to go on with at a hook point.
  public mutating func callAsFunction(
    _ point: @autoclosure () -> HookPoint,
    _ value: Tensor
  ) -> Tensor {
    if isIdle { return value }
    let point = point()
    return wants(point) ? pass(value, at: point) : value
  }

  /// Shows a value that the run does not need; it is computed only if it is wanted.
  public mutating func see(
    _ point: @autoclosure () -> HookPoint,
    _ value: @autoclosure () -> Tensor
  ) {
    if isIdle { return }
    let point = point()
    if wants(point) { _ = pass(value(), at: point) }
  }
}

/// A hook that only watches, and keeps what it wants to keep.
public protocol Recorder: Hook {
  /// Keeps the value at this hook point. Called only if it is wanted.
  mutating func keep(_ value: Tensor, at hook: HookPoint)
}

extension Recorder {
  /// Keeps the value, and gives it back as it is.
  public mutating func pass(_ value: Tensor, at point: HookPoint) -> Tensor {
    keep(value, at: point)
    return value
  }
}

/// Records nothing.
public struct NoRecorder: Recorder {
  /// Gives it an address of its own.
  ///
  /// An empty value's is whatever happens to be there, and the thread sanitizer, which is told of every `inout`, then takes
  /// two of them for one (<https://github.com/swiftlang/swift/pull/35579>).
  private var place: UInt8 = 0

  /// Makes a recorder that wants nothing.
  public init() {}
  /// Always true.
  public var isIdle: Bool { true }
  /// Always false.
  public func wants(_ hook: HookPoint) -> Bool { false }
  /// Does nothing.
  public mutating func keep(_ value: Tensor, at hook: HookPoint) {}
}

/// Records the hook points that a choice of names admits, in memory.
///
/// There is one recorder for all that is kept of a run: each other one would be one more copy of the whole pass in the page's
/// program.
public struct ActivationRecorder: Recorder, Sendable {
  /// What was recorded, by the hook point's name.
  public private(set) var activations: [String: Tensor] = [:]
  /// Whether it wants nothing whatever comes.
  public let isIdle: Bool
  private let isWanted: @Sendable (HookPoint) -> Bool
  private let kept: @Sendable (_ value: Tensor, HookPoint) -> Tensor

  /// Makes a recorder.
  ///
  /// - Parameters:
  ///   - isWanted: Says of each hook point whether to record it; everything by default.
  ///   - kept: What to keep of a value; all of it by default.
  public init(
    where isWanted: @escaping @Sendable (HookPoint) -> Bool = { _ in true },
    keeping kept: @escaping @Sendable (_ value: Tensor, HookPoint) -> Tensor = { value, _ in value }
  ) {
    (self.isWanted, self.kept, isIdle) = (isWanted, kept, false)
  }

  /// Makes a recorder that wants nothing.
  public init(recordingNothing: Void) {
    (isWanted, kept, isIdle) = ({ _ in false }, { value, _ in value }, true)
  }

  /// Whether the choice admits the hook point.
  public func wants(_ hook: HookPoint) -> Bool { isWanted(hook) }

  /// Keeps the value, or a part of it; tensors share their storage, so that a whole one is not copied.
  public mutating func keep(_ value: Tensor, at hook: HookPoint) {
    activations[hook.name] = kept(value, hook)
  }
}

/// Two hooks, one after the other: the second is handed what the first gives back.
public struct HookChain<First: Hook, Second: Hook>: Hook {
  /// The hook that comes first.
  public var first: First
  /// The hook that comes second.
  public var second: Second

  /// Puts one hook after another.
  public init(_ first: First, _ second: Second) { (self.first, self.second) = (first, second) }

  /// Whether nothing is attached to either.
  public var isIdle: Bool { first.isIdle && second.isIdle }
  /// Whether one of them wants the value.
  public func wants(_ point: HookPoint) -> Bool { first.wants(point) || second.wants(point) }
  /// Whether one of them may change it.
  public func changes(_ point: HookPoint) -> Bool {
    first.changes(point) || second.changes(point)
  }

  /// Tells both.
  public mutating func begin(at position: Int) {
    first.begin(at: position)
    second.begin(at: position)
  }

  /// Passes the value through both.
  public mutating func pass(_ value: Tensor, at point: HookPoint) -> Tensor {
    let value = first.wants(point) ? first.pass(value, at: point) : value
    return second.wants(point) ? second.pass(value, at: point) : value
  }
}

extension HookChain: Sendable where First: Sendable, Second: Sendable {}
