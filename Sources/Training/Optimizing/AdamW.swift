import Platform
package import Tensors

/// The optimizer: every parameter moves against its own mean gradient, in steps of about the learning
/// rate.
///
/// - SeeAlso: Kingma & Ba 2015, algorithm 1, <https://arxiv.org/abs/1412.6980>; Loshchilov & Hutter
///   2019, algorithm 2, <https://arxiv.org/abs/1711.05101>.
package struct AdamW: Sendable {
  /// What does not change while learning.
  package struct Settings: Sendable, Equatable {
    /// β₁: how much of the mean gradient is kept at each step.
    package var firstDecay = 0.9
    /// β₂: how much of the mean squared gradient is kept.
    package var secondDecay = 0.95
    /// ε: keeps the division from exploding.
    package var epsilon = 1e-8
    /// λ: how much of every matrix is forgotten at each step, times the learning rate.
    package var weightDecay = 0.1
    /// Whether gains and biases are forgotten too.
    package var decaysVectors = false

    /// The settings of GPT-3's training: β of 0.9 and 0.95, decay of 0.1.
    ///
    /// - SeeAlso: Brown et al. 2020, appendix B, <https://arxiv.org/abs/2005.14165>.
    package init() {}
  }

  /// m: the mean gradient of each parameter, `[N]`.
  package private(set) var mean: Tensor
  /// v: the mean squared gradient, `[N]`.
  package private(set) var square: Tensor
  /// How many steps were taken.
  package private(set) var stepCount: Int
  private let settings: Settings
  private let layout: ParameterLayout

  /// Starts at rest.
  package init(for layout: ParameterLayout, _ settings: Settings) {
    let zeros = Tensor(shape: [layout.count]) { _ in }
    self.init(for: layout, settings, mean: zeros, square: zeros, stepCount: 0)
  }

  /// Goes on where another run stopped.
  package init(
    for layout: ParameterLayout,
    _ settings: Settings,
    mean: Tensor,
    square: Tensor,
    stepCount: Int
  ) {
    (self.layout, self.settings) = (layout, settings)
    (self.mean, self.square, self.stepCount) = (mean, square, stepCount)
  }

  /// Takes one step.
  ///
  /// `m ← β₁m + (1 − β₁)g`, `v ← β₂v + (1 − β₂)g²`,
  /// `θ ← θ − η(m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε) + λθ)`
  ///
  /// - Parameters:
  ///   - parameters: θ, `[N]`.
  ///   - gradient: g, `[N]`.
  ///   - learningRate: η.
  /// - Returns: θ after the step.
  package mutating func step(
    _ parameters: Tensor,
    along gradient: Tensor,
    learningRate: Double
  ) -> Tensor {
    stepCount += 1
    let t = Double(stepCount)
    let beta1 = Float(settings.firstDecay)
    let beta2 = Float(settings.secondDecay)
    let epsilon = Float(settings.epsilon)
    // 1 − βᵗ makes up for having started at 0.
    let rate = Float(learningRate / (1 - pow(settings.firstDecay, t)))
    let root = Float((1 - pow(settings.secondDecay, t)).squareRoot())
    let forgetting = Float(1 - learningRate * settings.weightDecay)

    let (m, v, count) = (mean, square, layout.count)
    let moved = Tensor(shape: [3, count]) { moved in
      // The parts do not overlap.
      nonisolated(unsafe) let moved = moved
      Cores.share(count: layout.parts.count) { index in
        let part = layout.parts[index]
        let kept = part.isMatrix || settings.decaysVectors ? forgetting : 1
        withValues(of: parameters, gradient, m, v) { theta, g, m, v in
          for i in part.range {
            let mean = beta1 * m[i] + (1 - beta1) * g[i]
            let square = beta2 * v[i] + (1 - beta2) * g[i] * g[i]
            moved[i] = kept * theta[i] - rate * mean / (square.squareRoot() / root + epsilon)
            moved[count + i] = mean
            moved[2 * count + i] = square
          }
        }
      }
    }
    mean = moved.slice(1)
    square = moved.slice(2)
    return moved.slice(0)
  }
}

private func withValues(
  of a: Tensor,
  _ b: Tensor,
  _ c: Tensor,
  _ d: Tensor,
  _ body: (
    UnsafeBufferPointer<Float>, UnsafeBufferPointer<Float>, UnsafeBufferPointer<Float>,
    UnsafeBufferPointer<Float>
  ) -> Void
) {
  a.withValues { a in
    b.withValues { b in
      c.withValues { c in
        d.withValues { d in body(a, b, c, d) }
      }
    }
  }
}
