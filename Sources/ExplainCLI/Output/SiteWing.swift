import Attribution
import Graphics
import Pages
import Sampling
import Traces
import Transformer
import Walkthrough

/// The pages of a site in one language: a model, and the prompts that it is asked.
struct SiteWing {
  /// The language.
  let language: Language
  /// The model that the pages ask.
  let model: Model
  /// What they share.
  let living: Living
  /// The run of the first prompt.
  let trace: Trace
  /// The prompts that are offered.
  let prompts: [String]
  /// Whether the walkthrough is another file than that of the other language.
  private let isApart: Bool

  /// Runs the first prompt.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - language: The language.
  ///   - prompts: The prompts that are offered, one at least.
  ///   - first: The first of them, as tokens.
  ///   - carried: The model, for the pages to carry.
  ///   - options: How it is recorded.
  ///   - isApart: Whether the walkthrough is another file than that of the other language.
  /// - Throws: What running the prompt throws.
  init(
    of model: Model,
    in language: Language,
    prompts: [String],
    _ first: Prompt,
    _ carried: Living.CarriedModel,
    _ options: RecordingOptions,
    isApart: Bool = false
  ) throws {
    var options = options
    options.put = (first.put.before, first.put.after)
    var trace = try model.record(first.text, tokens: first.tokens, options)
    trace.addReasons(of: model, first.tokens, within: Trace.attributionBudget)
    var living = Living(
      program: BuiltInModel.program,
      model: carried,
      seed: trace.continuation?.seed ?? 0
    )
    living.shared = isApart ? "model-\(language.rawValue).js" : SiteFolder.carried
    living.prompts = prompts == carried.prompts ? living.ownPrompts : prompts
    (self.language, self.model, self.living) = (language, model, living)
    (self.trace, self.prompts, self.isApart) = (trace, prompts, isApart)
  }

  private init(_ other: SiteWing, in language: Language) {
    self.language = language
    (model, living, trace) = (other.model, other.living, other.trace)
    (prompts, isApart) = (other.prompts, other.isApart)
  }

  /// The same in another language: of the walkthrough another edition.
  func told(in language: Language) -> SiteWing { SiteWing(self, in: language) }

  private var ending: String { language == .en ? ".html" : "-\(language.rawValue).html" }

  /// The walkthrough's file.
  var walkthrough: String { isApart ? "walkthrough\(ending)" : "walkthrough.html" }

  /// The language of the walkthrough's edition, if that is not the file's first.
  var edition: Language? { isApart || language == .en ? nil : language }

  /// Every kind of page, with its address.
  var pages: [(kind: SiteIndexPage.Kind, address: String)] {
    let edition = edition.map { "#edition-\($0.rawValue)" } ?? ""
    return [
      (.walkthrough, walkthrough + edition), (.words, "words\(ending)"),
      (.story, "story\(ending)"), (.score, "score\(ending)"), (.parameters, "parameters\(ending)"),
    ]
  }

  /// The pages, and what they share.
  ///
  /// - Throws: What a page ends in.
  var files: [(name: String, text: String)] {
    get throws {
      var files: [(name: String, text: String)] = []
      if isApart || language == .en {
        let languages: [Language] = language == .en ? [.en, .ja] : [.ja, .en]
        let page = TracePage(trace, languages: languages, layer: nil, head: nil, living: living)
        files.append((walkthrough, page.html))
        if let shared = living.shared { files.append((shared, living.sharedFile)) }
      }
      if let words { files.append(("words\(ending)", words)) }
      files.append(("story\(ending)", try story))
      files.append(("score\(ending)", try score))
      files.append(("parameters\(ending)", parameters))
      return files
    }
  }

  /// A question worth asking of the model's words, else words of the prompts, whichever it has first.
  private var words: String? {
    let source = WordSource(model: model, usesUnembedding: false, living: living)
    let names = prompts.flatMap { $0.split(whereSeparator: { !$0.isLetter }).map(String.init) }
    let questions = BuiltInModel.all.filter { $0.name == model.name }.map { $0.wordQuestion }
    let known = (questions.isEmpty ? [BuiltInModel.all[0].wordQuestion] : questions) + names
    for name in known {
      guard let query = try? source.query(name) else { continue }
      let found = NearestWords(to: query, in: source.lexicon, count: 8, language: language)
      let asking = source.asking(.nearest, [name], in: language)
      return WordsPage(found.report, asking: asking).html
    }
    return nil
  }

  /// The first prompt, and what the model goes on with.
  private var story: String {
    get throws {
      let writer = Writer(
        model,
        prompt: trace.tokens.map(\.id),
        SamplingOptions(),
        stops: [],
        candidates: StoryPage.candidateCount
      )
      let story = try writer.finished(limit: 12).story
      return StoryPage([story], in: language, asking: (trace.prompt, living)).html
    }
  }

  private var score: String {
    get throws {
      let score = try TextScore(of: trace.prompt, tokens: trace.tokens.map(\.id), by: model)
      return ScorePage(score, in: language, asking: (trace.prompt, living)).html
    }
  }

  private var parameters: String {
    let base = CountedModel.gpt3
    let form = SizesForm(base.sizes, in: language)
    return ArticlePage(
      ParameterAccount(of: base, in: language).article,
      asking: (.sizes(form), living)
    ).html
  }
}
