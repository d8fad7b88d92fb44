import Attribution
import Graphics
import Pages
import Platform
import Sampling
import Traces
import Transformer
import Walkthrough

/// `explain site -o DIR [PROMPT…]`.
struct SiteCommand: Command {
  let name = "site"
  let summary = say(
    en: "write a folder for any static host: living pages that share one model",
    ja: "静的なサイトとして公開できるフォルダーを書きます。中身は、1つのモデルを共有する、対話できるページです"
  )
  let arguments = [
    ArgumentSpec(
      "PROMPT",
      help: say(
        en: "a prompt that the walkthrough offers, the first one told first; without any, those "
          + "that the built-in model is good for",
        ja: "ページで試せるプロンプト。最初のものが最初に表示されます。指定しなければ、組み込みモデルに向いたもの"
      ),
      isOptional: true,
      isRepeated: true
    )
  ]
  let options = specs(output, .model, .noSpecial, .seed)
  let examples = [
    "explain site -o public",
    "explain site -o public --model my-model \"Once upon a time\" \"The king\"",
  ]

  private static let output = Option.output(
    folder: "\(DefaultFolder.root)/site",
    help: say(en: "the folder to write", ja: "書くフォルダー")
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let folder = invocation[Self.output]
    let model = try invocation.model(
      for: invocation.arguments.map { $0.text }.joined(),
      on: console
    )
    let limit = Living.CarriedModel.limit / 1_000_000
    guard let carried = Living.CarriedModel.files(of: model, at: invocation[.model]) else {
      throw CLIError(
        .badData,
        en:
          "\(model.name): more than the \(limit) MB that pages carry; explain PROMPT writes a page that opens "
          + "it from the reader's disk",
        ja: "\(model.name)：ページに入れられる \(limit) MB を超えています。explain PROMPT なら、読む人のディスクからモデルを"
          + "開くページを書きます。"
      )
    }
    let own = invocation.arguments.map(\.text)
    let prompts = own.isEmpty ? carried.prompts : own
    guard let first = prompts.first else {
      throw CLIError.usage(
        en: "explain site needs a PROMPT for the first page of \(model.name)",
        ja: "\(model.name) の最初のページのために、explain site には PROMPT が必要です。"
      )
    }
    try SiteFolder(path: folder).refuseFile()
    var taken: [Prompt] = []
    for prompt in prompts {
      do throws(PromptError) {
        taken.append(try model.prompt(prompt, addingSpecialTokens: !invocation[.noSpecial]))
      } catch {
        let (text, reason) = (VisibleText.plain(prompt), LocalizedText(error))
        throw CLIError(
          .badData,
          en: "“\(text)”: \(reason.en)",
          ja: "「\(text)」：\(reason.ja)"
        )
      }
    }
    var options = invocation.recordingOptions
    options.put = (taken[0].put.before, taken[0].put.after)
    var trace = try model.record(taken[0].text, tokens: taken[0].tokens, options)
    trace.addReasons(of: model, taken[0].tokens, within: Trace.attributionBudget)
    var living = Living(
      program: BuiltInModel.program,
      model: carried,
      seed: trace.continuation?.seed ?? 0
    )
    living.shared = SiteFolder.carried
    living.prompts = own.isEmpty ? living.ownPrompts : own
    let site = Site(model: model, living: living, trace: trace, first: first, prompts: prompts)
    try console.print(paths: [SiteFolder(path: folder).write(site.files)])
    console.tellSize(of: ["\(folder)/\(SiteFolder.carried)"])
    return .success
  }
}

/// The files of a site.
private struct Site {
  let model: Model
  let living: Living
  let trace: Trace
  let first: String
  let prompts: [String]

  var files: [(name: String, text: String)] {
    get throws {
      var taught = SiteLessons(model: model, living: living)
      let lessons = try taught.files
      let index = SiteIndexPage(
        of: model.name,
        prompts: prompts,
        files: [
          (.walkthrough, "walkthrough.html", "walkthrough.html#edition-ja"),
          (.words, "words.html", "words-ja.html"),
          (.story, "story.html", "story-ja.html"), (.score, "score.html", "score-ja.html"),
          (.parameters, "parameters.html", "parameters-ja.html"),
        ],
        lessons: taught.links
      )
      var files = [
        ("index.html", index.html),
        (
          "walkthrough.html",
          TracePage(trace, languages: [.en, .ja], layer: nil, head: nil, living: living).html
        ), (SiteFolder.carried, living.sharedFile),
      ]
      for (language, ending) in [(Language.en, ".html"), (.ja, "-ja.html")] {
        if let words = words(in: language) { files.append(("words\(ending)", words)) }
        files.append(("story\(ending)", try story(in: language)))
        files.append(("score\(ending)", try score(in: language)))
        files.append(("parameters\(ending)", parameters(in: language)))
      }
      return files + lessons
    }
  }

  /// Words of the first prompt, or of the vocabulary if it has none.
  private func words(in language: Language) -> String? {
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
  private func story(in language: Language) throws -> String {
    let writer = Writer(
      model,
      prompt: trace.tokens.map(\.id),
      SamplingOptions(),
      stops: [],
      candidates: StoryPage.candidateCount
    )
    let story = try writer.finished(limit: 12).story
    return StoryPage([story], in: language, asking: (first, living)).html
  }

  private func score(in language: Language) throws -> String {
    let score = try TextScore(of: first, tokens: trace.tokens.map(\.id), by: model)
    return ScorePage(score, in: language, asking: (first, living)).html
  }

  private func parameters(in language: Language) -> String {
    let base = CountedModel.gpt3
    let form = SizesForm(base.sizes, in: language)
    return ArticlePage(
      ParameterAccount(of: base, in: language).article,
      asking: (.sizes(form), living)
    ).html
  }
}
