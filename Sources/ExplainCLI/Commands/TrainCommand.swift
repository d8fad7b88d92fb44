import Files
import Graphics
import Sampling
import Tokenization
import Training
import TrainingFiles
import Transformer
import Walkthrough

/// `explain train`.
struct TrainCommand: Command {
  let name = "train"
  let summary = say(
    en: "learn a model from text, from random values to a folder that every command opens",
    ja: "文章からモデルを学習します。ランダムな初期値から始めて、どのコマンドでも開けるモデルのフォルダーを作ります"
  )
  let arguments: [ArgumentSpec] = []
  let options =
    TrainingRequest.settings + specs(TrainingRequest.resume, page, output, .language)
  let examples = [
    "explain train -o my-model",
    "explain train --corpus shakespeare.txt --tokenizer-size 1024 --steps 3000 -o bard",
    "explain train --resume -o bard",
    "explain train --steps 500 --page -o my-model",
    "explain generate --model bard \"O Romeo\"",
  ]

  private static let page = Option(
    flag: "page",
    help: say(
      en: "write a page of the learning, index.html: the loss, and a prompt's prediction and "
        + "attention at the start, after 1 %, 10 % and all of the steps",
      ja: "学習のようすを示すページ index.html を書きます。損失と、開始時、1 % と 10 % のステップ、終了時の予測とアテンションが載ります"
    )
  )
  private static let output = Option.output(
    folder: "\(DefaultFolder.root)/model",
    help: say(
      en: "the folder for the model, its checkpoints, loss.svg and the page",
      ja: "モデル、チェックポイント、loss.svg、ページを書くフォルダー"
    )
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let folder = RunFolder(path: invocation[Self.output])
    try Descriptor.requireFree(2, for: folder.path)
    var (run, corpus, tokenizer) =
      invocation[TrainingRequest.resume]
      ? try resumed(invocation, folder, on: console) : try started(invocation, folder, on: console)
    let settings = run.settings
    let moments =
      invocation[Self.page] ? TrainingMoments(of: run, corpus, tokenizer, in: folder) : nil
    try moments?.keep(run)
    let progress = ProgressLine(on: console, from: run.step)
    let interval = max(1, settings.steps / 20)
    do {
      while !run.isDone {
        try run.step(on: corpus)
        try moments?.keep(run)
        let loss = run.losses.last ?? 0
        let tokens = settings.batch * settings.context
        progress.show(run.step, of: settings.steps, loss: loss, tokens: tokens)
        guard run.step % interval == 0 || run.isDone else { continue }
        run.validate(on: corpus)
        try folder.save(run, in: console.language)
        progress.clear()
        try report(run, tokenizer, on: console)
      }
    } catch let error as TrainingError {
      progress.clear()
      guard case .lossNotFinite = error else { throw error }
      let said = CLIError(error)
      guard folder.holdsRun else { throw said }
      throw said.adding(
        say(
          en: "; \(folder.path) has the last checkpoint before",
          ja: "その前の最後のチェックポイントは \(folder.path) にあります。"
        )
      )
    }
    let page = try moments?.writePage(of: run, in: invocation.language)
    try console.print(paths: [folder.path, page].compactMap(\.self))
    let start = settings.source.plan?.opening ?? WorldPlan.english.opening
    console.note(
      en: "see what it learned: explain --model \(folder.path) \"\(start)\"",
      ja: "何を学んだかを見るには：explain --model \(folder.path) \"\(start)\""
    )
    return .success
  }

  private typealias Start = (run: TrainingRun, corpus: Corpus, tokenizer: Tokenizer)

  /// A new run.
  private func started(
    _ invocation: Invocation,
    _ folder: RunFolder,
    on console: Console
  ) throws -> Start {
    var settings = try TrainingRequest.read(invocation)
    let texts = try settings.source.texts()
    settings.fingerprint = texts.fingerprint
    console.note(en: "learning a vocabulary …", ja: "語彙を学習しています …")
    let vocabulary = texts.vocabulary(size: settings.source.vocabularySize)
    let tokenizer = try vocabulary.tokenizer()
    let corpus = try self.corpus(texts, tokenizer, settings)
    let run = TrainingRun(settings, vocabulary: vocabulary.count)
    try folder.make()
    try folder.begin(run, corpus, vocabulary)
    try console.report([
      say(
        en: "\(run.layout.count) parameters; \(vocabulary.count) tokens in the vocabulary; "
          + "\(corpus.count) tokens to learn from; seed \(settings.seed)",
        ja:
          "パラメータ \(Language.ja.written(run.layout.count)) 個、語彙 \(Language.ja.written(vocabulary.count)) トークン、"
          + "学習データ \(Language.ja.written(corpus.count)) トークン、シード \(settings.seed)"
      )
    ])
    return (run, corpus, tokenizer)
  }

