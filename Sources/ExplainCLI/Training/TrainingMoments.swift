import Lessons
import Pages
import Platform
import Tensors
import Tokenization
import Training
import Transformer
import Walkthrough

/// The page of a training run: what is kept of the run at some moments, and what is told of it at the
/// end.
struct TrainingMoments {
  let folder: RunFolder
  let tokenizer: Tokenizer
  private let prompt: [Int]
  private let words: [Int]
  private let steps: [Int]

  /// Chooses what is looked at: the same prompt and the same words at every moment.
  init(of run: TrainingRun, _ corpus: Corpus, _ tokenizer: Tokenizer, in folder: RunFolder) {
    (self.folder, self.tokenizer) = (folder, tokenizer)
    steps = Moment.steps(of: run.settings)
    let world = run.settings.source.plan
    let start =
      world.map { tokenizer.encode($0.opening) }
      ?? Array(corpus.validation.first?.dropFirst().prefix(8) ?? [0])
    prompt = Array((start.isEmpty ? [0] : start).prefix(run.settings.context))
    words =
      world.map {
        $0.exampleWords.map { tokenizer.encode($0) }.filter { $0.count == 1 }.flatMap { $0 }
      }
      ?? Self.frequentWords(corpus.tokenCounts(vocabulary: tokenizer.count), tokenizer)
  }

  /// The 24 most frequent tokens that are a space and a word of three letters or more.
  private static func frequentWords(_ counts: [Int], _ tokenizer: Tokenizer) -> [Int] {
    counts.indices.filter { id in
      let text = tokenizer.text(of: id).string
      return text.hasPrefix(" ") && text.count > 3 && text.dropFirst().allSatisfy(\.isLetter)
    }
    .sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(24).map { $0 }
  }

  /// Keeps what the page shows of this moment, if it is one of those that are shown.
  ///
  /// - Throws: `cannotCreate`, or `inputOutput` if the disk is full.
  func keep(_ run: TrainingRun) throws {
    guard steps.contains(run.step) else { return }
    guard mkdir(folder.moments, 0o777) == 0 || errno == EEXIST else {
      throw CLIError.cannotCreate(folder.moments, because: errno)
    }
    let moment = Moment(of: run, prompt: prompt, words: words)
    try OutputFile(path: path(run.step)).replace { try moment.write(to: $0) }
  }

  private func path(_ step: Int) -> String { "\(folder.moments)/step-\(step).safetensors" }

  /// Writes the page.
  ///
  /// - Returns: Its path.
  /// - Throws: `cannotCreate`, or `inputOutput` if the disk is full; bad data if a moment's file is
  ///   damaged.
  func writePage(of run: TrainingRun, in language: Language) throws -> String {
    // A run that was started without a page has not kept all of them.
    let kept = steps.filter { access(path($0), F_OK) == 0 }
    let moments = try kept.map { try Moment(contentsOf: path($0)) }.filter(fits)
    let record = LearningRecord(
      parameterCount: run.layout.count,
      vocabularySize: run.configuration.dVocab,
      losses: run.losses,
      validations: run.validations.map { ($0.step, $0.loss) },
      prompt: prompt.map { tokenizer.text(of: $0).string },
      words: words.map { tokenizer.text(of: $0).string },
      moments: moments.map(told),
      line: .example
    )
    let page = "\(folder.path)/index.html"
    let article = LearningAccount(of: record, in: language).article
    let html = ArticlePage(article, numbers: .learned).html
    try OutputFile(path: page).replace { try OutputFile(path: $0).write(html) }
    return page
  }

  /// Whether a moment is one of this run, of this prompt and these words.
  private func fits(_ moment: Moment) -> Bool {
    moment.probabilities.count == tokenizer.count && moment.vectors.rows == words.count
      && moment.patterns.allSatisfy { $0.shape.count == 3 && $0.shape[1] == prompt.count }
  }

  private func told(_ moment: Moment) -> LearningRecord.Moment {
    let values = moment.probabilities.values
    let best = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }.prefix(5)
    return LearningRecord.Moment(
      step: moment.step,
      next: best.map { (tokenizer.text(of: $0).string, Double(values[$0])) },
      patterns: moment.patterns,
      vectors: moment.vectors
    )
  }
}
