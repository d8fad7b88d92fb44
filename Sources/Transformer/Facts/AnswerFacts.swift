import Tensors
import Traces

extension Facts {
  /// How the tokens that may come next stood on the way: the stream of the last position is read out before the first block
  /// and after every attention and every MLP; where a block adds both at once, after every block.
  func addAnswers(to trace: inout Trace) {
    let layers = 0..<configuration.layerCount
    // Of a large prompt only some layers are opened: then attention and MLP are not told apart.
    let isSplit = layers.allSatisfy { trace[.residMid($0)] != nil }
    let inside = { (layer: Int) -> [HookPoint] in
      isSplit ? [.residMid(layer), .residPost(layer)] : [.residPost(layer)]
    }
    let points = [HookPoint.residPre(0)] + layers.flatMap(inside)
    let streams = points.compactMap { trace[$0]?.last(1, alongAxis: 0) }
    guard streams.count == points.count else { return }
    let position = trace.tokens.count - 1
    let chances = streams.map { stream in
      var hook = RunHook(change)
      return softmax(model.transformer.logits(of: stream, from: position, &hook)).slice(0)
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
