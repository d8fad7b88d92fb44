package import Tensors
import Traces
import Transformer

extension Attribution {
  /// Gradient × input: how much each token of the prompt weighs, to first order.
  ///
  /// The gradient of the difference with respect to the vector that enters block 0 at each position says how the
  /// difference would change with each number of it; multiplied by these numbers and summed, it says how much the vector as a
  /// whole adds, were the model a linear function. What was set from outside does not depend on anything before it.
  ///
  /// - Parameter contrast: The token, and the one that it is compared with.
  /// - Returns: One number for each of ``tokens``, in logits.
  /// - SeeAlso: Shrikumar et al. 2016, <https://arxiv.org/abs/1605.01713>.
  public func inputs(to contrast: Contrast) -> [Double] {
    let gradient = gradient(of: contrast)
    let stream = recorded(.residPre(0))
    return tokens.indices.map { place in
      zip(gradient.slice(place).values, stream.slice(place).values).reduce(0) {
        $0 + Double($1.0) * Double($1.1)
      }
    }
  }

  /// The gradient of the difference with respect to what enters block 0, `[T, D]`.
  package func gradient(of contrast: Contrast) -> Tensor {
    let (configuration, weights) = (transformer.configuration, transformer.weights)
    var hook = change.blockingGradients(after: .residPre(0))
    let back = StreamGradient(through: transformer, length: tokens.count) { recorded($0) }

    // Through the last norm, which only the position that is asked about goes through.
    hook.begin(at: position)
    let direction = Tensor(
      shape: [1, configuration.dModel],
      values: self.direction(of: contrast).map { Float($0) }
    )
    let isCut = isSet(.logits) || isSet(.uncappedLogits)
    let dFinal = isCut ? direction.map { _ in 0 } : direction
    let dLast = back.norm(dFinal, weights.finalNorm, .final, &hook)
    var dStream = Tensor(shape: [tokens.count, configuration.dModel]) { all in
      dLast.withValues { row in
        for i in row.indices { all[position * row.count + i] = row[i] }
      }
    }

    // And from the last block to the first.
    hook.begin(at: 0)
    for layer in weights.blocks.indices.reversed() {
      dStream = back.backward(dStream, through: layer, &hook)
    }
    return dStream
  }
}
