import Graphics
import Walkthrough

/// Where another prompt is typed: a field, a button that runs it, one that draws the next token, prompts worth trying.
///
/// It stands above all editions, once, and is shown by the script once the program is ready.
struct PromptBox {
  let prompt: String
  let words: PageWords
  /// The prompts worth trying.
  let examples: [ExamplePrompt]

  var form: HTML {
    #"""
    <form class="ask" id="ask" role="search" aria-label="\#(words.box.prompt)" hidden="hidden">
    <div class="bar">
    <label for="prompt" data-word="prompt">\#(words.box.prompt)</label>
    <input type="text" id="prompt" name="prompt" value="\#(VisibleText.plain(prompt))" autocomplete="off" spellcheck="false" enterkeyhint="go"/>
    <button type="submit" id="run" data-word="run">\#(words.box.run)</button>
    <button type="button" id="append" data-word="append" data-hint="appendHint" title="\#(words.box.appendHint)">\#(words.box.append)</button>
    <details class="more"><summary data-word="more">\#(words.box.more)</summary>
    <div class="menu">
    \#(toTry)<p><button type="button" id="open-model" data-word="open">\#(words.box.open)</button>
    <input type="file" id="model-files" multiple="multiple" hidden="hidden"/>
    <button type="button" id="save-page" data-word="savePage">\#(words.box.savePage)</button></p>
    <p class="label" data-word="openHint">\#(words.box.openHint)</p>
    </div>
    </details>
    </div>
    <p class="off" hidden="hidden"><span></span></p>
    <div class="message" role="status" aria-live="polite"></div>
    </form>

    """#
  }

  private var toTry: HTML {
    guard !examples.isEmpty else { return .nothing }
    return #"""
      <p class="label" data-word="try">\#(words.box.try)</p>
      \#(list)
      """#
  }

  /// The prompts worth trying, each a button with what it shows.
  private var list: HTML {
    let items = examples.enumerated().map { index, example -> HTML in
      let shows: HTML =
        example.isOurs
        ? #"\#n<small data-word="example\#(index)">\#(example.shows(words))</small>"# : .nothing
      return #"""
        <li><button type="button" data-example="\#(index)" value="\#(VisibleText.plain(example.prompt))">\#
        \#(VisibleText.plain(example.prompt))</button>\#(shows)</li>

        """#
    }
    return "<ul class=\"examples\">\n\(items.joined())</ul>\n"
  }
}

/// A prompt worth trying, and what it shows.
struct ExamplePrompt {
  let prompt: String
  private var en = ""
  private var ja = ""

  /// A prompt of the reader's, of which nothing is known.
  init(prompt: String) { self.prompt = prompt }

  private init(prompt: String, en: String, ja: String) {
    (self.prompt, self.en, self.ja) = (prompt, en, ja)
  }

  /// Whether it is known what it shows.
  var isOurs: Bool { !en.isEmpty }

  func shows(_ words: PageWords) -> String { words.words(en: en, ja: ja) }

  /// Prompts from the world of the built-in model.
  static let all = [
    ExamplePrompt(prompt: "The capital of Italy is", en: "a fact", ja: "事実を答える"),
    ExamplePrompt(
      prompt: "the machine learning model",
      en: "a model that learns",
      ja: "学習する model（モデル）"
    ),
    ExamplePrompt(
      prompt: "the fashion model",
      en: "the same word, another meaning",
      ja: "同じ model でも別の意味"
    ),
    ExamplePrompt(
      prompt: """
        The name on the door was Emma. The radio was broken, so we waited until noon. What was the name again? It was
        """,
      en: "a name, copied from before",
      ja: "前に出た名前を写す"
    ),
    ExamplePrompt(
      prompt: """
        At the school of magic, Emma's least favourite teacher was Professor Moss. She liked Professor Fogg much \
        better. It rained, so the lesson was long. In the evening Emma hid behind the door, for along the corridor \
        came her least favourite teacher, Professor
        """,
      en: "a professor nobody likes",
      ja: "いちばん嫌われている教授"
    ),
    ExamplePrompt(prompt: "One cat. Two", en: "one and many", ja: "単数と複数"),
    ExamplePrompt(prompt: "Once upon a time", en: "a story begins", ja: "物語の始まり"),
    ExamplePrompt(
      prompt: "The capital of Wakanda is",
      en: "a word it never read",
      ja: "読んだことのない単語"
    ),
  ]
}

extension PageWords {
  /// What stands on the prompt box.
  var box: BoxWords { BoxWords(words: self) }
}

/// What stands on the prompt box, in one language.
struct BoxWords {
  let words: PageWords

  private func say(en: String, ja: String) -> String { words.words(en: en, ja: ja) }

  var prompt: String { say(en: "Prompt", ja: "プロンプト") }
  var run: String { say(en: "Run", ja: "実行") }
  var append: String { say(en: "Next token", ja: "次のトークン") }
  var appendHint: String {
    say(
      en: "Draw the next token, append it, run again",
      ja: "次のトークンを引いて末尾に加え、もう一度計算します"
    )
  }
  var more: String { say(en: "Try", ja: "試す") }
  var `try`: String { say(en: "Worth trying", ja: "試してみたい例") }
  var open: String { say(en: "Open your own model …", ja: "自分のモデルを開く…") }
  var openHint: String {
    say(
      en:
        "A folder's files in Hugging Face's layout or a GGUF file; or drop them here. They are read in this page and sent nowhere.",
      ja: "Hugging Face 形式のフォルダのファイルか GGUF ファイルを選ぶか、ここにドロップします。このページの中だけで読み、どこにも送りません。"
    )
  }
  var again: String { say(en: "Try another prompt", ja: "別のプロンプトを試す") }
  var typeAnother: String { say(en: "Type your own", ja: "自分で入力する") }
  var savePage: String { say(en: "Save this page", ja: "このページを保存") }

  var trapped: String {
    say(
      en: """
        That run broke off in the program, which was started again. What is shown is the run before.
        """,
      ja: "この計算は途中で止まり、プログラムを起動し直しました。表示しているのは、その前の結果です。"
    )
  }
  var failed: String {
    say(en: "The program could not be started: {reason}", ja: "プログラムを起動できませんでした：{reason}")
  }

  /// What the script says beside, by name.
  var script: [(String, String)] {
    [
      ("prompt", prompt), ("run", run), ("append", append), ("appendHint", appendHint),
      ("more", more), ("try", self.try), ("open", open), ("openHint", openHint),
      ("savePage", savePage), ("picture", say(en: "The machine", ja: "全体図")),
      ("sheet", say(en: "The words of this step", ja: "このステップの説明")),
      ("running", say(en: "Computing …", ja: "計算中…")),
      ("off", say(en: "Switched off:", ja: "切ってあるもの：")),
      ("changed", say(en: "Changed:", ja: "変更したもの：")),
      ("on", say(en: "Switch it on again", ja: "もとに戻す")),
      ("without-head", say(en: "Without head {h}", ja: "ヘッド {h} を切る")),
      ("without-mlp", say(en: "Without MLP {l}", ja: "MLP {l} を切る")),
      ("withoutHint", say(en: "Runs again without {site}", ja: "{site} なしで計算し直します")),
      (
        "drew",
        say(
          en: "{draw} falls on the share of {token}, from {low} to {high}; seed {seed}, draw {n}.",
          ja: "{draw} が {token} の区間（{low} から {high} まで）に落ちました。シード {seed}、{n} 回目です。"
        )
      ),
      ("trapped", trapped), ("failed", failed),
      (
        "noModel",
        say(
          en: "The model of this page is too large to be carried. Open one to run prompts.",
          ja: "このページのモデルは大きいため、ページには入っていません。プロンプトを実行するには、モデルを開いてください。"
        )
      ),
      ("opened", say(en: "Opened: {name}", ja: "開きました：{name}")),
      (
        "tooLarge",
        say(
          en: "{size} MB are more than a page can hold; up to {limit} MB can be opened.",
          ja: "{size} MB はページの中では扱えません。開けるのは {limit} MB までです。"
        )
      ),
    ] + ExamplePrompt.all.enumerated().map { ("example\($0)", $1.shows(words)) }
  }
}
