import Graphics
import Tensors
import Tokenization
import Traces
import Transformer
import Walkthrough

/// The context window, and what lies outside it.
struct WindowLesson: LessonTeller {
  static let name = "what-the-model-cannot-see"
  let room: Classroom

  var title: RichText { say(en: "What the model cannot see", ja: "モデルに見えないもの") }

  var about: RichText {
    say(
      en:
        "A model sees so many tokens and no more. What has left its window is forgotten, and so is what was said in another run.",
      ja: "モデルが一度に見られるトークンの数には限りがあります。そこから外れたことは忘れられ、別の実行で言われたことも残りません。"
    )
  }

  private var prompt: String { room.say(en: "The capital of Italy is", ja: "イタリアの首都は、") }

  var door: (prompt: String, step: String)? { (prompt, "sampling-window") }

  var onward: RichText? {
    say(
      en:
        "A conversation that gets too long says what it forgets: \(code: "explain chat --show-prompt").",
      ja: "長くなりすぎた会話では、何を忘れたかが表示されます：\(code: "explain chat --show-prompt --language ja")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "A window is made twice as long. How many times as many scores does attention compute for a full one?",
          answer: "Four times: twice as many tokens that look, at twice as many each."
        ),
        ja: (
          "文脈長を2倍にして、いっぱいまで使うと、アテンションで計算するスコアの数は何倍になりますか。",
          answer: "4倍です。見る側のトークンが2倍、見られる側も2倍になるからです。"
        )
      ),
      question(
        en: (
          "A chatbot remembers your name from yesterday. How can that be, if a run leaves no trace?",
          answer: """
          The program around the model kept the name and put it into the text again. What a model knows of you stands in its window, or \
          it does not know it.
          """
        ),
        ja: (
          "昨日教えた名前を、チャットボットが覚えていました。実行の後には何も残らないのに、なぜでしょう。",
          answer: """
          モデルの外側のプログラムが名前を保存しておき、文章の中にもう一度入れたからです。モデルは、いま見えている文章に書かれていることしか\
          あなたについて知りません。
          """
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      let trace = try room.run(prompt)
      return [window(trace), try forgetting, try runs, future(trace), cost]
    }
  }

  private func figures(_ blocks: [Block]) -> [Block] {
    blocks.filter { if case .figure = $0 { true } else { false } }
  }

  private func window(_ trace: Trace) -> Step {
    let own = room.model.transformer.configuration.contextLength
    let models: [(String, Int64)] = [
      (room.model.name, Int64(own)), ("GPT-2", CountedModel.gpt2.sizes.context),
      ("GPT-3", CountedModel.gpt3.sizes.context),
    ]
    return step("window", en: "A window of so many tokens", ja: "見える範囲には限りがある") {
      paragraph(
        en: """
          The model at hand sees at most \(own) tokens at once. That is its \(term: "context size"). A page of a book has some hundreds.
          """,
        ja: """
          いま使っているモデルが一度に見られるのは、最大 \(own) トークンです。これを\(term: "文脈長")と呼びます。本の1ページは、数百トークンになります。
          """
      )
      figures(room.blocks("window", of: .sampling, trace))
      table(
        en: "Some models' context sizes",
        ja: "いくつかのモデルの文脈長",
        [column(en: "model", ja: "モデル"), numbers(en: "tokens", ja: "トークン数")],
        models.map { name, context in
          [RichText(stringLiteral: name), "\(count(context, "context size of \(name)"))"]
        }
      )
      found(
        en: "This text fills \(trace.tokens.count) of \(own) places.",
        ja: "この文章は、\(own) か所のうち \(trace.tokens.count) か所を使っています。"
      )
    }
  }

  // MARK: - Forgetting

  private static let opening = "The name on the door was Anna."
  private static let chatter = [
    " Outside it was dark, and the wind could be heard all day.",
    " In the kitchen there was tea for everyone, and a lamp burned near the window.",
    " Someone laughed, and the door was closed again.",
    " We talked about the weather for a long time.",
    " The radio was loud, so we waited until noon.",
  ]
  private static let asked = " What was the name again? It was"

