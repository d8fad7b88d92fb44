import Testing
import Training

/// The simplest thing that learns.
@Suite struct LinearRegressionTests {
  @Test func `a line comes to where the least squares lie`() {
    var regression = LinearRegression(points: [(0, 1), (1, 3), (2, 5.5), (3, 6.5)])
    for _ in 0..<2000 { regression.step(learningRate: 0.1) }
    // Normal equations: w = Σ(x − x̄)(y − ȳ) / Σ(x − x̄)².
    #expect(abs(regression.w - 1.9) < 1e-9)
    #expect(abs(regression.b - 1.15) < 1e-9)
  }

  @Test func `every small step lowers the loss`() {
    var regression = LinearRegression.example(count: 12, seed: 0)
    for _ in 0..<100 {
      let before = regression.loss
      regression.step(learningRate: 0.1)
      #expect(regression.loss < before)
    }
  }
}
