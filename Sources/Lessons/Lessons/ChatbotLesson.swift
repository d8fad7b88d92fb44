import Graphics
import Tokenization
import Transformer
import Walkthrough

/// A text that begins like a conversation, and a model that goes on with it.
struct ChatbotLesson: LessonTeller {
  static let name = "chatbot"
  let room: Classroom

  var title: RichText { say(en: "From a model to a chatbot", ja: "モデルがチャットボットになるまで") }

  var about: RichText {
    say(
      en:
        "A model only goes on with a text. Give it a text that looks like a conversation, and it plays its part in it.",
      ja: "モデルにできるのは、文章の続きを書くことだけです。会話のように見える文章を渡せば、会話の続きを書きます。"
    )
  }

  var onward: RichText? {
    say(
      en: "Talk to it, and see what it is given each time: \(code: "explain chat --show-prompt").",
      ja: "実際に話して、毎回何が渡されるかを見るには：\(code: "explain chat --show-prompt --language ja")"
    )
  }

  private var system: String {
    room.say(en: "You are a helpful assistant.", ja: "あなたは親切なアシスタントです。")
  }
  private var asked: [String] {
    room.say(
      en: ["What is the capital of Norway?", "What do people eat in Japan?"],
      ja: ["日本の首都はどこですか。", "フランスの有名な料理は何ですか。"]
    )
  }
  /// Where the next role's words begin.
  private let stops = [" User:", " System:", " Assistant:"]

  /// A conversation as one text, all that was said and the beginning of the answer.
  private func text(_ turns: [(user: String, answer: String?)]) -> String {
    var pieces = ["System: \(system)"]
    for turn in turns {
      pieces.append("User: \(turn.user)")
      pieces.append("Assistant:" + (turn.answer.map { " \($0)" } ?? ""))
    }
    return pieces.joined(separator: " ")
  }

  private func answer(to text: String) throws -> String {
    let written = try room.continuation(of: text, count: 40, until: stops)
    return String(written.drop { $0 == " " })
  }

  var questions: [Article.Question] {
    [
      question(
        en: (
          "Who writes “User:” in a conversation, the model or the program around it?",
          answer: """
          The program. But the model would write it, too, if it were not stopped: to it, the user's words are text like any other.
          """
        ),
        ja: (
          "会話の「User:」を書くのは、モデルですか、外側のプログラムですか。",
          answer: """
          プログラムです。ただし、止めなければモデルも書きます。モデルにとっては、利用者の言葉もただの文章だからです。
          """
        )
      ),
      question(
        en: (
          "Why does a long conversation get slower, and at last forgetful?",
          answer: """
          All that was said is given to the model every time, so the text grows with each turn. When it no longer fits the context window, \
          the beginning has to be left out.
          """
        ),
        ja: (
          "会話が長くなると、遅くなり、やがて前のことを忘れます。なぜでしょう。",
          answer: """
          それまでの会話を毎回全部渡すので、やりとりのたびに文章が長くなるからです。文脈長に収まらなくなると、はじめのほうを削るしか\
          ありません。
          """
        )
      ),
    ]
  }

  var steps: [Step] {
    get throws {
      let first = text([(asked[0], nil)])
      let answers = try [answer(to: first)]
      let second = text([(asked[0], answers[0]), (asked[1], nil)])
      return [
        try alone, framed(first, answers[0]), try stop(first),
        try turns([(first, answers[0]), (second, try answer(to: second))]),
      ]
    }
  }

  /// A text as it stands in a table, without the space that joins it to what came before.
  private func quoted(_ text: String) -> RichText {
    RichText(stringLiteral: VisibleText.plain(String(text.drop { $0 == " " })))
  }

  private var alone: Step {
    get throws {
      let written = try room.continuation(of: asked[0], count: 30)
      return step("alone", en: "Only a question", ja: "質問だけを渡すと") {
        paragraph(
          en: """
            Give the model a bare question, and let it go on, always with the likeliest token. It does not know that it is asked anything. It \
            writes what may follow such a text.
            """,
          ja: """
            質問だけを渡して、続きを書かせてみます（毎回、最も確率の高いトークンを選びます）。モデルは、自分が質問されたとは思っていません。\
            そういう文章の後に来そうなことを書くだけです。
            """
        )
        table(
          en: "A question, and what the model writes after it",
          ja: "質問と、モデルが書いた続き",
          [column(en: "part", ja: "部分"), column(en: "text", ja: "文章")],
          [
            [say(en: "given", ja: "渡した文章"), quoted(asked[0])],
            [say(en: "written", ja: "書いた続き"), quoted(written)],
          ]
        )
        if written.contains("User:") {
          found(
            en: "It writes both parts: the assistant's, and then the user's next words, too.",
            ja: "1人で両方の役を書いています。アシスタントの言葉に続いて、利用者の次の言葉まで書きました。"
          )
        }
      }
    }
  }

