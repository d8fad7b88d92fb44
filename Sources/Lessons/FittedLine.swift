import Training
package import Walkthrough

extension LearningRecord.FittedLine {
  /// A line that learns: at the start, and after 1, 10 and 100 steps.
  package static var example: LearningRecord.FittedLine {
    let learningRate = 0.1
    var regression = LinearRegression.example(count: 12, seed: 0)
    var fits: [(step: Int, w: Double, b: Double, loss: Double)] = []
    for step in 0...100 {
      if [0, 1, 10, 100].contains(step) {
        fits.append((step, regression.w, regression.b, regression.loss))
      }
      regression.step(learningRate: learningRate)
    }
    return LearningRecord.FittedLine(
      points: regression.points,
      fits: fits,
      learningRate: learningRate
    )
  }
}
