import Platform
package import Tensors
package import Traces
package import Transformer

/// A model's parameters as one row of numbers, θ, and where in it each matrix stands.
///
/// To an optimizer all parameters are alike, so it works on the row; the model works on matrices
/// that look at it.
package struct ParameterLayout: Sendable {
  /// A matrix or a vector among the parameters.
  package struct Part: Sendable {
    /// What it is for, what it is called, and its shape.
    package let parameter: Parameter
    /// Where its numbers stand in θ.
    package let range: Range<Int>

    /// Its name in a checkpoint of the bare model.
    package var name: String { parameter.name }
    /// Its shape.
    package var shape: [Int] { parameter.shape }
    /// Whether it is a matrix: gains and biases are vectors.
    package var isMatrix: Bool { shape.count > 1 }
  }

  /// All parts in order, without gaps; of a tied W_U, W_E stands for both.
  package let parts: [Part]
  /// How many parameters there are.
  package var count: Int { parts.last?.range.upperBound ?? 0 }
  /// The parameters' table.
  package let table: ParameterTable
  private var isTied: Bool { table.sizes.isTied }

  /// Lays out the parameters of a model.
  package init(of c: Configuration) {
    table = c.parameters
    var start = 0
    parts = table.all.map { parameter in
      let range = start..<start + parameter.shape.product
      start = range.upperBound
      return Part(parameter: parameter, range: range)
    }
  }

  /// The weights that a row of parameters holds, without copying.
  package func weights(in parameters: Tensor) -> Weights {
    let column = parameters.reshaped(to: [parameters.count, 1])
    let ranges = Dictionary(uniqueKeysWithValues: parts.map { ($0.name, $0.range) })
    return Weights(table) { parameter in
      column.rows(ranges[parameter.name] ?? 0..<0).reshaped(to: parameter.shape)
    }
  }

  /// The parameters of weights in one row.
  package func row(of weights: Weights) -> Tensor {
    Tensor(shape: [count]) { row in
      for part in parts {
        weights[part.parameter]?.withValues { values in
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
          add(gradient[part.parameter], to: row, at: part.range.lowerBound)
          if isTied, part.parameter.role == .embedding {
            add(gradient.unembedding.columns, to: row, at: part.range.lowerBound)
          }
        }
      }
    }
  }

  private func add(_ tensor: Tensor?, to row: UnsafeMutableBufferPointer<Float>, at start: Int) {
    tensor?.withValues { values in
      for i in values.indices { row[start + i] += values[i] }
    }
  }
}
