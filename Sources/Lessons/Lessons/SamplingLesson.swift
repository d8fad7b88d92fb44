import Graphics
import Sampling
import Tokenization
import Traces
import Transformer
import Walkthrough

/// Predict, draw, append, repeat.
struct SamplingLesson: LessonTeller {
  static let name = "predict-and-sample"
  let room: Classroom

  var title: RichText { say(en: "Predict and sample", ja: "予測して、くじを引く") }

  var about: RichText {
    say(
      en:
        "A model that only predicts one token can write a story: it draws the token, appends it, and predicts again.",
      ja: "次の1トークンを予測するだけのモデルが、物語を書けるのはなぜでしょう。くじで1つ選んで書き足し、また予測するからです。"
    )
  }

  private var prompt: String {
    room.say(en: "Once upon a time there was a", ja: "昔々あるところに、")
  }

  var door: (prompt: String, step: String)? { (prompt, "sampling-draw") }

  var onward: RichText? {
    say(
      en: "A story with every draw shown: \(code: "explain generate \"\(prompt)\" --seed 1").",
      ja: "くじの結果を1トークンずつ見るには：\(code: "explain generate \"\(prompt)\" --seed 1 --language ja")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "A token has the probability 0.25. You draw 400 times. How often do you expect it, and will it be just so often?",
          answer: "About 100 times. Hardly ever exactly: chance scatters around that number."
        ),
        ja: (
          "確率 0.25 のトークンがあります。くじを 400 回引くと、何回くらい出るでしょう。ちょうどその回数になりますか。",
          answer: "100 回くらいです。ちょうどになることはあまりなく、その前後にばらつきます。"
        )
      ),
      question(
        en: (
          "Two people ask the same model the same thing and get different answers. Is one of the models broken?",
          answer: "No. The model gave both the same probabilities; the draws differed."
        ),
        ja: (
          "2人が同じモデルに同じことを聞いたのに、違う答えが返ってきました。モデルが壊れているのでしょうか。",
          answer: "いいえ。モデルが出した確率は同じです。違ったのは、くじの結果です。"
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      let trace = try room.run(prompt)
      let guesses = try room.guesses(after: prompt)
      return [predict(guesses), draw(trace), many(guesses), again(trace), try seeds]
    }
  }

  private func predict(_ guesses: [Classroom.Guess]) -> Step {
    let rest = guesses.dropFirst(8).reduce(0) { $0 + $1.probability }
    return step("predict", en: "Predict", ja: "予測する") {
      paragraph(
        en: """
          The model reads \(token: prompt). Its answer is not a word. It is a probability for each of its \(size(guesses.count)) tokens: how \
          likely each is to come next.
          """,
        ja: """
          モデルが \(token: prompt) を読みます。答えは1つの言葉ではありません。\(size(guesses.count)) 個のトークンそれぞれについて、\
          「次に来る確率」を答えます。
          """
      )
      figure(
        "predicted",
        title: say(en: "The 8 likeliest next tokens", ja: "次に来る確率の高い8個のトークン"),
        description: say(
          en: "Bars of the probabilities; \(token: guesses[0].text) leads.",
          ja: "確率の棒。1位は \(token: guesses[0].text) です。"
        ),
        bars(guesses, 8, after: prompt)
      )
      found(
        en:
          "These 8 hold \(derived(1 - rest, digits: 3, "sum of the 8 probabilities")) of the whole. The other \(size(guesses.count - 8)) share what is left.",
        ja:
          "この8個で、全体の \(derived(1 - rest, digits: 3, "sum of the 8 probabilities")) を占めます。残りを、ほかの \(size(guesses.count - 8)) 個が分け合います。"
      )
    }
  }

  private func draw(_ trace: Trace) -> Step {
    let shown = room.blocks("draw", of: .sampling, trace).filter { block in
      switch block {
      case .figure, .found: true
      default: false
      }
    }
    return step("draw", en: "Draw", ja: "くじを引く") {
      paragraph(
        en: """
          Now lay the tokens side by side on a line from 0 to 1, each as wide as it is likely. Throw a dart at the line. The token it \
          hits is taken: so likely ones are hit often, and unlikely ones now and then. This is called \(term: "sampling").
          """,
        ja: """
          トークンを、0 から 1 までの線の上に、確率の幅で並べます。その線に向かって矢を投げ、当たったトークンを選びます。確率の高いものには\
          よく当たり、低いものにもたまには当たります。これを\(term: "サンプリング")と呼びます。
          """
      )
      shown
    }
  }

  /// How often each of the likeliest tokens comes in a number of draws.
  static func counts(_ guesses: [Classroom.Guess], draws: Int, of shown: Int) -> [Int] {
    var generator = SeededGenerator(seed: 0)
    var counts = [Int](repeating: 0, count: shown)
    for _ in 0..<draws {
      let number = generator.unit()
      var end = 0.0
      for (rank, guess) in guesses.prefix(shown).enumerated() {
        end += guess.probability
        if number < end {
          counts[rank] += 1
          break
        }
      }
    }
    return counts
  }

  private func many(_ guesses: [Classroom.Guess]) -> Step {
    let (few, lots) = (10, 10_000)
    let (first, second) = (
      Self.counts(guesses, draws: few, of: 6), Self.counts(guesses, draws: lots, of: 6)
    )
    let rows = guesses.prefix(6).enumerated().map { rank, guess -> [RichText] in
      [
        "\(token: guess.text)", "\(chance(guess.probability, of: guess.text, after: prompt))",
        "\(count(first[rank], "hits in \(few) draws, seed 0"))",
        "\(count(second[rank], "hits in \(lots) draws, seed 0"))",
        "\(derived(Double(second[rank]) / Double(lots), digits: 3, "\(second[rank]) / \(lots)"))",
      ]
    }
    let worst =
      zip(guesses, second).map { abs($0.probability - Double($1) / Double(lots)) }.max() ?? 0
    return step("many", en: "Draw ten thousand times", ja: "1万回引いてみる") {
      paragraph(
        en: """
          A single draw says nothing of the probabilities. Ten say little. So here are \(size(lots)) draws for the same place in the text, made \
          while this was written.
          """,
        ja: """
          1回だけでは、確率のことは何もわかりません。10 回でもまだ足りません。そこで、文章の同じ場所で \(size(lots)) 回引いてみました\
          （この文章を書くときに実際に引いたものです）。
          """
      )
      table(
        en: "How often each token was hit",
        ja: "それぞれのトークンに当たった回数",
        [
          column(en: "token", ja: "トークン"), numbers(en: "probability", ja: "確率"),
          numbers(en: "in \(few)", ja: "\(few) 回のうち"),
          numbers(en: "in \(size(lots))", ja: "\(size(lots)) 回のうち"),
          numbers(en: "share", ja: "割合"),
        ],
        rows
      )
      found(
        en:
          "After \(size(lots)) draws the share that is off most is off by \(derived(worst, digits: 3, "largest |share − probability|")).",
        ja:
          "\(size(lots)) 回引くと、割合と確率の差は、最も大きいものでも \(derived(worst, digits: 3, "largest |share − probability|")) です。"
      )
    }
  }

  private func again(_ trace: Trace) -> Step {
    let shown = room.blocks("again", of: .sampling, trace).filter { block in
      switch block {
      case .table, .found: true
      default: false
      }
    }
    return step("again", en: "Append, and again", ja: "書き足して、もう一度") {
      paragraph(
        en: """
          The token that was drawn is appended to the text. The longer text goes through the model again, which predicts the next one. \
          That is all: predict, draw, append, repeat.
          """,
        ja: """
          選んだトークンを文章の後ろに書き足します。1つ長くなった文章をまたモデルに入れ、次を予測させます。予測し、引き、書き足し、\
          繰り返す。これがすべてです。
          """
      )
      shown
    }
  }

  private func story(seed: UInt64, temperature: Double) throws -> String {
    var options = SamplingOptions()
    (options.seed, options.temperature) = (seed, temperature)
    let tokens = try room.model.prompt(prompt).tokens
    var generation = Generation(of: tokens, by: room.model.transformer, options)
    for _ in 0..<16 where generation.next().token == room.model.endOfTextID { break }
    let end = room.model.endOfTextID
    return room.model.tokenizer.decode(generation.tokens.filter { $0 != end })
  }

  private var seeds: Step {
    get throws {
      let kinds: [(temperature: Double, seed: UInt64)] = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)]
      let stories = try kinds.map { try story(seed: $0.seed, temperature: $0.temperature) }
      let rows = zip(kinds, stories).map { kind, story -> [RichText] in
        [
          "\(Decimal.text(kind.temperature, digits: 0))", "\(kind.seed)",
          RichText(stringLiteral: VisibleText.plain(story)),
        ]
      }
      return step("seeds", en: "One beginning, several stories", ja: "1つの始まり、いくつもの物語") {
        paragraph(
          en: """
            A computer's chance comes from a number that it starts from, the \(term: "seed"). The same seed gives the same draws, so a story \
            can be told once more. Another seed tells another one.
            """,
          ja: """
            コンピュータの「偶然」は、\(term: "シード")と呼ばれる最初の数から作られます。シードが同じならくじの結果も同じなので、同じ物語を\
            もう一度書けます。シードを変えると、別の物語になります。
            """
        )
        table(
          en: "The same beginning with several seeds",
          ja: "同じ始まりから、シードを変えて書いた文章",
          [
            numbers(en: "T", ja: "T"), numbers(en: "seed", ja: "シード"),
            column(en: "the text", ja: "文章"),
          ],
          rows
        )
        found(
          en: """
            At T = 0 the likeliest token is always taken: seed 0 and seed 1 tell \(stories[0] == stories[1] ? "the same" : "different stories"). \
            The three at T = 1 are \(Set(stories.dropFirst(2)).count == 3 ? "all different" : "not all different").
            """,
          ja: """
            T = 0 ではいつも最も確率の高いトークンを選ぶので、シードが 0 でも 1 でも\(stories[0] == stories[1] ? "同じ文章" : "違う文章")になりました。\
            T = 1 の3つは\(Set(stories.dropFirst(2)).count == 3 ? "どれも違います" : "同じものを含みます")。
            """
        )
      }
    }
  }
}
