import Sampling
import Tensors
package import Tokenization
package import Training
import Transformer
package import Walkthrough

extension LearningRecord {
  /// What is known of a run.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - moments: How it was at some moments.
  ///   - prompt: The prompt of every moment, token ids.
  ///   - words: The words whose vectors were kept, token ids.
  ///   - tokenizer: What the tokens are.
  ///   - line: The same way of learning with two parameters, if that is told.
  package init(
    of run: TrainingRun,
    _ moments: [Training.Moment],
    prompt: [Int],
    words: [Int],
    _ tokenizer: Tokenizer,
    line: FittedLine?
  ) {
    self.init(
      parameterCount: run.layout.count,
      vocabularySize: run.configuration.dVocab,
      losses: run.losses,
      validations: run.validations.map { ($0.step, $0.loss) },
      prompt: prompt.map { tokenizer.text(of: $0).string },
      temperature: Training.Moment.writing.temperature,
      words: words.map { tokenizer.text(of: $0).string },
      moments: moments.map { Moment($0, tokenizer) },
      line: line
    )
  }
}

extension LearningRecord.Moment {
  /// A moment, with its likeliest five next tokens.
  fileprivate init(_ moment: Training.Moment, _ tokenizer: Tokenizer) {
    let values = moment.probabilities.values
    let best = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }.prefix(5)
    self.init(
      step: moment.step,
      next: best.map { (tokenizer.text(of: $0).string, Double(values[$0])) },
      patterns: moment.patterns,
      vectors: moment.vectors,
      written: tokenizer.decode(moment.written.filter { $0 < tokenizer.count })
    )
  }
}

extension LearningRecord.FittedLine {
  /// How far a step goes along the gradient.
  package static let learningRate = 0.1

  /// A line that learns: at the start, and after 1, 10 and 100 steps.
  package static var example: LearningRecord.FittedLine {
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
