import Formats
import Graphics
import Lessons
import Pages
import Traces
import Transformer
import Walkthrough

/// `explain lesson [NAME]`.
struct LessonCommand: Command {
  let name = "lesson"
  let summary = say(
    en: "a short lesson for who has never met a vector; without a name, the list of them",
    ja: "ベクトルを知らない人のための短いレッスン。名前を付けなければ一覧を示します"
  )
  let arguments = [
    ArgumentSpec(
      "NAME",
      help: say(
        en: Lesson.all.map(\.name).joined(separator: ", ") + " (default: the list of all)",
        ja: Lesson.all.map(\.name).joined(separator: "、") + "（既定：すべての一覧）"
      ),
      offer: .words(Lesson.all.map(\.name)),
      isOptional: true
    )
  ]
  let options = specs(output, format, answers, PageOutput.still, .language)
  let examples = [
    "explain lesson",
    "explain lesson dot-product",
    "explain lesson dot-product --answers --language ja",
    "explain lesson softmax-and-temperature -o softmax.html",
  ]

  private static let output = Option.output(
    "FILE",
    help: say(
      en: "the file for the result; FILE.html is the lesson's page",
      ja: "結果のファイル。FILE.html ならレッスンのページ"
    )
  )
  private static let format = Option.format(
    .text,
    .json,
    .html,
    told: { say(en: "\($0); html for a FILE.html", ja: "\($0)。FILE.html なら html") }
  )
  private static let answers = Option(
    flag: "answers",
    help: say(
      en: "print the answers to the questions at the end, too",
      ja: "最後の問題の答えも示します"
    )
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let room = try Classroom.builtIn(invocation.language)
    let path = invocation[Self.output]
    let isPage = path?.hasSuffix(".html") == true
    let format = invocation.given(Self.format) ?? (isPage ? .html : invocation[Self.format])
    guard let name = invocation.arguments.first?.text else {
      if format == .html {
        throw CLIError.usage(
          en: "a page is of one lesson: \(Lesson.all.map(\.name).joined(separator: ", "))",
          ja: "ページにするレッスンを1つ選んでください：\(Lesson.all.map(\.name).joined(separator: "、"))"
        )
      }
      let list = LessonList(room)
      let text = format == .json ? list.json : list.lines(invocation.style(on: console, to: path))
      try console.deliver(text, to: path)
      return .success
    }
    guard let lesson = Lesson.named(name) else {
      let names = Lesson.all.map(\.name)
      throw CLIError.usage(
        en: "there is no lesson “\(name)”, but \(names.joined(separator: ", "))"
          + Spelling.suggestion(for: name, among: names).en,
        ja: "「\(name)」というレッスンはありません。あるのは \(names.joined(separator: "、")) です"
          + Spelling.suggestion(for: name, among: names).ja
      )
    }
    let article = try lesson.article(in: room)
    let text =
      switch format {
      case .json: ArticleJSON(article).value.text + "\n"
      case .html:
        ArticlePage(
          article,
          numbers: .taught,
          asking: invocation[PageOutput.still] ? nil : lesson.form(in: room),
          trying: invocation[PageOutput.still] ? nil : lesson.tried(in: room)
        ).html
      default:
        lines(of: article, lesson, in: room, invocation, invocation.style(on: console, to: path))
          .map { $0 + "\n" }.joined()
      }
    try console.deliver(text, to: path)
    return .success
  }

  /// A lesson as terminal text, and the command for the next one.
  private func lines(
    of article: Article,
    _ lesson: Lesson,
    in room: Classroom,
    _ invocation: Invocation,
    _ terminal: TerminalStyle
  ) -> [String] {
    let answers = "explain lesson \(lesson.name) --answers\(Self.option(room.language))"
    let lines = TerminalArticle(
      article,
      terminal: terminal,
      answers: invocation[Self.answers] ? .shown : .askedFor(command: answers)
    ).lines
    guard let next = lesson.next else { return lines }
    let command = "explain lesson \(next.name)\(Self.option(room.language))"
    let line = room.language == .en ? "The next lesson: \(command)" : "次のレッスン：\(command)"
    return lines + [""] + TextWidth.wrap(terminal.plain(line), to: min(terminal.width, 80))
  }

