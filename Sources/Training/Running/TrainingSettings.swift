package import Transformer

/// What a training run is, but for its corpus: the same settings and the same texts give the same
/// weights.
package struct TrainingSettings: Sendable, Equatable {
  /// The number of blocks, L.
  package var layers = 4
  /// The number of heads in a block, H.
  package var heads = 4
  /// The model's width, D.
  package var width = 128
  /// The most tokens the model can see at once, and the length of every sequence, C.
  package var context = 128
  /// How many sequences are learned from at each step.
  package var batch = 16
  /// How many steps there are.
  package var steps = 2000
  /// The highest learning rate, η.
  package var learningRate = 1e-3
  /// λ: how much of every matrix is forgotten at each step, times the learning rate.
  package var weightDecay = 0.1
  /// The length that a longer gradient is cut to.
  package var clipping = 1.0
  /// What the initial weights and the choice of sequences start from.
  package var seed: UInt64 = 0

  /// Whether the model's file keeps 16 bits of each number; the checkpoint keeps all 32.
  package var storesHalf = false
  /// Where the texts come from.
  package var source = TrainingSource(files: [], worldTexts: 0, vocabularySize: 2688)
  /// What other texts hardly share; 0 if the texts are not known yet.
  package var fingerprint: UInt64 = 0

  /// The settings that hold if nothing else is said.
  package init() {}

  /// Whether the sizes fit each other and can be computed with.
  package var isSound: Bool {
    let sizes = [layers, heads, width, context, batch, steps]
    return sizes.allSatisfy { 1...1 << 20 ~= $0 } && context > 1 && width % heads == 0
      && learningRate.isFinite && weightDecay.isFinite && clipping > 0
  }

  /// How many steps the learning rate rises for.
  package var warmUpSteps: Int { min(100, max(1, steps / 10)) }

  /// The plan of the learning rate.
  package var rate: LearningRate {
    LearningRate(peak: learningRate, warmUpSteps: warmUpSteps, stepCount: steps)
  }

  /// The sizes and choices of a model with so many tokens; W_E and W_U are two matrices.
  package func configuration(vocabulary: Int) -> Configuration {
    Configuration(
      layers: layers,
      heads: heads,
      width: width,
      vocabulary: vocabulary,
      context: context,
      isTied: false
    )
  }
}
