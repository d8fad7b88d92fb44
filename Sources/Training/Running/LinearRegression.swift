import Sampling
import Transformer

/// A line fitted to points by gradient descent: the simplest thing that learns.
///
/// The loss is the mean of `(w x + b − y)²`; its gradient is `2 · mean((w x + b − y) x)` for w and
/// `2 · mean(w x + b − y)` for b.
package struct LinearRegression: Sendable {
  /// The points.
  package let points: [(x: Double, y: Double)]
  /// The slope.
  package private(set) var w = 0.0
  /// The intercept.
  package private(set) var b = 0.0

  /// Starts at w = b = 0, if nothing else is said.
  package init(points: [(x: Double, y: Double)], w: Double = 0, b: Double = 0) {
    (self.points, self.w, self.b) = (points, w, b)
  }

  /// Points beside a line: x from 0 to 2, y = 1.5 x − 1 and a deviation of 0.2 by chance.
  package static func example(count: Int, seed: UInt64) -> LinearRegression {
    var generator = SeededGenerator(seed: seed)
    return LinearRegression(
      points: (0..<count).map { index in
        let x = 2 * Double(index) / Double(max(count - 1, 1))
        return (x, 1.5 * x - 1 + 0.2 * generator.normal())
      }
    )
  }

  /// The loss as it is now.
  package var loss: Double { mean { ($0.error * $0.error) } }

  /// How fast the loss rises with w, and with b.
  package var gradient: (w: Double, b: Double) {
    (mean { 2 * $0.error * $0.x }, mean { 2 * $0.error })
  }

  /// Takes one step against the gradient.
  package mutating func step(learningRate: Double) {
    let gradient = gradient
    w -= learningRate * gradient.w
    b -= learningRate * gradient.b
  }

  private func mean(_ value: ((x: Double, error: Double)) -> Double) -> Double {
    points.reduce(0) { $0 + value(($1.x, w * $1.x + b - $1.y)) } / Double(points.count)
  }
}
