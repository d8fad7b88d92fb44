import CAssets
import Formats
import Graphics
import Lessons
import Synchronization
import Tokenization
import Transformer
import Walkthrough

/// Classrooms with the built-in models, and what articles say.
enum School {
  static let english = model("explain-world") {
    [
      "config.json": bytes(casset_model_config()),
      "model.safetensors": bytes(casset_model_weights()),
      "vocab.json": bytes(casset_model_vocabulary()),
      "merges.txt": bytes(casset_model_merges()),
      TokenCounts.fileName: bytes(casset_model_token_counts()),
    ]
  }
  static let japanese = model("explain-world-ja") {
    [
      "config.json": bytes(casset_model_ja_config()),
      "model.safetensors": bytes(casset_model_ja_weights()),
      "vocab.json": bytes(casset_model_ja_vocabulary()),
      "merges.txt": bytes(casset_model_ja_merges()),
      TokenCounts.fileName: bytes(casset_model_ja_token_counts()),
    ]
  }

  private static func model(
    _ name: String,
    _ files: () -> [String: Bytes]
  ) -> Result<Model, CheckpointError> {
    Result { () throws(CheckpointError) in
      try Model(in: Folder(name: name, files: files()), name: name)
    }
  }

  private static func bytes(_ asset: casset) -> Bytes {
    Bytes(viewing: UnsafeRawBufferPointer(start: asset.bytes, count: asset.count))
  }

  static func room(_ language: Language) throws -> Classroom {
    Classroom(language, english: try english.get(), japanese: try japanese.get())
  }

  /// What was told already: some lessons take seconds.
  private static let told = Mutex<[String: Article]>([:])

  /// A lesson, told.
  static func article(_ name: String, _ language: Language) throws -> Article {
    guard let lesson = Lesson.named(name) else { throw NotFound() }
    let key = "\(name), \(language)"
    if let article = told.withLock({ $0[key] }) { return article }
    let article = try lesson.article(in: room(language))
    told.withLock { $0[key] = article }
    return article
  }
}

/// A figure is not the one that was looked for.
struct NotFound: Error {}

extension Article {
  /// A step's blocks.
  func blocks(_ id: String) -> [Block] { steps.first { $0.id == id }?.blocks ?? [] }

  /// The rows of a step's tables, as they are read.
  func rows(_ id: String) -> [[String]] {
    blocks(id).flatMap { block -> [[String]] in
      guard case .table(let table) = block else { return [] }
      return table.rows.map { $0.map { $0.plain(in: language) } }
    }
  }

  /// A step's words: paragraphs, arithmetic, what was found.
  func words(_ id: String) -> String {
    blocks(id).flatMap { block -> [String] in
      switch block {
      case .paragraph(let text), .found(let text): [text.plain(in: language)]
      case .arithmetic(let lines): lines.map { $0.plain(in: language) }
      default: []
      }
    }.joined(separator: "\n")
  }

  /// A step's figures.
  func figures(_ id: String) -> [Figure] {
    blocks(id).compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }

  /// The bars of a step's figures, panel by panel.
  func bars(_ id: String) -> [[Bars.Bar]] {
    figures(id).flatMap { $0.scene.panels }.compactMap { panel in
      if case .bars(let bars) = panel.mark { bars.bars } else { nil }
    }
  }

  /// Every text that a reader meets, with where it stands.
  var texts: [(place: String, text: RichText)] {
    var texts = [("title", title)] + lead.map { ("lead", $0) }
    for step in steps {
      texts.append((step.id, step.title))
      for block in step.blocks {
        switch block {
        case .paragraph(let text), .found(let text), .leftOut(let text):
          texts.append((step.id, text))
        case .table(let table):
          texts.append((step.id, table.title))
          texts += table.columns.map { (step.id, $0.title) }
        case .figure(let figure):
          texts.append((step.id, RichText(stringLiteral: figure.scene.title)))
          texts.append((step.id, RichText(stringLiteral: figure.scene.description)))
        default: break
        }
      }
    }
    for question in questions {
      texts += [("question", question.text), ("answer", question.answer)]
    }
    return texts
  }
}
