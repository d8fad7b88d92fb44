import Tensors
import Traces

extension Facts {
  /// What would be predicted if the stream were read out before the first block and after each.
  ///
  /// - Parameters:
  ///   - trace: The run.
  ///   - last: How many of the recorded positions to read, the last ones; all if not given.
  func addLens(to trace: inout Trace, last: Int? = nil) {
    let streams =
      [trace[.residPre(0)]] + (0..<configuration.layerCount).map { trace[.residPost($0)] }
    let count = min(5, configuration.dVocab)
    var ids: [Float] = []
    var probabilities: [Float] = []
    let recorded = min(last ?? .max, trace.recordedPositions.count)
    for stream in streams {
      guard let stream = stream?.last(recorded, alongAxis: 0) else { return }
      // A few positions at a time: the logits of all would be T × V.
      for start in stride(from: 0, to: stream.rows, by: 64) {
        let positions = Array(start..<min(start + 64, stream.rows))
        let first = trace.tokens.count - recorded + start
        for row in guesses(of: stream.rows(positions), from: first, count: count) {
          ids += row.map { Float($0.id) }
          probabilities += row.map { $0.probability }
        }
      }
    }
    let shape = [streams.count, recorded, count]
    trace[.lensID] = Tensor(shape: shape, values: ids)
    trace[.lensProbability] = Tensor(shape: shape, values: probabilities)
  }

  private func guesses(
    of stream: Tensor,
    from position: Int,
    count: Int
  ) -> [[(id: Int, probability: Float)]] {
    var hook = RunHook(change)
    let probabilities = softmax(model.transformer.logits(of: stream, from: position, &hook))
    return (0..<stream.rows).map { row in
      probabilities.slice(row).withValues { row in
        row.indicesOfLargest(count).map { (id: $0, probability: row[$0]) }
      }
    }
  }
}