  /// A text in which a name stands at the beginning and is asked for at the end, with so many sentences between.
  static func text(_ sentences: Int) -> String {
    opening + (0..<sentences).map { chatter[$0 % chatter.count] }.joined() + asked
  }

  private struct Memory {
    let sentences: Int
    let tokens: Int
    let isSeen: Bool
    let name: Double
    let best: Classroom.Guess
  }

  private func memory(_ sentences: Int) throws -> Memory {
    let model = room.english
    let whole = try model.prompt(Self.text(sentences), keepingLast: true)
    let logits = model.transformer.nextLogits(after: whole.tokens)
    let guesses = room.guesses(from: logits, of: model)
    let anna = model.tokenizer.token(for: "Anna", isQuoted: false) ?? 0
    // The name is the sixth token; it is seen as long as no more than five are left out.
    let place = model.tokenizer.encode(Self.opening).firstIndex(of: anna) ?? 0
    return Memory(
      sentences: sentences,
      tokens: whole.wholeCount,
      isSeen: whole.wholeCount - whole.tokens.count <= place,
      name: guesses.first { $0.id == anna }?.probability ?? 0,
      best: guesses[0]
    )
  }

  private var forgetting: Step {
    get throws {
      let memories = try [0, 2, 4, 6, 7, 8, 9, 10].map { try memory($0) }
      let rows = memories.map { memory -> [RichText] in
        [
          "\(memory.sentences)", "\(count(memory.tokens, "tokens of the whole text"))",
          memory.isSeen ? say(en: "yes", ja: "見える") : say(en: "no", ja: "見えない"),
          "\(chance(memory.name, of: " Anna", after: "…"))",
          "\(token: memory.best.text) \(chance(memory.best.probability, of: memory.best.text, after: "…"))",
        ]
      }
      let seen = memories.filter { $0.isSeen }
      let gone = memories.filter { !$0.isSeen }
      return step("forgetting", en: "A name slips out of the window", ja: "名前が見える範囲から外れる") {
        paragraph(
          en: """
            A text begins \(token: Self.opening) Then come sentences about the weather and the radio, ever more of them. At the end it asks \
            \(token: String(Self.asked.dropFirst())) … and the model is to go on.
            """,
          ja: """
            英語の組み込みモデルで試します。文章は \(token: Self.opening)（ドアに書かれた名前はアンナでした）で始まります。続いて、天気やラジオの\
            文が入ります。その数を、だんだん増やしていきます。最後に \(token: String(Self.asked.dropFirst()))（名前は何でしたか。それは）と聞いて、\
            続きを予測させます。
            """
        )
        table(
          en: "The name at the beginning, asked for at the end",
          ja: "はじめに出た名前を、最後に聞く",
          [
            numbers(en: "sentences between", ja: "間の文の数"), numbers(en: "tokens", ja: "トークン数"),
            column(en: "name in the window", ja: "名前が見えるか"),
            numbers(en: "probability of ·Anna", ja: "·Anna の確率"),
            column(en: "likeliest", ja: "最も確率の高いトークン"),
          ],
          rows
        )
        found(
          en: """
            While the name is in the window, the lowest of its probabilities is \
            \(derived(seen.map { $0.name }.min() ?? 0, digits: 3, "least of the rows with the name in the window")). Once it is out, the \
            highest is \(derived(gone.map { $0.name }.max() ?? 0, digits: 3, "largest of the rows without it")).
            """,
          ja: """
            名前が見えている間、その確率は \
            \(derived(seen.map { $0.name }.min() ?? 0, digits: 3, "least of the rows with the name in the window")) 以上です。見えなくなると \
            \(derived(gone.map { $0.name }.max() ?? 0, digits: 3, "largest of the rows without it")) 以下になります。
            """
        )
      }
    }
  }

