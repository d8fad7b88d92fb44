import Graphics
import Platform
import Sampling
import Tensors
import Tokenization
import Traces
import Transformer
import Walkthrough

/// From scores to probabilities, sharper or flatter.
struct SoftmaxLesson: LessonTeller {
  static let name = "softmax-and-temperature"
  let room: Classroom

  var title: RichText { say(en: "Softmax and temperature", ja: "ソフトマックスと温度") }

  var about: RichText {
    say(
      en: "Scores become probabilities, and one knob makes the choice bolder or more careful.",
      ja: "スコア（点数）を確率に変えます。そして1つのつまみで、選び方を慎重にも大胆にもできます。"
    )
  }

  private var prompt: String {
    room.say(en: "Once upon a time there was a", ja: "昔々あるところに、")
  }

  var trying: [Lesson.Trying] { [.softmax] }

  var door: (prompt: String, step: String)? { (prompt, "softmax-temperature") }

  var onward: RichText? {
    say(
      en:
        "On the page of a prompt you can move T yourself: \(code: "explain \"\(prompt)\""), stage \(StageID.softmax.number).",
      ja: "プロンプトのページでは、T を自分で動かせます（第\(StageID.softmax.number)段階）：\(code: "explain \"\(prompt)\"")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "All scores are raised by 5. What happens to the probabilities?",
          answer: """
          Nothing. Every power is multiplied by the same e⁵, and so is their sum; in the quotient it cancels. Only differences \
          between scores count.
          """
        ),
        ja: (
          "すべてのスコアに 5 を足すと、確率はどうなりますか。",
          answer: """
          変わりません。どの項も e⁵ 倍になり、その和も e⁵ 倍になるので、割り算で打ち消し合います。大切なのはスコアどうしの差だけです。
          """
        )
      ),
      question(
        en: (
          "A model shall always give the same answer to the same question. Which temperature do you choose?",
          answer: "T = 0: the likeliest token is taken each time, and nothing is left to chance."
        ),
        ja: (
          "同じ質問には必ず同じ答えを返してほしいとします。温度はいくつにしますか。",
          answer: "T = 0 です。毎回、最も確率の高いトークンを選ぶので、偶然の入る余地がありません。"
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      let trace = try room.run(prompt)
      let logits = trace[.logits].map { $0.slice(trace.tokens.count - 1).values } ?? []
      return [scores, differences, named(trace, logits), temperatures(logits), limit(logits)]
    }
  }

  // MARK: - Three scores

  private static let scores = [3.0, 1, 0]

  private func shares(_ scores: [Double]) -> [Double] {
    let powers = scores.map { exp($0) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  private var scores: Step {
    let (scores, shares) = (Self.scores, shares(Self.scores))
    let names = room.say(en: ["tea", "milk", "juice"], ja: ["お茶", "牛乳", "ジュース"])
    let powers = scores.map { exp($0) }
    let sum = powers.reduce(0, +)
    return step("scores", en: "From scores to shares", ja: "スコアから割合へ") {
      paragraph(
        en: """
          Somebody gives three drinks scores: tea 3, milk 1, juice 0. How likely shall each be chosen? Probabilities lie between 0 \
          and 1 and add up to 1; these scores do neither.
          """,
        ja: """
          ある人が3つの飲み物に点を付けました。お茶は 3、牛乳は 1、ジュースは 0 です。それぞれ、どのくらいの確率で選べばよいでしょう。\
          確率は 0 から 1 の間の数で、合計は 1 です。点数のままでは、どちらも成り立ちません。
          """
      )
      paragraph(
        en: """
          First raise e = 2.718… to each score. That makes every number positive, and larger ones much larger. Then divide each by \
          the sum of all: this is \(term: "softmax").
          """,
        ja: """
          まず、e = 2.718… の「スコア乗」を計算します。どの数も正になり、大きいものはずっと大きくなります。\
          次に、それぞれを全部の和で割ります。これが\(term: "ソフトマックス")です。
          """
      )
      equation([
        .sub("p", "t"), .op("="),
        .frac(.sup("e", .sub("x", "t")), .sum(under: "n", .sup("e", .sub("x", "n")))),
      ])
      table(
        en: "Softmax of three scores",
        ja: "3つのスコアのソフトマックス",
        [
          column(en: "drink", ja: "飲み物"), numbers(en: "score x", ja: "スコア x"),
          numbers(en: "eˣ", ja: "eˣ"), numbers(en: "÷ sum", ja: "÷ 合計"),
        ],
        names.indices.map { index -> [RichText] in
          [
            RichText(stringLiteral: names[index]), "\(made(scores[index]))",
            "\(derived(powers[index], "exp(\(Int(scores[index])))"))",
            "\(derived(shares[index], digits: 3, "exp(\(Int(scores[index]))) / \(Decimal.text(sum, digits: 2))"))",
          ]
        } + [
          [
            "Σ", "", "\(derived(sum, "exp(3) + exp(1) + exp(0)"))",
            "\(derived(shares.reduce(0, +), digits: 3, "sum of the shares"))",
          ]
        ]
      )
      illustration(
        en: "the three scores are made up; what is done with them is computed.",
        ja: "3つのスコアは作りものですが、そこからの計算は実際に行ったものです。"
      )
    }
  }

  private var differences: Step {
    let moved = Self.scores.map { $0 + 100 }
    // Taking the largest away first keeps the powers small.
    let after = shares(moved.map { $0 - 103 })
    let before = shares(Self.scores)
    return step("differences", en: "Only differences count", ja: "大切なのは差だけ") {
      paragraph(
        en: """
          Give every drink 100 more points. The scores are 103, 101 and 100 now, and the probabilities are what they were. \
          Who is ahead by how much decides, not how high the scores are.
          """,
        ja: """
          どの飲み物にも 100 点ずつ足してみます。スコアは 103、101、100 になりますが、確率は変わりません。\
          決め手は、点数の高さではなく、どれだけ差があるかです。
          """
      )
      arithmetic(
        """
        (3, 1, 0) → \(derived(before[0], digits: 3, "softmax(3, 1, 0)[0]")), \(derived(before[1], digits: 3, "softmax(3, 1, 0)[1]")), \
        \(derived(before[2], digits: 3, "softmax(3, 1, 0)[2]"))
        """,
        """
        (103, 101, 100) → \(derived(after[0], digits: 3, "softmax(103, 101, 100)[0]")), \
        \(derived(after[1], digits: 3, "softmax(103, 101, 100)[1]")), \(derived(after[2], digits: 3, "softmax(103, 101, 100)[2]"))
        """
      )
    }
  }

  // MARK: - A model's scores

  private func named(_ trace: Trace, _ logits: [Float]) -> Step {
    let histogram = room.blocks("logits", of: .unembedding, trace).filter {
      if case .figure = $0 { true } else { false }
    }
    let negative = logits.count { $0 < 0 }
    return step("logits", en: "A GPT's scores are called logits", ja: "GPT のスコアは「ロジット」と呼ぶ") {
      paragraph(
        en: """
          \(room.model.name) reads \(token: prompt) and gives each of its \(size(logits.count)) tokens a score: how well it would fit next. \
          Such scores, before softmax, are called \(term: "logits").
          """,
        ja: """
          \(room.model.name) は \(token: prompt) を読んで、\(size(logits.count)) 個のトークンの一つ一つに、次に来るものとしてどれだけ\
          ふさわしいかのスコアを付けます。ソフトマックスに入れる前のこのスコアを\(term: "ロジット")と呼びます。
          """
      )
      histogram
      found(
        en:
          "\(count(negative, "count of logits below 0")) of the \(size(logits.count)) logits are below 0.",
        ja: "\(size(logits.count)) 個のロジットのうち \(count(negative, "count of logits below 0")) 個が負の数です。"
      )
    }
  }

  private static let temperatures = [0, 0.5, 1, 2, 5]

  private func written(_ temperature: Double) -> String {
    Decimal.text(temperature, digits: temperature == temperature.rounded() ? 0 : 1)
  }

  private func temperatures(_ logits: [Float]) -> Step {
    let order = Distribution(logits: logits, temperature: 1).tokens.prefix(6)
    let panels = Self.temperatures.map { temperature -> Scene.Panel in
      let drawn = Distribution(logits: logits, temperature: temperature)
      let chances = Dictionary(uniqueKeysWithValues: zip(drawn.tokens, drawn.probabilities))
      let bars = order.map { id in
        Bars.Bar(
          shown(id),
          derived(chances[id] ?? 0, digits: 3, "softmax(logits / \(written(temperature)))[\(id)]")
        )
      }
      return Scene.Panel(
        Bars(bars, role: .probability, domain: 0...1),
        caption: Caption("T = \(written(temperature))")
      )
    }
    let first = order.first ?? 0
    func chance(_ temperature: Double) -> Quantity {
      let drawn = Distribution(logits: logits, temperature: temperature)
      let rank = drawn.tokens.firstIndex(of: first) ?? 0
      return derived(
        drawn.probabilities[rank],
        digits: 3,
        "softmax(logits / \(written(temperature)))[\(first)]"
      )
    }
    return step("temperature", en: "One knob: the temperature", ja: "1つのつまみ：温度") {
      paragraph(
        en: """
          Divide every logit by a number T before softmax. T is called the \(term: "temperature"). If T is small, the differences grow \
          and the favourite wins more; if T is large, they shrink and the others get their turn.
          """,
        ja: """
          ソフトマックスの前に、すべてのロジットを数 T で割ります。この T を\(term: "温度")と呼びます。\
          T が小さいと差が広がって本命がさらに有利になり、大きいと差が縮まってほかの候補にも確率が回ります。
          """
      )
      equation([
        .sub("p", "t"), .op("="),
        .frac(
          .sup("e", [.sub("x", "t"), .text("/"), "T"]),
          .sum(under: "n", .sup("e", [.sub("x", "n"), .text("/"), "T"]))
        ),
      ])
      figure(
        "temperatures",
        title: say(
          en: "The same 6 tokens at five temperatures",
          ja: "同じ6個のトークンを5つの温度で"
        ),
        description: say(
          en:
            "Bars of the probabilities at T = 0, 0.5, 1, 2 and 5: one bar alone at 0, ever shorter ones after.",
          ja: "T = 0、0.5、1、2、5 での確率の棒。0 では1本だけで、T が大きくなるほど短くなります。"
        ),
        panels
      )
      found(
        en: """
          The favourite, \(token: text(first)), has \(chance(0.5)) at T = 0.5, \(chance(1)) at T = 1 and \
          \(chance(5)) at T = 5. At T = 0 nothing can be divided; what is meant is the limit, in which the favourite takes all.
          """,
        ja: """
          本命の \(token: text(first)) の確率は、T = 0.5 で \(chance(0.5))、T = 1 で \(chance(1))、\
          T = 5 で \(chance(5)) です。T = 0 では割り算ができないので、T を 0 に近づけた極限、つまり本命がすべてを取る場合を指します。
          """
      )
    }
  }

  private func limit(_ logits: [Float]) -> Step {
    let grid = stride(from: 0.1, through: 5.0, by: 0.1).map { ($0 * 10).rounded() / 10 }
    let points = grid.map { Point($0, Self.bits(Distribution(logits: logits, temperature: $0))) }
    let most = log2(Double(max(1, logits.count)))
    let dots = [0.5, 1, 2, 5].map { temperature in
      let bits = Self.bits(Distribution(logits: logits, temperature: temperature))
      return Curve.Dot(
        x: temperature,
        y: bits,
        Caption("T = \(written(temperature))"),
        isFollowed: temperature == 2
      )
    }
    return step("limit", en: "Why many stop at 2", ja: "上限を 2 とすることが多い理由") {
      paragraph(
        en: """
          Some services let T go up to 2 and no further. Is something special there? The figure shows how much is left open at every \
          temperature, in \(term: "bits"): 0 if one token is certain, 1 if it is like tossing a coin, and \
          \(derived(most, "log2(\(logits.count))")) if all \(size(logits.count)) are alike.
          """,
        ja: """
          T を 2 までしか上げられないサービスもあります。2 に特別な意味があるのでしょうか。図は、温度ごとに、次のトークンがどれだけ\
          決まっていないかを\(term: "ビット")で示しています。1つに決まっていれば 0、硬貨を投げるようなら 1、\(size(logits.count)) 個が\
          同じ確率なら \(derived(most, "log2(\(logits.count))")) です。
          """
      )
      figure(
        "openness",
        title: say(en: "What is left open, by temperature", ja: "温度と、決まっていない度合い"),
        description: say(
          en: "A curve that rises smoothly with T, with points at 0.5, 1, 2 and 5.",
          ja: "T とともに滑らかに上がる曲線。0.5、1、2、5 に点があります。"
        ),
        Curve(
          points: points,
          dots: dots,
          xTitle: Caption(say(en: "temperature T", ja: "温度 T").plain),
          yTitle: Caption(say(en: "bits", ja: "ビット").plain)
        )
      )
      found(
        en: """
          At T = 2 the curve has no corner and no jump: the limit is a choice of those who offer the service. Of \
          \(derived(most, digits: 1, "log2(\(logits.count))")) bits, \(Self.bitsAt(1, logits)) are open at T = 1, \(Self.bitsAt(2, logits)) at \
          T = 2 and \(Self.bitsAt(5, logits)) at T = 5.
          """,
        ja: """
          T = 2 のところに、曲線の角も段差もありません。この上限は、サービスを提供する側の取り決めです。\
          \(derived(most, digits: 1, "log2(\(logits.count))")) ビットのうち、決まっていないのは、T = 1 では \(Self.bitsAt(1, logits)) ビット、\
          T = 2 では \(Self.bitsAt(2, logits)) ビット、T = 5 では \(Self.bitsAt(5, logits)) ビットです。
          """
      )
    }
  }

  /// The entropy of a distribution, in bits.
  static func bits(_ drawn: Distribution) -> Double {
    drawn.probabilities.reduce(0) { $0 - ($1 > 0 ? $1 * log2($1) : 0) }
  }

  private static func bitsAt(_ temperature: Double, _ logits: [Float]) -> Quantity {
    Quantity(
      bits(Distribution(logits: logits, temperature: temperature)),
      digits: 1,
      origin: .derived("−Σ p log2 p, p = softmax(logits / \(Decimal.text(temperature, digits: 0)))")
    )
  }
}
