public import Tensors
public import Traces

/// Sets what comes by at some hook points: the hook that carries out interventions.
///
/// It knows at which position the rows come by, so that a run that goes on token by token is changed as
/// a run of the whole text would be.
public struct InterventionHook: Hook, Sendable {
  /// Where the text begins before what the model sees: how many of its tokens are forgotten.
  package var textStart = 0
  private var changes: [HookPoint: [Change]] = [:]
  private var firstPosition = 0

  /// What is done at one hook point.
  private struct Change: Sendable {
    /// Which of a position's numbers; all if not given.
    var part: Range<Int>?
    /// At which position; at all if not given.
    var position: Int?
    var action: Action

    enum Action: Sendable {
      case zero
      /// The means over the positions: the shape of the value without its axis of positions.
      case mean(Tensor)
      /// What stood there in another run.
      case value(Tensor)
      /// A vector is taken away that was added just before.
      case without(Tensor)
      /// A vector is added.
      case plus([Float])
    }
  }

  /// Makes a hook that changes nothing.
  public init() {}

  /// Makes a hook that puts in what stood at a hook point in another run of as many positions.
  ///
  /// - Parameters:
  ///   - value: What stood there.
  ///   - point: The hook point.
  ///   - part: Which of a position's numbers are put in; all if not given.
  ///   - position: At which position; at all if not given.
  package init(
    putting value: Tensor,
    at point: HookPoint,
    part: Range<Int>? = nil,
    position: Int? = nil
  ) {
    changes[point] = [Change(part: part, position: position, action: .value(value))]
  }

  /// Whether nothing is set.
  public var isIdle: Bool { changes.isEmpty }
  /// Whether something is set there.
  public func wants(_ point: HookPoint) -> Bool { changes[point] != nil }
  /// Whether something is set there.
  public func changes(_ point: HookPoint) -> Bool { changes[point] != nil }
  /// Notes where the rows stand that come.
  public mutating func begin(at position: Int) { firstPosition = textStart + position }

  /// Sets what is to be set.
  public func pass(_ value: Tensor, at point: HookPoint) -> Tensor {
    (changes[point] ?? []).reduce(value) { carryOut($1, on: $0, at: point) }
  }

  private func carryOut(_ change: Change, on value: Tensor, at point: HookPoint) -> Tensor {
    let axis = point.positionAxis ?? 0
    let outer = value.shape[..<axis].reduce(1, *)
    let (length, width) = (value.shape[axis], value.shape[(axis + 1)...].reduce(1, *))
    let rows =
      change.position.map { position in
        firstPosition..<firstPosition + length ~= position
          ? position - firstPosition..<position - firstPosition + 1 : 0..<0
      } ?? 0..<length
    guard !rows.isEmpty else { return value }
    let part = change.part ?? 0..<width
    return value.copied { target in
      for block in 0..<outer {
        for row in rows {
          let place = target + (block * length + row) * width
          switch change.action {
          case .zero:
            for i in part { place[i] = 0 }
          case .mean(let means):
            // A text may have grown beyond the one that the means of its rows are of.
            let known = means.count / max(1, outer)
            means.withValues { means in
              for i in part { place[i] = i < known ? means[block * known + i] : 0 }
            }
          case .value(let other):
            other.withValues { other in
              let start = (block * length + row) * width
              for i in part { place[i] = other[start + i] }
            }
          case .without(let vector):
            vector.withValues { vector in
              for i in part { place[i] -= vector[i] }
            }
          case .plus(let vector):
            for (i, number) in zip(part, vector) { place[i] += number }
          }
        }
      }
    }
  }
}

/// The hook of a run: what is set from outside, and then what is recorded, either of which may be nothing.
///
/// One type for all runs: a pass with hooks of its own would be one more copy of it in the page's program.
public typealias RunHook = HookChain<InterventionHook, ActivationRecorder>

extension RunHook {
  /// Makes the hook of a run that nobody records.
  public init(_ change: InterventionHook = InterventionHook()) {
    self.init(change, ActivationRecorder(recordingNothing: ()))
  }
}

