import Graphics
import Platform
import Tensors
import Tokenization
import Traces
import Transformer
import Walkthrough

/// What the letters stand for, what the machine does, and what else it can be fed with.
struct KindsLesson: LessonTeller {
  static let name = "what-is-a-gpt"
  let room: Classroom

  var title: RichText { say(en: "What is a GPT?", ja: "GPT とは何か") }

  var about: RichText {
    say(
      en:
        "Three letters, one question asked over and over, and a machine that takes pictures and sounds just as well as text.",
      ja: "3つの文字の意味と、何度も繰り返される1つの問い。そして、文章だけでなく絵や音も扱える仕組みについて。"
    )
  }

  private var prompt: String { room.say(en: "The capital of Italy is", ja: "イタリアの首都は、") }

  var door: (prompt: String, step: String)? { (prompt, "tokens-cut") }

  var onward: RichText? {
    say(
      en: "The whole way from this text to the answer: \(code: "explain \"\(prompt)\"").",
      ja: "この文章から答えまでの道のりを全部たどるには：\(code: "explain \"\(prompt)\" --language ja")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "Pretrained: before what?",
          answer: """
          Before it is used, and before it is trained further for a task such as chatting. The first training, on much text, gives it \
          most of what it can do.
          """
        ),
        ja: (
          "「事前学習」の「事前」とは、何の前でしょう。",
          answer: """
          使う前、そして、会話などの用途に合わせた追加の学習をする前です。大量の文章による最初の学習で、能力の大部分が身につきます。
          """
        )
      ),
      question(
        en: (
          "What has to be done to a picture before a transformer can take it?",
          answer:
            "It has to become a row of vectors: it is cut into patches, and each patch is a list of numbers."
        ),
        ja: (
          "絵をトランスフォーマーに入れるには、何をすればよいでしょう。",
          answer: "ベクトルの列に変えます。絵を小片に切り、小片の一つ一つを数の列にするのです。"
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      [letters, try next, kinds, patches, slices, try vectors]
    }
  }

  private var letters: Step {
    step("letters", en: "Three letters", ja: "3つの文字") {
      paragraph(
        en: """
          GPT is short for three words. Each says something about the machine.
          """,
        ja: """
          GPT は、3つの英単語の頭文字です。どの語も、この仕組みの特徴を表しています。
          """
      )
      table(
        en: "What GPT stands for",
        ja: "GPT の意味",
        [
          column(en: "letter", ja: "文字"), column(en: "word", ja: "語"),
          column(en: "what it says", ja: "意味"),
        ],
        [
          ["G", "Generative", say(en: "it makes something new: text", ja: "生成する：新しい文章を作り出す")],
          [
            "P", "Pretrained",
            say(en: "it has learned from much text beforehand", ja: "事前学習した：先に大量の文章から学んである"),
          ],
          [
            "T", "Transformer",
            say(en: "the kind of machine that it is", ja: "トランスフォーマー：この仕組みの名前"),
          ],
        ]
      )
      paragraph(
        en: """
          The transformer is the part that this tool opens up. It was described in 2017, in a paper on translation \
          (Vaswani et al., Attention Is All You Need).
          """,
        ja: """
          このツールで中をのぞくのは、トランスフォーマーの部分です。2017 年に、翻訳についての論文で発表されました\
          （Vaswani ほか “Attention Is All You Need”）。
          """
      )
    }
  }

  private var next: Step {
    get throws {
      let guesses = try room.guesses(after: prompt)
      return step("next", en: "One question: what comes next?", ja: "問いは1つ：次に来るのは？") {
        paragraph(
          en: """
            A GPT is given a text and asked one thing: what comes next? It answers with a probability for every chunk of text that it \
            knows. Here is the answer of a small one, \(room.model.name), to \(token: prompt).
            """,
          ja: """
            GPT は文章を渡されて、「次に何が来るか」だけを聞かれます。答えは、知っているすべてのトークン（文章を細かく切ったもの）についての確率です。\
            小さな GPT である \(room.model.name) に \(token: prompt) の続きを聞いてみました。
            """
        )
        figure(
          "next-tokens",
          title: say(en: "The likeliest next tokens", ja: "次に来る確率の高いトークン"),
          description: say(
            en: "Bars of the probabilities; \(token: guesses[0].text) leads.",
            ja: "確率の棒。1位は \(token: guesses[0].text) です。"
          ),
          bars(guesses, 6, after: prompt)
        )
        found(
          en: """
            \(token: guesses[0].text) has \(chance(guesses[0].probability, of: guesses[0].text, after: prompt)). Choose one, append it, ask again: \
            so a machine that only guesses the next chunk writes whole texts.
            """,
          ja: """
            \(token: guesses[0].text) の確率は \(chance(guesses[0].probability, of: guesses[0].text, after: prompt)) です。1つ選んで書き足し、\
            また聞く。こうして、次を当てるだけの仕組みが長い文章を書きます。
            """
        )
      }
    }
  }

  private var kinds: Step {
    step("kinds", en: "One machine, many uses", ja: "1つの仕組み、いろいろな使い道") {
      paragraph(
        en: """
          A GPT is one kind of transformer among several. What goes in and what comes out may be something else than text.
          """,
        ja: """
          GPT は、トランスフォーマーを使ったモデルの一種です。入れるものも、出てくるものも、文章とは限りません。
          """
      )
      table(
        en: "Some uses of transformers",
        ja: "トランスフォーマーの使い道の例",
        [
          column(en: "use", ja: "用途"), column(en: "goes in", ja: "入力"),
          column(en: "comes out", ja: "出力"),
        ],
        [
          [
            say(en: "translation", ja: "翻訳"), say(en: "text", ja: "文章"),
            say(en: "text in another language", ja: "別の言語の文章"),
          ],
          [
            say(en: "recognising speech", ja: "音声認識"), say(en: "sound", ja: "音"),
            say(en: "text", ja: "文章"),
          ],
          [
            say(en: "reading aloud", ja: "音声合成"), say(en: "text", ja: "文章"),
            say(en: "sound", ja: "音"),
          ],
          [
            say(en: "painting", ja: "画像生成"), say(en: "text", ja: "文章"),
            say(en: "a picture", ja: "絵"),
          ],
          [
            say(en: "recognising pictures", ja: "画像認識"), say(en: "a picture", ja: "絵"),
            say(en: "what is in it", ja: "写っているもの"),
          ],
          [
            say(en: "a GPT", ja: "GPT"), say(en: "text", ja: "文章"),
            say(en: "a probability for each next token", ja: "次のトークンの確率"),
          ],
        ]
      )
      paragraph(
        en: """
          They have one thing in common. Whatever goes in is cut into pieces, and every piece becomes a list of numbers.
          """,
        ja: """
          共通点が1つあります。何を入れるにしても、まず小さく切り分け、その一つ一つを数の列に変えることです。
          """
      )
    }
  }

  // MARK: - Illustrations

  /// A picture of so many points a side, cut into patches of so many.
  static let (side, patch) = (12, 4)

  /// How bright a point is, 0 to 1: a ring of radius 4 around the middle.
  static func brightness(_ row: Int, _ column: Int) -> Double {
    let middle = Double(side - 1) / 2
    let (dx, dy) = (Double(column) - middle, Double(row) - middle)
    return max(0, 1 - abs((dx * dx + dy * dy).squareRoot() - 4) / 2)
  }

  /// The patches from left to right and from top to bottom, each row by row.
  static var patchValues: [[Double]] {
    let count = side / patch
    return (0..<count * count).map { index in
      let (top, left) = (index / count * patch, index % count * patch)
      return (0..<patch * patch).map { brightness(top + $0 / patch, left + $0 % patch) }
    }
  }

  private func made(_ values: [Double], _ count: Int = 4) -> [Quantity] {
    values.prefix(count).map { Quantity($0, origin: .illustration) }
  }

  private var patches: Step {
    let (side, patches) = (Self.side, Self.patchValues)
    let cells = (0..<side).map { row in
      (0..<side).map { Heatmap.Cell.value(Self.brightness(row, $0)) }
    }
    let blank = [String](repeating: "", count: side)
    return step("patches", en: "A picture, cut into patches", ja: "絵を小片に切る") {
      paragraph(
        en: """
          Here is a picture of \(side) × \(side) points, a ring. Every point is a number: how dark it is. Cut the picture into \
          \(patches.count) patches of \(Self.patch) × \(Self.patch) points, and read each patch row by row.
          """,
        ja: """
          \(side) × \(side) 個の点でできた、輪の絵があります。どの点も「どれだけ濃いか」を表す数です。この絵を \(Self.patch) × \(Self.patch) 点の\
          小片（パッチ）\(patches.count) 枚に切り、それぞれを上の行から順に読みます。
          """
      )
      figure(
        "picture",
        title: say(en: "The picture", ja: "もとの絵"),
        description: say(
          en: "A ring of dark points on \(side) × \(side).",
          ja: "\(side) × \(side) の点で描いた、濃い輪。"
        ),
        Heatmap(rows: blank, columns: blank, cells: cells, scale: .data(maximum: 1))
      )
      figure(
        "patches",
        title: say(
          en: "Its \(patches.count) patches, each a list of \(Self.patch * Self.patch) numbers",
          ja: "\(patches.count) 枚の小片。どれも \(Self.patch * Self.patch) 個の数の列"
        ),
        description: say(
          en: "A strip of bars for each patch.",
          ja: "小片ごとに1本の、棒の帯。"
        ),
        VectorStrip(
          patches.enumerated().map { index, values in
            VectorStrip.Row(
              say(en: "patch \(index)", ja: "小片 \(index)").plain,
              values: values,
              scale: .data(maximum: 1),
              numbers: index == 0 ? made(values, 5) : []
            )
          }
        )
      )
      illustration(
        en: "the picture was made here, by a formula.",
        ja: "この絵は、ここで式から作ったものです。"
      )
    }
  }

  /// A sound of so many samples: a tone that rises and fades.
  static let sound: [Double] = (0..<64).map { index in
    let time = Double(index) / 64
    return sin(2 * .pi * (2 * time + 3 * time * time)) * (1 - time)
  }

  private var slices: Step {
    let (sound, width) = (Self.sound, 16)
    let pieces = stride(from: 0, to: sound.count, by: width).map { Array(sound[$0..<$0 + width]) }
    return step("slices", en: "A sound, cut into slices", ja: "音を切り分ける") {
      paragraph(
        en: """
          A sound is a wave: how far the air is pushed, moment by moment. Written down \(sound.count) times, this one is \(sound.count) numbers. \
          Cut it into slices of \(width), and again there are lists of numbers in a row.
          """,
        ja: """
          音は波です。空気がどれだけ押されているかを、瞬間ごとに数で表せます。この音は \(sound.count) 回書き留めたので、\(sound.count) 個の数に\
          なりました。\(width) 個ずつに切れば、これも数の列が並んだものになります。
          """
      )
      figure(
        "sound",
        title: say(en: "The wave", ja: "音の波"),
        description: say(
          en: "A curve that swings ever faster and ever less.",
          ja: "だんだん速く、だんだん小さく揺れる曲線。"
        ),
        Curve(
          points: sound.enumerated().map { Point(Double($0.offset), $0.element) },
          xTitle: Caption(say(en: "moment", ja: "時点").plain),
          yTitle: Caption(say(en: "pressure", ja: "圧力").plain)
        )
      )
      figure(
        "slices",
        title: say(en: "Its \(pieces.count) slices", ja: "\(pieces.count) つに切ったもの"),
        description: say(
          en: "A strip of bars for each slice.",
          ja: "切った部分ごとに1本の、棒の帯。"
        ),
        VectorStrip(
          pieces.enumerated().map { index, values in
            VectorStrip.Row(
              say(en: "slice \(index)", ja: "部分 \(index)").plain,
              values: values,
              scale: .data(maximum: 1),
              numbers: index == 0 ? made(values, 5) : []
            )
          }
        )
      )
      illustration(
        en: "the sound was made here, by a formula.",
        ja: "この音は、ここで式から作ったものです。"
      )
    }
  }

  private var vectors: Step {
    get throws {
      let ids = try room.model.prompt(prompt).tokens
      let table = room.model.transformer.weights.embedding
      let rows = ids.map { table.slice($0).values.map(Double.init) }
      let maximum = rows.joined().reduce(0) { max($0, abs($1)) }
      return step("vectors", en: "And a text", ja: "そして文章も") {
        paragraph(
          en: """
            A text is cut into tokens, and each token becomes a list of \(table.columns) numbers as well, which the model has learned. From here \
            on the machine does not know whether it works on a picture, a sound or a text: it sees lists of numbers, called vectors.
            """,
          ja: """
            文章はトークンに切り分けられ、どのトークンも \(table.columns) 個の数の列になります。この数は、モデルが学習したものです。ここから先は、\
            絵か音か文章かの区別はありません。見えるのは、ベクトルと呼ばれる数の列だけです。
            """
        )
        figure(
          "text-vectors",
          title: say(en: "The tokens of the text as vectors", ja: "文章のトークンをベクトルにしたもの"),
          description: say(
            en: "A strip of bars for each of \(ids.count) tokens.",
            ja: "\(ids.count) 個のトークンそれぞれの、棒の帯。"
          ),
          VectorStrip(
            zip(ids, rows).enumerated().map { index, row in
              VectorStrip.Row(
                shown(row.0),
                values: row.1,
                scale: .data(maximum: maximum),
                numbers: index == 0
                  ? (0..<5).map { Quantity(row.1[$0], origin: .trace("W_E", row.0, $0)) } : []
              )
            }
          )
        )
      }
    }
  }
}
