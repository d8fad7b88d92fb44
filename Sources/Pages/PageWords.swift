import Graphics
import Walkthrough

/// The words of the page and of the terminal that frame a walkthrough: labels, headings, the footer.
struct PageWords {
  let language: Language
  /// Begins every id of the edition these words are for.
  var prefix = ""

  func say(en: RichText, ja: RichText) -> RichText { Prose(en: en, ja: ja)[language] }

  // MARK: - Frame

  var skipToContent: RichText { say(en: "Skip to the content", ja: "本文へ進む") }
  var tokensLabel: RichText {
    say(en: "The prompt's tokens, with their ids", ja: "プロンプトのトークンとその番号（ID）")
  }
  var followed: RichText { say(en: "the token you follow", ja: "選択中のトークン") }
  var stagesLabel: RichText { say(en: "Stages", ja: "段階") }

  // MARK: - Opening

  /// The page's title in the browser's tab.
  func title(prompt: String) -> RichText {
    say(en: "“\(prompt)”, step by step · explain", ja: "「\(prompt)」の続きを一歩ずつ · explain")
  }

  func summary(prompt: String, model: String) -> RichText {
    say(
      en:
        "How a GPT (\(model)) finds the token after “\(prompt)”: every step, with the numbers of this run.",
      ja: "GPT（\(model)）が「\(prompt)」に続くトークンを見つけるまでの全段階を、実際に計算した数とともにたどります。"
    )
  }

  var opening: RichText { say(en: "Inside a GPT", ja: "GPT の中をのぞく") }

  var lead: RichText {
    say(
      en: """
        What comes next? A GPT answers with a probability for every token, every chunk of text it knows. Follow its numbers \
        from this text to that answer, one small step after another.
        """,
      ja: """
        この続きには何が来るでしょうか。GPT は、知っているすべてのトークン（文章を細かく切ったもの）に「次に来る確率」を付けて答えます。\
        この文章からその答えまで、数の流れを一歩ずつたどってみましょう。
        """
    )
  }

  /// What the letters stand for.
  var letters: RichText {
    say(
      en: """
        GPT is a \(term: "generative") \(term: "pre-trained") \(term: "transformer"): it writes, it has learned from text beforehand, \
        and it is built of layers in which vectors exchange what they hold.
        """,
      ja: """
        GPT は Generative Pre-trained Transformer の略です。文章を\(term: "生成")し、あらかじめ大量の文章で\(term: "事前学習")してあり、\
        ベクトルどうしが情報をやりとりする層を重ねた\(term: "トランスフォーマー")という仕組みでできています。
        """
    )
  }

  func model(_ name: RichText) -> RichText {
    say(en: "Model: \(name)", ja: "モデル：\(name)")
  }

  var stepAfter: RichText { say(en: "Next", ja: "次") }
  var next: RichText { say(en: "Likeliest next tokens", ja: "次に来る確率の高いトークン") }
  var probability: RichText { say(en: "probability", ja: "確率") }

  // MARK: - Stages

  var comesIn: RichText { say(en: "Comes in", ja: "入力") }
  var goesOut: RichText { say(en: "Goes out", ja: "出力") }
  var found: RichText { say(en: "Found here", ja: "この例でわかること") }
  var equation: RichText { say(en: "Equation", ja: "式") }

  /// Stands between a label and what it labels, in a terminal.
  var colon: RichText { say(en: ": ", ja: "：") }

  func stage(_ number: Int, of count: Int) -> RichText {
    say(en: "Stage \(number) of \(count)", ja: "第\(number)段階（全\(count)段階）")
  }

  /// Stands in a terminal for a table that would take too many bands of columns.
  func tooWide(_ table: Table) -> RichText {
    let (rows, columns) = (table.rows.count, table.columns.count)
    return say(
      en:
        "\(rows) rows of \(columns) columns, too wide for this terminal; \(code: "--format json") has them all.",
      ja: "\(rows) 行 × \(columns) 列あり、この端末の幅には収まりません。\(code: "--format json") ですべて見られます。"
    )
  }

