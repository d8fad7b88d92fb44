import Graphics
import Platform
import Traces

/// From text to tokens.
struct TokensStage: StageTeller {
  static let id = StageID.tokens
  static let scopes: Set<Step.Scope> = [.token]
  let story: Story

  var stage: Stage {
    Stage(
      id: Self.id,
      name: say(en: "Tokens", ja: "トークン"),
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
      if story.trace.put != (0, 0) { putTokens }
      story.reading.finding.map { Block.found($0) }
    }
  }

  private var tokenTable: Block {
    let notes = story.notes
    let rows = story.firstPositions(limit: 64).map { position in
      let token = story.trace.tokens[position]
      var row: [RichText] = [
        "\(position)", "\(token: token.text)",
        "\(Quantity(Double(token.id), digits: 0, origin: .derived("token_ids[\(position)]")))",
        "\(token.text.utf8Length)",
      ]
      if notes.hasParts { row.append(Self.parts(notes.parts[position])) }
      if let count = notes.count(at: position) {
        row.append("\(story.count(count, "training_counts.counts[\(position)]"))")
      }
      return row
    }
    var columns = [
      numbers(en: "position", ja: "位置"), column(en: "token", ja: "トークン"),
      numbers(en: "id", ja: "ID"), numbers(en: "bytes", ja: "バイト数"),
    ]
    if notes.hasParts { columns.append(column(en: "part of", ja: "どの文字の一部か")) }
    if notes.total != nil { columns.append(numbers(en: "in training text", ja: "学習した文章での出現回数")) }
    return .table(
      Table(
        title: story.firstNote(limit: 64).map { shown in
          say(en: "The prompt's tokens at \(shown)", ja: "プロンプトのトークン：\(shown)")
        } ?? say(en: "The prompt's tokens", ja: "プロンプトのトークン"),
        columns: columns,
        rows: rows,
        isBehindFigure: true
      )
    )
  }

  /// The characters that a token is a part of, with its bytes' places: `日 1/3`.
  private static func parts(_ parts: [CharacterPart]) -> RichText {
    parts.enumerated().reduce("") { text, part in
      text + (part.offset > 0 ? " " : "") + "\(token: part.element.character) \(part.element.place)"
    }
  }

  /// The positions of the text's own tokens, without those that the tokenizer put around it.
  private var own: Range<Int> {
    let put = story.trace.put
    return put.before..<max(put.before, story.length - put.after)
  }

  /// Which tokens are not the text's own.
  private var putTokens: Block {
    let put = story.trace.tokens.indices.filter { !own.contains($0) }
    let shown = put.map { "\(token: story.token($0))" as RichText }
    let list = shown.dropFirst().reduce(shown.first ?? "") { $0 + say(en: ", ", ja: "、") + $1 }
    return found(
      en: """
        \(list) \(put.count == 1 ? "is" : "are") no part of what was typed: \(put.count == 1 ? "it was" : "they were") put around \
        the text for the model.
        """,
      ja: "\(list) は、入力された文章の一部ではありません。モデルのために、文章の前や後ろに付け加えられたものです。"
    )
  }

  private var observation: Block {
    let became = say(
      en: "\(story.trace.prompt.count.of("character")) became \(own.count.of("token")).",
      ja: "\(story.trace.prompt.count) 文字が \(own.count) 個のトークンになりました。"
    )
    let cut = story.reading.cutCharacters
    if cut.count > 0 {
      return found(
        en: """
          \(became) \(cut.count == 1 ? "A character was" : "Some characters were") cut inside, into tokens that are only \
          parts of \(cut.count == 1 ? "it" : "them"): \(cut.list)\(cut.count > 3 ? " (\(cut.count) in all)" : "").
          """,
        ja: """
          \(became)文字の途中で切れ、トークンが文字の一部になっている所もあります。\(cut.list)\
          \(cut.count > 3 ? " など、全部で \(cut.count) 種類の文字" : " ")です。
          """
      )
    }
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
    guard let within = own.dropFirst().first(where: continuesWord) else {
      return own.count == 1
        ? .found(became)
        : found(
          en: "\(became) No cut falls between two letters.",
          ja: "\(became)文字と文字の間（空白や記号のない所）で切れた所はありません。"
        )
    }
    return found(
      en: """
        \(became) Not every cut falls at a space or a sign: \(token: story.token(within - 1)) and \(token: story.token(within)) \
        follow each other without one.
        """,
      ja: """
        \(became)切れ目は空白や記号の所とは限りません。\(token: story.token(within - 1)) と \(token: story.token(within)) は、\
        間に何も挟まずに続いています。
        """
    )
  }

