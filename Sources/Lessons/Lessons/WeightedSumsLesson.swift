import Graphics
import Tensors
import Tokenization
import Traces
import Transformer
import Walkthrough

/// Matrix times vector, cell by cell: what a GPT does almost all of the time.
struct WeightedSumsLesson: LessonTeller {
  static let name = "weighted-sums"
  let room: Classroom

  var title: RichText { say(en: "Weighted sums", ja: "加重和") }

  var about: RichText {
    say(
      en:
        "Multiply each number by how much it counts, and add up. A matrix does that many times at once.",
      ja: "一つ一つの数に重要さを掛けて、足し合わせます。行列は、それを一度にたくさん行うものです。"
    )
  }

  private var prompt: String { room.say(en: "The capital of Italy is", ja: "イタリアの首都は") }

  var door: (prompt: String, step: String)? { (prompt, "attention-qkv") }

  var onward: RichText? {
    say(
      en: "Every weighted sum of a run, in its place: \(code: "explain steps \"\(prompt)\"").",
      ja: "実行中の加重和を順に見るには：\(code: "explain steps \"\(prompt)\" --language ja")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "A matrix has 512 rows and 128 columns. How many weighted sums does it make of a vector, and of how many terms each?",
          answer: "512 sums, one for each row, of 128 terms each: 65,536 products."
        ),
        ja: (
          "512 行 128 列の行列をベクトルに掛けます。加重和はいくつできますか。1つの加重和は何個の項からなりますか。",
          answer: "1行に1つなので 512 個、それぞれ 128 項です。積は全部で 65,536 個になります。"
        )
      ),
      question(
        en: (
          "Which numbers change from one prompt to the next: those of the matrix, or those of the vector?",
          answer: "Those of the vector. The matrix holds weights; they were learned and stay."
        ),
        ja: (
          "プロンプトを変えると変わるのは、行列の数ですか、ベクトルの数ですか。",
          answer: "ベクトルの数です。行列の数は学習で決まった重みで、実行中は変わりません。"
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      let trace = try room.run(prompt)
      return [marks, matrix, query(trace), logit(trace), everywhere(trace)]
    }
  }

  // MARK: - By hand

  private var marks: Step {
    let (marks, weights) = ([80.0, 60, 90], [0.5, 0.3, 0.2])
    let sum = zip(marks, weights).reduce(0) { $0 + $1.0 * $1.1 }
    func number(_ value: Double, digits: Int = 0) -> Quantity { made(value, digits: digits) }
    func product(_ index: Int) -> RichText {
      "\(number(weights[index], digits: 1)) · \(number(marks[index]))"
    }
    return step("marks", en: "Some things count more", ja: "重要さに差をつける") {
      paragraph(
        en: """
          A school gives 80 points for the exam, 60 for the talk and 90 for the notebook. The exam counts for half, the talk for \
          three tenths, the notebook for two tenths.
          """,
        ja: """
          ある学校の成績は、試験が 80 点、発表が 60 点、ノートが 90 点でした。試験は5割、発表は3割、ノートは2割として数えます。
          """
      )
      arithmetic(
        "\(product(0)) + \(product(1)) + \(product(2)) = \(derived(40, digits: 0, "0.5 · 80")) + \(derived(18, digits: 0, "0.3 · 60")) + \(derived(18, digits: 0, "0.2 · 90")) = \(derived(sum, digits: 0, "0.5 · 80 + 0.3 · 60 + 0.2 · 90"))"
      )
      paragraph(
        en: """
          This is a \(term: "weighted sum"). The numbers that say how much each thing counts are the \(term: "weights"). In a GPT they \
          may be negative, too: then a thing counts against.
          """,
        ja: """
          これを\(term: "加重和")と呼びます。それぞれをどれだけ重く見るかを表す数が\(term: "重み")です。GPT の重みには負の数もあります。\
          負の重みは「逆に働く」という意味です。
          """
      )
      illustration(en: "the marks are made up.", ja: "点数は作りものです。")
    }
  }

  /// A small matrix and vector, made up.
  static let small: (rows: [[Double]], vector: [Double]) = (
    [[2, -1, 0], [1, 0, 3], [-2, 1, 1]], [4, 2, 1]
  )

  private static let names = ["a", "b", "c"]

  private var matrix: Step {
    let (rows, vector) = Self.small
    let results = rows.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    return step("matrix", en: "A matrix meets a vector", ja: "行列とベクトルの積") {
      paragraph(
        en: """
          Write several rows of weights beneath each other: a table, called a \(term: "matrix"). Each row makes its own weighted sum of \
          the same vector. Three rows make three new numbers, and they are a vector again.
          """,
        ja: """
          重みの行をいくつか上下に並べると、\(term: "行列")と呼ばれる表になります。どの行も、同じベクトルから自分の加重和を作ります。\
          3行あれば新しい数が3つできて、それがまたベクトルになります。
          """
      )
      figure(
        "small-matrix",
        title: say(
          en: "Weights, blue below zero and red above; the vector (4, 2, 1) goes through every row",
          ja: "重み（負は青、正は赤）。どの行にもベクトル (4, 2, 1) を通す"
        ),
        description: say(
          en: "A matrix of 3 rows and 3 columns of small whole numbers.",
          ja: "小さな整数からなる3行3列の行列。"
        ),
        Heatmap(
          rows: Self.names,
          columns: vector.map { "× \(Int($0))" },
          cells: rows.map { $0.map { .number(made($0)) } },
          scale: .weights(maximum: 3)
        )
      )
      table(
        en: "Row by row",
        ja: "1行ずつ計算する",
        [
          column(en: "row", ja: "行"), column(en: "weighted sum", ja: "加重和"),
          numbers(en: "result", ja: "結果"),
        ],
        rows.indices.map { index in
          let terms = zip(rows[index], vector).enumerated().reduce("" as RichText) { text, pair in
            let (weight, value) = pair.element
            return text + (pair.offset > 0 ? " + " : "")
              + "\(signed: made(weight)) · \(made(value))"
          }
          let result = derived(results[index], digits: 0, "row \(Self.names[index]) · (4, 2, 1)")
          return [RichText(stringLiteral: Self.names[index]), terms, "\(result)"]
        }
      )
      illustration(
        en: "the real ones follow.",
        ja: "本物の行列は次に見ます。"
      )
    }
  }

  // MARK: - In a run

  /// The largest terms of a weighted sum, the others together, and what is added at the end.
  private func waterfall(
    _ terms: [Double],
    _ label: (Int) -> String,
    bias: Double? = nil,
    sum: Quantity,
    _ name: String
  ) -> Waterfall {
    let order = terms.indices.sorted { (-abs(terms[$0]), $0) < (-abs(terms[$1]), $1) }
    let shown = order.prefix(6)
    let rest = order.dropFirst(6).reduce(0) { $0 + terms[$1] }
    var list = shown.map { n in
      Waterfall.Term(label(n), derived(terms[n], label(n)))
    }
    list.append(
      Waterfall.Term(
        say(en: "\(terms.count - shown.count) others", ja: "ほかの \(terms.count - shown.count) 項")
          .plain,
        derived(rest, "sum of the other products")
      )
    )
    if let bias { list.append(Waterfall.Term("b", derived(bias, "\(name) bias"))) }
    return Waterfall(list, sum: Waterfall.Term(say(en: "sum", ja: "和").plain, sum))
  }

  private func query(_ trace: Trace) -> Step {
    let last = trace.tokens.count - 1
    let norm = NormSite.beforeAttention(layer: 0)
    let input = trace[.normOut(norm)]?.slice(last).values ?? []
    // Column 0 of W_Q of all heads is head 0's first.
    let layer = room.model.transformer.weights.blocks[0].attention.queryKeyValue[0]
    let weights = input.indices.map { layer.row($0)[0] }
    let terms = zip(input, weights).map { Double($0) * Double($1) }
    let bias = Double(layer.bias?.values[0] ?? 0)
    let recorded = Double(trace[.q(0)]?.slice(last, 0).values.first ?? 0)
    let sum = Quantity(recorded, origin: .trace("blocks.0.attn.hook_q", last, 0, 0))
    return step("query", en: "One number of a query", ja: "クエリの1つの数") {
      paragraph(
        en: """
          Now a real one. The model reads \(token: prompt); head 0 of layer 0 makes a query of the last token's vector, after the \
          layer norm that stands before it. Its first number is a weighted sum of \(input.count) numbers, with weights from one column of the matrix \("W_Q" as Math), and a bias b.
          """,
        ja: """
          次は本物です。モデルが \(token: prompt) を読み、レイヤー 0 のヘッド 0 が、最後のトークンのベクトル（レイヤー正規化の後のもの）から\
          クエリを作ります。\
          その1番目の数は、\(input.count) 個の数の加重和です。重みは行列 \("W_Q" as Math) の1つの列で、最後にバイアス b を足します。
          """
      )
      equation([
        .sub("q", .number("0")), .op("="),
        .sum(under: "n", [.sub("x", "n"), .text(" "), "W_Q", .text("[n,0]")]), .op("+"),
        .sub("b", .number("0")),
      ])
      figure(
        "query-sum",
        title: say(en: "A weighted sum of \(input.count) terms", ja: "\(input.count) 項の加重和"),
        description: say(
          en: "The six largest terms, the others together, the bias, and the sum \(sum).",
          ja: "大きい順に6項、残りの合計、バイアス、そして和 \(sum)。"
        ),
        waterfall(
          terms,
          { "x\($0) · W_Q[\($0),0]" },
          bias: bias,
          sum: sum,
          "W_Q"
        )
      )
      found(
        en:
          "The sum is \(sum): just the number that the model recorded as \(code: "blocks.0.attn.hook_q[\(last),0,0]").",
        ja: "和は \(sum) です。モデルが \(code: "blocks.0.attn.hook_q[\(last),0,0]") として記録した数と同じです。"
      )
    }
  }

  private func logit(_ trace: Trace) -> Step {
    let last = trace.tokens.count - 1
    let vector = trace[.normOut(.final)]?.slice(last).values ?? []
    let logits = trace[.logits]?.slice(last).values ?? []
    let best = logits.indices.max { logits[$0] < logits[$1] } ?? 0
    let column = room.model.transformer.weights.unembedding.columns.slice(best).values
    let terms = zip(vector, column).map { Double($0) * Double($1) }
    let sum = Quantity(Double(logits[best]), origin: .trace("logits", last, best))
    return step("logit", en: "One token's score", ja: "1つのトークンのスコア") {
      paragraph(
        en: """
          At the end the last vector, after the final layer norm, meets the matrix \("W_U" as Math), which has a column for every token. Each column makes a \
          weighted sum: the token's score. Here is that of \(token: text(best)), the highest.
          """,
        ja: """
          最後に、最終ベクトル（最後のレイヤー正規化の後のもの）に行列 \("W_U" as Math) を掛けます。この行列には、トークンごとに1つの列があります。どの列も加重和を1つ作り、\
          それがトークンのスコアになります。最も高い \(token: text(best)) のスコアを見てみましょう。
          """
      )
      figure(
        "logit-sum",
        title: say(en: "The score of \(token: text(best))", ja: "\(token: text(best)) のスコア"),
        description: say(
          en: "The six largest terms, the others together, and the sum \(sum).",
          ja: "大きい順に6項、残りの合計、そして和 \(sum)。"
        ),
        waterfall(terms, { "x\($0) · W_U[\($0),\(best)]" }, sum: sum, "W_U")
      )
      found(
        en:
          "No single term decides: the largest is \(derived(terms.max() ?? 0, "largest product")), the sum \(sum).",
        ja:
          "1つの項だけで決まるわけではありません。最大の項は \(derived(terms.max() ?? 0, "largest product")) で、和は \(sum) です。"
      )
    }
  }

  private func everywhere(_ trace: Trace) -> Step {
    let sizes = room.model.transformer.configuration
    let (width, mlp, layers) = (sizes.dModel, sizes.dMLP, sizes.layerCount)
    // Inputs, outputs, how many such matrices.
    let kinds: [(name: Math, inputs: Int, outputs: Int, count: Int)] = [
      (["W_Q", .op(","), "W_K", .op(","), "W_V"], width, 3 * width, layers),
      ("W_O", width, width, layers), ("W_in", width, mlp, layers), ("W_out", mlp, width, layers),
      ("W_U", width, sizes.dVocab, 1),
    ]
    let all = kinds.reduce(0) { $0 + $1.inputs * $1.outputs * $1.count }
    return step("everywhere", en: "Nearly all the work", ja: "計算のほとんどは加重和") {
      paragraph(
        en: """
          These are all the matrices that a token's vector meets on its way. Multiply and add, and again: little else happens in a GPT.
          """,
        ja: """
          トークンのベクトルが途中で出会う行列は、これで全部です。掛けて足す。GPT の計算は、ほとんどがその繰り返しです。
          """
      )
      table(
        en: "Weighted sums for one token, in all \(layers) layers",
        ja: "1つのトークンに行う加重和（\(layers) 個のレイヤー全部）",
        [
          column(en: "matrix", ja: "行列"), numbers(en: "sums", ja: "加重和の数"),
          numbers(en: "terms each", ja: "1つの項数"), numbers(en: "products", ja: "積の数"),
        ],
        kinds.map { kind -> [RichText] in
          [
            "\(kind.name)",
            "\(count(kind.outputs * kind.count, "\(kind.outputs) · \(kind.count)"))",
            "\(count(kind.inputs, "\(kind.inputs)"))",
            "\(count(kind.inputs * kind.outputs * kind.count, "\(kind.inputs) · \(kind.outputs) · \(kind.count)"))",
          ]
        } + [
          [say(en: "together", ja: "合計"), "", "", "\(count(all, "sum of the products"))"]
        ]
      )
      found(
        en: """
          \(count(all, "sum of the products")) products for a single token. The sums inside attention, over the tokens before it, come on \
          top: their weights are not learned but computed, and are the attention pattern.
          """,
        ja: """
          トークン1つにつき、積は \(count(all, "sum of the products")) 個です。アテンションでは、さらに手前のトークンについての加重和も計算します。\
          その重みは学習したものではなく、その場で計算される注意の割合です。
          """
      )
    }
  }
}
