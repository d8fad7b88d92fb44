import Platform
package import Tensors
package import Transformer

/// A GPT-2's parameters as one row of numbers, θ, and where in it each matrix stands.
///
/// To an optimizer all parameters are alike, so it works on the row; the model works on matrices
/// that look at it.
package struct ParameterLayout: Sendable {
  /// A matrix or a vector among the parameters.
  package struct Part: Sendable {
    /// Its name in a checkpoint, without `transformer.`.
    package let name: String
    /// Its shape.
    package let shape: [Int]
    /// Where its numbers stand in θ.
    package let range: Range<Int>
    let path: any WritableKeyPath<Weights, Tensor> & Sendable

    /// Whether it is a matrix: gains and biases are vectors.
    package var isMatrix: Bool { shape.count > 1 }
  }

  /// The name of W_U, where it is a matrix of its own.
  static let unembedding = "lm_head.weight"
  /// All parts in order, without gaps; of a tied W_U, W_E stands for both.
  package private(set) var parts: [Part] = []
  /// How many parameters there are.
  package var count: Int { parts.last?.range.upperBound ?? 0 }
  private let configuration: Configuration

  /// Lays out the parameters of a model.
  package init(of c: Configuration) {
    configuration = c
    add("wte.weight", [c.dVocab, c.dModel], \.embedding)
    add("wpe.weight", [c.contextLength, c.dModel], \.position)
    for layer in 0..<c.layerCount {
      let name = "h.\(layer)"
      add("\(name).ln_1.weight", [c.dModel], \.blocks[layer].norm1.gain)
      add("\(name).ln_1.bias", [c.dModel], \.blocks[layer].norm1.bias)
      add(
        "\(name).attn.c_attn.weight",
        [c.dModel, 3 * c.dModel],
        \.blocks[layer].attention.queryKeyValue.weight
      )
      add(
        "\(name).attn.c_attn.bias",
        [3 * c.dModel],
        \.blocks[layer].attention.queryKeyValue.bias
      )
      add(
        "\(name).attn.c_proj.weight",
        [c.dModel, c.dModel],
        \.blocks[layer].attention.output.weight
      )
      add("\(name).attn.c_proj.bias", [c.dModel], \.blocks[layer].attention.output.bias)
      add("\(name).ln_2.weight", [c.dModel], \.blocks[layer].norm2.gain)
      add("\(name).ln_2.bias", [c.dModel], \.blocks[layer].norm2.bias)
      add("\(name).mlp.c_fc.weight", [c.dModel, c.dMLP], \.blocks[layer].mlp.up.weight)
      add("\(name).mlp.c_fc.bias", [c.dMLP], \.blocks[layer].mlp.up.bias)
      add("\(name).mlp.c_proj.weight", [c.dMLP, c.dModel], \.blocks[layer].mlp.down.weight)
      add("\(name).mlp.c_proj.bias", [c.dModel], \.blocks[layer].mlp.down.bias)
    }
    add("ln_f.weight", [c.dModel], \.finalNorm.gain)
    add("ln_f.bias", [c.dModel], \.finalNorm.bias)
    if !c.isTied { add(Self.unembedding, [c.dVocab, c.dModel], \.unembedding.columns) }
  }

  private mutating func add(
    _ name: String,
    _ shape: [Int],
    _ path: any WritableKeyPath<Weights, Tensor> & Sendable
  ) {
    let range = count..<count + shape.product
    parts.append(Part(name: name, shape: shape, range: range, path: path))
  }

  /// The weights that a row of parameters holds, without copying.
  package func weights(in parameters: Tensor) -> Weights {
    let column = parameters.reshaped(to: [parameters.count, 1])
    let nothing = Tensor(shape: [0], values: [])
    let norm = Weights.Norm(gain: nothing, bias: nothing)
    let linear = Weights.Linear(weight: nothing, bias: nothing)
    let block = Weights.Block(
      norm1: norm,
      attention: Weights.Attention(queryKeyValue: linear, output: linear),
      norm2: norm,
      mlp: Weights.MLP(up: linear, down: linear)
    )
    var weights = Weights(
      embedding: nothing,
      position: nothing,
      blocks: Array(repeating: block, count: configuration.layerCount),
      finalNorm: norm,
      unembedding: Weights.Unembedding(columns: nothing)
    )
    for part in parts {
      weights[keyPath: part.path] = column.rows(part.range).reshaped(to: part.shape)
    }
    if configuration.isTied {
      weights.unembedding = Weights.Unembedding(columns: weights.embedding)
    }
    return weights
  }

  /// The parameters of weights in one row.
  package func row(of weights: Weights) -> Tensor {
    Tensor(shape: [count]) { row in
      for part in parts {
        weights[keyPath: part.path].withValues { values in
          for (i, value) in zip(part.range, values) { row[i] = value }
        }
      }
    }
  }

  /// The sum of several gradients in one row, added in the order given.
  ///
  /// A tied W_U's gradient is added to W_E's, since they are the same numbers.
  package func sum(ofGradients gradients: [Weights]) -> Tensor {
    Tensor(shape: [count]) { row in
      nonisolated(unsafe) let row = row
      Cores.share(count: parts.count) { index in
        let part = parts[index]
        for gradient in gradients {
          add(gradient[keyPath: part.path], to: row, at: part.range.lowerBound)
          if index == 0, configuration.isTied {
            add(gradient.unembedding.columns, to: row, at: part.range.lowerBound)
          }
        }
      }
    }
  }

  private func add(_ tensor: Tensor, to row: UnsafeMutableBufferPointer<Float>, at start: Int) {
    tensor.withValues { values in
      for i in values.indices { row[start + i] += values[i] }
    }
  }
}
