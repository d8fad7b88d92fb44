import Graphics
import LessonEngine
import Training
import Transformer
import Walkthrough

/// From a line through points to a million and a half of weights.
struct LearningLesson: LessonTeller {
  static let name = "learning-from-data"
  let room: Classroom

  var title: RichText { say(en: "Learning from data", ja: "データから学ぶ") }

  var about: RichText {
    say(
      en:
        "Nobody writes a model's numbers. They start anywhere, and are changed a little, again and again, so that the mistakes get smaller.",
      ja: "モデルの数は、人が書いたものではありません。でたらめな値から始めて、間違いが減るように少しずつ変えることを、何度も繰り返して決まります。"
    )
  }

  var trying: [Lesson.Trying] {
    let plan = room.say(en: WorldPlan.english, ja: WorldPlan.japanese)
    let texts = WorldCorpus.texts(60, seed: 0, of: plan).map { String(decoding: $0, as: UTF8.self) }
    return [.line, .network(text: texts.joined(separator: "\n"), prompt: plan.opening)]
  }

  var onward: RichText? {
    say(
      en:
        "A training of your own, with a page of its moments: \(code: "explain train --steps 500 --page -o my-model").",
      ja:
        "自分で学習させて、その様子をページで見るには：\(code: "explain train --steps 500 --page -o my-model --language ja")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "What is the learning rate, and what goes wrong if it is much too large?",
          answer: """
          It says how long each step is. If it is much too large, a step leads past the valley to the other side, higher than before, \
          and the loss grows.
          """
        ),
        ja: (
          "学習率とは何ですか。大きすぎると、何が起こりますか。",
          answer: """
          1回にどれだけ動かすかを決める数です。大きすぎると、谷底を通り越して反対側のもっと高いところに出てしまい、損失は増えていきます。
          """
        )
      ),
      question(
        en: (
          "Does the training text stand in the model afterwards, to be looked up?",
          answer: """
          No. What stays are the weights, changed a little by every text. Some sentences can be recalled because they came often, but there is no \
          place where they are kept.
          """
        ),
        ja: (
          "学習に使った文章は、学習の後もモデルの中にあって、引き出せるのでしょうか。",
          answer: """
          いいえ。残るのは、文章を読むたびに少しずつ変えられた重みだけです。何度も出てきた文を思い出せることはありますが、文章そのものを\
          しまってある場所はありません。
          """
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      let line = LearningRecord.FittedLine.example
      let training = try ShortTraining(room)
      let account = LearningAccount(of: training.record(line), in: language).article.steps
      return [byHand(line)] + account.filter { $0.id == "line" } + [chain, knobs(training)]
        + account.filter { $0.id == "loss" || $0.id == "prediction" }
    }
  }

  // MARK: - A line

  /// Guesses at a line: slope and intercept.
  static let guesses = [(w: 0.0, b: 0.0), (w: 1.0, b: 0.0), (w: 1.5, b: -1.0)]

  static func loss(_ points: [(x: Double, y: Double)], _ w: Double, _ b: Double) -> Double {
    points.reduce(0) { sum, point in
      let error = w * point.x + b - point.y
      return sum + error * error
    } / Double(max(1, points.count))
  }