  // MARK: - Footer

  var aboutNumbers: RichText { say(en: "About the numbers", ja: "数について") }

  var howNumbersWereMade: RichText {
    say(
      en: """
        What is shown of the model was computed by it on this prompt, or counted in it; no number was made up. Point at a \
        number to see where it came from. Layers, heads and positions are counted from 0. A number too small for its digits is \
        written with a power of ten: 4e−5 is 0.00004.
        """,
      ja: """
        このモデルについて示した数は、モデルがこのプロンプトを実際に計算して得たものか、モデルの中で数え上げたもので、作りものは\
        ありません。数にポインタを合わせると、その出どころが表示されます。レイヤー、ヘッド、位置の番号は 0 から数えます。\
        表示の桁に収まらない小さな数は、10 の累乗を使って書きます。たとえば 4e−5 は 0.00004 です。
        """
    )
  }

  /// What a page is that carries the program.
  var howLive: RichText {
    say(
      en: """
        This page carries the program that wrote it. Every prompt you type is run by the model here, in your browser; nothing is \
        sent anywhere, and the page needs no network.
        """,
      ja: """
        このページには、ページを書いたプログラムそのものが入っています。入力したプロンプトは、すべてお使いのブラウザの中でモデルが計算します。\
        どこかに送られることはなく、ネットワークも使いません。
        """
    )
  }

  /// What a page that carries no model tells from.
  var howTold: RichText {
    say(
      en: """
        This page carries the program that wrote it, and what was recorded of this run: from that it tells of the token, the \
        layer and the head that you follow. The model itself is too large to be in the page; what only it knows, its weights, is hatched.
        """,
      ja: """
        このページには、ページを書いたプログラムと、この実行で記録された数が入っています。選んだトークン、レイヤー、ヘッドについて、プログラムがそこから説明します。\
        モデルそのものは大きいため入っていません。モデルだけがもつ数、つまり重みのところには斜線が引いてあります。
        """
    )
  }

  /// How exact the numbers are that the page carries to follow other tokens, layers and heads.
  var howExact: RichText {
    say(
      en: """
        So that you can follow another token, layer or head, the page carries the numbers of this run: queries, keys and logits as \
        recorded, attention exact when rounded to three digits, values when rounded to two, smaller numbers to their first digit, \
        strips as exact as they are drawn.
        """,
      ja: """
        ほかのトークン、レイヤー、ヘッドも選べるように、このページは今回の計算の数を持っています。クエリ、キー、ロジットは\
        記録されたまま、注意の割合は小数第3位まで、バリューは小数第2位まで正確です（それより小さな数は先頭の1桁まで）。\
        帯は描かれている細かさまでです。
        """
    )
  }

  /// What was left out to keep the page small, if anything was.
  func leftOut(of following: Following) -> RichText? {
    let missing = following.layerCount - following.layers.count
    let first = following.positions.lowerBound
    guard missing > 0 || first > 0 else { return nil }
    let shown = following.layers.map(String.init)
      .joined(separator: say(en: ", ", ja: "、").plain)
    let positions =
      first > 0
      ? say(
        en: " Only the last \(following.positions.count) positions can be followed.",
        ja: "選べるのは、最後の \(following.positions.count) 個の位置だけです。"
      ) : ""
    guard missing > 0 else { return positions }
    return say(
      en: """
        To keep the page small, of \(following.layerCount) layers only the insides of these can be opened: \(shown). \
        \(code: "--layer N") opens another.\(positions)
        """,
      ja: """
        ページを小さくするため、\(following.layerCount) 個のレイヤーのうち、中を開けるのは次のものだけです：\(shown)。ほかのレイヤーは \
        \(code: "--layer N") で開けます。\(positions)
        """
    )
  }

