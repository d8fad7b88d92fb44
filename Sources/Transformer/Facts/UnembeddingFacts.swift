import Tensors
import Traces

extension Facts {
  /// The columns of W_U for each position's likeliest next tokens.
  func addUnembedding(to trace: inout Trace) {
    guard let logits = trace[.logits] else { return }
    let count = min(2, configuration.dVocab)
    let ids = (0..<logits.rows).flatMap { position in
      logits.slice(position).withValues { $0.indicesOfLargest(count) }
    }
    let shape = [logits.rows, count]
    trace[.unembedID] = Tensor(shape: shape, values: ids.map(Float.init))
    trace[.unembedColumn] = weights.unembedding.columns.rows(ids).reshaped(
      to: shape + [configuration.dModel]
    )
  }
}
