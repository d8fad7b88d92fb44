import Platform
package import Tensors

/// What a page's trace keeps of a run whose full record would be too large.
///
/// Of every layer the small tensors are kept, and of a few layers, the one opened up first among them, the insides too;
/// of most tensors only the last positions, as many as there is room for. Those can be followed on the page.
public struct TraceExcerpt: Sendable, Equatable {
  /// The bytes that a page's trace may take; a run that takes no more is kept whole.
  public static let budget = 80_000_000

  /// How many of the last positions are kept.
  public let positions: Int
  /// How many layers' insides are kept.
  public let layers: Int

  /// At most so many positions are kept, and if possible not fewer than these.
  private static let (mostPositions, fewestPositions) = (256, 24)

  /// Plans what is kept; `nil` if everything may be, or if the sizes are not known.
  ///
  /// - Parameters:
  ///   - model: The model's sizes.
  ///   - length: The number of the prompt's tokens, T.
  ///   - budget: The bytes it may take.
  public init?(of model: ModelDescription, length: Int, budget: Int = Self.budget) {
    guard let l = model.layerCount, let h = model.headCount, let d = model.dModel,
      let f = model.dMLP, let v = model.dVocab, length > 0
    else { return nil }
    // Numbers a position has: in all layers, in a layer that is opened up, and in all positions whatever is kept.
    let facts = 8 * d
    let common = 2 * v + l * (3 * d + h * length) + facts
    let hasGate = model.architecture.isGated == true
    let isRotated = model.architecture.positions == .rotary
    let opened = 2 * h * length + (h + 5) * d + (hasGate ? 3 : 2) * f
    let whole = length * 4 * d
    let wholeOfOpened = length * (isRotated ? 6 : 4) * d
    let all = length * (common + l * (opened + 4 * d) + 4 * d)
    guard all > budget / 4 else { return nil }
    let room = budget / 4 - whole - wholeOfOpened
    let fitting = max(0, room) / (common + opened)
    positions = min(length, Self.mostPositions, max(Self.fewestPositions, fitting))
    let left = budget / 4 - whole - positions * common
    layers = min(l, max(1, left / (wholeOfOpened + positions * opened)))
  }

  /// The layers whose insides are kept if one of them is opened up first: those nearest to it.
  public func layers(around layer: Int, of count: Int) -> Set<Int> {
    Set((0..<count).rising { Double(abs($0 - layer)) }.prefix(layers))
  }
}

extension TraceExcerpt {
  /// What is kept of a tensor: every position, the last ones, or nothing.
  package enum Part {
    case whole, lastPositions, nothing
  }

  package static func part(
    of hook: HookPoint,
    in layer: Int?,
    isOpened: Bool,
    layerCount: Int
  ) -> Part {
    if hook.axes.contains(.one) { return .whole }
    guard let layer else {
      return [.embed, .posEmbed].contains(hook) ? .whole : .lastPositions
    }
    // The stream as it begins and as it ends is looked at in all positions.
    if [.residPre(0), .residPost(layerCount - 1)].contains(hook) { return .whole }
    let ofEveryLayer: [HookPoint] = [
      .residPost(layer), .attnOut(layer), .mlpOut(layer), .pattern(layer),
    ]
    if ofEveryLayer.contains(hook) { return .lastPositions }
    guard isOpened else { return .nothing }
    // Any position may be looked at by those that follow it.
    let looked: [HookPoint] = [
      .q(layer), .k(layer), .v(layer), .z(layer), .qNormed(layer), .kNormed(layer),
      .rotatedQ(layer), .rotatedK(layer),
    ]
    return looked.contains(hook) ? .whole : .lastPositions
  }
}

extension Trace {
  /// The bytes of all tensors.
  public var byteCount: Int {
    tensors.values.reduce(0) { $0 + $1.count * MemoryLayout<Float>.size }
  }

  /// The part of the trace that a page shows, if the whole is too large for it, or has a large vocabulary.
  ///
  /// - Parameters:
  ///   - layer: The layer that is opened up first.
  ///   - budget: The bytes it may take.
  /// - Returns: The part; the whole trace if that is small enough.
  public func excerpt(opening layer: Int, budget: Int = TraceExcerpt.budget) -> Trace {
    guard byteCount > budget,
      let plan = TraceExcerpt(of: model, length: tokens.count, budget: budget)
    else { return withoutUnshownVocabulary() }
    return excerpt(plan, opening: plan.layers(around: layer, of: layerCount))
      .withoutUnshownVocabulary()
  }

  /// The part of the trace that a plan keeps.
  package func excerpt(_ plan: TraceExcerpt, opening layers: Set<Int>) -> Trace {
    var excerpt = self
    let rows = min(plan.positions, recordedPositions.count)
    excerpt.lastPositions = rows < tokens.count ? rows : nil
    for (hook, layer) in HookPoint.placed(layerCount: layerCount) {
      guard let tensor = self[hook] else { continue }
      let isOpened = layer.map(layers.contains) ?? false
      switch TraceExcerpt.part(
        of: hook,
        in: layer,
        isOpened: isOpened,
        layerCount: layerCount
      ) {
      case .whole: break
      case .nothing: excerpt[hook] = nil
      case .lastPositions: excerpt[hook] = tensor.last(rows, alongAxis: hook.positionAxis)
      }
    }
    for fact in Fact.ofPositions {
      excerpt[fact] = self[fact].map { $0.last(rows, alongAxis: fact.positionAxis) }
    }
    return excerpt
  }
}

extension HookPoint {
  /// Every hook point, each with the block it belongs to, in the order of the forward pass.
  package static func placed(layerCount: Int) -> [(hook: HookPoint, layer: Int?)] {
    let ends = readable(layerCount: 0)
    let known = Set(ends)
    let ofBlocks = (0..<layerCount).flatMap { layer in
      readable(layerCount: layer + 1, from: layer).filter { !known.contains($0) }
        .map { (hook: $0, layer: Optional(layer)) }
    }
    return ends.map { (hook: $0, layer: nil) } + ofBlocks
  }
}

extension Tensor {
  /// The last entries along an axis, the first or the second; all of them if there are no more.
  package func last(_ count: Int, alongAxis axis: Int?) -> Tensor {
    guard let axis, axis < shape.count, shape[axis] > count else { return self }
    let (length, width) = (shape[axis], shape[(axis + 1)...].reduce(1, *))
    let outer = shape[..<axis].reduce(1, *)
    var shape = shape
    shape[axis] = count
    return Tensor(shape: shape) { target in
      withValues { values in
        for block in 0..<outer {
          let start = (block * length + length - count) * width
          let place = block * count * width
          for i in 0..<count * width { target[place + i] = values[start + i] }
        }
      }
    }
  }
}