  /// Stands at the end of an article, which has no prompt.
  var howArticleNumbersWereMade: RichText {
    say(
      en: "Every number here was counted. Point at one to see what it was counted from.",
      ja: "このページの数はどれも、数えて得たものです。数にポインタを合わせると、何から数えたかが表示されます。"
    )
  }

  /// Stands at the end of an article about learning.
  var howLearnedNumbersWereMade: RichText {
    say(
      en: "Every number here was computed while learning, or counted. Point at one to see how.",
      ja: "ここにある数は、どれも学習しながら計算したもの、または数えたものです。数にポインタを合わせると、求め方が表示されます。"
    )
  }

  /// Stands at the end of an article about runs of a model.
  var howReasonsWereMade: RichText {
    say(
      en: """
        Every measurement here comes from running the model. Where something was changed before, it says so. Point at a number to see \
        under which name \(code: "--format json") has it.
        """,
      ja: """
        ここにある測定値は、どれもモデルを実行して得たものです。何かを変えて計算した場合は、そう書いてあります。数にポインタを合わせると、\
        \(code: "--format json") での名前が表示されます。
        """
    )
  }

  /// Stands at the end of a lesson.
  var howLessonNumbersWereMade: RichText {
    say(
      en: """
        Every number here was computed while this page was written: by the built-in model, in a training, or from what is said beside \
        it. What is made up to show something is called an illustration. Point at a number to see how it came about.
        """,
      ja: """
        ここにある数は、どれもこのページを書くときに計算したものです（組み込みモデルの実行、学習、または、そばに書いてある計算による）。\
        説明のために作った数には、そう書いてあります。数にポインタを合わせると、求め方が表示されます。
        """
    )
  }

  // MARK: - Questions

  func questions(_ count: Int) -> RichText {
    say(en: "\(count == 2 ? "Two" : "\(count)") questions", ja: "\(count)つの質問")
  }

  var answer: String { language == .en ? "Answer" : "答え" }
  var goOn: String { language == .en ? "Go on" : "さらに" }

  /// How a terminal gives the answers.
  func howToSeeAnswers(_ command: String) -> RichText {
    say(
      en: "The answers: \(code: command).",
      ja: "答えを見るには：\(code: command)"
    )
  }

  /// What the marks on numbers mean, each with its name.
  var origins: [(name: String, meaning: RichText)] {
    [
      (
        "data-from",
        say(
          en: "names a recorded tensor and the place of one number in it: the very element shown.",
          ja: "計算の途中を記録したテンソル（数の並び）の名前と、その中での位置です。示した数は、その要素の値です。"
        )
      ),
      (
        "data-derived",
        say(
          en: "says how a number was computed from recorded ones.",
          ja: "記録された数から計算した数について、その計算方法を示します。"
        )
      ),
      (
        "data-illustration",
        say(
          en: "marks what no model computed, such as a limit that this page sets.",
          ja: "このページで決めた基準など、モデルが計算したのではない数であることを示します。"
        )
      ),
    ]
  }

  var aboutColors: RichText { say(en: "What the colours mean", ja: "色の意味") }

  /// The meanings of the colours, each with its scale; amber has none.
  var colors: [(scale: ColorScale.Role?, meaning: RichText)] {
    [
      (
        .weights,
        say(
          en: "Weights, learned in training: blue is negative, red is positive.",
          ja: "重み（学習で得られた数）。青が負、赤が正です。"
        )
      ),
      (
        .data,
        say(
          en: "Data, flowing through on this run: small to large.",
          ja: "データ（今回の計算で流れる数）。左が小、右が大です。"
        )
      ),
      (
        .probability,
        say(
          en: "Probability and attention: 0 to 1.",
          ja: "確率とアテンション。左が 0、右が 1 です。"
        )
      ),
      (nil, say(en: "What you follow.", ja: "選択中のもの。")),
    ]
  }
}