  /// Whether a token goes on where the last one stopped.
  ///
  /// A letter stands before the cut; after it a letter, or an apostrophe and a letter. In a language without spaces the two
  /// may well be two words.
  private func continuesWord(_ position: Int) -> Bool {
    guard story.token(position - 1).unicodeScalars.last?.isLetter == true else { return false }
    let here = story.token(position)
    let start = here.first == "'" || here.first == "’" ? here.dropFirst() : here[...]
    return start.unicodeScalars.first?.isLetter == true
  }

  private func isLongest(_ position: Int) -> Bool {
    let length = story.token(position).utf8.count
    return !story.trace.tokens.contains {
      $0.text.utf8.count > length && !$0.text.isPartOfCharacter
    }
  }

  private var merges: Step {
    let isAlone = story.trace.pieces == nil || story.length == 1
    return step("merges", en: "Frequent pairs were merged first", ja: "よく隣り合う組から順につなぐ") {
      if let merges = story.trace.merges {
        bytePairEncoding
        pieces
        mergeTable(merges)
        piecesFound
        found(
          en: """
            \(firstBytes(of: story.token(merges.position)))It took \((merges.states.count - 1).of("merge")) to make \(token: story.token(merges.position)); no token here\
            \(isLongest(merges.position) ? "" : " that was made by merging") has more bytes.
            """,
          ja: """
            \(firstBytes(of: story.token(merges.position)))\(token: story.token(merges.position)) は \(merges.states.count - 1) 回の結合でできました。ここには、\
            \(isLongest(merges.position) ? "" : "結合によってできたもので")これよりバイト数の多いトークンはありません。
            """
        )
      } else if story.trace.tokens.allSatisfy({ $0.text.utf8Length == 1 }) {
        if story.trace.pieces != nil || story.trace.mergesCharacters { bytePairEncoding }
        pieces
        piecesFound
        found(
          en: """
            Every token here is a single \(story.trace.mergesCharacters ? "character" : "byte")\
            \(isAlone ? "." : ": no two side by side in a piece make a chunk of the list.")
            """,
          ja: """
            ここではどのトークンも1\(story.trace.mergesCharacters ? "文字" : "バイト")です。\
            \(isAlone ? "" : "断片の中で隣り合う2つが、1つのトークンとして一覧に載っていることはありませんでした。")
            """
        )
      } else {
        leftOut("merges")
      }
    }
  }

  /// From which bytes a token's first character is put together, where it takes more than one.
  private func firstBytes(of token: String) -> RichText {
    guard !story.trace.mergesCharacters, let first = token.first(where: { $0.utf8.count > 1 })
    else { return "" }
    let bytes = CharacterPart.hexadecimal(String(first))
    return say(
      en: "\(token: String(first)) is \(first.utf8.count) bytes in UTF-8, \(bytes). ",
      ja: "\(token: String(first)) は UTF-8 では \(bytes) の \(first.utf8.count) バイトです。"
    )
  }

  /// How the list of chunks came to be.
  private var bytePairEncoding: Block {
    if story.trace.mergesCharacters {
      return paragraph(
        en: """
          The list of chunks was made by \(term: "byte-pair encoding"), here of characters: start from single ones, and again and \
          again make one chunk of the pair that stands side by side most often. A new text is cut by the same merges, in that order; a \
          character that the list lacks becomes its bytes.
          """,
        ja: """
          トークンの一覧は、\(term: "バイト対符号化（BPE）")を文字に対して行って作られました。1文字ずつに分けた状態から始めて、最もよく隣り合う\
          組を1つにつなぐことを、何度も繰り返します。新しい文章も、同じ順番でつないでいけば切り分けられます。一覧にない文字はバイトに分けます。
          """
      )
    }
    return paragraph(
      en: """
        The list of chunks was made by \(term: "byte-pair encoding"): start from single bytes, and again and again make \
        one chunk of the pair that stands side by side most often. A new text is cut by the same merges, in that order.
        """,
      ja: """
        トークンの一覧は、\(term: "バイト対符号化（BPE）")という方法で作られました。1バイトずつに分けた状態から始めて、最も\
        よく隣り合う組を1つにつなぐことを、何度も繰り返します。新しい文章も、同じ順番でつないでいけば切り分けられます。
        """
    )
  }

