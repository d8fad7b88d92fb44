import Tensors

extension Trace {
  /// The numbers of a name that expressions use, as far as the trace holds them.
  ///
  /// Its tensors; `token_ids`; `eps`, `d_head`, `parameters`; `rotary.speed[i]`, radians a position; what sampling did, as `continuation.draw[n]`, `.low`, `.high`,
  /// `.token_id` and `continuation.probability[n,rank]`, `.candidate`; `training_counts.counts[p]` and
  /// `.tokens`.
  ///
  /// Positions are counted from the prompt's first, also of a tensor that holds the last ones alone.
  public func numbers(named name: String) -> Numbers? {
    if let tensor = tensors[name] {
      var starts = tensor.shape.map { _ in 0 }
      if lastPositions != nil, let axis = positionAxis(of: name), axis < starts.count {
        starts[axis] = firstPosition(rows: tensor.shape[axis])
      }
      return Numbers(tensor, starts: starts)
    }
    switch name {
    case "token_ids": return Numbers(tokens.map { Double($0.id) }, shape: [tokens.count])
    case "eps": return model.epsilon.map { Numbers([$0], shape: []) }
    case "parameters": return parameters.map { Numbers([Double($0.parameters)], shape: []) }
    case "training_counts.counts":
      return trainingCounts.map { known in
        Numbers(known.counts.map { Double($0) }, shape: [known.counts.count])
      }
    case "training_counts.tokens":
      return trainingCounts.map { Numbers([Double($0.total)], shape: []) }
    case "rotary.speed":
      guard let rotary = model.architecture.rotary, let width = model.dHead,
        rotary.dimensions <= width
      else { return nil }
      // Of each of a head's numbers: both of a pair have one, and the rest have none.
      let speeds = rotary.speeds
      let rest = Array(repeating: 0.0, count: width - rotary.dimensions)
      return Numbers(speeds + speeds + rest, shape: [width])
    case "d_head": return model.dHead.map { Numbers([Double($0)], shape: []) }
    default:
      // The short names are TransformerLens's own.
      if let long = Self.longNames[name] { return numbers(named: long) }
      return name.hasPrefix("continuation.") ? drawn(String(name.dropFirst(13))) : nil
    }
  }

  /// What TransformerLens calls the matrices for short.
  public static let longNames = [
    "W_E": "embed.W_E", "W_pos": "pos_embed.W_pos", "W_U": "unembed.W_U",
  ]

  /// Which axis of a tensor runs over positions.
  private func positionAxis(of name: String) -> Int? {
    if let fact = Fact.ofPositions.first(where: { $0.name == name }) { return fact.positionAxis }
    return HookPoint.named(name)?.positionAxis
  }

  private func drawn(_ what: String) -> Numbers? {
    guard let continuation else { return nil }
    let steps = continuation.steps
    switch what {
    case "draw": return Numbers(steps.map { $0.draw }, shape: [steps.count])
    case "low": return Numbers(steps.map { $0.low }, shape: [steps.count])
    case "high": return Numbers(steps.map { $0.high }, shape: [steps.count])
    case "token_id": return Numbers(steps.map { Double($0.tokenID) }, shape: [steps.count])
    case "temperature": return Numbers([continuation.temperature], shape: [])
    case "probability", "candidate":
      let count = steps.map { $0.candidates.count }.min() ?? 0
      let values = steps.flatMap { step in
        step.candidates.prefix(count).map {
          what == "candidate" ? Double($0.tokenID) : $0.probability
        }
      }
      return Numbers(values, shape: [steps.count, count])
    default: return nil
    }
  }
}

extension HookPoint {
  /// The hook point of a name, if there is one.
  public static func named(_ name: String) -> HookPoint? {
    let parts = name.split(separator: ".", maxSplits: 2)
    guard parts.first == "blocks" else {
      return readable(layerCount: 0).first { $0.name == name }
    }
    guard parts.count == 3, let layer = Int(parts[1]), 0..<Trace.maximumLayerCount ~= layer else {
      return nil
    }
    return readable(layerCount: layer + 1, from: layer).first { $0.name == name }
  }
}
