import Graphics
import Traces
import Transformer
import Walkthrough

/// Where 175 billion weights are, counted.
struct CountingLesson: LessonTeller {
  static let name = "counting-to-175-billion"
  let room: Classroom

  var title: RichText { say(en: "Counting to 175 billion", ja: "1750億まで数える") }

  var about: RichText {
    say(
      en:
        "GPT-3 has 175 billion weights. They stand in tables, and a table is counted by multiplying.",
      ja: "GPT-3 には 1750億個の重みがあります。重みは表に並んでいるので、掛け算で数えられます。"
    )
  }

  var asking: Lesson.Asking? { .sizes }

  var onward: RichText? {
    say(
      en:
        "Other models, and sizes of your own: \(code: "explain parameters gpt-2"), \(code: "explain parameters gpt-3 --width 1536").",
      ja:
        "ほかのモデルや、自分で決めた規模を数えるには：\(code: "explain parameters gpt-2 --language ja")、\(code: "explain parameters gpt-3 --width 1536 --language ja")"
    )
  }

  private var own: CountedModel {
    CountedModel(
      name: room.model.name,
      title: room.model.name,
      sizes: room.model.transformer.configuration.sizes,
      source: .own
    )
  }

  private var account: ParameterAccount {
    ParameterAccount(of: .gpt3, beside: own, in: language)
  }

  var questions: [Article.Question] {
    let (heads, layers) = (CountedModel.gpt3.sizes.heads, CountedModel.gpt3.sizes.layers)
    let product = heads * layers
    return [
      question(
        en: (
          "GPT-3 has \(size(layers)) layers with \(size(heads)) heads each, and every head has a query matrix. How many query matrices is that?",
          answer: "\(size(heads)) · \(size(layers)) = \(size(product))."
        ),
        ja: (
          "GPT-3 にはレイヤーが \(size(layers)) 個あり、それぞれにヘッドが \(size(heads)) 個あります。どのヘッドにもクエリの行列が1枚あります。全部で何枚ですか。",
          answer: "\(size(heads)) × \(size(layers)) = \(size(product)) 枚です。"
        )
      ),
      question(
        en: (
          "A longer prompt is given to the model. Does it have more weights now?",
          answer:
            "No. The weights are the machine, and stay. What grows is the data that passes through."
        ),
        ja: (
          "長いプロンプトを入れると、重みの数は増えますか。",
          answer: "増えません。重みはモデルの本体で、変わらないからです。増えるのは、そこを流れるデータのほうです。"
        )
      ),
    ]
  }

  var steps: [Step] {
    let told = account.article.steps
    return [one, aloud] + told.filter { ["matrices", "beside", "data"].contains($0.id) }
  }

  private var one: Step {
    let sizes = CountedModel.gpt3.sizes
    let (rows, columns) = (sizes.vocabulary, sizes.width)
    let small = VectorTable.small
    return step("one", en: "A table is counted by multiplying", ja: "表は掛け算で数える") {
      paragraph(
        en: """
          A table of 3 rows and 4 columns has 3 · 4 = 12 cells. Nobody counts them one by one. Weights stand in such tables, called \
          matrices.
          """,
        ja: """
          3行4列の表には、3 × 4 = 12 個のマスがあります。1つずつ数える必要はありません。重みは、行列と呼ばれるこのような表に並んでいます。
          """
      )
      figure(
        "twelve",
        title: say(en: "12 cells", ja: "12 個のマス"),
        description: say(en: "A table of 3 rows and 4 columns.", ja: "3行4列の表。"),
        Heatmap(
          rows: ["", "", ""],
          columns: ["", "", "", ""],
          cells: small,
          scale: .weights(maximum: 12)
        )
      )
      illustration(en: "the cells are numbered, that is all.", ja: "マスには番号を書いただけです。")
      paragraph(
        en: """
          The first table of GPT-3 has a row for each token it knows, \(size(rows)) of them, and \(size(columns)) columns: so long is the \
          vector of a token.
          """,
        ja: """
          GPT-3 の最初の表には、知っているトークンごとに1行、全部で \(size(rows)) 行あります。列は \(size(columns)) 列で、これがトークンの\
          ベクトルの長さです。
          """
      )
      arithmetic(
        "\(size(rows)) × \(size(columns)) = \(count(rows * columns, "\(rows) · \(columns)"))"
      )
      found(
        en:
          "One table, and already \(count(rows * columns, "\(rows) · \(columns)")) weights. It is one of eight kinds.",
        ja: "表1枚で、もう \(count(rows * columns, "\(rows) · \(columns)")) 個です。このような表が8種類あります。"
      )
    }
  }

  /// So many seconds has a year of 365.25 days.
  static let secondsOfYear = 31_557_600.0

  private var aloud: Step {
    let all = CountedModel.gpt3.count.weights
    let mine = own.count.weights
    func whole(_ value: Double, _ formula: String) -> Quantity {
      let rounded = Int64(value.rounded())
      return Quantity(rounded, written: size(rounded), origin: .derived(formula))
    }
    func years(_ weights: Int64) -> Quantity {
      let years = Double(weights) / Self.secondsOfYear
      let formula = "\(weights) / 31557600"
      return years < 10 ? derived(years, formula) : whole(years, formula)
    }
    return step("aloud", en: "How much is that?", ja: "どれくらいの数か") {
      paragraph(
        en: """
          Count aloud, one number a second, day and night. How long does it take to count all weights?
          """,
        ja: """
          1秒に1つずつ、昼も夜も休まずに声に出して数えるとします。全部の重みを数えるのに、どれだけかかるでしょう。
          """
      )
      table(
        en: "Counting aloud, a weight a second",
        ja: "1秒に1つずつ数えた場合",
        [
          column(en: "model", ja: "モデル"), numbers(en: "weights", ja: "重み"),
          numbers(en: "days", ja: "日数"), numbers(en: "years", ja: "年数"),
        ],
        [(own.name, mine), ("GPT-3", all)].map { name, weights -> [RichText] in
          [
            RichText(stringLiteral: name), "\(count(weights, "sum of the eight kinds"))",
            "\(whole(Double(weights) / 86_400, "\(weights) / 86400"))", "\(years(weights))",
          ]
        }
      )
      found(
        en:
          "For GPT-3 it takes \(years(all)) years. Writing itself is little more than 5,000 years old.",
        ja: "GPT-3 では \(years(all)) 年かかります。人類が文字を使い始めたのは、5,000 年あまり前のことです。"
      )
    }
  }
}

/// A table whose cells are numbered.
private enum VectorTable {
  static let small: [[Heatmap.Cell]] = (0..<3).map { row in
    (0..<4).map { .number(Quantity(Double(4 * row + $0 + 1), digits: 0, origin: .illustration)) }
  }
}
