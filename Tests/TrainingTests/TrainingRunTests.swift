import Files
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenization
import Training
import TrainingFiles
import Transformer

/// A run from its first step to its last, its checkpoints, and going on from them.
@Suite struct TrainingRunTests {
  private static let text = Array(
    String(repeating: "the cat sat on the mat. the dog sat on the log. ", count: 60).utf8
  )

  private func run(steps: Int, rate: Double = 0.01) throws -> (run: TrainingRun, corpus: Corpus) {
    var settings = TrainingSettings()
    (settings.layers, settings.heads, settings.width) = (1, 2, 16)
    (settings.context, settings.batch, settings.steps) = (12, 4, steps)
    settings.learningRate = rate
    settings.seed = 9
    var learner = MergeLearner()
    learner.read(Self.text)
    let vocabulary = learner.learn(size: 280, endOfText: "<|endoftext|>")
    let corpus = Corpus(
      [Self.text],
      validation: [Self.text],
      try vocabulary.tokenizer(),
      length: settings.context
    )
    return (TrainingRun(settings, vocabulary: vocabulary.count), corpus)
  }

  @Test func `a model learns what can be learned`() throws {
    var (run, corpus) = try run(steps: 150)
    run.validate(on: corpus)
    while !run.isDone { try run.step(on: corpus) }
    run.validate(on: corpus)
    #expect(run.validations.count == 2 && run.losses.count == 150)
    #expect(abs(run.validations[0].loss - Foundation.log(Double(run.configuration.dVocab))) < 0.2)
    #expect(run.validations[1].loss < 0.6)
  }

  @Test func `a run that was saved goes on bit for bit`() throws {
    let folder = try TemporaryFolder()
    var (run, corpus) = try run(steps: 8)
    for _ in 0..<3 { try run.step(on: corpus) }
    run.validate(on: corpus)
    let path = "\(folder.path)/checkpoint.safetensors"
    try Checkpoint.write(run, to: path)
    var resumed = try Checkpoint.read(path)
    while !run.isDone { try run.step(on: corpus) }
    while !resumed.isDone { try resumed.step(on: corpus) }
    #expect(resumed.parameters.values == run.parameters.values)
    #expect(resumed.optimizer.square.values == run.optimizer.square.values)
    #expect(resumed.losses == run.losses && resumed.validations == run.validations)
    #expect(resumed.settings == run.settings)
  }

  @Test func `a checkpoint cut off anywhere is no checkpoint`() throws {
    let folder = try TemporaryFolder()
    let (run, _) = try run(steps: 8)
    let path = "\(folder.path)/checkpoint.safetensors"
    try Checkpoint.write(run, to: path)
    let whole = try Data(contentsOf: URL(filePath: path))
    for length in [0, 7, 100, whole.count / 2, whole.count - 1] {
      try whole.prefix(length).write(to: URL(filePath: path))
      #expect(throws: TrainingError.self, "\(length) bytes") { try Checkpoint.read(path) }
    }
    try Safetensors.write([], metadata: ["format": "explain-training/1"], to: path)
    #expect(throws: TrainingError.self) { try Checkpoint.read(path) }
  }

  @Test func `a loss that is no number any more stops the run as it was`() throws {
    var (run, corpus) = try run(steps: 40, rate: 1e30)
    var error: TrainingError?
    while error == nil, !run.isDone {
      let before = run.parameters.values.map(\.bitPattern)
      do throws(TrainingError) { try run.step(on: corpus) } catch let found {
        error = found
        #expect(run.parameters.values.map(\.bitPattern) == before)
      }
    }
    #expect(error == .lossNotFinite(step: run.step + 1))
  }

  @Test func `batches depend on step and seed alone`() throws {
    let (_, corpus) = try run(steps: 1)
    let batch = { (step: Int, seed: UInt64) in
      corpus.batch(step, count: 4, length: 12, seed: seed)
    }
    #expect(batch(3, 1).inputs == batch(3, 1).inputs)
    #expect(batch(3, 1).inputs != batch(4, 1).inputs)
    #expect(batch(3, 1).inputs != batch(3, 2).inputs)
    #expect(batch(0, 0).inputs.dropFirst(1).prefix(11) == batch(0, 0).targets.prefix(11))
  }
}
