import Embeddings
import Graphics
import Tensors
import Tokenization
import Traces
import Transformer
import Walkthrough

/// One word in two sentences: the same row at first, another vector at the end.
struct ContextLesson: LessonTeller {
  static let name = "context"
  let room: Classroom

  var title: RichText { say(en: "Context", ja: "文脈") }

  var about: RichText {
    say(
      en:
        "The same word can mean two things. The words before it tell which, and the word's vector takes that up.",
      ja: "同じ言葉が、2つの意味をもつことがあります。どちらの意味かは前の言葉で決まり、その情報が言葉のベクトルに取り込まれます。"
    )
  }

  /// A word of two meanings, and two texts that end with it.
  private var cases: (word: String, prompts: [String]) {
    room.say(
      en: ("model", ["The machine learning model", "The fashion model"]),
      ja: ("はし", ["川にかかるはし", "ご飯を食べるはし"])
    )
  }
  private var bare: String { room.say(en: "The model", ja: "はし") }

  var door: (prompt: String, step: String)? { (cases.prompts[0], "layers-context") }

  var onward: RichText? {
    let (a, b) = (cases.prompts[0], cases.prompts[1])
    return say(
      en: "Two runs side by side, token by token: \(code: "explain compare \"\(a)\" \"\(b)\"").",
      ja: "2つの実行をトークンごとに比べるには：\(code: "explain compare \"\(a)\" \"\(b)\" --language ja")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "In which part of the model is the vector of “model” still the same in both sentences?",
          answer:
            "In the embedding: the token picks its row of W_E, and that row knows nothing of the sentence."
        ),
        ja: (
          "2つの文で「はし」のベクトルが同じなのは、モデルのどの段階ですか。",
          answer: "埋め込みの段階です。トークンは W_E から自分の行を取り出すだけで、その行は文のことを何も知りません。"
        )
      ),
      question(
        en: (
          "Which part brings the words before into the vector?",
          answer:
            "Attention: it is the only place where the vector of one position takes something from those of others."
        ),
        ja: (
          "前の言葉の情報をベクトルに運び込むのは、モデルのどの部分ですか。",
          answer: "アテンションです。ある位置のベクトルが、ほかの位置のベクトルから何かを受け取るのは、ここだけです。"
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      let runs = try cases.prompts.map { try room.run($0) }
      return [same(runs), apart(runs), try futures, moving(runs), try far]
    }
  }

  /// A tensor's last row.
  private func last(_ trace: Trace, _ point: HookPoint) -> Tensor? {
    trace[point].map { $0.slice(trace.tokens.count - 1) }
  }

  private func same(_ runs: [Trace]) -> Step {
    let vectors = runs.map { last($0, .embed)?.values ?? [] }
    let maximum = vectors.joined().reduce(0) { max($0, Double(abs($1))) }
    let rows = zip(runs, vectors).map { run, vector in
      VectorStrip.Row(
        run.prompt,
        values: vector.map(Double.init),
        scale: .data(maximum: maximum),
        numbers: (0..<min(6, vector.count)).map { n in
          Quantity(Double(vector[n]), origin: .trace("hook_embed", run.tokens.count - 1, n))
        }
      )
    }
    let isSame = vectors.count == 2 && vectors[0] == vectors[1]
    return step("same", en: "It begins the same", ja: "はじめは同じ") {
      paragraph(
        en: """
          Here are two texts that end with the same word: \(token: cases.prompts[0]) and \(token: cases.prompts[1]). One learns from data, \
          the other walks on a stage.
          """,
        ja: """
          同じ言葉で終わる2つの文章があります。\(token: cases.prompts[0]) と \(token: cases.prompts[1]) です。片方は「橋」、もう片方は「箸」ですが、\
          かなで書けば同じ「はし」です。
          """
      )
      paragraph(
        en: """
          The model turns each token into a vector by looking up its row in a table. The row is the same, whatever stands before.
          """,
        ja: """
          モデルは、表から行を取り出して、トークンをベクトルに変えます。前に何があっても、取り出す行は同じです。
          """
      )
      figure(
        "same-row",
        title: say(
          en:
            "The vector of \(token: runs[0].tokens.last?.text ?? "") in both texts, to begin with",
          ja: "2つの文章での、はじめの \(token: runs[0].tokens.last?.text ?? "") のベクトル"
        ),
        description: say(
          en: "Two strips of bars, one for each text.",
          ja: "文章ごとに1本、合わせて2本の棒の帯。"
        ),
        VectorStrip(rows)
      )
      if isSame {
        found(
          en: "All \(vectors[0].count) numbers are equal.",
          ja: "\(vectors[0].count) 個の数が、すべて等しくなっています。"
        )
      }
    }
  }

  /// The cosines of the two vectors, before the first layer and after each.
  private func cosines(_ runs: [Trace]) -> [(label: RichText, cosine: Quantity)] {
    let layers = room.model.transformer.configuration.layerCount
    let points =
      [(say(en: "embedding", ja: "埋め込み"), HookPoint.embed)]
      + (0..<layers).map { (say(en: "after layer \($0)", ja: "レイヤー \($0) の後"), .residPost($0)) }
    return points.compactMap { label, point in
      guard let a = last(runs[0], point), let b = last(runs[1], point) else { return nil }
      return (
        label,
        derived(
          Double(Embeddings.cosine(a, b)),
          digits: 3,
          "cos of \(point.name) at the last token of both runs"
        )
      )
    }
  }

  /// Whether the word stands at the same place in both texts.
  private func samePlace(_ runs: [Trace]) -> Bool { runs[0].tokens.count == runs[1].tokens.count }

  private func apart(_ runs: [Trace]) -> Step {
    let cosines = cosines(runs)
    let end = cosines.last?.cosine ?? made(0)
    return step("apart", en: "In the layers they part", ja: "レイヤーを通るうちに分かれていく") {
      paragraph(
        en: """
          Then a place is told to each\(samePlace(runs) ? "" : ", here not the same one in both,") and the layers begin. In each of them the \
          vector looks at the words before it and takes over what it can use. So the two vectors of one word come apart, if not in every \
          layer by as much. The cosine shows how far: 1 is the same direction.
          """,
        ja: """
          そこへ位置の情報が加わり\(samePlace(runs) ? "" : "（ここでは2つの文章で位置が違います）")、レイヤーが始まります。どのレイヤーでも、\
          ベクトルは前の言葉を見て、使える情報を取り込みます。すると、同じ言葉の2つのベクトルは離れていきます（レイヤーごとの離れ方は\
          同じではありません）。どれだけ離れたかはコサインでわかります（1 なら同じ向き）。
          """
      )
      figure(
        "parting",
        title: say(
          en: "Cosine of the two vectors of \(token: runs[0].tokens.last?.text ?? "")",
          ja: "\(token: runs[0].tokens.last?.text ?? "") の2つのベクトルのコサイン"
        ),
        description: say(
          en: "A bar before the layers and one after each, from 1 to \(end).",
          ja: "レイヤーの前と、各レイヤーの後の棒。1 から \(end) まで。"
        ),
        Bars(
          cosines.map { Bars.Bar($0.label.plain(in: language), $0.cosine) },
          role: .data,
          domain: 0...1
        )
      )
      found(
        en:
          "At the end the cosine is \(end). The word is the same; what the model has made of it is not.",
        ja: "最後のコサインは \(end) です。言葉は同じでも、モデルの中のベクトルはもう別のものです。"
      )
    }
  }

  private var futures: Step {
    get throws {
      let prompts = [bare] + cases.prompts
      let guesses = try prompts.map { try room.guesses(after: $0) }
      let panels = zip(prompts, guesses).map { prompt, guesses in
        Scene.Panel(bars(guesses, 5, after: prompt), caption: Caption(prompt))
      }
      return step("futures", en: "Two futures of one word", ja: "同じ言葉の、違う続き") {
        paragraph(
          en: """
            What may come next is read from the last vector alone. So whatever the words before have to say must have come into it by now.
            """,
          ja: """
            続きは、最後のベクトルだけから予測します。前の言葉の情報は、もうそのベクトルに入っていなければなりません。
            """
        )
        figure(
          "futures",
          title: say(
            en: "The likeliest next tokens after each text",
            ja: "それぞれの文章の次に来る確率の高いトークン"
          ),
          description: say(
            en: "Bars for three texts that end with the same word.",
            ja: "同じ言葉で終わる3つの文章についての棒。"
          ),
          panels
        )
        found(
          en: """
            After \(token: prompts[1]) the model expects \(token: guesses[1][0].text), after \(token: prompts[2]) it expects \
            \(token: guesses[2][0].text). After \(token: prompts[0]) alone the likeliest has \
            \(chance(guesses[0][0].probability, of: guesses[0][0].text, after: prompts[0])).
            """,
          ja: """
            \(token: prompts[1]) の次には \(token: guesses[1][0].text)、\(token: prompts[2]) の次には \(token: guesses[2][0].text) が来ると\
            予測しています。\(token: prompts[0]) だけだと、最も確率の高いトークンの確率は \
            \(chance(guesses[0][0].probability, of: guesses[0][0].text, after: prompts[0])) です。
            """
        )
      }
    }
  }

  private func moving(_ runs: [Trace]) -> Step {
    // The first table of the walkthrough's logit lens: depth, then the guesses.
    let tables = runs.map { run -> [[RichText]] in
      for case .table(let table) in room.blocks("lens", of: .layers, run) { return table.rows }
      return []
    }
    let rows = zip(tables.first ?? [], tables.last ?? []).compactMap { a, b -> [RichText]? in
      a.count > 2 && b.count > 2 ? [a[0], a[1], a[2], b[1], b[2]] : nil
    }
    return step("moving", en: "Watch the meaning come in", ja: "意味が入ってくる様子") {
      paragraph(
        en: """
          The vector can be read out on its way, as if it were the last one already: which tokens would it predict? Depth counts the \
          layers passed.
          """,
        ja: """
          途中のベクトルを、もう最後のベクトルであるかのように読み出してみます。どのトークンを予測するでしょう。「深さ」は、通り抜けた\
          レイヤーの数です。
          """
      )
      table(
        en: "The two likeliest next tokens, read out on the way",
        ja: "途中で読み出した、次に来る確率の高い2つのトークン",
        [
          numbers(en: "depth", ja: "深さ"),
          column(en: "\(cases.prompts[0])", ja: "\(cases.prompts[0])"),
          column(en: "second", ja: "2番目"),
          column(en: "\(cases.prompts[1])", ja: "\(cases.prompts[1])"),
          column(en: "second", ja: "2番目"),
        ],
        rows
      )
      paragraph(
        en: """
          Such early readings are hints, no more: the model was trained to be read at its end. They are called the \(term: "logit lens").
          """,
        ja: """
          途中での読み出しは、目安にすぎません。モデルは、最後で読み出されるように学習しているからです。この方法を\(term: "ロジットレンズ")と\
          呼びます。
          """
      )
    }
  }

  // MARK: - From far away

  private static let kings = [
    ("Scotland", "by murder"), ("England", "by murder"), ("Scotland", "by birth"),
  ]

  static func tale(_ land: String, _ way: String) -> String {
    "There dwelt in \(land) a king, and he came unto the throne \(way). Dark were the nights in his tower, and the wolf cried "
      + "without. And the name of this king was"
  }

  private var far: Step {
    get throws {
      let rows = try Self.kings.map { land, way -> (row: [RichText], text: String) in
        let prompt = Self.tale(land, way)
        let best = try room.guesses(after: prompt, by: room.english)[0]
        return (
          [
            RichText(stringLiteral: land), RichText(stringLiteral: way),
            "\(token: best.text)", "\(chance(best.probability, of: best.text, after: prompt))",
          ], best.text
        )
      }
      let count = try room.english.prompt(Self.tale("Scotland", "by murder")).tokens.count
      return step("far", en: "Context from far away", ja: "遠くの文脈") {
        paragraph(
          en: """
            Context need not stand next to the word. A tale of the built-in world begins: “There dwelt in Scotland a king, and he came \
            unto the throne by murder.” Then night falls, and a wolf cries. \(count) tokens on, the king is named. Change one word at the \
            beginning, and the name is another.
            """,
          ja: """
            文脈は、すぐ前にあるとは限りません。英語の組み込みモデルが読んだ物語に、こう始まるものがあります。「スコットランドに王がいて、\
            殺害によって王位に就いた」。それから夜が来て、狼がほえ、\(count) トークン先で王の名が明かされます。はじめの言葉を1つ変えると、\
            名前も変わります。
            """
        )
        table(
          en: "\(token: "And the name of this king was") …",
          ja: "\(token: "And the name of this king was")（そしてこの王の名は）に続くトークン",
          [
            column(en: "land", ja: "国"), column(en: "came to the throne", ja: "王位に就いた方法"),
            column(en: "likeliest name", ja: "最も確率の高い名前"), numbers(en: "probability", ja: "確率"),
          ],
          rows.map { $0.row }
        )
        found(
          en:
            "Neither the land nor the deed alone decides: \(listed(rows.map { $0.text })). Both had to come into the last vector.",
          ja: "国だけでも、行いだけでも決まりません（\(listed(rows.map { $0.text }))）。最後のベクトルには、両方の情報が入っていなければなりません。"
        )
      }
    }
  }
}
