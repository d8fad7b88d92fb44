import Graphics
import LessonEngine
import Platform
import Tokenization
import Traces
import Transformer
import Walkthrough

/// From letters and bytes to the chunks that a model reads.
struct TokensLesson: LessonTeller {
  static let name = "tokens"
  let room: Classroom

  var title: RichText { say(en: "Tokens", ja: "トークン") }

  var about: RichText {
    say(
      en:
        "A GPT reads neither letters nor words, but chunks of text. Here is how a text is cut, and how the chunks were found.",
      ja: "GPT が読むのは、文字でも単語でもなく、「トークン」という短い文字列です。文章がどう切られ、トークンがどう決まったのかを見ます。"
    )
  }

  private var sentence: String {
    room.say(en: "The capital of Italy is Rome.", ja: "日本の首都は東京です。")
  }
  /// What merges are learned from here.
  static func text(in language: Language) -> String {
    language == .en ? "the cat sat on the mat. the hat sat on the cat." : "すもももももももものうち"
  }
  /// A sign that the model's texts never had.
  private let strange = "☃"

  var trying: [Lesson.Trying] { [.merges(text: Self.text(in: language))] }

  var door: (prompt: String, step: String)? { (sentence, "tokens-merges") }

  var onward: RichText? {
    say(
      en:
        "Your own text, with the merges of its longest token: \(code: "explain steps \"your text\" --stage tokens").",
      ja:
        "好きな文章で、いちばん長いトークンの結合を見るには：\(code: "explain steps \"好きな文章\" --stage tokens --language ja")"
    )
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "Is there a character that such a tokenizer cannot read?",
          answer: """
          No. Every text is bytes, and each of the 256 bytes is a token. A character that it never met becomes several tokens, one \
          a byte at worst.
          """
        ),
        ja: (
          "このトークナイザに読めない文字はあるでしょうか。",
          answer: """
          ありません。どんな文章もバイトの列で、256 種類のバイトはどれもトークンだからです。見たことのない文字は何個かのトークンになり、\
          最も細かい場合は1バイトが1トークンになります。
          """
        )
      ),
      question(
        en: (
          "Ask a model how many letters r there are in “strawberry”, and it may well be wrong. Why?",
          answer: """
          It sees no letters. It sees one or a few tokens, each of them only a number; how a token is spelled it can but have learned \
          by heart.
          """
        ),
        ja: (
          "「strawberry に r はいくつある？」とモデルに聞くと、間違えることがあります。なぜでしょう。",
          answer: """
          モデルには文字が見えないからです。見えるのは1つか数個のトークンで、その一つ一つはただの番号です。つづりは、覚えるしかありません。
          """
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      let trace = try room.run(sentence)
      let ids = trace.tokens.map { $0.id }
      return [cut(ids), between, try learning, history(trace), bytes, number(ids)]
    }
  }

  // MARK: - A text is cut

  private func cut(_ ids: [Int]) -> Step {
    step("cut", en: "A text is cut into chunks", ja: "文章をトークンに切る") {
      paragraph(
        en: """
          Here is a short text as the model reads it. Each box is one chunk, called a \(term: "token"). A space belongs to the chunk \
          behind it, and is shown as \(code: "·").
          """,
        ja: """
          短い文章を、モデルが読むとおりに並べてみます。箱の一つ一つが、1つの\(term: "トークン")です。\
          日本語には単語の間に空白がないので、切れ目は文字の並びだけで決まります。
          """
      )
      strip("tokens", ids, en: "The text as tokens, with their ids", ja: "文章のトークンとその番号（ID）")
      found(
        en:
          "\(count(sentence.count, "characters of the text")) characters became \(count(ids.count, "tokens of the text")) tokens.",
        ja:
          "\(count(sentence.count, "characters of the text")) 文字が \(count(ids.count, "tokens of the text")) 個のトークンになりました。"
      )
    }
  }

  private var between: Step {
    let tokenizer = room.model.tokenizer
    let ids = tokenizer.encode(sentence)
    let unknown = tokenizer.encode(strange)
    let parts = listed(unknown.map(text))
    func row(_ name: RichText, _ pieces: Int, _ kinds: RichText) -> [RichText] {
      [name, "\(count(pieces, "pieces of the text"))", kinds]
    }
    return step("between", en: "Between letters and words", ja: "文字と単語の間") {
      paragraph(
        en: """
          Why not letters? Then a text would be a long row of pieces that say little. Why not words? Then the list would never be \
          complete: somebody always writes a new one. Tokens are in between.
          """,
        ja: """
          なぜ1文字ずつではないのでしょう。それでは列が長くなり、一つ一つのもつ意味が少なくなります。なぜ単語ではないのでしょう。新しい言葉は次々に\
          生まれるので、一覧がいつまでも完成しません。トークンは、その中間です。
          """
      )
      table(
        en: "The same text in three ways",
        ja: "同じ文章を3通りに切る",
        [
          column(en: "cut into", ja: "切り方"), numbers(en: "pieces", ja: "個数"),
          column(en: "how many kinds there can be", ja: "種類の数"),
        ],
        [
          row(say(en: "bytes", ja: "バイト"), sentence.utf8.count, "256"),
          row(
            say(en: "characters", ja: "文字"),
            sentence.count,
            say(en: "more than 100,000 in Unicode", ja: "Unicode で 10 万以上")
          ),
          row(
            say(en: "tokens", ja: "トークン"),
            ids.count,
            say(
              en: "\(size(tokenizer.count)) in this model",
              ja: "このモデルでは \(size(tokenizer.count))"
            )
          ),
        ]
      )
      found(
        en: """
          A sign that the model never met, \(token: strange), is read all the same: as \(unknown.count.of("token")), \(parts), which \
          are its bytes.
          """,
        ja: """
          モデルが一度も見たことのない記号 \(token: strange) も読めます。\(parts) という \(unknown.count) 個のトークン、\
          つまりバイトに分けて読むのです。
          """
      )
    }
  }

  // MARK: - How chunks are found

  private var learning: Step {
    get throws {
      let text = Self.text(in: language)
      let merges = try LearnedMerges(of: text, count: 6).steps
      let rows = merges.enumerated().map { index, merge -> [RichText] in
        [
          "\(index + 1)", "\(token: merge.left.string) \(token: merge.right.string)",
          "\(count(merge.times, "times the pair stands side by side"))",
          "\(count(merge.after.count, "pieces of the text after this merge"))",
        ]
      }
      let last = listed((merges.last?.after ?? []).map { $0.string })
      return step("learning", en: "Frequent pairs become one", ja: "よく並ぶ組を1つにする") {
        paragraph(
          en: """
            Take a tiny text: \(token: text). At first every byte is a piece of its own. Look for the two pieces that stand side by \
            side most often, and make one piece of them. Then again, and again.
            """,
          ja: """
            ごく短い文章 \(token: text) で試しましょう。はじめは1バイトずつばらばらです。隣り合う回数の最も多い2つを探し、\
            つないで1つにします。これを何度も繰り返します。
            """
        )
        table(
          en: "The first \(merges.count) merges",
          ja: "はじめの \(merges.count) 回の結合",
          [
            numbers(en: "merge", ja: "回"), column(en: "pair", ja: "つなぐ組"),
            numbers(en: "side by side", ja: "並んだ回数"),
            numbers(en: "pieces afterwards", ja: "つないだ後の個数"),
          ],
          rows
        )
        paragraph(
          en: """
            This is \(term: "byte-pair encoding"). It was done here and now, by the same program that made the model's vocabulary \
            from far more text.
            """,
          ja: """
            この方法を\(term: "バイト対符号化（BPE）")と呼びます。結合は今ここで行ったものです。モデルの語彙も、同じプログラムが\
            ずっと多くの文章から作りました。
            """
        )
        found(
          en: "\(text.utf8.count) bytes are \(merges.last?.after.count ?? 0) pieces now: \(last).",
          ja: "\(text.utf8.count) バイトの文章が \(merges.last?.after.count ?? 0) 個になりました：\(last)。"
        )
      }
    }
  }

  private func history(_ trace: Trace) -> Step {
    step("history", en: "A new text is cut by the same merges", ja: "新しい文章も同じ順につなぐ") {
      paragraph(
        en: """
          The merges are kept in a list, in the order in which they were learned. A new text is cut by going through that list: \
          whatever stands first in it is done first.
          """,
        ja: """
          結合は、学習した順に一覧にしておきます。新しい文章を切るときは、その一覧の上から順に、当てはまる組をつないでいきます。
          """
      )
      room.blocks("merges", of: .tokens, trace).filter {
        if case .table = $0 { true } else { false }
      }
    }
  }

  // MARK: - Bytes

  private var bytes: Step {
    let text = "日本の首都"
    let rows = text.map { character -> [RichText] in
      let bytes = String(character).utf8.map(\.hexadecimal).joined(separator: " ")
      return ["\(token: String(character))", "\(code: bytes)"]
    }
    func pieces(_ model: Model) -> RichText {
      listed(model.tokenizer.encode(text).map { model.tokenizer.text(of: $0).string })
    }
    let counts = [room.japanese, room.english].map { $0.tokenizer.encode(text).count }
    return step("bytes", en: "Japanese: characters, bytes, merges", ja: "日本語：文字・バイト・結合") {
      paragraph(
        en: """
          A computer stores text as bytes, numbers from 0 to 255. An English letter is one byte. A Japanese character is three as a \
          rule: 日, day, is \(code: "E6 97 A5"), written in base 16.
          """,
        ja: """
          コンピュータは文章をバイト、つまり 0 から 255 までの数の列として記憶しています。英字は1文字が1バイトですが、\
          かなや漢字はたいてい3バイトです。たとえば「日」は、16 進数で書くと \(code: "E6 97 A5") です。
          """
      )
      table(
        en: "Characters and their bytes (UTF-8)",
        ja: "文字とそのバイト（UTF-8）",
        [column(en: "character", ja: "文字"), column(en: "bytes", ja: "バイト")],
        rows
      )
      paragraph(
        en: """
          Bytes are merged to characters, and characters to words, if the texts had them often enough. So what becomes one token \
          depends on what was read.
          """,
        ja: """
          文章によく出てくるものなら、バイトはつながって文字になり、文字はつながって単語になります。何が1つのトークンになるかは、\
          どんな文章を読んだかで決まるのです。
          """
      )
      table(
        en: "“\(text)” as two models read it",
        ja: "2つのモデルが読んだ「\(text)」",
        [column(en: "model", ja: "モデル"), column(en: "tokens", ja: "トークン")],
        [
          [RichText(stringLiteral: room.japanese.name), pieces(room.japanese)],
          [RichText(stringLiteral: room.english.name), pieces(room.english)],
        ]
      )
      found(
        en: """
          The model that learned Japanese needs \(counts[0].of("token")). The one that learned English never met these characters \
          and needs \(counts[1]), one for each byte.
          """,
        ja: """
          日本語を学んだモデルでは \(counts[0]) 個のトークンです。英語を学んだモデルは、この文字を見たことがないので、\
          バイトごとに1つ、全部で \(counts[1]) 個になります。
          """
      )
    }
  }

  private func number(_ ids: [Int]) -> Step {
    let last = room.model.tokenizer.count - 1
    let items = Set(ids).sorted().map { id in
      NumberLine.Item(
        shown(id),
        Quantity(Double(id), digits: 0, origin: .derived("id of the token"))
      )
    }
    return step("number", en: "In the end a number", ja: "最後は番号になる") {
      paragraph(
        en: """
          All chunks together are the \(term: "vocabulary"). Each has a number, its row in the list. From here on the model sees the \
          numbers alone; the letters are gone.
          """,
        ja: """
          トークンの全体を\(term: "語彙")と呼びます。どのトークンにも、一覧の何行目かを表す番号（ID）があります。\
          ここから先、モデルが見るのは番号だけで、文字はもう出てきません。
          """
      )
      figure(
        "vocabulary",
        title: say(en: "The text's tokens in the vocabulary", ja: "語彙の中での、この文章のトークン"),
        description: say(
          en: "A line from 0 to \(size(last)) with a point for each token of the text.",
          ja: "0 から \(size(last)) までの線の上に、文章のトークンを点で示したもの。"
        ),
        NumberLine(items, range: 0...Double(last), low: "0", high: Caption(size(last)))
      )
    }
  }
}
