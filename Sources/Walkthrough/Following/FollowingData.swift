import Graphics
import Tensors
import Traces

// The recorded numbers that a page carries.

extension Following {
  /// The numbers from which the page's script draws and computes, open layer or not.
  public var tensors: [CarriedTensor] {
    [strips(.embed), strips(.posEmbed), logits].compactMap { $0 } + patternLayers.map(pattern)
      + layers.flatMap(details)
  }

  /// The patterns of a layer: for each head and each position that can be followed, the shares up to itself.
  private func pattern(of layer: Int) -> CarriedTensor {
    let recorded = trace[.pattern(layer)]
    var values: [Float] = []
    for head in 0..<headCount {
      for query in positions {
        let row = recorded?.slice(head, query - self.recorded)
        row?.withValues { values += $0.prefix(query + 1) }
      }
    }
    return CarriedTensor(
      name: HookPoint.pattern(layer).name,
      shape: [headCount, values.count / max(1, headCount)],
      values: values,
      precision: .decimals(4)
    )
  }

  /// Queries and keys as recorded, for scores are computed from them; values and sums to be shown; strips to be drawn.
  private func details(of layer: Int) -> [CarriedTensor] {
    var tensors = [
      carried(.q(layer), from: positions.lowerBound, .exact),
      carried(.k(layer), .exact),
      carried(.v(layer), .shown(digits: 2)),
      carried(.z(layer), from: positions.lowerBound, .shown(digits: 2)),
    ]
    if !scoresAreProducts {
      let scores =
        trace[.attnScoresUnmasked(layer)] == nil
        ? HookPoint.attnScores(layer) : .attnScoresUnmasked(layer)
      tensors.append(carried(scores, .exact))
    }
    // The stream after each half is the sum of what stands before it.
    for hook in [HookPoint.residPre(layer), .attnOut(layer), .mlpOut(layer)] {
      tensors.append(strips(hook))
    }
    tensors.append(strips(.mlpPre(layer), in: layer) { $0.highestNeuron($1) })
    tensors.append(strips(.mlpPost(layer), in: layer) { $0.strongestNeuron($1) })
    return tensors.compactMap { $0 }
  }

  private func carried(
    _ hook: HookPoint,
    from first: Int = 0,
    _ precision: CarriedTensor.Precision
  ) -> CarriedTensor? {
    guard let tensor = trace[hook] else { return nil }
    let values = tensor.values
    let row = values.count / max(1, tensor.shape.first ?? 1)
    return CarriedTensor(
      name: hook.name,
      shape: [(tensor.shape.first ?? 1) - first] + tensor.shape.dropFirst(),
      values: Array(values.dropFirst(first * row)),
      precision: precision
    )
  }

  /// The numbers of each position's vector that a strip draws: the first ones, or those around the one it marks.
  private func strips(
    _ hook: HookPoint,
    in layer: Int? = nil,
    marking marked: ((Story, Recorded) -> Int?)? = nil
  ) -> CarriedTensor? {
    guard let tensor = trace[hook] else { return nil }
    let recorded = Recorded(
      name: hook.name,
      tensor: tensor,
      positionAxis: hook.positionAxis,
      in: trace
    )
    let firstRow = trace.firstPosition(rows: tensor.rows)
    let width = min(tensor.columns, VectorStrip.drawnLimit)
    return CarriedTensor(
      name: hook.name,
      shape: [positions.count, width],
      values: positions.flatMap { position in
        let index = marked?(story.with(layer: layer, followed: position), recorded)
        let drawn = VectorStrip.drawn(of: tensor.columns, marking: index)
        return tensor.slice(position - firstRow).values[drawn]
      },
      precision: .drawn
    )
  }

  /// The last position's logits, over the whole vocabulary.
  private var logits: CarriedTensor? {
    guard let tensor = trace[.logits] else { return nil }
    let row = tensor.slice(tensor.shape[0] - 1).values
    return CarriedTensor(
      name: HookPoint.logits.name,
      shape: [row.count],
      values: row,
      precision: .exact
    )
  }

  private var trace: Trace { story.trace }
}