extension InterventionHook {
  /// The hook that zeroes a gradient wherever this one sets a value: what is set does not follow from
  /// anything before it.
  ///
  /// Past what is only added to, a gradient goes as it is.
  ///
  /// - Parameter start: The hook point whose gradient is asked for; what was set there is what it is of.
  /// - Returns: The hook.
  package func blockingGradients(after start: HookPoint) -> InterventionHook {
    var blocking = self
    blocking.changes[start] = nil
    blocking.changes = blocking.changes.compactMapValues { list in
      let sets = list.compactMap { change -> Change? in
        switch change.action {
        case .without, .plus: return nil
        case .zero, .mean, .value: break
        }
        return Change(part: change.part, position: change.position, action: .zero)
      }
      return sets.isEmpty ? nil : sets
    }
    return blocking
  }

  /// The hook that also sets what a site adds to zero, at all positions.
  package func ablating(_ site: Site, in transformer: Transformer) -> InterventionHook {
    var hook = self
    hook.add(Intervention(site, .zero), transformer, means: [:])
    return hook
  }

  fileprivate mutating func add(
    _ intervention: Intervention,
    _ transformer: Transformer,
    means: [HookPoint: Tensor]
  ) {
    let (point, weights) = (intervention.site.point, transformer.weights)
    var change = Change(
      part: transformer.part(of: intervention.site),
      position: intervention.position,
      action: .zero
    )
    switch intervention.site {
    // What a model does not have cannot be taken away.
    case .attentionBias(let layer):
      guard let bias = weights.blocks[layer].attention.output.bias else { return }
      change.action = .without(bias)
    case .finalNormBias:
      guard let bias = weights.finalNorm.bias else { return }
      change.action = .without(bias)
    case .unembeddingBias: return
    case .head, .neuron, .embed, .posEmbed, .attention, .mlp, .hook: break
    }
    switch intervention.kind {
    case .zero: break
    case .mean:
      // A bias is its own mean.
      guard case .zero = change.action, let mean = means[point] else { return }
      change.action = .mean(mean)
    case .add(let vector): change.action = .plus(vector.scaled)
    }
    // What was added just before is taken away before anything is set there.
    if case .without = change.action {
      changes[point, default: []].insert(change, at: 0)
    } else {
      changes[point, default: []].append(change)
    }
  }
}

extension Transformer {
  /// The hook that carries out interventions on a prompt.
  ///
  /// - Parameters:
  ///   - interventions: What is to be set; their sites are the model's.
  ///   - tokens: The prompt, of which only the last tokens count if it is longer than the context window:
  ///     means are over its positions, in a run of it that nothing changes.
  /// - Returns: The hook.
  public func interventions(
    _ interventions: [Intervention],
    on tokens: [Int]
  ) -> InterventionHook {
    var hook = InterventionHook()
    let points = Set(interventions.filter { $0.kind == .mean }.map { $0.site.point })
    var means: [HookPoint: Tensor] = [:]
    if !points.isEmpty {
      var unchanged = HookChain(hook, ActivationRecorder { points.contains($0) })
      logits(for: Array(tokens.suffix(configuration.contextLength)), hook: &unchanged)
      for point in points {
        means[point] = unchanged.second.activations[point.name].map {
          $0.mean(overAxis: point.positionAxis ?? 0)
        }
      }
    }
    for intervention in interventions { hook.add(intervention, self, means: means) }
    return hook
  }
}

extension Tensor {
  /// The means over one axis, in the shape without it.
  fileprivate func mean(overAxis axis: Int) -> Tensor {
    let outer = shape[..<axis].reduce(1, *)
    let (length, width) = (shape[axis], shape[(axis + 1)...].reduce(1, *))
    return Tensor(shape: Array(shape[..<axis] + shape[(axis + 1)...])) { means in
      withValues { values in
        for block in 0..<outer {
          for i in 0..<width {
            var sum = 0.0
            for row in 0..<length { sum += Double(values[(block * length + row) * width + i]) }
            means[block * width + i] = Float(sum / Double(length))
          }
        }
      }
    }
  }
}

extension SiteReader {
  /// Reads sites of a model.
  public init(_ configuration: Configuration) {
    self.init(
      layers: configuration.layerCount,
      heads: configuration.headCount,
      neurons: configuration.dMLP
    )
  }
}
