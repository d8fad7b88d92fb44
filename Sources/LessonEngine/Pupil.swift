import Calls
import Formats
import Pages
import Tokenization
import Training
import Walkthrough

/// A small network that learns a reader's text, from random values on.
struct Pupil {
  private let tokenizer: Tokenizer
  private let corpus: Corpus
  private let prompt: [Int], words: [Int]
  private let start: Moment
  private var run: TrainingRun

  /// As many bytes can be learned from.
  private static let mostBytes = 200_000

  /// What the network is, and how it learns: as large as a page can train while one watches.
  private static func settings(seed: UInt64) -> TrainingSettings {
    var settings = TrainingSettings()
    (settings.layers, settings.heads, settings.width) = (2, 2, 32)
    (settings.context, settings.batch, settings.steps) = (32, 8, 2000)
    settings.learningRate = 5e-3
    settings.seed = seed
    // 256 bytes, the end of a text, and what is most often written together.
    settings.source = TrainingSource(files: [], worldTexts: 0, vocabularySize: 384)
    return settings
  }

  /// Makes the vocabulary of a text, and a network of random values.
  ///
  /// - Throws: ``Calls/EngineError`` if the text is too short or too long to learn from, or the prompt is empty.
  init(
    learning text: String,
    prompt: String,
    seed: UInt64,
    in language: Language
  ) throws(EngineError) {
    let settings = Self.settings(seed: seed)
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.mostBytes else {
      throw EngineError(
        language == .en
          ? "The text has \(bytes.count) bytes; at most \(Self.mostBytes) can be learned from here."
          : "文章は \(bytes.count) バイトあります。ここで学べるのは \(Self.mostBytes) バイトまでです。"
      )
    }
    // Paragraphs are texts of their own.
    let paragraphs = bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) }
    let texts = TrainingSource.Texts(splitting: paragraphs)
    let tokenizer: Tokenizer
    do throws(TokenizationError) {
      tokenizer = try texts.vocabulary(size: settings.source.vocabularySize).tokenizer()
    } catch { throw EngineError(error.description) }
    corpus = Corpus(
      texts.training,
      validation: texts.validation,
      tokenizer,
      length: settings.context
    )
    guard corpus.holdsSequences(ofLength: settings.context + 1) else {
      throw EngineError(
        language == .en
          ? "The text is too short: it has \(corpus.count) tokens, and at least \(settings.context + 2) are needed."
          : "文章が短すぎます。\(corpus.count) トークンしかありません。\(settings.context + 2) トークン以上が必要です。"
      )
    }
    let ids = Array(tokenizer.encode(prompt).suffix(settings.context))
    guard !ids.isEmpty else {
      throw EngineError(
        language == .en ? "The beginning to go on from is empty." : "書き出しが空です。"
      )
    }
    self.prompt = ids
    self.tokenizer = tokenizer
    words = corpus.frequentWords(of: tokenizer)
    run = TrainingRun(settings, vocabulary: tokenizer.count)
    run.validate(on: corpus, atMost: 32)
    start = Moment(of: run, prompt: ids, words: words)
  }

  /// Takes some steps; none once all were taken.
  ///
  /// - Throws: ``Calls/EngineError`` if the loss is no number any more.
  mutating func learn(steps: Int, in language: Language) throws(EngineError) {
    for _ in 0..<steps where !run.isDone {
      do throws(TrainingError) { try run.step(on: corpus) } catch {
        throw EngineError(
          language == .en ? error.description : "損失が数でなくなりました。"
        )
      }
    }
  }

  /// Where the run stands, and with `isTold` what can be seen of it.
  mutating func reply(in language: Language, isTold: Bool) -> JSON {
    if isTold, run.validations.last?.step != run.step { run.validate(on: corpus, atMost: 32) }
    let account = LearningAccount(of: record(isTold: isTold), in: language)
    return [
      "step": .integer(run.step), "done": .bool(run.isDone),
      "parts": .members(
        [TryingForm.status(of: account, of: run.settings.steps)]
          + (isTold ? [TryingForm.report(account.article)] : [])
      ),
    ]
  }

  /// What is known of the run; how it is now is only looked at where it is told, for that takes a run of its own.
  private func record(isTold: Bool) -> LearningRecord {
    let isAtStart = run.step == 0
    let now = isTold && !isAtStart ? [Moment(of: run, prompt: prompt, words: words)] : []
    return LearningRecord(
      of: run,
      [start] + now,
      prompt: prompt,
      words: words,
      tokenizer,
      line: nil
    )
  }
}
