import Platform

/// How long the steps are: rising evenly at first, then falling along half a cosine.
///
/// - SeeAlso: Loshchilov & Hutter 2017, eq. 5, <https://arxiv.org/abs/1608.03983>; Brown et al. 2020,
///   appendix B, <https://arxiv.org/abs/2005.14165>.
package struct LearningRate: Sendable, Equatable {
  /// The highest rate, η.
  package var peak: Double
  /// The share of the peak that is left at the end.
  package var finalShare = 0.1
  /// How many steps it rises for.
  package var warmUpSteps: Int
  /// How many steps there are in all.
  package var stepCount: Int

  /// Plans a run.
  package init(peak: Double, warmUpSteps: Int, stepCount: Int) {
    (self.peak, self.warmUpSteps, self.stepCount) = (peak, warmUpSteps, stepCount)
  }

  /// The rate of a step, counted from 0.
  package func rate(at step: Int) -> Double {
    if step < warmUpSteps { return peak * Double(step + 1) / Double(warmUpSteps) }
    let falling = Double(max(stepCount - warmUpSteps, 1))
    let progress = min(Double(step - warmUpSteps) / falling, 1)
    let cosine = (1 + cos(.pi * progress)) / 2
    return peak * (finalShare + (1 - finalShare) * cosine)
  }
}
