import Embeddings
import Graphics
import Tensors
import Tokenization
import Transformer
import Walkthrough

/// Near words, directions between words, and sums of them.
struct DirectionsLesson: LessonTeller {
  static let name = "words-as-directions"
  let room: Classroom

  var title: RichText { say(en: "Words as directions", ja: "言葉を向きで表す") }

  var about: RichText {
    say(
      en:
        "Every word is an arrow in space. Where it points shows what it is like, and the way from one word to another has a meaning, too.",
      ja: "どの語も、空間の中の1本の矢印です。矢印の向きが語の性質を表し、ある語から別の語への向きにも意味があります。"
    )
  }

  /// The pairs of a man's and a woman's word that both worlds have.
  private var pairs: [(man: String, woman: String)] {
    room.say(
      en: [
        ("man", "woman"), ("boy", "girl"), ("father", "mother"), ("brother", "sister"),
        ("uncle", "aunt"), ("king", "queen"),
      ],
      ja: [("男", "女"), ("父", "母"), ("兄", "姉"), ("弟", "妹"), ("王", "女王"), ("王子", "王女")]
    )
  }
  private var sum: String { room.say(en: "king - man + woman", ja: "王 - 男 + 女") }
  private var dish: String {
    room.say(en: "sushi - Japan + Italy", ja: "寿司 - 日本 + イタリア")
  }
  private var word: String { room.say(en: "cat", ja: "猫") }
  private var map: [String] {
    room.say(
      en: ["woman - man", "queen - king", "aunt - uncle"],
      ja: ["女 - 男", "女王 - 王", "姉 - 兄"]
    )
  }

  var asking: Lesson.Asking? { .map(map.joined(separator: ", ")) }

