import Tensors
import Traces

extension Facts {
  /// How the tokens that may come next stood on the way: the stream of the last position is read out before the first block
  /// and after every attention and every MLP; where a block adds both at once, after every block.
  func addAnswers(to trace: inout Trace) {
    var points: [HookPoint] = [.residPre(0)]
    for layer in 0..<configuration.layerCount {
      if trace[.residMid(layer)] != nil { points.append(.residMid(layer)) }
      points.append(.residPost(layer))
    }
    let streams = points.compactMap { trace[$0]?.last(1, alongAxis: 0) }
    // Of a large prompt some layers alone are kept whole: then attention and MLP are not told apart.
    let layers = configuration.layerCount
    guard streams.count == points.count, [layers + 1, 2 * layers + 1].contains(streams.count)
    else { return }
    let position = trace.tokens.count - 1
    let chances = streams.map { stream in
      var change = change
      return softmax(model.transformer.logits(of: stream, from: position, &change)).slice(0)
    }
    let count = min(5, configuration.dVocab)
    let ids = chances[chances.count - 1].withValues { $0.indicesOfLargest(count) }
    trace[.answerID] = Tensor(shape: [count], values: ids.map { Float($0) })
    trace[.answerProbability] = Tensor(
      shape: [streams.count, count],
      values: chances.flatMap { row in row.withValues { row in ids.map { row[$0] } } }
    )
    trace[.answerRank] = Tensor(
      shape: [streams.count, count],
      values: chances.flatMap { row in
        row.withValues { row in ids.map { id in Float(1 + row.count { $0 > row[id] }) } }
      }
    )
  }
}