  private var runs: Step {
    get throws {
      let (first, second) = (Self.opening, String(Self.asked.dropFirst()))
      let anna = { (guesses: [Classroom.Guess]) in
        guesses.first { $0.text == " Anna" }?.probability ?? 0
      }
      let together = try room.guesses(after: first + Self.asked, by: room.english)
      // One run, then another.
      _ = try room.guesses(after: first, by: room.english)
      let apart = try room.guesses(after: second, by: room.english)
      return step("runs", en: "A run leaves nothing behind", ja: "実行の後には何も残らない") {
        paragraph(
          en: """
            Now the same in two runs. In the first the model reads the sentence with the name. In the second, right after it, the question \
            alone. Does it still know?
            """,
          ja: """
            同じことを、2回の実行に分けてみます。1回目は名前の出てくる文だけを読ませ、そのすぐ後の2回目は質問だけを読ませます。\
            モデルは名前を覚えているでしょうか。
            """
        )
        table(
          en: "Told and asked in one run, or in two",
          ja: "1回の実行で伝えて聞く場合と、2回に分けた場合",
          [
            column(en: "what the model reads", ja: "モデルが読む文章"),
            numbers(en: "probability of ·Anna", ja: "·Anna の確率"),
            column(en: "likeliest", ja: "最も確率の高いトークン"),
          ],
          [
            [
              "\(token: first + Self.asked)",
              "\(chance(anna(together), of: " Anna", after: first + Self.asked))",
              "\(token: together[0].text)",
            ],
            [
              "\(token: second)", "\(chance(anna(apart), of: " Anna", after: second))",
              "\(token: apart[0].text)",
            ],
          ]
        )
        paragraph(
          en: """
            No weight changed in the first run; only training changes weights. Whatever a model is to know of a conversation has to stand in the \
            text, every time.
            """,
          ja: """
            1回目の実行で、重みは1つも変わっていません。重みが変わるのは学習のときだけです。会話の内容をモデルに伝えるには、毎回、文章の中に\
            書いておかなければなりません。
            """
        )
      }
    }
  }

  // MARK: - What comes later, and what it costs

  private func future(_ trace: Trace) -> Step {
    step("future", en: "Nor what comes later", ja: "後に来るものも見えない") {
      paragraph(
        en: """
          Each token may look at itself and at what stands before it, never at what comes after. In training the model is to guess the next \
          token at every place at once; if it could look, there would be nothing to guess.
          """,
        ja: """
          どのトークンも、自分と、自分より前のトークンだけを見ます。後のトークンは見られません。学習では、すべての位置で同時に次のトークンを\
          当てさせます。先が見えてしまえば、当てる意味がなくなるからです。
          """
      )
      figures(room.blocks("mask", of: .attention, trace))
    }
  }

  private var cost: Step {
    let sizes = room.model.transformer.configuration
    let (heads, layers) = (sizes.headCount, sizes.layerCount)
    let lengths = [sizes.contextLength, 1024, 2048, 100_000]
    return step("cost", en: "Why not simply more?", ja: "もっと長くすればよいのでは？") {
      paragraph(
        en: """
          Every token that looks computes a score for every token before it. Twice the length, four times the scores. That is one reason why \
          windows are not simply made longer.
          """,
        ja: """
          トークンは、自分より前のトークンすべてについてスコアを計算します。長さが2倍になれば、スコアの数は4倍です。文脈長を\
          むやみに長くできない理由の1つが、これです。
          """
      )
      table(
        en:
          "Scores of one run of a full window, with this model's \(heads) heads in each of \(layers) layers",
        ja: "いっぱいまで使ったときのスコアの数（このモデルの \(layers) レイヤー × \(heads) ヘッドの場合）",
        [
          numbers(en: "tokens T", ja: "トークン数 T"),
          numbers(en: "T × T × heads × layers", ja: "T × T × ヘッド × レイヤー"),
        ],
        lengths.map { length in
          let scores = Int64(length) * Int64(length) * Int64(heads * layers)
          return [
            "\(length.groupedInThrees)",
            "\(count(scores, "\(length) · \(length) · \(heads) · \(layers)"))",
          ]
        }
      )
      paragraph(
        en: """
          Nearly half of them fall to the mask; they are counted here because the table is a square. There are ways to save on this, and they are a large \
          field of research.
          """,
        ja: """
          このうち約半分はマスクで隠されますが、ここでは正方形の表全体を数えました。計算を減らす方法もあり、盛んに研究されています。
          """
      )
    }
  }
}