  private func framed(_ text: String, _ answer: String) -> Step {
    let count = room.model.tokenizer.encode(text).count
    return step("frame", en: "A text that looks like a conversation", ja: "会話のように見える文章") {
      paragraph(
        en: """
          So a program writes a frame around the question. First come a few words about what kind of conversation this is: the \
          \(term: "system prompt"). Then the user's words, with a label. Then the assistant's label, and nothing behind it.
          """,
        ja: """
          そこで、プログラムが質問の周りに枠を書き足します。はじめに、これがどんな会話かを説明する文を置きます。これが\
          \(term: "システムプロンプト")です。次に、「User:」という印を付けた利用者の言葉。最後に「Assistant:」とだけ書き、その先は空けておきます。
          """
      )
      table(
        en: "What the model is given, and how it goes on",
        ja: "モデルに渡す文章と、その続き",
        [column(en: "part", ja: "部分"), column(en: "text", ja: "文章")],
        [
          [say(en: "given", ja: "渡した文章"), quoted(text)],
          [say(en: "written", ja: "書いた続き"), quoted(answer)],
        ]
      )
      found(
        en: """
          The model sees no person and no question. It sees \(count) tokens, the last of which is a colon, and writes what its texts had \
          there: an answer.
          """,
        ja: """
          モデルに見えているのは、人でも質問でもなく、コロンで終わる \(count) 個のトークンです。学習した文章でその場所にあったもの、つまり答えを\
          書いているのです。
          """
      )
    }
  }

  private func stop(_ text: String) throws -> Step {
    let whole = try room.continuation(of: text, count: 40)
    let kept = try room.continuation(of: text, count: 40, until: stops)
    let rest = String(whole.dropFirst(kept.count))
    return step("stop", en: "Where to stop", ja: "どこで止めるか") {
      paragraph(
        en: """
          Left alone, the model goes on after its answer. The program reads along, and stops it where the next role's words begin. What is \
          written after that is never shown.
          """,
        ja: """
          止めなければ、モデルは答えの後も書き続けます。プログラムは書かれたものを見張っていて、次の役の印が出たところで止めます。\
          その先は、画面には出ません。
          """
      )
      table(
        en: "40 tokens at most, and what is kept of them",
        ja: "最大 40 トークン書かせて、残すところ",
        [column(en: "part", ja: "部分"), column(en: "text", ja: "文章")],
        [
          [say(en: "kept", ja: "残す"), quoted(kept)],
          [say(en: "cut off", ja: "切り捨てる"), quoted(rest.isEmpty ? "–" : rest)],
        ]
      )
      if rest.hasPrefix(" User:") {
        found(
          en: "The model would have played the user as well.",
          ja: "放っておくと、利用者の役まで演じてしまいます。"
        )
      }
    }
  }

  private func turns(_ turns: [(given: String, answer: String)]) throws -> Step {
    let counts = turns.map { room.model.tokenizer.encode($0.given).count }
    let rows = zip(turns, counts).enumerated().map { index, turn -> [RichText] in
      [
        "\(index + 1)", quoted(turn.0.given), "\(count(turn.1, "tokens of what is given"))",
        quoted(turn.0.answer),
      ]
    }
    return step("turns", en: "Every turn from the beginning", ja: "毎回、はじめから全部渡す") {
      paragraph(
        en: """
          The next question is appended, and the whole text is given once more: the system prompt, everything said, the new question. The model \
          remembers nothing from turn to turn; the text is its memory.
          """,
        ja: """
          次の質問は後ろに書き足し、文章全体をもう一度渡します。システムプロンプトも、それまでの会話も、新しい質問も全部です。\
          モデルは前のやりとりを覚えていません。この文章だけが、モデルの記憶です。
          """
      )
      table(
        en: "Two turns",
        ja: "2回のやりとり",
        [
          numbers(en: "turn", ja: "回"), column(en: "given", ja: "渡した文章"),
          numbers(en: "tokens", ja: "トークン数"), column(en: "answer", ja: "答え"),
        ],
        rows
      )
      found(
        en:
          "For the first turn the model reads \(counts[0]) tokens, for the second \(counts[1]). Its window holds \(room.model.transformer.configuration.contextLength).",
        ja:
          "1回目に読むのは \(counts[0]) トークン、2回目は \(counts[1]) トークンです。文脈長は \(room.model.transformer.configuration.contextLength) です。"
      )
    }
  }
}
