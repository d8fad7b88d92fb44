import LessonEngine
import Pages
import Platform
import Tensors
import Tokenization
import Training
import TrainingFiles
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
  /// What a network learns on the page.
  private let sample: String

  /// Chooses what is looked at: the same prompt and the same words at every moment.
  init(of run: TrainingRun, _ corpus: Corpus, _ tokenizer: Tokenizer, in folder: RunFolder) {
    (self.folder, self.tokenizer) = (folder, tokenizer)
    steps = Moment.steps(of: run.settings)
    sample = corpus.beginning(tokens: 4000, tokenizer)
    let world = run.settings.source.plan
    let start =
      world.map { tokenizer.encode($0.opening) }
      ?? Array(corpus.validation.first?.dropFirst().prefix(8) ?? [0])
    prompt = Array((start.isEmpty ? [0] : start).prefix(run.settings.context))
    words =
      world.map {
        $0.exampleWords.map { tokenizer.encode($0) }.filter { $0.count == 1 }.flatMap { $0 }
      }
      ?? corpus.frequentWords(of: tokenizer)
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
      of: run,
      moments,
      prompt: prompt,
      words: words,
      tokenizer,
      line: .example
    )
    let page = "\(folder.path)/index.html"
    let article = LearningAccount(of: record, in: language).article
    let start = tokenizer.decode(prompt)
    let forms: [TryingForm] = [
      .line(in: language), .network(learning: sample, prompt: start, in: language),
    ]
    let html = ArticlePage(article, numbers: .learned, trying: (forms, .lessons)).html
    try OutputFile(path: page).replace { try OutputFile(path: $0).write(html) }
    return page
  }

  /// Whether a moment is one of this run, of this prompt and these words.
  private func fits(_ moment: Moment) -> Bool {
    moment.probabilities.count == tokenizer.count && moment.vectors.rows == words.count
      && moment.patterns.allSatisfy { $0.shape.count == 3 && $0.shape[1] == prompt.count }
  }
}
