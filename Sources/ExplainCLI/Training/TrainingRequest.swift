import Training

/// What the command line asks to be trained.
struct TrainingRequest {
  static let corpus = OptionSpec(
    "corpus",
    .text(placeholder: "FILE,…"),
    help: "the text files to learn from; <|endoftext|> ends a text within a file",
    defaultText: "the built-in world"
  )
  static let world = OptionSpec(
    "world",
    .choice(WorldPlan.all.map(\.name)),
    help: "which built-in world, by its language",
    defaultText: WorldPlan.english.name
  )
  static let tokenizerSize = OptionSpec(
    "tokenizer-size",
    .integer(placeholder: "N", 257...100_000),
    help: "how many tokens the vocabulary may have; it is learned first",
    defaultText: "2688"
  )
  static let layers = size("layers", 1...64, "how many blocks", 4)
  static let heads = size("heads", 1...64, "how many attention heads in a block", 4)
  static let modelWidth = size("width", 1...4096, "the model's width; a multiple of the heads", 128)
  static let context = size("context", 2...4096, "how many tokens the model sees at once", 128)
  static let steps = size("steps", 1...1_000_000, "how many steps to take", 2000)
  static let batch = size("batch", 1...1024, "how many sequences to learn from at each step", 16)
  static let learningRate = OptionSpec(
    "learning-rate",
    .text(placeholder: "R"),
    help: "the highest learning rate; it rises to it first and falls to a tenth of it at the end",
    defaultText: "0.001"
  )
  static let half = OptionSpec(
    "half",
    .flag,
    help: "store the model's weights in 16 bits each; what the run goes on from keeps all 32"
  )
  static let resume = OptionSpec(
    "resume",
    .flag,
    help: "go on with the run in the folder, as if it had never stopped"
  )

  /// The options that say what a run is; a run that is gone on with has its own.
  static let settings: [OptionSpec] = [
    corpus, world, tokenizerSize, layers, heads, modelWidth, context, steps, batch, learningRate,
    .seed,
    half,
  ]

  private static func size(
    _ name: String,
    _ range: ClosedRange<Int>,
    _ help: String,
    _ standard: Int
  ) -> OptionSpec {
    OptionSpec(name, .integer(placeholder: "N", range), help: help, defaultText: "\(standard)")
  }

  /// Reads the settings of a new run.
  ///
  /// - Throws: A usage error that names the option.
  static func read(_ invocation: Invocation) throws(CLIError) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.layers = invocation.integer(layers) ?? settings.layers
    settings.heads = invocation.integer(heads) ?? settings.heads
    settings.width = invocation.integer(modelWidth) ?? settings.width
    settings.context = invocation.integer(context) ?? settings.context
    settings.steps = invocation.integer(steps) ?? settings.steps
    settings.batch = invocation.integer(batch) ?? settings.batch
    settings.seed = UInt64(invocation.integer(.seed) ?? 0)
    settings.storesHalf = invocation.has(half)
    guard settings.width % settings.heads == 0 else {
      throw .usage(
        "--width \(settings.width) is not a multiple of --heads \(settings.heads); "
          + "every head gets an equal share"
      )
    }
    if let text = invocation.text(learningRate) {
      let isPlain = text.utf8.allSatisfy { 0x30...0x39 ~= $0 || "+-.eE".utf8.contains($0) }
      guard isPlain, let rate = Double(text), rate > 0, rate.isFinite else {
        throw .usage("--learning-rate “\(text)” is not a number above 0")
      }
      settings.learningRate = rate
    }
    let files = invocation.text(corpus)?.split(separator: ",").map(String.init) ?? []
    if invocation.has(world), !files.isEmpty {
      throw .usage("--world \(invocation.text(world) ?? "") and --corpus exclude one another")
    }
    settings.source = TrainingSource(
      files: files,
      world: invocation.text(world),
      // A text for every sequence that is read, up to more than a small model can keep in mind.
      worldTexts: min(60_000, max(2000, settings.steps * settings.batch)),
      vocabularySize: invocation.integer(tokenizerSize) ?? 2688
    )
    return settings
  }
}