  private func byHand(_ line: LearningRecord.FittedLine) -> Step {
    let points = line.points
    let ends = [points.map { $0.x }.min() ?? 0, points.map { $0.x }.max() ?? 1]
    let losses = Self.guesses.map { Self.loss(points, $0.w, $0.b) }
    let panels = Self.guesses.map { guess in
      Scene.Panel(
        Curve(
          points: ends.map { Point($0, guess.w * $0 + guess.b) },
          dots: points.map { Curve.Dot(x: $0.x, y: $0.y, "") },
          xTitle: "x",
          yTitle: "y"
        ),
        caption: Caption(
          "w = \(Decimal.text(guess.w, digits: 1)), b = \(Decimal.text(guess.b, digits: 1))"
        )
      )
    }
    return step("by-hand", en: "A line, by hand", ja: "手で直線を引く") {
      paragraph(
        en: """
          Here are \(points.count) points. Lay a line through them, y = w · x + b. There are two knobs: w turns the line, b moves it up and down. \
          This is called \(term: "linear regression").
          """,
        ja: """
          \(points.count) 個の点があります。ここに直線 y = w · x + b を引いてみましょう。つまみは2つです。w は直線を傾け、b は上下に動かします。\
          これを\(term: "線形回帰")と呼びます。
          """
      )
      paragraph(
        en: """
          How good is a line? Measure how far it misses each point, square that, and take the mean. The number is called the \(term: "loss"): \
          the smaller, the better.
          """,
        ja: """
          直線の良し悪しは、どう測ればよいでしょう。点ごとに外れた距離を2乗し、その平均を取ります。この数を\(term: "損失")と呼びます。\
          小さいほど良い直線です。
          """
      )
      table(
        en: "Three lines, tried by hand",
        ja: "手で試した3本の直線",
        [numbers(en: "w", ja: "w"), numbers(en: "b", ja: "b"), numbers(en: "loss", ja: "損失")],
        zip(Self.guesses, losses).map { guess, loss in
          [
            "\(made(guess.w, digits: 1))", "\(made(guess.b, digits: 1))",
            "\(derived(loss, digits: 3, "mean of (w x + b − y)² over the points"))",
          ]
        }
      )
      figure(
        "by-hand",
        title: say(en: "The three lines and the points", ja: "3本の直線と点"),
        description: say(
          en:
            "\(points.count) points, and a line in each of three pictures; the last lies closest.",
          ja: "\(points.count) 個の点と、3枚の図それぞれに1本の直線。最後の直線が最も近くを通ります。"
        ),
        panels
      )
      illustration(
        en: "the points were made here, beside a line and a little off it by chance.",
        ja: "点は、ある直線の近くに少しずらして、ここで作ったものです。"
      )
    }
  }

  // MARK: - Backpropagation

  /// Two weights, one behind the other: y = w₂ · (w₁ · x), and the loss (y − t)².
  struct Chain {
    var first = 0.5, second = 1.0
    let input = 2.0, target = 4.0

    var hidden: Double { first * input }
    var output: Double { second * hidden }
    var loss: Double { (output - target) * (output - target) }
    /// The slope of the loss against the output, and then, backwards, against each weight.
    var outputSlope: Double { 2 * (output - target) }
    var secondSlope: Double { outputSlope * hidden }
    var hiddenSlope: Double { outputSlope * second }
    var firstSlope: Double { hiddenSlope * input }

    /// A step against both slopes.
    mutating func step(_ rate: Double) {
      let (one, two) = (firstSlope, secondSlope)
      first -= rate * one
      second -= rate * two
    }
  }

  private var chain: Step {
    let start = Chain()
    var nudged = start
    nudged.first += 0.001
    let measured = (nudged.loss - start.loss) / 0.001
    var walking = start
    var rows: [[RichText]] = []
    for step in 0...4 {
      rows.append([
        "\(step)", "\(derived(walking.first, digits: 3, "w1 after \(step) steps"))",
        "\(derived(walking.second, digits: 3, "w2 after \(step) steps"))",
        "\(derived(walking.output, digits: 3, "w2 · w1 · 2"))",
        "\(derived(walking.loss, digits: 4, "(y − 4)²"))",
      ])
      walking.step(0.02)
    }
    func number(_ value: Double, _ formula: String) -> Quantity {
      derived(value, digits: 1, formula)
    }
    return step("backpropagation", en: "Which knob is to blame?", ja: "どのつまみのせいか") {
      paragraph(
        en: """
          With many knobs, one behind the other, who is to blame for a mistake? Take two: x = 2 is multiplied by w₁ = 0.5, the result by \
          w₂ = 1, and 4 should come out.
          """,
        ja: """
          つまみがたくさん、前後に並んでいるとき、間違いはどのつまみのせいでしょう。2つで考えます。x = 2 に w₁ = 0.5 を掛け、その結果に \
          w₂ = 1 を掛けます。答えは 4 になってほしいとします。
          """
      )
      arithmetic(
        say(
          en:
            "forwards: h = 0.5 · 2 = \(number(start.hidden, "w1 · x")), y = 1 · 1 = \(number(start.output, "w2 · h")), loss = (1 − 4)² = \(number(start.loss, "(y − 4)²"))",
          ja:
            "前へ：h = 0.5 · 2 = \(number(start.hidden, "w1 · x")), y = 1 · 1 = \(number(start.output, "w2 · h")), 損失 = (1 − 4)² = \(number(start.loss, "(y − 4)²"))"
        ),
        say(
          en: "backwards: slope for y = 2 · (1 − 4) = \(number(start.outputSlope, "2 (y − 4)"))",
          ja: "後ろへ：y の傾き = 2 · (1 − 4) = \(number(start.outputSlope, "2 (y − 4)"))"
        ),
        say(
          en: "slope for w₂ = −6 · h = \(number(start.secondSlope, "2 (y − 4) · h"))",
          ja: "w₂ の傾き = −6 · h = \(number(start.secondSlope, "2 (y − 4) · h"))"
        ),
        say(
          en: "slope for w₁ = −6 · w₂ · x = \(number(start.firstSlope, "2 (y − 4) · w2 · x"))",
          ja: "w₁ の傾き = −6 · w₂ · x = \(number(start.firstSlope, "2 (y − 4) · w2 · x"))"
        )
      )
      paragraph(
        en: """
          The blame is handed on from the end to the beginning, and multiplied on its way by what was multiplied there before. This is \
          \(term: "backpropagation"). A check: raise w₁ by 0.001, and the loss changes by \
          \(derived(measured, digits: 3, "(loss(w1 + 0.001) − loss(w1)) / 0.001")) times as much.
          """,
        ja: """
          責任を、終わりから始めのほうへ順に渡していきます。渡すときに、前向きの計算で掛けた数を掛けます。これが\(term: "誤差逆伝播法")です。\
          確かめてみましょう。w₁ を 0.001 だけ増やすと、損失はその \
          \(derived(measured, digits: 3, "(loss(w1 + 0.001) − loss(w1)) / 0.001")) 倍だけ変わります。
          """
      )
      table(
        en: "Steps against the slopes, learning rate 0.02",
        ja: "傾きと反対の向きに動かす（学習率 0.02）",
        [
          numbers(en: "step", ja: "ステップ"), numbers(en: "w₁", ja: "w₁"), numbers(en: "w₂", ja: "w₂"),
          numbers(en: "y", ja: "y"), numbers(en: "loss", ja: "損失"),
        ],
        rows
      )
      illustration(en: "two weights, made up.", ja: "2つの重みの値は作りものです。")
    }
  }

