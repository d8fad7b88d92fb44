import Platform
import Sampling
package import Tensors
import Traces
import Transformer

extension ParameterLayout {
  /// The random values that learning starts from.
  ///
  /// As GPT-2 has it: matrices from a normal distribution of deviation 0.02, of those that write to
  /// the residual stream 0.02 / √(2L); biases 0, gains 1. W_U starts as W_E, as if they were tied, and
  /// goes its own way from there: a head that hands on what it sees can then say the same word again.
  ///
  /// - Parameters:
  ///   - seed: The same seed gives the same values.
  ///   - layerCount: The number of blocks, L.
  /// - Returns: θ, `[N]`.
  /// - SeeAlso: Radford et al. 2019, section 2.3.
  package func initialParameters(seed: UInt64, layerCount: Int) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    return Tensor(shape: [count]) { row in
      for part in parts {
        let role = part.parameter.role
        if role == .unembedding {
          for (i, source) in zip(part.range, parts[0].range) { row[i] = row[source] }
        } else if part.isMatrix {
          let writesToStream = role == .output || role == .down
          let deviation = writesToStream ? 0.02 / Double(2 * layerCount).squareRoot() : 0.02
          for i in part.range { row[i] = Float(deviation * generator.normal()) }
        } else if !part.parameter.isBias {
          for i in part.range { row[i] = 1 }
        }
      }
    }
  }
}

extension SeededGenerator {
  /// A random number from the normal distribution of mean 0 and deviation 1.
  ///
  /// - SeeAlso: Box & Muller 1958, eq. 1.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return radius * cos(2 * .pi * unit())
  }
}