  /// What the pieces are whose borders merges do not cross, where the trace tells them.
  private var pieces: Block? {
    story.trace.pieces.map { _ in
      paragraph(
        en: """
          Before any merge a \(term: "pre-tokenizer") cuts the text into pieces, roughly words with the space before them. Merges \
          never cross from one piece to the next. Where no spaces part words, as in Japanese, letters in a row are one piece.
          """,
        ja: """
          結合の前に、\(term: "プリトークナイザ")が文章を断片に分けます。断片は、おおよそ、前に空白の付いた単語です（空白で区切らない\
          日本語では、続いた文字がまとめて1つの断片になります）。断片の境目をまたいで結合することはありません。
          """
      )
    }
  }

  /// The prompt's pieces, or the first of them.
  private var piecesFound: Block? {
    story.trace.pieces.map { pieces in
      let shown = pieces.prefix(24)
      let list = RichText(
        shown.enumerated().flatMap { place, piece -> [RichText.Run] in
          let text = piece.text.count > 40 ? piece.text.prefix(39) + "…" : piece.text[...]
          return (place > 0 ? [.text(" ")] : []) + [.token(String(text))]
        }
      )
      let whole = pieces.count(where: { $0.tokens == 1 })
      let isAll = shown.count == pieces.count
      guard pieces.count > 1 else { return onlyPiece(list, pieces[0].tokens) }
      return found(
        en: """
          \(isAll ? "The pieces here" : "The first \(shown.count) of \(pieces.count) pieces here"): \(list). \
          \(wholePieces(whole, of: pieces.count).plain)
          """,
        ja: """
          ここでの断片\(isAll ? "" : "（\(pieces.count) 個のうちはじめの \(shown.count) 個）")：\(list)。\
          \(wholePieces(whole, of: pieces.count).plain)
          """
      )
    }
  }

  private func onlyPiece(_ piece: RichText, _ tokens: Int) -> Block {
    found(
      en: """
        There is one piece here: \(piece). \(tokens == 1 ? "It is a single token." : "It became \(tokens) tokens.")
        """,
      ja: """
        ここの断片は1つ、\(piece) だけです。\(tokens == 1 ? "そのまま1つのトークンになりました。" : "\(tokens) 個のトークンになりました。")
        """
    )
  }

  /// How many of the pieces became one token.
  private func wholePieces(_ whole: Int, of all: Int) -> RichText {
    switch whole {
    case 0:
      say(
        en: "None of the \(all) is a single token.",
        ja: "\(all) 個のうち、1つのトークンになったものはありません。"
      )
    case all:
      say(
        en: "Each of the \(all) is a single token.",
        ja: "\(all) 個すべてが、そのまま1つのトークンになりました。"
      )
    default:
      say(
        en: "Of all \(all), \(whole == 1 ? "1 is a single token" : "\(whole) are single tokens").",
        ja: "全部で \(all) 個のうち、1つのトークンになったのは \(whole) 個です。"
      )
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
          numbers(en: "merge", ja: "回数"), column(en: "chunks", ja: "トークン"),
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
          トークンの一覧を\(term: "語彙")と呼びます。ここから先、トークンはその一覧での行の番号（ID）にすぎず、\
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
  ///
  /// Below 0x80 a byte is a character.
  fileprivate var isPartOfCharacter: Bool {
    isWrittenAsBytes && (utf8.dropFirst(3).first.map { $0 >= UInt8(ascii: "8") } ?? false)
  }

  private var isWrittenAsBytes: Bool { hasPrefix("<0x") && hasSuffix(">") && utf8.count >= 6 }

  /// The number of bytes a token stands for; `<0xE6>` stands for one.
  fileprivate var utf8Length: Int {
    guard isWrittenAsBytes else { return utf8.count }
    return utf8.count(where: { $0 == UInt8(ascii: "<") })
  }
}