  /// The option that a command in a language needs.
  static func option(_ language: Language) -> String {
    language == .en ? "" : " --language \(language.rawValue)"
  }
}

/// The lessons in order, each with what it is about.
private struct LessonList {
  let room: Classroom

  init(_ room: Classroom) { self.room = room }

  var json: String {
    JSON.array(
      Lesson.all.map { lesson in
        [
          "name": .string(lesson.name),
          "title": .string(lesson.title(in: room).plain(in: room.language)),
          "about": .string(lesson.about(in: room).plain(in: room.language)),
        ]
      }
    ).text + "\n"
  }

  func lines(_ terminal: TerminalStyle) -> String {
    var lines: [String] = []
    for (index, lesson) in Lesson.all.enumerated() {
      let number = TextWidth.pad("\(index + 1)", to: 2, alignment: .trailing)
      lines += wrapped("\(number)  \(lesson.name)", terminal).map(terminal.strong)
      let title = lesson.title(in: room).plain(in: room.language)
      let colon = room.language == .en ? (title.hasSuffix("?") ? " " : ". ") : "："
      let about = lesson.about(in: room).plain(in: room.language)
      lines += wrapped("    \(title)\(colon)\(about)", terminal)
    }
    let how =
      (room.language == .en ? "Begin with: " : "まずはここから：")
      + "explain lesson \(Lesson.all[0].name)\(LessonCommand.option(room.language))"
    return (lines + [""] + wrapped(how, terminal)).map { $0 + "\n" }.joined()
  }

  private func wrapped(_ text: String, _ terminal: TerminalStyle) -> [String] {
    let margin = String(text.prefix { $0 == " " })
    return TextWidth.wrap(
      terminal.plain(String(text.dropFirst(margin.count))),
      to: min(terminal.width, 80) - margin.count
    ).map { margin + $0 }
  }
}

extension Classroom {
  /// A classroom with the models that are compiled in.
  ///
  /// - Throws: What opening one throws.
  static func builtIn(_ language: Language) throws -> Classroom {
    Classroom(
      language,
      english: try BuiltInModel.all[0].load(),
      japanese: try BuiltInModel.all[1].load()
    )
  }
}

extension Lesson {
  /// What is tried out on the lesson's page, and the program for it; nil if there is nothing.
  func tried(
    in room: Classroom,
    carrying living: Living = .lessons
  ) -> (forms: [TryingForm], living: Living)? {
    let forms = trying(in: room).map { trying -> TryingForm in
      switch trying {
      case .line: .line(in: room.language)
      case .network(let text, let prompt):
        .network(learning: text, prompt: prompt, in: room.language)
      case .arrows: .arrows(in: room.language)
      case .softmax: .softmax(in: room.language)
      case .merges(let text): .merges(of: text, in: room.language)
      }
    }
    return forms.isEmpty ? nil : (forms, living)
  }

  /// The form of the lesson's page, and what the page carries to answer it; nil if it has none.
  ///
  /// - Parameters:
  ///   - room: What is taught with.
  ///   - carried: What several pages share; by default the page carries the room's model itself.
  /// - Returns: The form and what answers it.
  func form(
    in room: Classroom,
    carrying carried: Living? = nil
  ) -> (form: ArticlePage.Form, living: Living)? {
    func living() -> Living? { carried ?? Living.carrying(room.model, at: nil) }
    let isEnglish = room.model.name == room.english.name
    switch asking(in: room) {
    case nil: return nil
    case .sizes?:
      let sizes = SizesForm(CountedModel.gpt3.sizes, in: room.language)
      return (.sizes(sizes), carried ?? Living(program: BuiltInModel.program, model: nil))
    case .direction(let text)?:
      let form = WordsForm(.direction, text, examples: isEnglish, in: room.language)
      return living().map { (.words(form), $0) }
    case .map(let text)?:
      let form = WordsForm(.map, text, examples: isEnglish, in: room.language)
      return living().map { (.words(form), $0) }
    }
  }
}
