import Tensors

/// The length of each kind of axis, learned from the first tensor that has it and demanded of all others.
struct AxisSizes {
  let file: String
  /// A length that the axis of positions may have besides that of the prompt.
  let lastPositions: Int?
  private var sizes: [HookPoint.Axis: (length: Int, tensor: String)] = [:]

  init(file: String, lastPositions: Int?) {
    self.file = file
    self.lastPositions = lastPositions
  }

  private(set) var sawAnything = false

  /// Checks a tensor against its hook point and returns it without its batch axis.
  mutating func admit(_ tensor: Tensor, at hook: HookPoint) throws(TraceError) -> Tensor {
    var shape = tensor.shape
    if shape.count == hook.axes.count + 1, shape.first == 1 { shape.removeFirst() }
    guard shape.count == hook.axes.count else {
      throw failure(hook, expected: "\(hook.axes.map { $0.rawValue })", found: tensor.shape)
    }
    sawAnything = true
    for (axis, length) in zip(hook.axes, shape) {
      if axis == .position || axis == .query, length == lastPositions { continue }
      // Queries and keys both run over the positions.
      let kind = axis == .query || axis == .key ? .position : axis
      if let known = sizes[kind], known.length != length {
        throw failure(
          hook,
          expected: "\(axis.rawValue) = \(known.length) as in \(known.tensor)",
          found: tensor.shape
        )
      }
      guard length > 0, kind != .one || length == 1 else {
        throw failure(
          hook,
          expected: "\(hook.axes.map { $0.rawValue }), none empty",
          found: tensor.shape
        )
      }
      if sizes[kind] == nil { sizes[kind] = (length, hook.name) }
    }
    return tensor.reshaped(to: shape)
  }

  func check(tokens count: Int) throws(TraceError) {
    if let lastPositions, lastPositions >= count {
      throw .metadata(
        file: file,
        key: "last_positions",
        expected: "fewer than the prompt's \(count) tokens, not \(lastPositions)"
      )
    }
    if let known = sizes[.position], known.length != count {
      throw .metadata(
        file: file,
        key: "token_ids",
        expected: "\(known.length) ids, one a position of \(known.tensor), not \(count)"
      )
    }
  }

  /// Every head of keys and values serves as many attention heads as the others.
  func checkHeads() throws(TraceError) {
    guard let heads = sizes[.head], let shared = sizes[.keyValueHead],
      !heads.length.isMultiple(of: shared.length)
    else { return }
    throw .shape(
      file: file,
      tensor: shared.tensor,
      expected: "heads that divide the \(heads.length) of \(heads.tensor)",
      found: [shared.length]
    )
  }

  /// The description with the sizes the tensors show, which outrank those it claims.
  func complete(_ claimed: ModelDescription, layerCount: Int) -> ModelDescription {
    var model = claimed
    if layerCount > 0 { model.layerCount = max(layerCount, claimed.layerCount ?? 0) }
    model.headCount = sizes[.head]?.length ?? claimed.headCount
    if let shared = sizes[.keyValueHead]?.length, shared != model.headCount {
      model.architecture.keyValueHeadCount = shared
    }
    model.dModel = sizes[.dModel]?.length ?? claimed.dModel
    model.dHead = sizes[.dHead]?.length ?? claimed.dHead
    model.dMLP = sizes[.dMLP]?.length ?? claimed.dMLP
    model.dVocab = sizes[.dVocab]?.length ?? claimed.dVocab
    return model
  }

  private func failure(_ hook: HookPoint, expected: String, found: [Int]) -> TraceError {
    .shape(file: file, tensor: hook.name, expected: expected, found: found)
  }
}
