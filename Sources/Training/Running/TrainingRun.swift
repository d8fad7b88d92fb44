package import Tensors
package import Transformer

/// A model on its way from random numbers to what the texts teach it.
///
/// A run is a value: its copy goes on as it does, bit for bit, and so does what was saved of it and
/// loaded again.
package struct TrainingRun: Sendable {
  /// What the run is.
  package let settings: TrainingSettings
  /// The model's sizes and choices.
  package let configuration: Configuration
  /// Where in θ each matrix stands.
  package let layout: ParameterLayout
  /// θ: what the model knows so far, `[N]`.
  package private(set) var parameters: Tensor
  /// The mean gradients so far.
  package private(set) var optimizer: AdamW
  /// The mean loss of every step's batch so far, in nats per token.
  package private(set) var losses: [Double]
  /// The loss on the texts kept back, and after how many steps it was measured.
  package private(set) var validations: [Validation]

  /// A loss on the texts kept back.
  package struct Validation: Sendable, Equatable {
    /// After how many steps.
    package let step: Int
    /// The mean, in nats per token.
    package let loss: Double

    /// Takes a loss.
    package init(step: Int, loss: Double) { (self.step, self.loss) = (step, loss) }
  }

  /// How many steps were taken.
  package var step: Int { optimizer.stepCount }
  /// Whether all steps were taken.
  package var isDone: Bool { step >= settings.steps }
  /// The model as it is now.
  package var transformer: Transformer {
    Transformer(configuration: configuration, weights: layout.weights(in: parameters))
  }

  /// Starts from random values.
  ///
  /// - Parameters:
  ///   - settings: What the run is.
  ///   - vocabulary: How many tokens there are, V.
  package init(_ settings: TrainingSettings, vocabulary: Int) {
    let configuration = settings.configuration(vocabulary: vocabulary)
    let layout = ParameterLayout(of: configuration)
    self.init(
      settings,
      configuration,
      parameters: layout.initialParameters(seed: settings.seed, layerCount: settings.layers),
      optimizer: AdamW(for: layout, settings.optimizer),
      losses: [],
      validations: []
    )
  }

  /// Goes on where another run stopped.
  package init(
    _ settings: TrainingSettings,
    _ configuration: Configuration,
    parameters: Tensor,
    optimizer: AdamW,
    losses: [Double],
    validations: [Validation]
  ) {
    self.settings = settings
    self.configuration = configuration
    layout = ParameterLayout(of: configuration)
    (self.parameters, self.optimizer) = (parameters, optimizer)
    (self.losses, self.validations) = (losses, validations)
  }

  /// Takes one step: a batch, its gradient, cut to length, and a step of the optimizer.
  ///
  /// - Parameter corpus: The texts.
  /// - Throws: ``TrainingError/lossNotFinite(step:)`` if the loss or the gradient is no number any
  ///   more; the run then stands as before the step.
  package mutating func step(on corpus: Corpus) throws(TrainingError) {
    let batch = corpus.batch(
      step,
      count: settings.batch,
      length: settings.context,
      seed: settings.seed
    )
    var gradient = Gradient(of: batch, at: parameters, layout, configuration)
    let rate = settings.rate.rate(at: step)
    guard gradient.loss.isFinite, gradient.norm.isFinite else {
      throw .lossNotFinite(step: step + 1)
    }
    gradient.clip(to: settings.clipping)
    parameters = optimizer.step(parameters, along: gradient.values, learningRate: rate)
    losses.append(gradient.loss)
  }

  /// Measures the loss on the texts kept back.
  ///
  /// - Parameters:
  ///   - corpus: The texts.
  ///   - count: How many of the pieces of text to measure it on at most.
  package mutating func validate(on corpus: Corpus, atMost count: Int = 256) {
    let loss = ValidationLoss(
      of: Array(corpus.validation.prefix(count)),
      at: parameters,
      layout,
      configuration
    )
    guard loss.tokenCount > 0 else { return }
    validations.append(Validation(step: step, loss: loss.perToken))
  }
}

extension TrainingSettings {
  /// The optimizer's settings.
  package var optimizer: AdamW.Settings {
    var settings = AdamW.Settings()
    settings.weightDecay = weightDecay
    return settings
  }
}
