#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Graphics
import Platform
import Tokenization
import Training
import TrainingFiles
import Transformer
import Walkthrough

/// The folder of a training run: a model in the Hugging Face layout, and the checkpoint from which the
/// run can go on.
struct RunFolder {
  let path: String
  private var checkpoint: String { "\(path)/checkpoint.safetensors" }

  /// Where what the run's page shows of its moments is kept.
  var moments: String { "\(path)/moments" }

  /// Whether a run was saved here.
  var holdsRun: Bool { access(checkpoint, F_OK) == 0 }

  /// Makes the folder for a new run.
  ///
  /// - Throws: `cannotCreate` if there is a run or a model already, or the system refuses.
  func make() throws(CLIError) {
    if holdsRun {
      throw CLIError(
        .cannotCreate,
        en: "\(path): holds a training run; go on with it with --resume, or choose another folder",
        ja: "\(path)：学習の途中のデータがあります。--resume で続けるか、別のフォルダーを指定してください。"
      )
    }
    for name in [
      "config.json", "model.safetensors", "vocab.json", "merges.txt", TokenCounts.fileName,
    ] where access("\(path)/\(name)", F_OK) == 0 {
      throw CLIError(
        .cannotCreate,
        en: "\(path): holds “\(name)” of another model; choose another folder with -o",
        ja: "\(path)：別のモデルの「\(name)」があります。-o で別のフォルダーを指定してください。"
      )
    }
    var made = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      made += (made.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
      if made == "/" || isFolder(made) { continue }
      guard mkdir(made, 0o777) == 0 || errno == EEXIST, isFolder(made) else {
        let number = isFolder(made) ? errno : ENOTDIR
        throw .cannotCreate(path, because: number)
      }
    }
  }

  /// Writes what does not change during a run: the vocabulary, the sizes, and how often each token
  /// occurs in the text.
  ///
  /// - Throws: `cannotCreate`, or `inputOutput` if the disk is full.
  func begin(_ run: TrainingRun, _ corpus: Corpus, _ vocabulary: LearnedVocabulary) throws {
    let configuration = ModelFiles.configuration(
      run.configuration,
      endOfText: vocabulary.count - 1
    )
    for (name, text) in [
      ("vocab.json", vocabulary.vocabularyFile), ("merges.txt", vocabulary.mergesFile),
      ("config.json", configuration),
    ] {
      try OutputFile(path: "\(path)/\(name)").replace { try OutputFile(path: $0).write(text) }
    }
    try writeCounts(of: run, corpus)
  }

  /// Writes how often each token occurs in the text that the run learns from, unless that is there.
  ///
  /// - Throws: `cannotCreate`, or `inputOutput` if the disk is full.
  func writeCounts(of run: TrainingRun, _ corpus: Corpus) throws {
    let file = "\(path)/\(TokenCounts.fileName)"
    let counts = corpus.counts(
      vocabulary: run.configuration.dVocab,
      of: run.settings.source.summary
    )
    guard access(file, F_OK) != 0, let counts else { return }
    try OutputFile(path: file).replace { try OutputFile(path: $0).write(counts.file) }
  }

  /// Saves a run; whatever happens meanwhile, there is a whole checkpoint, this one or the last.
  ///
  /// - Throws: `cannotCreate`, or `inputOutput` if the disk is full.
  func save(_ run: TrainingRun, in language: Language) throws {
    try OutputFile(path: checkpoint).replace { try Checkpoint.write(run, to: $0) }
    try OutputFile(path: "\(path)/model.safetensors").replace {
      try ModelFiles.writeWeights(
        run.parameters,
        run.layout,
        asHalf: run.settings.storesHalf,
        to: $0
      )
    }
    let curve = LossCurve(of: run, in: language).scene
    try OutputFile(path: "\(path)/loss.svg").replace {
      try OutputFile(path: $0).write(SVG.standalone(curve))
    }
  }

  /// The run as it was saved.
  ///
  /// - Throws: `noInput` if there is none, or bad data.
  func load() throws -> TrainingRun {
    guard holdsRun else {
      throw CLIError(
        .noInput,
        en: "\(path): holds no training run (checkpoint.safetensors); start one without --resume",
        ja: "\(path)：学習の途中のデータ（checkpoint.safetensors）がありません。--resume を付けずに始めてください。"
      )
    }
    return try Checkpoint.read(checkpoint)
  }
}
