public import Tensors

/// What is known of a training run: its losses, and the model at some moments of it, as plain data.
public struct LearningRecord: Sendable {
  /// The model at one moment.
  public struct Moment: Sendable {
    /// After how many steps.
    public var step: Int
    /// The likeliest next tokens after the prompt, with their probabilities, likeliest first.
    public var next: [(token: String, probability: Double)]
    /// The attention pattern of each layer, `[head, query, key]`.
    public var patterns: [Tensor]
    /// The rows of W_E of ``LearningRecord/words``, `[word, D]`.
    public var vectors: Tensor
    /// What it writes after the prompt; nothing if that was not kept.
    public var written: String

    /// Makes a moment.
    public init(
      step: Int,
      next: [(token: String, probability: Double)],
      patterns: [Tensor],
      vectors: Tensor,
      written: String = ""
    ) {
      (self.step, self.next, self.patterns) = (step, next, patterns)
      (self.vectors, self.written) = (vectors, written)
    }
  }

  /// A line fitted to points by gradient descent.
  public struct FittedLine: Sendable {
    /// The points.
    public var points: [(x: Double, y: Double)]
    /// The line after some of the steps: its slope w, its intercept b, and the loss.
    public var fits: [(step: Int, w: Double, b: Double, loss: Double)]
    /// The learning rate.
    public var learningRate: Double

    /// Makes a fitted line.
    public init(
      points: [(x: Double, y: Double)],
      fits: [(step: Int, w: Double, b: Double, loss: Double)],
      learningRate: Double
    ) {
      (self.points, self.fits, self.learningRate) = (points, fits, learningRate)
    }
  }

  /// How many parameters the model has.
  public var parameterCount: Int
  /// How many tokens its vocabulary has.
  public var vocabularySize: Int
  /// The mean loss of every step's batch, in nats per token.
  public var losses: [Double]
  /// The loss on held-out text, and after how many steps it was measured.
  public var validations: [(step: Int, loss: Double)]
  /// The tokens of the prompt that every moment was given.
  public var prompt: [String]
  /// The temperature at which it wrote.
  public var temperature: Double
  /// The words whose vectors were kept.
  public var words: [String]
  /// The model at the start, at the end, and in between.
  public var moments: [Moment]
  /// The same way of learning with two parameters; none if that is not told.
  public var line: FittedLine?

  /// Makes a record.
  public init(
    parameterCount: Int,
    vocabularySize: Int,
    losses: [Double],
    validations: [(step: Int, loss: Double)],
    prompt: [String],
    temperature: Double,
    words: [String],
    moments: [Moment],
    line: FittedLine?
  ) {
    (self.parameterCount, self.vocabularySize) = (parameterCount, vocabularySize)
    (self.losses, self.validations, self.prompt) = (losses, validations, prompt)
    self.temperature = temperature
    (self.words, self.moments, self.line) = (words, moments, line)
  }
}
