import Embeddings
import Graphics
import Platform
import Tensors
import Tokenization
import Transformer
import Walkthrough

/// How two arrows are multiplied, from two dimensions to 128.
struct DotProductLesson: LessonTeller {
  static let name = "dot-product"
  let room: Classroom

  var title: RichText { say(en: "The dot product", ja: "内積") }

  var about: RichText {
    say(
      en:
        "Two arrows are multiplied, and one number says how well they agree. A GPT asks this question all the time.",
      ja: "2本の矢印をかけ合わせると、どれだけ向きが合っているかが1つの数でわかります。GPT が絶えず行っている計算です。"
    )
  }

  /// Two words that agree, as this world uses them.
  private var words: (String, String) { room.say(en: ("king", "queen"), ja: ("王", "女王")) }
  /// A direction, and the words that are measured along it.
  private var direction: (from: String, to: String, words: [String]) {
    room.say(
      en: ("man", "woman", ["boy", "girl", "father", "mother", "uncle", "aunt", "king", "queen"]),
      ja: ("男", "女", ["父", "母", "兄", "姉", "王", "女王", "王子", "王女"])
    )
  }

  var steps: [Step] {
    get throws {
      let lexicon = room.lexicon
      return [arrows, angles, lengths, try terms(lexicon), try crowd, try direction(lexicon)]
    }
  }

  var trying: [Lesson.Trying] { [.arrows] }

  var asking: Lesson.Asking? {
    .direction("\(direction.to) - \(direction.from), " + direction.words.joined(separator: ", "))
  }

