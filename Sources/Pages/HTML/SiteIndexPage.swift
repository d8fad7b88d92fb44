import Graphics
public import Walkthrough

/// The page that leads to the pages of a folder: one language is shown, the other one is a click away.
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

  /// What is offered in one language.
  public struct Door: Sendable {
    /// The language.
    public var language: Language
    /// The model that its pages carry.
    public var model: String
    /// The prompts that the walkthrough offers, each told at one click; the first is the one that is drawn.
    public var prompts: [String]
    /// The walkthrough's file, and the language of its edition if that is not the first.
    public var walkthrough: String, edition: Language?
    /// Every kind of page, with its address.
    public var pages: [(kind: Kind, address: String)]
    /// The lessons in order.
    public var lessons: [ArticlePage.Link]
    /// The machine with the first prompt in it.
    public var picture: Figure

    /// Makes a door.
    public init(
      _ language: Language,
      model: String,
      prompts: [String],
      walkthrough: String,
      edition: Language?,
      pages: [(kind: Kind, address: String)],
      lessons: [ArticlePage.Link],
      picture: Figure
    ) {
      (self.language, self.model, self.prompts) = (language, model, prompts)
      (self.walkthrough, self.edition, self.pages) = (walkthrough, edition, pages)
      (self.lessons, self.picture) = (lessons, picture)
    }
  }

  private let doors: [Door]

  /// Makes an index.
  ///
  /// - Parameter doors: What is offered, language by language; the first one is what opens.
  public init(_ doors: [Door]) { self.doors = doors }

  /// Where a prompt is told in a folder's walkthrough.
  ///
  /// - Parameters:
  ///   - prompt: The prompt.
  ///   - step: The step that is opened: `softmax-temperature`; the beginning without one.
  ///   - file: The walkthrough's file.
  ///   - edition: The language of its edition, if that is not the first.
  /// - Returns: The address.
  public static func address(
    of prompt: String,
    step: String? = nil,
    in file: String,
    _ edition: Language?
  ) -> String {
    let edition = edition.map { "\($0.rawValue)-" } ?? ""
    let place = step.map { "stage-\($0)" } ?? "content"
    return "\(file)#\(edition)\(place)&prompt=\(encoded(prompt))"
  }

  /// The file's text.
  public var html: String {
    TextPage(
      title: "explain",
      language: doors.first?.language ?? .en,
      content: #"""
        <div class="doors">
        \#(doors.map { section($0) }.joined())</div>

        """#,
      ownStyle: Self.style
    ).html
  }

  private func section(_ door: Door) -> HTML {
    func say(_ en: String, _ ja: String) -> String { door.language == .en ? en : ja }
    let others = doors.filter { $0.language != door.language }.map { other -> HTML in
      let name = other.language == .en ? "English" : "日本語"
      let code = other.language.rawValue
      return ##"<a href="#\##(code)" lang="\##(code)" hreflang="\##(code)">\##(name)</a>"##
    }
    let picture = SVG.element(door.picture.scene, idPrefix: "machine-\(door.language.rawValue)")
    let first = door.prompts.first ?? ""
    let start = Self.address(of: first, in: door.walkthrough, door.edition)
    return #"""
      <section id="\#(door.language.rawValue)" lang="\#(door.language.rawValue)">
      <div class="way"><b>explain</b>\#(others.joined())</div>
      <div class="hero">
      <div class="words">
      <p class="label">\#(say("A GPT, opened up", "GPT の中をのぞく"))</p>
      <h1>\#(VisibleText.plain(first)) <span class="blank">…</span></h1>
      <p class="lead">\#(say(
        "What comes next? See a language model answer, number by number, and type prompts of your own.",
        "次に来るのは？ 言語モデルが答えを出すまでを、数の一つ一つまで見られます。好きなプロンプトも入力できます。"
      ))</p>
      <p><a class="go" href="\#(start)">\#(say("Open the machine", "中を見る"))</a></p>
      <p class="label">\#(say(
        "It runs in your browser, by the model \(door.model). Nothing is sent anywhere.",
        "モデル \(door.model) が、お使いのブラウザの中で計算します。どこにも送られません。"
      ))</p>
      </div>
      <a class="picture" href="\#(start)" tabindex="-1" aria-hidden="true">\#(HTML(trusted: picture.markup))</a>
      </div>
      \#(tried(door))\#(pages(door, say))\#(lessons(door, say))</section>

      """#
  }

  private func tried(_ door: Door) -> HTML {
    let words = PageWords(language: door.language)
    let links = door.prompts.map { prompt -> HTML in
      let known = ExamplePrompt.all.first { $0.prompt == prompt }
      let shows: HTML = known.map { "<span>\($0.shows(words))</span>" } ?? .nothing
      return #"""
        <li><a href="\#(Self.address(of: prompt, in: door.walkthrough, door.edition))"><strong>\#
        \#(VisibleText.plain(Self.beginning(of: prompt)))</strong>\#(shows)</a></li>

        """#
    }
    return links.isEmpty
      ? .nothing : "<h2>\(words.box.try)</h2>\n<ul class=\"cards\">\n\(links.joined())</ul>\n"
  }

  /// A long prompt's beginning, up to a space if it has any.
  private static func beginning(of prompt: String) -> String {
    var columns = 0
    let start = prompt.prefix { character in
      columns += TextWidth.columns(of: String(character))
      return columns <= 64
    }
    guard start.count < prompt.count else { return prompt }
    return (start.lastIndex(of: " ").map { start[..<$0] } ?? start) + " …"
  }

  private func pages(_ door: Door, _ say: (String, String) -> String) -> HTML {
    let links = door.pages.map { kind, address -> HTML in
      let (name, what) = Self.words(kind, say)
      return #"""
        <li><a href="\#(address)"><strong>\#(name)</strong>
        <span>\#(what)</span></a></li>

        """#
    }
    let title = say("More to look into", "ほかのページ")
    return "<h2>\(title)</h2>\n<ul class=\"cards\">\n\(links.joined())</ul>\n"
  }

  private func lessons(_ door: Door, _ say: (String, String) -> String) -> HTML {
    guard !door.lessons.isEmpty else { return .nothing }
    let items = door.lessons.map { link -> HTML in
      #"<li><a href="\#(link.address)">\#(Markup.text(link.title))</a></li>\#n"#
    }
    let title = say("Lessons, from the beginning", "はじめから学ぶレッスン")
    return "<h2>\(title)</h2>\n<ol>\n\(items.joined())</ol>\n"
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
    .doors section{display:grid;gap:16px;min-width:0;scroll-margin-top:64px}
    .doors section:not(:first-child):not(:target),.doors:has(section:not(:first-child):target) section:first-child{display:none}
    .way{display:flex;justify-content:space-between;gap:24px;font-size:1.125rem}
    .hero{display:grid;gap:32px 48px;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));align-items:center;padding:16px 0 24px}
    .hero .words{display:grid;gap:16px;justify-items:start;min-width:0}.hero h1{font-size:2.625rem;line-height:1.2;letter-spacing:-.02em;overflow-wrap:anywhere}
    .hero .blank{color:var(--muted);font-weight:400}.hero .lead{font-size:1.25rem}
    .go{display:inline-block;padding:12px 24px;border-radius:10px;background:var(--ink);color:var(--page);font-weight:600;text-decoration:none}
    .picture{display:block;min-width:0}.picture .fig{display:block;width:100%;min-width:0!important;height:auto}
    .doors h2{font-size:1.25rem;margin-top:24px}
    .doors ul{margin:0;padding:0;list-style:none}
    .cards{display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr))}
    .doors ol{margin:0;padding-left:1.8em;list-style:decimal;columns:19rem;column-gap:32px}.doors ol li{padding:4px 0;break-inside:avoid}
    .cards a{display:grid;gap:4px;align-content:start;height:100%;padding:16px 20px;border:1px solid var(--line);border-radius:14px;background:var(--card);color:var(--ink);text-decoration:none}
    .cards a:hover,.picture:hover{border-color:var(--ink)}.cards strong{font-size:1.0625rem;font-weight:600}.cards span{color:var(--muted);font-size:.9375rem}
    .doors li{min-width:0;overflow-wrap:anywhere}
    @media (min-width:1160px){.hero{grid-template-columns:minmax(0,2fr) minmax(0,3fr)}}

    """
}
