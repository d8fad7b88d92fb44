import LessonEngine
import Tensors
import Tokenization
import Training
import Transformer
import Walkthrough

/// A GPT as large as the built-in one, that learns while a lesson is told.
struct ShortTraining {
  let steps = 40, batch = 1, context = 128
  let parameterCount: Int
  /// The loss on held-out texts: at the start, at the end, and the built-in model's.
  let losses: (before: Double, after: Double, builtIn: Double)
  private let run: TrainingRun
  private let moments: [Moment]
  private let prompt: [Int]
  private let tokenizer: Tokenizer

  /// Trains it.
  ///
  /// - Throws: `TrainingError` if the loss is no number any more.
  init(_ room: Classroom) throws {
    tokenizer = room.model.tokenizer
    var settings = TrainingSettings()
    (settings.steps, settings.batch, settings.context) = (steps, batch, context)
    settings.learningRate = 3e-3
    let plan = room.say(en: WorldPlan.english, ja: WorldPlan.japanese)
    let corpus = Corpus(
      WorldCorpus.texts(400, seed: 0, of: plan),
      validation: WorldCorpus.texts(12, seed: WorldCorpus.validationSeed, of: plan),
      tokenizer,
      length: context
    )
    prompt = tokenizer.encode(plan.opening)
    var run = TrainingRun(settings, vocabulary: tokenizer.count)
    var moments = [Moment(of: run, prompt: prompt, words: [])]
    let texts = Array(corpus.validation.prefix(40))
    let before = ValidationLoss(of: texts, at: run.parameters, run.layout, run.configuration)
    while !run.isDone {
      try run.step(on: corpus)
      if [10, steps].contains(run.step) {
        moments.append(Moment(of: run, prompt: prompt, words: []))
      }
    }
    let after = ValidationLoss(of: texts, at: run.parameters, run.layout, run.configuration)
    let model = room.model.transformer
    let builtIn = ValidationLoss(of: texts, model.weights, model.configuration)
    losses = (before.perToken, after.perToken, builtIn.perToken)
    parameterCount = run.layout.count
    (self.run, self.moments) = (run, moments)
  }

  /// What is known of the run.
  func record(_ line: LearningRecord.FittedLine) -> LearningRecord {
    var record = LearningRecord(
      of: run,
      moments,
      prompt: prompt,
      words: [],
      tokenizer,
      line: line
    )
    record.validations = [(0, losses.before), (steps, losses.after)]
    return record
  }
}
