import Foundation
import Tensors
import TestSupport
import Testing
import Training
import Transformer

/// The backward pass, against PyTorch's in float64.
@Suite struct GradientTests {
  let reference = TrainingReference()

  @Test func `the loss is PyTorch's`() throws {
    let reference = try reference.load()
    let gradient = reference.gradient()
    #expect(abs(gradient.loss - reference.loss) < 1e-5)
    #expect(abs(gradient.norm - reference.gradientNorm) < 1e-4 * reference.gradientNorm)
  }

  @Test func `every gradient is PyTorch's`() throws {
    let reference = try reference.load()
    let gradient = reference.gradient().values
    for part in reference.layout.parts {
      let expected = try reference.file.tensor(named: "grad.\(part.name)").values
      let found = gradient.withValues { Array($0[part.range]) }
      let largest = expected.map(abs).max() ?? 0
      let error = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
      #expect(error <= 2e-5 * max(largest, 0.01), "\(part.name): \(error) of \(largest)")
    }
  }

  @Test func `three steps of AdamW lead where PyTorch's lead`() throws {
    let reference = try reference.load()
    var settings = AdamW.Settings()
    settings.decaysVectors = true
    var optimizer = AdamW(for: reference.layout, settings)
    var parameters = reference.parameters
    for loss in reference.losses {
      var gradient = reference.gradient(at: parameters)
      #expect(abs(gradient.loss - loss) < 1e-4)
      gradient.clip(to: 1)
      parameters = optimizer.step(parameters, along: gradient.values, learningRate: 1e-3)
    }
    for part in reference.layout.parts {
      let expected = try reference.file.tensor(named: "after3.\(part.name)").values
      let gradient = try reference.file.tensor(named: "grad.\(part.name)").values
      let found = parameters.withValues { Array($0[part.range]) }
      #expect(found.count == expected.count)
      for i in found.indices {
        // A step is about as long as the learning rate, however small the gradient. A gradient that
        // is 0 but for rounding (a key's bias moves all scores alike) has no direction to check.
        let allowed: Float = abs(gradient[i]) > 1e-6 ? 2e-5 : 3.1e-3
        #expect(abs(found[i] - expected[i]) <= allowed, "\(part.name)[\(i)]")
      }
    }
  }

  @Test func `the same batch has the same gradient, bit for bit`() throws {
    let reference = try reference.load()
    let bits = { reference.gradient().values.values.map(\.bitPattern) }
    #expect(bits() == bits())
  }
}