  var onward: RichText? {
    say(
      en:
        "Sums of your own: \(code: "explain words analogy \"\(dish)\""). With vectors learned from far more text: \(code: "--vectors glove.6B.50d.txt").",
      ja:
        "好きな式で試すには：\(code: "explain words analogy \"\(dish)\" --language ja")。もっと多くの文章から学んだベクトルを使うには：\(code: "--vectors glove.6B.50d.txt")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "Rome − Italy + Japan: where should that lead, if directions mean what they seem to?",
          answer:
            "To Tokyo: from a country to its capital is one direction. \(code: "explain words analogy \"Rome - Italy + Japan\"") tells whether it does."
        ),
        ja: (
          "ローマ − イタリア ＋ 日本。向きに意味があるなら、どこに着くはずでしょう。",
          answer:
            "東京です。「国から首都へ」が1つの向きになっているはずだからです。\(code: "explain words analogy \"ローマ - イタリア + 日本\"") で確かめられます。"
        )
      ),
      question(
        en: (
          "Nobody told the model what a king is. How could it find that king and queen are alike?",
          answer: """
          From their company. In its texts the two stand beside the same words and do the same things; so the same vectors help to \
          predict what follows.
          """
        ),
        ja: (
          "王が何であるかを、誰もモデルに教えていません。「王」と「女王」が似ていることが、なぜわかるのでしょう。",
          answer: """
          周りの言葉からです。学習した文章では、2つの語は同じような言葉と並び、同じようなことをします。そのため、続きを予測するのに\
          似たベクトルが役に立つのです。
          """
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      let lexicon = room.lexicon
      return [
        try near(lexicon), try parallel(lexicon), try family(lexicon), try added(lexicon),
        try plural(lexicon), try dishes(lexicon),
      ]
    }
  }

  private func nearest(_ text: String, _ lexicon: Lexicon, count: Int) throws -> NearestWords {
    NearestWords(
      to: try room.query(text, in: lexicon),
      in: lexicon,
      count: count,
      language: language
    )
  }

  private func near(_ lexicon: Lexicon) throws -> Step {
    let found = try nearest(word, lexicon, count: 8)
    return step("near", en: "Near in space", ja: "近くにある語") {
      paragraph(
        en: """
          Take the arrow of \(word). Which other words point nearly the same way? The cosine of the angle between two arrows tells: 1 is \
          the same direction, 0 a right angle.
          """,
        ja: """
          「\(word)」の矢印を取り上げます。ほぼ同じ向きを指す語はどれでしょう。2本の矢印のなす角のコサインでわかります。1 なら同じ向き、\
          0 なら直角です。
          """
      )
      Block.figure(found.report.figure)
      paragraph(
        en: """
          Nobody gave the model this list. It has seen which words stand in which places, and gave words that are used alike \
          \(term: "embeddings"), as these arrows are called, that are alike.
          """,
        ja: """
          この一覧は、誰かが教えたものではありません。モデルは、どの語がどんな場所に現れるかだけを見て、使われ方の似た語に、似た向きの矢印を\
          割り当てたのです。この矢印を\(term: "埋め込み")（埋め込みベクトル）と呼びます。
          """
      )
    }
  }

  // MARK: - Differences

  private func difference(_ pair: (man: String, woman: String)) throws -> Tensor {
    try room.vector(pair.woman) - room.vector(pair.man)
  }

  private func parallel(_ lexicon: Lexicon) throws -> Step {
    let mapped = MappedWords(
      try map.map { try room.query($0, in: lexicon) },
      axes: MappedWords.Axes(),
      in: lexicon,
      language: language
    )
    let (first, royal) = (pairs[0], room.say(en: ("king", "queen"), ja: ("王", "女王")))
    let ways = (try difference(first), try difference((royal.0, royal.1)))
    let cosine = Embeddings.cosine(ways.0, ways.1)
    let angle = degrees(between: ways.0, ways.1)
    let name = "cos(\(royal.1) − \(royal.0), \(first.woman) − \(first.man))"
    // Of the flat picture and the one in space, the flat one.
    var flat = mapped.report.figure
    flat.scene.panels = Array(flat.scene.panels.prefix(1))
    return step("parallel", en: "The way from word to word", ja: "語から語への向き") {
      paragraph(
        en: """
          Go from \(first.man) to \(first.woman): that is an arrow as well, \(first.woman) − \(first.man). Now go from \(royal.0) to \
          \(royal.1). If the two ways mean the same, they should run side by side.
          """,
        ja: """
          「\(first.man)」から「\(first.woman)」へ進む道も、1本の矢印です（\(first.woman) − \(first.man)）。では、「\(royal.0)」から「\(royal.1)」へ\
          進む道はどうでしょう。同じ意味なら、2本は並んで走るはずです。
          """
      )
      Block.figure(flat)
      found(
        en: """
          Of 128 dimensions the figure keeps two. In all of them the cosine between the two ways is \
          \(derived(Double(cosine), digits: 3, name)), an angle of \(derived(angle, digits: 0, "arccos of the cosine, in degrees"))°: \
          not the same way, but no right angle either.
          """,
        ja: """
          この図は 128 次元のうち2つの軸だけを見せています。全部の次元で計算すると、2つの向きのコサインは \
          \(derived(Double(cosine), digits: 3, name))、角度は \(derived(angle, digits: 0, "arccos of the cosine, in degrees"))° です。\
          同じ向きではありませんが、直角でもありません。
          """
      )
    }
  }

  /// The cosines of each pair's difference with that of the first pair.
  private func family(_ lexicon: Lexicon) throws -> Step {
    let base = try difference(pairs[0])
    let bars = try pairs.dropFirst().map { pair in
      let cosine = Double(Embeddings.cosine(try difference(pair), base))
      return Bars.Bar(
        "\(pair.woman) − \(pair.man)",
        derived(
          cosine,
          digits: 3,
          "cos(\(pair.woman) − \(pair.man), \(pairs[0].woman) − \(pairs[0].man))"
        )
      )
    }.sorted { $0.value.value > $1.value.value }
    let royal = bars.firstIndex { $0.label.hasPrefix(room.say(en: "queen", ja: "女王")) } ?? 0
    return step("family", en: "Queens and families", ja: "家族の語で比べる") {
      paragraph(
        en: """
          A queen is not simply a woman who is king: she may be a king's wife, a bee or a card. Words for one's family differ in little else. Here \
          are several such pairs, each compared with \(pairs[0].woman) − \(pairs[0].man).
          """,
        ja: """
          「女王」は、ただ「女の王」というだけの語ではありません。蜂の女王も、トランプの女王もいます。家族の呼び名なら、男女のほかに違いは\
          あまりありません。いくつかの組を、「\(pairs[0].woman) − \(pairs[0].man)」と比べてみます。
          """
      )
      figure(
        "family",
        title: say(
          en: "Cosine with \(pairs[0].woman) − \(pairs[0].man)",
          ja: "「\(pairs[0].woman) − \(pairs[0].man)」とのコサイン"
        ),
        description: say(
          en: "A bar for each of \(bars.count) differences, the largest first.",
          ja: "\(bars.count) 個の差を、大きい順に棒で表したもの。"
        ),
        Bars(bars, role: .data)
      )
      found(
        en: """
          In this world \(bars[0].label) comes first\(royal == 0 ? "" : ", and \(bars[royal].label) is number \(royal + 1) of \(bars.count)"). \
          Which pair fits best depends on the texts that were read.
          """,
        ja: """
          この世界では「\(bars[0].label)」が最も近くなりました\
          \(royal == 0 ? "" : "（「\(bars[royal].label)」は \(bars.count) 組のうち \(royal + 1) 番目です）")。\
          どの組が最もよく合うかは、読んだ文章によって変わります。
          """
      )
    }
  }

  // MARK: - Sums

  private func added(_ lexicon: Lexicon) throws -> Step {
    let found = try nearest(sum, lexicon, count: 6)
    let parts = sum.split(separator: " ").map(String.init)
    let answer = found.answers.first
    let query = try room.query(sum, in: lexicon).expression
    let place = query.vector(
      in: lexicon.vectors.vectors,
      rows: try query.terms.map { try room.token($0.word) }
    )
    let own = Double(Embeddings.cosine(try room.vector(parts[0]), place))
    return step("added", en: "Words added up", ja: "言葉の足し算") {
      paragraph(
        en: """
          Start at \(parts[0]). Take away what makes a \(parts[2]), add what makes a \(parts[4]). Which word is nearest to where you come out?
          """,
        ja: """
          「\(parts[0])」から出発します。「\(parts[2])」らしさを引き、「\(parts[4])」らしさを足します。着いた場所に最も近い語は何でしょう。
          """
      )
      Block.figure(found.report.figure)
      Block.paragraph(found.excluded)
      self.found(
        en: """
          The nearest is \(token: text(answer?.row ?? 0)). To leave out the words of the question is a custom: \(parts[0]) itself, where we \
          started, has a cosine of \(derived(own, digits: 3, "cos(\(parts[0]), \(sum))")) with the place where we came out.
          """,
        ja: """
          最も近いのは \(token: text(answer?.row ?? 0)) です。式に出てくる語を除いて探すのは慣例です。出発点の「\(parts[0])」自身と、\
          着いた場所とのコサインは \(derived(own, digits: 3, "cos(\(parts[0]), \(sum))")) です。
          """
      )
    }
  }

  private func plural(_ lexicon: Lexicon) throws -> Step {
    let (to, from) = room.say(en: ("cats", "cat"), ja: ("子猫", "猫"))
    let words = room.say(
      en: ["one", "two", "three", "dog", "dogs", "tree", "trees"],
      ja: ["犬", "子犬", "馬", "子馬", "牛", "子牛"]
    ).filter { room.model.tokenizer.token(for: $0, isQuoted: false) != nil }
    let measured = DirectionWords(
      of: try words.map { try room.token($0) },
      along: try room.query("\(to) - \(from)", in: lexicon),
      in: lexicon,
      language: language
    )
    return step("more", en: "More than one", ja: "親から子への向き") {
      paragraph(
        en: """
          The way from \(from) to \(to) should be the way from one to many. So measure other words along it, with the dot product: numbers, \
          and other words in their two forms.
          """,
        ja: """
          「\(from)」から「\(to)」への向きは、「親から子へ」の向きのはずです。そこで、ほかの動物の語を、この向きとの内積で測ってみます。
          """
      )
      Block.figure(measured.report.figure)
      measured.report.article.steps.flatMap { $0.blocks }.filter {
        if case .found = $0 { true } else { false }
      }
    }
  }

  private func dishes(_ lexicon: Lexicon) throws -> Step {
    let found = try nearest(dish, lexicon, count: 5)
    let parts = dish.split(separator: " ").map(String.init)
    return step("dish", en: "Not only men and women", ja: "男女だけではない") {
      paragraph(
        en: """
          What is to \(parts[4]) as \(parts[0]) is to \(parts[2])? Again a sum: \(dish.replacing("-", with: "−")).
          """,
        ja: """
          「\(parts[2])」にとっての「\(parts[0])」は、「\(parts[4])」にとっての何でしょう。これも足し算と引き算です（\(dish.replacing("-", with: "−"))）。
          """
      )
      Block.figure(found.report.figure)
      self.found(
        en: "The nearest is \(token: text(found.answers.first?.row ?? 0)).",
        ja: "最も近いのは \(token: text(found.answers.first?.row ?? 0)) です。"
      )
    }
  }
}
