import Graphics
public import Walkthrough

/// The page that leads to the pages of a folder, in both languages.
public struct SiteIndexPage {
  /// A page of the folder.
  public enum Kind: CaseIterable, Sendable {
    /// The walkthrough.
    case walkthrough
    /// Words and their vectors.
    case words
    /// A text that the model writes.
    case story
    /// A text, scored.
    case score
    /// Parameters, counted.
    case parameters
  }

  private let model: String
  private let prompts: [String]
  private let files: [(kind: Kind, en: String, ja: String)]
  private let lessons: [(language: Language, links: [ArticlePage.Link])]

  /// Makes an index.
  ///
  /// - Parameters:
  ///   - model: The model that the pages carry.
  ///   - prompts: The prompts that the walkthrough offers, each told at one click.
  ///   - files: The pages, with the names of their files in both languages.
  ///   - lessons: The lessons in order, language by language.
  public init(
    of model: String,
    prompts: [String],
    files: [(kind: Kind, en: String, ja: String)],
    lessons: [(language: Language, links: [ArticlePage.Link])] = []
  ) {
    (self.model, self.prompts) = (model, prompts)
    (self.files, self.lessons) = (files, lessons)
  }

  /// Where a prompt is told in a folder's walkthrough.
  ///
  /// - Parameters:
  ///   - prompt: The prompt.
  ///   - step: The step that is opened: `softmax-temperature`; the beginning without one.
  ///   - file: The walkthrough's file.
  ///   - language: The language of its edition.
  /// - Returns: The address.
  public static func address(
    of prompt: String,
    step: String? = nil,
    in file: String,
    _ language: Language
  ) -> String {
    let edition = language == .en ? "" : "\(language.rawValue)-"
    let place = step.map { "stage-\($0)" } ?? "content"
    return "\(file)#\(edition)\(place)&prompt=\(encoded(prompt))"
  }

  /// The file's text.
  public var html: String {
    let content: HTML = #"""
      <h1>explain</h1>
      <div class="doors">
      \#(column(.en))\#(column(.ja))</div>

      """#
    return TextPage(
      title: "explain",
      language: .en,
      content: content,
      ownStyle: Self.style
    ).html
  }

  private func column(_ language: Language) -> HTML {
    func say(_ en: String, _ ja: String) -> String { language == .en ? en : ja }
    let doors = files.map { kind, en, ja -> HTML in
      let (name, what) = Self.words(kind, say)
      return #"""
        <li><a href="\#(say(en, ja))"><strong>\#(name)</strong>
        <span>\#(what)</span></a></li>

        """#
    }
    let walkthrough = files.first { $0.kind == .walkthrough }.map { say($0.en, $0.ja) } ?? ""
    let file = String(walkthrough.prefix { $0 != "#" })
    let links = prompts.map { prompt -> HTML in
      let address = Self.address(of: prompt, in: file, language)
      return #"""
        <li><a href="\#(address)">\#(VisibleText.plain(prompt))</a></li>

        """#
    }
    let toTry = PageWords(language: language).box.try
    let tried: HTML =
      links.isEmpty ? .nothing : "<h3>\(toTry)</h3>\n<ul>\n\(links.joined())</ul>\n"
    return #"""
      <section lang="\#(language.rawValue)">
      <h2>\#(say("A GPT, opened up", "GPT の中をのぞく"))</h2>
      <p class="lead">\#(say(
        "What you type is run in your browser, by the model \(model). Nothing is sent anywhere.",
        "入力したものは、お使いのブラウザの中でモデル \(model) が計算します。どこにも送られません。"
      ))</p>
      <ul class="cards">
      \#(doors.joined())</ul>
      \#(tried)\#(lessons(in: language))</section>

      """#
  }

  private func lessons(in language: Language) -> HTML {
    let links = lessons.filter { $0.language == language }.flatMap { $0.links }
    guard !links.isEmpty else { return .nothing }
    let items = links.map { link -> HTML in
      #"<li><a href="\#(link.address)">\#(Markup.text(link.title))</a></li>\#n"#
    }
    let title = language == .en ? "Lessons, from the beginning" : "はじめから学ぶレッスン"
    return "<h3>\(title)</h3>\n<ol>\n\(items.joined())</ol>\n"
  }

  private static func words(
    _ kind: Kind,
    _ say: (String, String) -> String
  ) -> (name: String, what: String) {
    switch kind {
    case .walkthrough:
      (
        say("From a prompt to the next token", "プロンプトから次のトークンまで"),
        say("Type a prompt; follow its numbers, step by step.", "プロンプトを入力し、数の流れを一歩ずつたどります。")
      )
    case .words:
      (
        say("Words as vectors", "ベクトルとしての語"),
        say(
          "Neighbours, sums, directions, a map to turn.",
          "近い語、和と差、向き、回せる地図。"
        )
      )
    case .story:
      (
        say("A text that writes itself", "自分で続きを書く文章"),
        say("Begin one; see what every token was drawn from.", "書き出しを入力すると、トークンが1つずつどう選ばれたかが見られます。")
      )
    case .score:
      (
        say("Score a text", "文章を採点する"),
        say("How well the model foresees each token of yours.", "あなたの文章の各トークンを、モデルがどれだけ予測できたか。")
      )
    case .parameters:
      (
        say("Where the parameters are", "パラメータはどこにあるか"),
        say("GPT-3's, counted; type sizes of your own.", "GPT-3 の数え上げ。自分の規模も入力できます。")
      )
    }
  }

  /// A prompt in an address.
  private static func encoded(_ prompt: String) -> String {
    prompt.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      return byte < 128 && (character.isLetter || character.isNumber)
        ? String(character) : (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  private static let style: HTML = """
    .doors{display:grid;gap:48px;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
    .doors section{display:grid;gap:16px;align-content:start;min-width:0}
    .doors h2{font-size:1.5rem}.doors h3{font-size:1rem;margin:8px 0 0}
    .doors ul{margin:0;padding:0;list-style:none;display:grid;gap:8px}
    .doors ol{margin:0;padding-left:1.8em;list-style:decimal;display:grid;gap:8px}
    .doors .cards{gap:16px}.cards a{display:grid;gap:4px;padding:16px 24px;border:1px solid var(--line);border-radius:14px;background:var(--card);color:var(--ink);text-decoration:none}
    .cards a:hover{border-color:var(--ink)}.cards strong{font-size:1.125rem}.cards span{color:var(--muted)}
    .doors li{min-width:0;overflow-wrap:anywhere}

    """
}