  var onward: RichText? {
    let (a, b) = words
    return say(
      en: "Two words of your own, term by term: \(code: "explain words compare \(a) \(b)").",
      ja: "好きな2語の内積を項ごとに見るには：\(code: "explain words compare \(a) \(b) --language ja")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "What is (2, 1) · (−1, 2), and what does that say of the two arrows?",
          answer: "2 · (−1) + 1 · 2 = −2 + 2 = 0: they stand at right angles."
        ),
        ja: (
          "(2, 1) · (−1, 2) はいくつでしょう。2本の矢印について何がわかりますか。",
          answer: "2 · (−1) + 1 · 2 = −2 + 2 = 0 です。2本の矢印は直角に交わっています。"
        )
      ),
      question(
        en: (
          "An arrow is made three times as long. What happens to its dot products, and what to its cosines?",
          answer:
            "Every dot product becomes three times as large. The cosines stay, for they ask for the direction alone."
        ),
        ja: (
          "矢印の長さを3倍にすると、ほかの矢印との内積はどうなりますか。コサインはどうなりますか。",
          answer: "内積はどれも3倍になります。コサインは向きだけで決まるので、変わりません。"
        )
      ),
    ]
  }

  // MARK: - Two dimensions

  private var arrows: Step {
    let (a, b) = ([3.0, 1.0], [2.0, 2.0])
    func number(_ value: Double) -> Quantity { made(value) }
    return step("arrows", en: "Multiply in pairs, add up", ja: "順に掛けて、足す") {
      paragraph(
        en: """
          Take two arrows. The first goes 3 to the right and 1 up, the second 2 to the right and 2 up. Written as lists of numbers \
          they are (3, 1) and (2, 2), and such a list is called a \(term: "vector").
          """,
        ja: """
          2本の矢印を考えます。1本目は右へ 3、上へ 1、2本目は右へ 2、上へ 2 進みます。数の組で書けば (3, 1) と (2, 2) です。\
          このように順に並べた数の組を\(term: "ベクトル")と呼びます。
          """
      )
      paragraph(
        en: """
          Multiply the two first numbers, and the two second ones. Add the products. The sum is the \(term: "dot product"), \
          written with a dot.
          """,
        ja: """
          1番目の数どうし、2番目の数どうしを掛けます。その積を足します。この和を\(term: "内積")（ドット積）と呼び、点を使って書きます。
          """
      )
      arithmetic(
        """
        (3, 1) · (2, 2) = \(number(a[0])) · \(number(b[0])) + \(number(a[1])) · \(number(b[1])) = \
        \(number(a[0] * b[0])) + \(number(a[1] * b[1])) = \(number(a[0] * b[0] + a[1] * b[1]))
        """
      )
      figure(
        "two-arrows",
        title: say(en: "Two arrows", ja: "2本の矢印"),
        description: say(
          en: "An arrow from the origin to (3, 1) and one to (2, 2).",
          ja: "原点から (3, 1) への矢印と、(2, 2) への矢印。"
        ),
        Scatter(
          [
            Scatter.Item("0", x: 0, y: 0, isFaint: true),
            Scatter.Item("(3, 1)", x: a[0], y: a[1]), Scatter.Item("(2, 2)", x: b[0], y: b[1]),
          ],
          arrows: [Scatter.Arrow(from: 0, to: 1), Scatter.Arrow(from: 0, to: 2)],
          xTitle: Caption(say(en: "first number", ja: "1番目の数").plain),
          yTitle: Caption(say(en: "second number", ja: "2番目の数").plain)
        )
      )
    }
  }

  /// The angles that one arrow is turned to, in degrees.
  private static let turns = [0.0, 30, 60, 90, 120, 150, 180]

  /// The cosine of an angle in degrees; 0 at a right angle, which π/2 in binary misses by a hair.
  private func cosine(ofDegrees angle: Double) -> Double {
    angle == 90 ? 0 : cos(angle * .pi / 180)
  }

  private var angles: Step {
    let turns = Self.turns
    let bars = turns.map { turn in
      Bars.Bar(
        "\(Int(turn))°",
        derived(2 * 2 * cosine(ofDegrees: turn), "2 · 2 · cos \(Int(turn))°")
      )
    }
    let ends = turns.map { turn in
      Scatter.Item(
        "\(Int(turn))°",
        x: 2 * cosine(ofDegrees: turn),
        y: 2 * sin(turn * .pi / 180),
        isFollowed: turn == 0
      )
    }
    return step("angles", en: "It tells the angle", ja: "内積からわかる角度") {
      paragraph(
        en: """
          One arrow lies still, with length 2. Another one of the same length is turned away from it, 30 degrees at a time. Each \
          time the two are multiplied.
          """,
        ja: """
          長さ 2 の矢印を1本、動かさずに置きます。同じ長さの矢印をもう1本、30 度ずつ回していきます。そのたびに2本の内積を計算します。
          """
      )
      illustration(
        en: "no model has made these arrows; they are computed from their angles.",
        ja: "この矢印はモデルが作ったものではなく、角度から計算しています。"
      )
      figure(
        "turned-arrows",
        title: say(en: "Seven arrows of length 2", ja: "長さ 2 の7本の矢印"),
        description: say(
          en: "Arrows from one point, turned by 0, 30, 60, 90, 120, 150 and 180 degrees.",
          ja: "1つの点から出る矢印。0、30、60、90、120、150、180 度に回したもの。"
        ),
        Scatter(
          [Scatter.Item("0", x: 0, y: 0, isFaint: true)] + ends,
          arrows: ends.indices.map { Scatter.Arrow(from: 0, to: $0 + 1) },
          xTitle: Caption(say(en: "first number", ja: "1番目の数").plain),
          yTitle: Caption(say(en: "second number", ja: "2番目の数").plain)
        )
      )
      figure(
        "turned-products",
        title: say(en: "Dot product with the arrow at 0°", ja: "0° の矢印との内積"),
        description: say(
          en:
            "A bar for each arrow: from 4 at 0 degrees through 0 at 90 degrees to −4 at 180 degrees.",
          ja: "矢印ごとの棒。0 度で 4、90 度で 0、180 度で −4 になります。"
        ),
        Bars(bars, role: .data)
      )
      found(
        en: """
          Up to 90° the arrows point more or less the same way, and the dot product is positive. At 90°, a right angle, it is 0. \
          Beyond, they point against each other, and it is negative.
          """,
        ja: """
          90° より小さい角度では、2本の矢印はおおよそ同じほうを向き、内積は正です。90°、つまり直角では 0 になります。\
          90° を超えると反対のほうを向き、内積は負になります。
          """
      )
    }
  }

  private var lengths: Step {
    let lengths = (10.0.squareRoot(), 8.0.squareRoot())
    let share = 8 / (lengths.0 * lengths.1)
    return step("lengths", en: "Without the lengths", ja: "長さの影響を除く") {
      paragraph(
        en: """
          The length counts, too. (6, 2) points where (3, 1) does, but is twice as long: its dot product with \
          (2, 2) is 16 instead of 8.
          """,
        ja: """
          内積は、矢印の長さによっても変わります。(6, 2) は (3, 1) と同じ向きで、長さが2倍の矢印です。(2, 2) との内積は 8 ではなく 16 になります。
          """
      )
      paragraph(
        en: """
          Divide by both lengths, and only the direction is left. The result lies between −1 and 1 and is called the \
          \(term: "cosine") of the angle: 1 for the same direction, 0 at right angles, −1 for the opposite one.
          """,
        ja: """
          両方の長さで割ると、向きの違いだけが残ります。結果は −1 から 1 の間の数で、角度の\(term: "コサイン")（余弦）と呼びます。\
          同じ向きなら 1、直角なら 0、正反対なら −1 です。
          """
      )
      equation([
        .function("cos"), .text(" "), "θ", .op("="),
        .frac(["a", .op("·"), "b"], ["‖a‖", .text(" "), "‖b‖"]),
      ])
      arithmetic(
        "‖(3, 1)‖ = √(3² + 1²) = \(derived(lengths.0, "sqrt(3² + 1²)"))",
        "‖(2, 2)‖ = √(2² + 2²) = \(derived(lengths.1, "sqrt(2² + 2²)"))",
        """
        8 / (\(derived(lengths.0, "sqrt(3² + 1²)")) · \(derived(lengths.1, "sqrt(2² + 2²)"))) = \
        \(derived(share, "8 / (sqrt(10) · sqrt(8))"))
        """
      )
    }
  }

  // MARK: - 128 dimensions

  private func terms(_ lexicon: Lexicon) throws -> Step {
    let compared = ComparedWords(
      try room.token(words.0),
      try room.token(words.1),
      in: lexicon,
      count: 6,
      language: language
    )
    let table = compared.report.article.steps.first?.blocks.filter {
      if case .table = $0 { true } else { false }
    }
    let (a, b) = (lexicon.label(compared.rows.a), lexicon.label(compared.rows.b))
    let (first, second): (RichText, RichText) = (
      "\(token: text(compared.rows.a))", "\(token: text(compared.rows.b))"
    )
    let dimensions = compared.contributions.count
    let cosine = derived(Double(compared.cosine), digits: 3, "cos(W_E[\(a)], W_E[\(b)])")
    return step("terms", en: "The same with 128 numbers", ja: "128 個の数でも同じこと") {
      paragraph(
        en: """
          In \(room.model.name), the built-in model, every word is a vector of \(dimensions) numbers. Nobody can draw such an arrow. \
          But it is multiplied in just the same way: \(dimensions) products, and their sum.
          """,
        ja: """
          組み込みモデルの \(room.model.name) では、どの語も \(dimensions) 個の数からなるベクトルです。そのような矢印を絵に描くことは\
          できませんが、計算のしかたは同じです。\(dimensions) 個の積を作り、足し合わせます。
          """
      )
      table ?? []
      found(
        en: """
          The model learned these numbers from text. The dot product of \(first) and \(second) is \
          \(derived(Double(compared.dot), digits: 3, "dot(W_E[\(a)], W_E[\(b)])")), and the cosine of the angle between them is \(cosine).
          """,
        ja: """
          この数は、モデルが文章から学んだものです。\(first) と \(second) の内積は \
          \(derived(Double(compared.dot), digits: 3, "dot(W_E[\(a)], W_E[\(b)])"))、2つのなす角のコサインは \(cosine) です。
          """
      )
    }
  }

  /// The cosines of one word with all others.
  private var crowd: Step {
    get throws {
      let vectors = room.model.transformer.weights.embedding
      let (own, near) = (try room.token(words.0), try room.token(words.1))
      // Tokens that no text had were never moved: they have no direction worth the name.
      let others = (0..<vectors.rows).filter { id in
        id != own && (room.model.tokenCounts?.counts[id] ?? 1) > 0
      }
      let cosines = others.map { Double(Embeddings.cosine(vectors.slice(own), vectors.slice($0))) }
      let small = cosines.count { abs($0) < 0.2 }
      let share = Double(small) / Double(max(1, cosines.count))
      let best = Double(Embeddings.cosine(vectors.slice(own), vectors.slice(near)))
      let name = "cos(W_E[\(shown(own))], W_E[\(shown(near))])"
      return step("crowd", en: "Most words are at right angles", ja: "多くの語は、ほぼ直角") {
        paragraph(
          en: """
            In a plane there is room for two directions at right angles to each other. In 128 dimensions there is room for 128, and \
            for very many that are nearly so. Words that have nothing to do with each other can keep out of each other's way.
            """,
          ja: """
            平面では、互いに直角な向きは2つしか取れません。128 次元なら 128 個取れて、ほぼ直角でよければさらにたくさん取れます。\
            関係のない語どうしは、互いに邪魔をせずにいられるのです。
            """
        )
        figure(
          "cosines",
          title: say(
            en: "Cosines of \(token: text(own)) with \(size(cosines.count)) other tokens",
            ja: "\(token: text(own)) と、ほかの \(size(cosines.count)) 個のトークンとのコサイン"
          ),
          description: say(
            en: "A histogram with its peak near 0; \(token: text(near)) lies far to the right.",
            ja: "0 の近くに山があるヒストグラム。\(token: text(near)) は右のほうに離れています。"
          ),
          Histogram(
            Histogram.Bins(of: cosines),
            notes: [
              Histogram.Note(
                best,
                "\(shown(near)) \(derived(best, name))",
                isFollowed: true
              )
            ],
            xTitle: Caption(say(en: "cosine", ja: "コサイン").plain),
            countTitle: Caption(say(en: "tokens", ja: "トークンの数").plain)
          )
        )
        found(
          en: """
            Of the \(size(cosines.count)) tokens that the model met in its texts, \(count(small, "cosines between −0.2 and 0.2")) have a \
            cosine between −0.2 and 0.2: \(derived(100 * share, digits: 0, "100 · \(small) / \(cosines.count)")) %.
            """,
          ja: """
            学習した文章に出てきた \(size(cosines.count)) 個のトークンのうち、コサインが −0.2 から 0.2 の間にあるものは \
            \(count(small, "cosines between −0.2 and 0.2")) 個（\(derived(100 * share, digits: 0, "100 · \(small) / \(cosines.count)")) %）です。
            """
        )
      }
    }
  }

  private func direction(_ lexicon: Lexicon) throws -> Step {
    let (from, to, words) = direction
    let rows = try words.map { try room.token($0) }
    let found = DirectionWords(
      of: rows,
      along: try room.query("\(to) - \(from)", in: lexicon),
      in: lexicon,
      language: language
    )
    let dots = Dictionary(uniqueKeysWithValues: found.reaches.map { ($0.row, $0.dot) })
    let pairs = stride(from: 0, to: rows.count, by: 2).filter { index in
      (dots[rows[index]] ?? 0) < (dots[rows[index + 1]] ?? 0)
    }
    return step("direction", en: "A question put as a direction", ja: "向きで問いかける") {
      paragraph(
        en: """
          Take the vector of \(from) away from that of \(to). What is left points from the one word to the other. The dot product of \
          any word with that difference says how far the word goes the same way.
          """,
        ja: """
          「\(to)」のベクトルから「\(from)」のベクトルを引きます。残るのは、片方の語からもう片方の語へ向かう矢印です。\
          この差とほかの語との内積は、その語が同じ向きにどれだけ進んでいるかを表します。
          """
      )
      Block.figure(found.report.figure)
      self.found(
        en: """
          In \(pairs.count) of \(rows.count / 2) pairs (\(words[0]) and \(words[1]), and so on) the second word lies further that way \
          than the first, as \(to) does from \(from).
          """,
        ja: """
          「\(words[0])と\(words[1])」のような組が \(rows.count / 2) 組あり、そのうち \(pairs.count) 組では、「\(from)」から見た「\(to)」と同じように、\
          2番目の語のほうがこの向きに進んでいます。
          """
      )
    }
  }
}