  // MARK: - A million and a half

  private func knobs(_ training: ShortTraining) -> Step {
    step("million", en: "The same with a million and a half", ja: "150万個のつまみでも同じ") {
      paragraph(
        en: """
          Now a GPT, as large as the built-in one: \(size(training.parameterCount)) knobs. They start at random. It reads texts of the small made-up \
          world, \(training.batch * training.context) tokens at a time, and guesses every next token.
          """,
        ja: """
          次は GPT です。組み込みモデルと同じ大きさで、つまみは \(size(training.parameterCount)) 個あります。値はでたらめに始めます。架空の小さな\
          世界の文章を一度に \(training.batch * training.context) トークンずつ読み、次のトークンを毎回当てさせます。
          """
      )
      paragraph(
        en: """
          Each of its mistakes is handed back to every knob, by backpropagation, and each knob is turned a little. This was done while these \
          lines were written, \(training.steps) times.
          """,
        ja: """
          間違えるたびに、誤差逆伝播法で一つ一つのつまみに責任を割り振り、つまみを少しずつ回します。これを、この文章を書いている間に \
          \(training.steps) 回行いました。
          """
      )
      table(
        en: "Loss on texts that neither model has learned from, in nats a token",
        ja: "どちらのモデルも学習に使っていない文章での損失（1トークンあたり、ナット）",
        [
          column(en: "model", ja: "モデル"), numbers(en: "steps", ja: "ステップ"),
          numbers(en: "loss", ja: "損失"),
        ],
        [
          [
            say(en: "random values", ja: "でたらめな値"), "0",
            "\(derived(training.losses.before, "mean loss on held-out texts at the start"))",
          ],
          [
            say(en: "the same, after learning", ja: "同じモデル（学習後）"), "\(training.steps)",
            "\(derived(training.losses.after, "mean loss on held-out texts at the end"))",
          ],
          [
            RichText(stringLiteral: room.model.name), say(en: "many", ja: "多数"),
            "\(derived(training.losses.builtIn, "mean loss of \(room.model.name) on the same texts"))",
          ],
        ]
      )
      found(
        en: """
          In \(training.steps) steps the loss fell from \(derived(training.losses.before, "loss at the start")) to \
          \(derived(training.losses.after, "loss at the end")). The built-in model, which learned in the same way for much longer, has \
          \(derived(training.losses.builtIn, "loss of \(room.model.name)")).
          """,
        ja: """
          \(training.steps) ステップで、損失は \(derived(training.losses.before, "loss at the start")) から \
          \(derived(training.losses.after, "loss at the end")) に下がりました。同じ方法でもっと長く学習した組み込みモデルでは、\
          \(derived(training.losses.builtIn, "loss of \(room.model.name)")) です。
          """
      )
    }
  }
}
