import Graphics
import Tensors
import Tokenization
import Traces
import Transformer
import Walkthrough

/// A number, a list, a table, a stack of tables.
struct TensorsLesson: LessonTeller {
  static let name = "tensors"
  let room: Classroom

  var title: RichText { say(en: "Tensors", ja: "テンソル") }

  var about: RichText {
    say(
      en:
        "Whatever is in a GPT is numbers in boxes: a list, a table, a stack of tables. All of these are called tensors.",
      ja: "GPT の中にあるのは、箱に並んだ数です。列、表、表を重ねたもの。そのどれもが「テンソル」と呼ばれます。"
    )
  }

  private var prompt: String { room.say(en: "The queen of Italy is", ja: "日本の首都は東京") }

  var door: (prompt: String, step: String)? { (prompt, "position-stream") }

  var onward: RichText? {
    say(
      en:
        "All tensors of a run, with their shapes: \(code: "explain trace \"\(prompt)\" -o run.safetensors"), then \(code: "explain inspect run.safetensors").",
      ja:
        "1回の実行のテンソルを全部見るには：\(code: "explain trace \"\(prompt)\" -o run.safetensors")、続けて \(code: "explain inspect run.safetensors")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "A photo is 100 points wide and 50 high, with three numbers a point: red, green, blue. What shape is it, and how many numbers?",
          answer: "50 × 100 × 3: three axes, 15,000 numbers."
        ),
        ja: (
          "横 100 点、縦 50 点の写真で、1点ごとに赤・緑・青の3つの数があります。形はどうなりますか。数は全部でいくつですか。",
          answer: "50 × 100 × 3 です。軸は3つ、数は 15,000 個です。"
        )
      ),
      question(
        en: (
          "What is the difference between a vector of 128 numbers and a space of 128 dimensions?",
          answer: """
          A vector is one point of such a space, or the arrow to it. How long the list is is called the number of dimensions; the \
          tensor itself has only one axis.
          """
        ),
        ja: (
          "「128 個の数のベクトル」と「128 次元の空間」は、どう違うのでしょう。",
          answer: """
          ベクトルは、その空間の1点、またはその点への矢印です。数がいくつ並ぶかを「次元の数」と言います。テンソルとしての軸は1つだけです。
          """
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      let trace = try room.run(prompt)
      return [vector(trace), matrix(trace), stack(trace), shapes(trace), weights(trace)]
    }
  }

  private func strip(
    _ label: String,
    _ values: [Float],
    _ maximum: Double,
    numbers: [Quantity] = []
  )
    -> VectorStrip.Row
  {
    VectorStrip.Row(
      label,
      values: values.map(Double.init),
      scale: .data(maximum: maximum),
      numbers: numbers
    )
  }

  private func vector(_ trace: Trace) -> Step {
    let last = trace.tokens.count - 1
    let id = trace.tokens[last].id
    let values = trace[.embed]?.slice(last).values ?? []
    let maximum = values.reduce(0) { max($0, Double(abs($1))) }
    let numbers = (0..<min(6, values.count)).map { n in
      Quantity(Double(values[n]), origin: .trace("hook_embed", last, n))
    }
    return step("vector", en: "A list: one axis", ja: "数の列：軸は1つ") {
      paragraph(
        en: """
          One number is a single box: the id \(count(id, "id of the token")) of the token \(token: text(id)). Put numbers in a row and you have a \
          list, called a \(term: "vector"). The model turns this id into a list of \(values.count) numbers.
          """,
        ja: """
          数が1つなら、箱は1つです。たとえばトークン \(token: text(id)) の番号 \(count(id, "id of the token"))。数を1列に並べたものを\
          \(term: "ベクトル")と呼びます。モデルはこの番号を、\(values.count) 個の数の列に変えます。
          """
      )
      figure(
        "one-vector",
        title: say(en: "The vector of \(token: text(id))", ja: "\(token: text(id)) のベクトル"),
        description: say(
          en: "\(values.count) numbers as bars up and down from a line.",
          ja: "\(values.count) 個の数を、線から上下に伸びる棒で表したもの。"
        ),
        VectorStrip([strip(shown(id), values, maximum, numbers: numbers)])
      )
      found(
        en: "To name one number of it takes one place: number 0 is \(numbers.first ?? made(0)).",
        ja: "1つの数を指すには、場所を1つ言えば足ります。0 番目の数は \(numbers.first ?? made(0)) です。"
      )
    }
  }

  private func matrix(_ trace: Trace) -> Step {
    let stream = trace[.residPre(0)]
    let rows = trace.tokens.indices.map { stream?.slice($0).values ?? [] }
    let maximum = rows.joined().reduce(0) { max($0, Double(abs($1))) }
    let (height, width) = (rows.count, rows.first?.count ?? 0)
    return step("matrix", en: "A table: two axes", ja: "数の表：軸は2つ") {
      paragraph(
        en: """
          The prompt has \(height) tokens, and each has its list. Written beneath each other they are a table of \(height) rows and \
          \(width) columns. A table of numbers is called a \(term: "matrix").
          """,
        ja: """
          プロンプトには \(height) 個のトークンがあり、それぞれが数の列をもちます。上下に並べると、\(height) 行 \(width) 列の表になります。\
          数の表を\(term: "行列")と呼びます。
          """
      )
      figure(
        "one-matrix",
        title: say(en: "\(height) rows of \(width) numbers", ja: "\(width) 個の数が \(height) 行"),
        description: say(
          en: "A strip of bars for each token, one beneath the other.",
          ja: "トークンごとの棒の帯を、上下に並べたもの。"
        ),
        VectorStrip(zip(trace.tokens, rows).map { strip(VisibleText.show($0.text), $1, maximum) })
      )
      found(
        en:
          "\(height) × \(width) = \(count(height * width, "\(height) · \(width)")) numbers. To name one takes two places: its row and its column.",
        ja:
          "\(height) × \(width) = \(count(height * width, "\(height) · \(width)")) 個の数です。1つを指すには、行と列の2つを言います。"
      )
    }
  }

  private func stack(_ trace: Trace) -> Step {
    let pattern = trace[.pattern(0)]
    let (heads, length) = (pattern?.shape.first ?? 0, trace.tokens.count)
    let labels = trace.tokens.map { VisibleText.show($0.text) }
    let panels = (0..<heads).map { head in
      Scene.Panel(
        Heatmap(
          rows: labels,
          columns: labels,
          cells: (0..<length).map { row in
            (0..<length).map { column in
              column > row
                ? .masked
                : .number(
                  Quantity(
                    Double(pattern?.slice(head, row).values[column] ?? 0),
                    origin: .trace("blocks.0.attn.hook_pattern", head, row, column)
                  )
                )
            }
          },
          scale: .probability()
        ),
        caption: Caption(say(en: "table \(head)", ja: "表 \(head)").plain)
      )
    }
    return step("stack", en: "A stack: three axes", ja: "表を重ねる：軸は3つ") {
      paragraph(
        en: """
          In its first layer the model looks at the text in \(heads) ways at once. Each way is a table of its own: how much each token \
          looks at each. \(heads) tables on top of each other are one thing with three axes.
          """,
        ja: """
          最初のレイヤーで、モデルは文章を同時に \(heads) 通りの見方で見ます。見方ごとに「どのトークンがどのトークンをどれだけ見るか」の表が\
          1枚できます。\(heads) 枚の表を重ねたものは、軸が3つある1つのまとまりです。
          """
      )
      figure(
        "one-stack",
        title: say(
          en: "\(heads) tables of \(length) × \(length): attention patterns of layer 0",
          ja: "\(length) × \(length) の表が \(heads) 枚：レイヤー 0 の注意の割合"
        ),
        description: say(
          en: "\(heads) triangular tables; each row shares out one whole.",
          ja: "三角形の表が \(heads) 枚。どの行も、合計は 1 です。"
        ),
        panels
      )
      paragraph(
        en: """
          A list, a table, a stack, and whatever has still more axes: all of them are \(term: "tensors"). How long each axis is is \
          called the \(term: "shape").
          """,
        ja: """
          列、表、表を重ねたもの、さらに軸の多いもの。これらをまとめて\(term: "テンソル")と呼びます。それぞれの軸の長さを並べたものが\
          \(term: "形")です。
          """
      )
    }
  }

  private func written(_ shape: [Int]) -> String {
    shape.isEmpty ? "–" : shape.map { size($0) }.joined(separator: " × ")
  }

  private func shapes(_ trace: Trace) -> Step {
    let points: [(RichText, HookPoint)] = [
      (say(en: "the tokens' vectors", ja: "トークンのベクトル"), .residPre(0)),
      (say(en: "queries of layer 0", ja: "レイヤー 0 のクエリ"), .q(0)),
      (say(en: "attention pattern", ja: "注意の割合"), .pattern(0)),
      (say(en: "the MLP's neurons", ja: "MLP のニューロン"), .mlpPost(0)),
      (say(en: "scores of all tokens", ja: "全トークンのスコア"), .logits),
    ]
    let rows = points.compactMap { name, point -> [RichText]? in
      guard let tensor = trace[point] else { return nil }
      let product = tensor.shape.map(String.init).joined(separator: " · ")
      return [
        name, "\(code: point.name)", RichText(stringLiteral: written(tensor.shape)),
        "\(count(tensor.count, product))",
      ]
    }
    let all = trace.tensors.values.reduce(0) { $0 + $1.count }
    return step("shapes", en: "Every tensor has a shape", ja: "どのテンソルにも形がある") {
      paragraph(
        en: """
          Here are some tensors of this run. Multiply the lengths of the axes, and you have how many numbers there are.
          """,
        ja: """
          今回の実行でできたテンソルの一部です。軸の長さを全部掛けると、数がいくつあるかがわかります。
          """
      )
      table(
        en: "Some tensors of this run",
        ja: "今回の実行のテンソル（一部）",
        [
          column(en: "what", ja: "内容"), column(en: "name", ja: "名前"),
          numbers(en: "shape", ja: "形"), numbers(en: "numbers", ja: "数の個数"),
        ],
        rows
      )
      found(
        en: """
          \(count(trace.tensors.count, "tensors of the trace")) tensors were recorded of these \(trace.tokens.count) tokens, with \
          \(count(all, "numbers in all tensors of the trace")) numbers in all.
          """,
        ja: """
          この \(trace.tokens.count) 個のトークンについて記録したテンソルは \(count(trace.tensors.count, "tensors of the trace")) 個、\
          数は全部で \(count(all, "numbers in all tensors of the trace")) 個です。
          """
      )
    }
  }

  private func weights(_ trace: Trace) -> Step {
    let matrix = room.model.transformer.weights.embedding
    let figures = room.blocks("matrix", of: .embedding, trace).filter {
      if case .figure = $0 { true } else { false }
    }
    return step("weights", en: "Weights are tensors, too", ja: "重みもテンソル") {
      paragraph(
        en: """
          What passes through on a run is data. What the model has learned stands in tensors as well: they are its weights. One of them \
          is \("W_E" as Math), a table with a row for each token of the vocabulary.
          """,
        ja: """
          実行のときに流れる数は「データ」です。モデルが学習した数も、やはりテンソルに入っていて、「重み」と呼ばれます。たとえば \
          \("W_E" as Math) は、語彙のトークンごとに1行をもつ表です。
          """
      )
      figures
      found(
        en:
          "\("W_E" as Math) has the shape \(written(matrix.shape)): \(count(matrix.count, matrix.shape.map(String.init).joined(separator: " · "))) weights. They are the same for every prompt.",
        ja:
          "\("W_E" as Math) の形は \(written(matrix.shape)) で、重みは \(count(matrix.count, matrix.shape.map(String.init).joined(separator: " · "))) 個です。どのプロンプトでも同じ重みを使います。"
      )
    }
  }
}
