import Pages
import Traces
import Walkthrough

/// Where a page goes: its folder, one HTML file, or standard output.
struct PageOutput {
  /// The option that says so.
  static let option = Option.output(
    "PATH",
    help: say(
      en: "the folder for index.html, figures and trace.safetensors; or the page alone: "
        + "FILE.html, or - for standard output",
      ja: "index.html、図、trace.safetensors を書くフォルダー。ページだけを書くなら FILE.html、標準出力なら -"
    ),
    otherwise: say(
      en: "\(DefaultFolder.root)/, then the prompt's words",
      ja: "\(DefaultFolder.root)/ の中の、プロンプトの語を名前にしたフォルダー"
    )
  )

  /// The options of every command that writes a page.
  static let options = specs(option, figures, fullTrace, still, .layer, .head, .pageLanguage)

  /// Leaves the program and the model out of the page.
  static let still = Option(
    flag: "still",
    help: say(
      en: "leave the program and the model out of the page: it is small and tells of this prompt "
        + "alone",
      ja: "ページにプログラムとモデルを入れません。小さくなり、このプロンプトだけを説明するページになります"
    )
  )

  /// Keeps everything that was recorded beside the page.
  private static let megabytes = TraceExcerpt.budget / 1_000_000
  static let fullTrace = Option(
    flag: "full-trace",
    help: say(
      en: "write the whole record beside the page, however large; without it a record of more than "
        + "\(megabytes) MB, or of a large vocabulary, is cut to what the page shows",
      ja: "どんなに大きくても、記録のすべてをページのそばに書きます。これがなければ、記録が \(megabytes) MB を超えるときや"
        + "語彙が大きいときは、ページに示す分だけにします"
    )
  )

  /// Writes the figures and nothing else.
  static let figures = Option(
    flag: "figures",
    help: say(
      en: "write the figures alone: PATH/*.svg, PATH by default the page's folder figures/",
      ja: "図だけを PATH/*.svg に書きます。PATH を指定しなければ、ページのフォルダーの中の figures/ です"
    )
  )

  /// Tells a trace and writes the page of it.
  ///
  /// - Parameters:
  ///   - whole: What was recorded.
  ///   - model: The model that ran, if the page is to carry it.
  ///   - invocation: What was asked for.
  ///   - console: Where paths and remarks go.
  /// - Throws: What writing throws.
  static func write(
    _ whole: Trace,
    carrying model: Living.CarriedModel? = nil,
    _ invocation: Invocation,
    on console: Console
  ) throws {
    try Descriptor.requireFree(2, for: invocation[option] ?? "index.html")
    let opened = Walkthrough.openedLayer(
      of: whole,
      layer: invocation[.layer],
      head: invocation[.head]
    )
    let trace = invocation[fullTrace] ? whole : whole.excerpt(opening: opened)
    if let broken = trace.notFinite {
      console.warn(
        en: "not everything in this trace is a number: \(broken.sentence.en)",
        ja: "このトレースには数でない値があります：\(broken.sentence.ja)"
      )
    }
    var living = Living(
      program: BuiltInModel.program,
      model: model,
      seed: trace.continuation?.seed ?? 0
    )
    living.prompts = living.ownPrompts
    if model == nil, !invocation[still] { living.run = Living.files(of: trace, opening: opened) }
    let page = TracePage(
      trace,
      languages: invocation.pageLanguages,
      layer: invocation[.layer],
      head: invocation[.head],
      living: invocation[still] ? nil : living
    )
    let path = invocation[option]
    if invocation[figures] {
      let folder = path ?? DefaultFolder.path(for: trace.prompt) + "/figures"
      return try console.print(paths: FigureFolder(path: folder).write(page.figures))
    }
    if let path, path == "-" || path.hasSuffix(".html") {
      return try console.deliver(page.html, to: path)
    }
    let index = try PageFolder(path, prompt: trace.prompt).write(page, of: trace)
    try console.print(paths: [index])
    let folder = OutputFolder.parent(of: index)
    if let positions = trace.lastPositions {
      console.warn(
        en:
          "the trace beside the page holds the last \(positions) of \(trace.tokens.count) positions; "
          + "--full-trace keeps all of the run",
        ja: "ページのそばのトレースには、\(trace.tokens.count) 個の位置のうち最後の \(positions) 個が入っています。"
          + "--full-trace を付けると全部を残します。"
      )
    }
    console.tellSize(of: ["\(folder)/index.html", "\(folder)/trace.safetensors"])
    console.note(
      en: "open it in a browser; the numbers behind it: explain inspect \(folder)",
      ja: "ブラウザで開いてください。もとになった数は explain inspect \(folder) で見られます。"
    )
  }
}
