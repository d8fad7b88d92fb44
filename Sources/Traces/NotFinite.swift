public import Tensors

/// The numbers of a trace that are none: NaN, or infinite.
public struct NotFinite: Sendable, Equatable {
  /// How many are NaN, and how many infinite.
  public var nan = 0, infinite = 0
  /// In how many tensors.
  public var tensors = 0
  /// The tensor of the first of them, in the order of the forward pass.
  public var tensor = ""
  /// The indices of the first of them.
  public var index: [Int] = []

  /// How many there are.
  public var count: Int { nan + infinite }
  /// Where the first stands: `blocks.0.hook_resid_mid[2,0]`.
  public var place: String { "\(tensor)[\(index.map(String.init).joined(separator: ","))]" }

  /// Looks through tensors; `nil` if all their numbers are finite.
  ///
  /// The −∞ of masked scores is what it should be.
  ///
  /// - Parameter tensors: The tensors with their names, in the order in which the first is looked for.
  public init?(in tensors: some Sequence<(name: String, tensor: Tensor)>) {
    for (name, tensor) in tensors {
      let isMasked = name.hasSuffix("attn.hook_attn_scores")
      guard let found = tensor.withValues({ Self.count($0, allowsMinusInfinity: isMasked) }) else {
        continue
      }
      if self.tensors == 0 {
        self.tensor = name
        index = tensor.indices(of: found.first)
      }
      self.tensors += 1
      nan += found.nan
      infinite += found.infinite
    }
    if self.tensors == 0 { return nil }
  }

  private static func count(
    _ values: UnsafeBufferPointer<Float>,
    allowsMinusInfinity: Bool
  ) -> (first: Int, nan: Int, infinite: Int)? {
    var (nan, above, below) = (0, 0, 0)
    for value in values {
      nan &+= value != value ? 1 : 0
      above &+= value == .infinity ? 1 : 0
      below &+= value == -.infinity ? 1 : 0
    }
    let infinite = above + (allowsMinusInfinity ? 0 : below)
    guard nan + infinite > 0 else { return nil }
    let first = values.firstIndex { value in
      !value.isFinite && !(allowsMinusInfinity && value == -.infinity)
    }
    return (first ?? 0, nan, infinite)
  }
}

extension Trace {
  /// The numbers of the trace that are NaN or infinite, other than the −∞ of masked scores; `nil` if there is none.
  public var notFinite: NotFinite? { NotFinite(in: orderedTensors) }
}

extension Tensor {
  /// The indices of the element that stands so far from the first, in row-major order.
  fileprivate func indices(of offset: Int) -> [Int] {
    var rest = offset
    return Array(
      shape.reversed().map { length in
        defer { rest /= max(1, length) }
        return rest % max(1, length)
      }.reversed()
    )
  }
}
