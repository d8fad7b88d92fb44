import Graphics
import Traces

/// From text to tokens.
struct TokensStage: StageTeller {
  let story: Story

  var stage: Stage {
    Stage(
      id: .tokens,
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
    step("cut", en: "A token is a chunk, not a word", ja: "トークンは「単語」ではなく「かたまり」") {
      paragraph(
        en: """
          A language model does not read letters or words. It reads \(term: "tokens"): chunks of text from a fixed list. \
          A space belongs to the chunk that follows it; it is shown as \(code: "·").
          """,
        ja: """
          言語モデルは文字や単語を読むのではありません。決まった一覧にある文章のかたまり、\(term: "トークン")を読みます。\
          空白は後ろのかたまりにくっつき、ここでは \(code: "·") で表します。
          """
      )
      Block.figure(story.tokenStripFigure)
      tokenTable
      observation
    }
  }

  private var tokenTable: Block {
    let rows = story.shownPositions(limit: 64).map { position in
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
    let characters = story.trace.prompt.count
    // A piece that continues a word: no space before it, and a letter on both sides of the cut.
    let continued = story.trace.tokens.indices.dropFirst().first { position in
      let (before, here) = (story.token(position - 1), story.token(position))
      return before.last?.isLetter == true && here.first?.isLetter == true
    }
    guard let continued else {
      return found(
        en: "\(characters) characters became \(story.length) tokens, and no word was cut in two.",
        ja: "\(characters) 文字が \(story.length) 個のトークンになりました。途中で切られた単語はありません。"
      )
    }
    let (before, here) = (story.token(continued - 1), story.token(continued))
    return found(
      en: """
        \(characters) characters became \(story.length) tokens. One word was cut inside: \
        \(token: before) and then \(token: here).
        """,
      ja: """
        \(characters) 文字が \(story.length) 個のトークンになりました。途中で切られた単語もあります：\
        \(token: before) のあとに \(token: here)。
        """
    )
  }

  private var merges: Step {
    step("merges", en: "Frequent pairs were merged first", ja: "よく並ぶ組から順につなぐ") {
      if let merges = story.trace.merges {
        paragraph(
          en: """
            The list of chunks was made by \(term: "byte-pair encoding"): start from single bytes, and again and again make \
            one chunk of the pair that stands side by side most often. A new text is cut by the same merges, in that order.
            """,
          ja: """
            かたまりの一覧は\(term: "バイト対符号化（BPE）")で作られました。1バイトずつの状態から始め、最もよく隣り合う組を\
            1つにつなぐことを繰り返します。新しい文章も、同じ順番でつないで切り分けます。
            """
        )
        mergeTable(merges)
        found(
          en: """
            \(token: story.token(merges.position)) is the longest token here; it took \(merges.states.count - 1) merges.
            """,
          ja: """
            ここで最も長いトークンは \(token: story.token(merges.position)) で、\(merges.states.count - 1) 回つないで\
            できています。
            """
        )
      } else if story.trace.vocabulary != nil {
        found(
          en: "Every token here is a single byte; nothing had to be merged.",
          ja: "ここではどのトークンも1バイトなので、つなぐ必要はありませんでした。"
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
          numbers(en: "merge", ja: "回"), column(en: "pieces", ja: "かたまり"),
          numbers(en: "rank in the list", ja: "一覧での順位"),
        ],
        rows: rows
      )
    )
  }

  private var vocabulary: Step {
    step("vocabulary", en: "A token is a number", ja: "トークンは番号になる") {
      paragraph(
        en: """
          The list of all chunks is the \(term: "vocabulary"). From here on a token is only its row number in that list; \
          the letters are gone.
          """,
        ja: """
          かたまりの一覧を\(term: "語彙")と呼びます。ここから先、トークンはその一覧の何行目かという番号にすぎません。\
          文字そのものはもう使われません。
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
  /// The number of bytes a token stands for; `<0xE6>` stands for one.
  fileprivate var utf8Length: Int {
    guard hasPrefix("<0x"), hasSuffix(">") else { return utf8.count }
    return utf8.count(where: { $0 == UInt8(ascii: "<") })
  }
}
