import Embeddings
import Tensors
import Traces

extension Facts {
  /// The tokens nearest to each of the prompt's by cosine in W_E.
  func addNeighbours(to trace: inout Trace) {
    let positions = trace.recordedPositions
    guard let embed = trace[.embed]?.last(positions.count, alongAxis: 0) else { return }
    let count = min(6, configuration.dVocab - 1)
    guard count > 0 else { return }
    let nearest = Neighbours(in: weights.embedding)
      .nearest(to: embed, count: count, excluding: trace.tokens[positions].map { $0.id })
    let ids = nearest.flatMap { $0.map { $0.index } }
    let shape = [positions.count, count]
    trace[.neighbourID] = Tensor(shape: shape, values: ids.map(Float.init))
    trace[.neighbourCosine] = Tensor(shape: shape, values: nearest.flatMap { $0.map { $0.cosine } })
    trace[.neighbourEmbed] = weights.embedding.rows(ids).reshaped(
      to: shape + [configuration.dModel]
    )
  }
}