  /// A run that was saved.
  private func resumed(
    _ invocation: Invocation,
    _ folder: RunFolder,
    on console: Console
  ) throws -> Start {
    if let option = TrainingRequest.settings.first(where: { invocation.has($0) }) {
      throw CLIError.usage(
        en:
          "--resume goes on with the settings that the run was started with; leave out \(option.typed)",
        ja: "--resume は、始めたときの設定のまま続けます。\(option.typed) は外してください。"
      )
    }
    let run = try folder.load()
    let texts = try run.settings.source.texts()
    guard texts.fingerprint == run.settings.fingerprint else {
      let files = run.settings.source.files.joined(separator: ", ")
      let plan = run.settings.source.plan
      throw CLIError(
        .badData,
        en: "\(plan?.title ?? files): has changed since the run was started",
        ja: "\(plan.map { "組み込みの世界（\($0.name)）" } ?? files)：学習を始めてから中身が変わっています。"
      )
    }
    let tokenizer: Tokenizer
    do { tokenizer = try Tokenizer(folder: folder.path) } catch { throw CLIError(error) }
    guard tokenizer.count == run.configuration.dVocab else {
      throw CLIError(
        .badData,
        en:
          "\(folder.path): the vocabulary has \(tokenizer.count) tokens, but the checkpoint was made "
          + "with \(run.configuration.dVocab)",
        ja:
          "\(folder.path)：語彙は \(tokenizer.count) トークンですが、チェックポイントは \(run.configuration.dVocab) トークンで"
          + "作られています。"
      )
    }
    console.note(en: "going on after step \(run.step)", ja: "ステップ \(run.step) の続きから始めます")
    let corpus = try corpus(texts, tokenizer, run.settings)
    // A run of before such counts were kept has none yet.
    try folder.writeCounts(of: run, corpus)
    return (run, corpus, tokenizer)
  }

  private func corpus(
    _ texts: TrainingSource.Texts,
    _ tokenizer: Tokenizer,
    _ settings: TrainingSettings
  ) throws(CLIError) -> Corpus {
    let corpus = Corpus(
      texts.training,
      validation: texts.validation,
      tokenizer,
      length: settings.context
    )
    guard corpus.holdsSequences(ofLength: settings.context) else {
      let name = settings.source.files.joined(separator: ", ")
      throw CLIError(
        .badData,
        en: "\(name): has \(corpus.count) tokens to learn from, but one sequence is "
          + "\(settings.context + 1); give more text or a smaller --context",
        ja: "\(name)：学習データは \(corpus.count) トークンですが、1つの列に \(settings.context + 1) トークン必要です。文章を増やすか、"
          + "--context を小さくしてください。"
      )
    }
    return corpus
  }

  /// A line of losses, and a sample of what the model writes.
  private func report(
    _ run: TrainingRun,
    _ tokenizer: Tokenizer,
    on console: Console
  ) throws(CLIError) {
    let recent = run.losses.suffix(max(1, run.settings.steps / 20))
    let mean = recent.reduce(0, +) / Double(max(recent.count, 1))
    let validation = run.validations.last.map { Decimal.text($0.loss, digits: 4) } ?? "–"
    let loss = Decimal.text(mean, digits: 4)
    try console.report([
      say(
        en: "step \(run.step): loss \(loss), held-out \(validation)",
        ja: "ステップ \(run.step)：損失 \(loss)、検証データの損失 \(validation)"
      ),
      LocalizedText(same: "  " + console.harmless(sample(of: run, tokenizer))),
    ])
  }

  private func sample(of run: TrainingRun, _ tokenizer: Tokenizer) -> String {
    var options = SamplingOptions()
    options.temperature = 0.8
    options.seed = UInt64(run.step)
    let start = tokenizer.endOfTextID ?? 0
    var generation = Generation(of: [start], by: run.transformer, options)
    for _ in 0..<40 where generation.next().token == start { break }
    let text = tokenizer.decode(generation.tokens.filter { $0 != start })
    return text.split(separator: "\n").joined(separator: " ⏎ ")
  }
}
