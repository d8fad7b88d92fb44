import Graphics
import Traces

/// From text to tokens.
struct TokensStage: StageTeller {
  static let id = StageID.tokens
  static let scopes: Set<Step.Scope> = [.token]
  let story: Story

  var stage: Stage {
    Stage(
      id: Self.id,
      title: say(en: "Text is cut into tokens", ja: "文章をトークンに切り分ける"),
      input: flow(nil, "", en: "the prompt, as typed", ja: "入力されたままの文章（プロンプト）"),
      output: flow(
        nil,
        shape((story.length, "T")),
        en: "a list of token ids",
        ja: "トークンの番号（ID）の列"
      ),
      steps: [cut, merges, vocabulary]
    )
  }

  private var cut: Step {
    step("cut", en: "A token is a chunk, not a word", ja: "トークンは単語とは限らない", follows: .token) {
      paragraph(
        en: """
          A GPT reads neither letters nor words. It reads \(term: "tokens"): chunks of text from a fixed list. A space mostly \
          belongs to the chunk that follows it; it is shown as \(code: "·").
          """,
        ja: """
          GPT が読むのは、文字でも単語でもありません。読むのは\(term: "トークン")、つまり、決まった一覧に載っている短い文字列です。\
          空白はたいてい後ろのトークンの先頭に付き、記号「\(code: "·")」で表します。
          """
      )
      Block.figure(story.tokenStripFigure)
      tokenTable
      observation
    }
  }

  private var tokenTable: Block {
    let rows = story.firstPositions(limit: 64).map { position in
      let token = story.trace.tokens[position]
      let row: [RichText] = [
        "\(position)", "\(token: token.text)",
        "\(Quantity(Double(token.id), digits: 0, origin: .derived("token_ids[\(position)]")))",
        "\(token.text.utf8Length)",
      ]
      return row
    }
    return .table(
      Table(
        title: say(en: "The prompt's tokens", ja: "プロンプトのトークン"),
        columns: [
          numbers(en: "position", ja: "位置"), column(en: "token", ja: "トークン"),
          numbers(en: "id", ja: "ID"), numbers(en: "bytes", ja: "バイト数"),
        ],
        rows: rows,
        isBehindFigure: true
      )
    )
  }

  private var observation: Block {
    let became = say(
      en: "\(story.trace.prompt.count.of("character")) became \(story.length.of("token")).",
      ja: "\(story.trace.prompt.count) 文字が \(story.length) 個のトークンになりました。"
    )
    if let part = story.trace.tokens.first(where: { $0.text.isPartOfCharacter }) {
      return found(
        en: """
          \(became) Some characters were cut inside: a token such as \(token: part.text) is only a part of a character, written \
          as its bytes.
          """,
        ja: """
          \(became)文字の途中で切れた所もあります。\(token: part.text) のようなトークンは文字の一部で、バイトの値で表しています。
          """
      )
    }
    guard let cut = story.trace.tokens.indices.dropFirst().first(where: continuesWord) else {
      return story.length == 1
        ? .found(became)
        : found(
          en: "\(became) No cut falls inside a word.",
          ja: "\(became)単語の途中で切れた所はありません。"
        )
    }
    return found(
      en: """
        \(became) Not every cut falls between two words: \(token: story.token(cut - 1)) and \(token: story.token(cut)) \
        belong together.
        """,
      ja: """
        \(became)切れ目は単語の境目とは限りません。\(token: story.token(cut - 1)) と \(token: story.token(cut)) は\
        ひと続きです。
        """
    )
  }

  /// Whether a token continues a word: a letter before the cut; after it a letter, or an apostrophe and a letter.
  private func continuesWord(_ position: Int) -> Bool {
    guard story.token(position - 1).last?.isLetter == true else { return false }
    let here = story.token(position)
    let start = here.first == "'" || here.first == "’" ? here.dropFirst() : here[...]
    return start.first?.isLetter == true
  }

  private var merges: Step {
    step("merges", en: "Frequent pairs were merged first", ja: "よく隣り合う組から順につなぐ") {
      if let merges = story.trace.merges {
        paragraph(
          en: """
            The list of chunks was made by \(term: "byte-pair encoding"): start from single bytes, and again and again make \
            one chunk of the pair that stands side by side most often. A new text is cut by the same merges, in that order.
            """,
          ja: """
            かたまりの一覧は、\(term: "バイト対符号化（BPE）")という方法で作られました。1バイトずつに分けた状態から始めて、最も\
            よく隣り合う組を1つにつなぐことを、何度も繰り返します。新しい文章も、同じ順番でつないでいけば切り分けられます。
            """
        )
        mergeTable(merges)
        found(
          en: """
            \(token: story.token(merges.position)) is the longest token here; it took \((merges.states.count - 1).of("merge")).
            """,
          ja: """
            この中で最も長いトークンは \(token: story.token(merges.position)) で、\(merges.states.count - 1) 回の結合で\
            できました。
            """
        )
      } else if story.trace.tokens.allSatisfy({ $0.text.utf8Length == 1 }) {
        found(
          en: """
            Chunks that often stand side by side are in the list as one chunk. Every token here is a single byte: no such pair \
            was among them.
            """,
          ja: """
            よく隣り合うかたまりの組は、1つのかたまりとして一覧に載っています。ここではどのトークンも1バイトで、そのような組は\
            ありませんでした。
            """
        )
      } else {
        leftOut("merges")
      }
    }
  }

  private func mergeTable(_ merges: MergeSteps) -> Block {
    let rows = merges.states.enumerated().map { index, pieces in
      let rank = index > 0 && index <= merges.ranks.count ? "\(merges.ranks[index - 1])" : "–"
      let spelled = RichText(
        pieces.enumerated().flatMap { place, piece in
          (place > 0 ? [RichText.Run.text(" ")] : []) + [.token(piece)]
        }
      )
      let row: [RichText] = ["\(index)", spelled, RichText(stringLiteral: rank)]
      return row
    }
    return .table(
      Table(
        title: say(
          en: "How \(token: story.token(merges.position)) came together",
          ja: "\(token: story.token(merges.position)) ができるまで"
        ),
        columns: [
          numbers(en: "merge", ja: "回数"), column(en: "pieces", ja: "かたまり"),
          numbers(en: "rank in the list", ja: "つなぐ順番"),
        ],
        rows: rows
      )
    )
  }

  private var vocabulary: Step {
    step("vocabulary", en: "A token is a number", ja: "トークンは番号で表す") {
      paragraph(
        en: """
          The list of all chunks is the \(term: "vocabulary"). From here on a token is only its row number in that list; \
          the letters are gone.
          """,
        ja: """
          かたまりの一覧を\(term: "語彙")と呼びます。ここから先、トークンはその一覧での行の番号（ID）にすぎず、\
          文字そのものはもう出てきません。
          """
      )
      if let size = story.trace.model.dVocab {
        equation([
          .text("id"), .op("∈"), .text("{0, 1, …, \(size - 1)}"), .op(","), "V", .op("="),
          .number("\(size)"),
        ])
        Block.figure(story.vocabularyLineFigure(size: size))
      } else {
        leftOut("logits")
      }
    }
  }
}

extension String {
  /// Whether a token's text is written as bytes, for they make no character on their own.
  fileprivate var isPartOfCharacter: Bool { hasPrefix("<0x") && hasSuffix(">") }

  /// The number of bytes a token stands for; `<0xE6>` stands for one.
  fileprivate var utf8Length: Int {
    guard isPartOfCharacter else { return utf8.count }
    return utf8.count(where: { $0 == UInt8(ascii: "<") })
  }
}
