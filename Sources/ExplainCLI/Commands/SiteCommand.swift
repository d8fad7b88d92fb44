import Graphics
import Pages
import Platform
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
    guard !prompts.isEmpty else {
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
    let english = try SiteWing(
      of: model,
      in: .en,
      prompts: prompts,
      taken[0],
      carried,
      invocation.recordingOptions
    )
    var site = Site(wings: [english, english.told(in: .ja)])
    // Who reads Japanese is met by the model that does, where nothing else is asked for.
    if own.isEmpty, !invocation.has(.model), let builtIn = BuiltInModel.named("built-in-ja") {
      let other = try builtIn.load()
      if let carried = Living.CarriedModel.files(of: other, at: builtIn.word),
        let first = builtIn.prompts.first
      {
        site.wings[1] = try SiteWing(
          of: other,
          in: .ja,
          prompts: builtIn.prompts,
          other.prompt(first),
          carried,
          invocation.recordingOptions,
          isApart: true
        )
      }
    }
    site.opens = invocation.language
    try console.print(paths: [SiteFolder(path: folder).write(site.files)])
    console.tellSize(of: site.shared.map { "\(folder)/\($0)" })
    return .success
  }
}

/// The files of a site.
private struct Site {
  /// Its pages, language by language.
  var wings: [SiteWing]
  /// The language that the index opens in.
  var opens = Language.en

  /// The files that pages share.
  var shared: [String] {
    wings.compactMap { $0.living.shared }.reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  var files: [(name: String, text: String)] {
    get throws {
      var taught = SiteLessons(wings: wings)
      let lessons = try taught.files
      let index = SiteIndexPage(
        wings.rising { $0.language == opens ? 0 : 1 }.map { wing in
          SiteIndexPage.Door(
            wing.language,
            model: wing.model.name,
            prompts: wing.prompts,
            walkthrough: wing.walkthrough,
            edition: wing.edition,
            pages: wing.pages,
            lessons: taught.links.first { $0.language == wing.language }?.links ?? [],
            picture: Machine(of: wing.trace).figure(in: wing.language)
          )
        }
      )
      var files = [("index.html", index.html)]
      for wing in wings { files += try wing.files }
      return files + lessons
    }
  }
}
