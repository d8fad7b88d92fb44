import Embeddings
import Graphics
import Tensors
import Traces

/// From token ids to vectors.
struct EmbeddingStage: StageTeller {
  static let id = StageID.embedding
  static let scopes: Set<Step.Scope> = [.token]
  let story: Story

  var stage: Stage {
    Stage(
      id: Self.id,
      name: say(en: "Embedding", ja: "埋め込み"),
      title: say(en: "Each token becomes a vector", ja: "トークンがベクトルになる"),
      input: flow(
        nil,
        shape((story.length, "T")),
        en: "a list of token ids",
        ja: "トークンの番号（ID）の列"
      ),
      output: flow(
        HookPoint.embed.name,
        streamShape,
        en: "one vector a token",
        ja: "トークンごとに1本のベクトル"
      ),
      steps: [matrix, row, neighbours, slice, direction]
    )
  }

  private var matrix: Step {
    step(
      "matrix",
      en: "The first pile of weights: \("W_E" as Math)",
      ja: "最初の重み：埋め込み行列 \("W_E" as Math)",
      follows: .token
    ) {
      paragraph(
        en: """
          The \(term: "embedding matrix") \("W_E" as Math) holds one row for every token of the vocabulary (in 3Blue1Brown's \
          chapter, transposed, one column). Its numbers begin at random and are learned from text. Numbers learned like this are called \(term: "weights"): blue is negative, red is \
          positive.
          """,
        ja: """
          \(term: "埋め込み行列") \("W_E" as Math) には、語彙のトークン1つにつき1つの行があります（3Blue1Brown の\
          動画では転置して、1つの列にしています）。中の数は、乱数から\
          始めて、文章から学習していきます。このように学習された数を\(term: "重み")と呼び、負を青、正を赤で表します。
          """
      )
      if let sizes = vocabularyByWidth {
        equation([
          "W_E", .op("∈"), .sup(.symbol("ℝ"), ["V", .op("×"), "D"]), .op(","), "V", .op("="),
          .number("\(sizes.vocabulary)"), .op(","), "D", .op("="), .number("\(sizes.width)"),
        ])
      }
      if let figure = story.embeddingMatrixFigure {
        Block.figure(figure)
      } else {
        leftOut(Fact.sample(of: .embedding).name)
      }
      if let sizes = vocabularyByWidth {
        found(
          en: """
            \(sizes.vocabulary) rows of \(sizes.width.of("number")) make \(story.size(sizes.vocabulary * sizes.width)) weights before \
            anything is computed. Of these rows, this prompt uses \(Set(story.trace.tokens.map { $0.id }).count).
            """,
          ja: """
            \(sizes.vocabulary) 行 × \(sizes.width) 列で、まだ何も計算しないうちから \(story.size(sizes.vocabulary * sizes.width)) 個の\
            重みがあります。このプロンプトが使うのは、そのうちの \(Set(story.trace.tokens.map { $0.id }).count) 行です。
            """
        )
      }
    }
  }

  private var vocabularyByWidth: (vocabulary: Int, width: Int)? {
    guard let v = story.trace.model.dVocab, let d = story.trace.model.dModel else { return nil }
    return (v, d)
  }

  private var row: Step {
    step("row", en: "A token picks its row", ja: "トークンの行を取り出す", follows: .token) {
      if let embed = story.recorded(.embed) {
        let token = story.trace.tokens[story.followed]
        let id = String(token.id)
        paragraph(
          en: """
            Token \(id), \(token: token.text), becomes row \(id) of \("W_E" as Math)\(times.en). Nothing about the rest of \
            the sentence is in it yet. (Numbers are shown rounded; what is computed, is computed from the exact ones.)
            """,
          ja: """
            トークン \(id) の \(token: token.text) は、\("W_E" as Math) の \(id) 番の行\(times.ja)に置き換わります。\
            文のほかの部分のことは、まだ何も含まれていません（数は丸めて示しますが、計算は元の値で行っています）。
            """
        )
        if isKnown {
          equation(
            .row(
              [.sub("x", .text("token")), .op("=")]
                + (scale.map { [.quantity($0), .op("·")] } ?? [])
                + ["W_E", .text("["), .text("id"), .text("]")]
            )
          )
        } else {
          paragraph(
            en: """
              This trace does not tell whether the row is multiplied by anything before it is recorded.
              """,
            ja: "取り出した行に何かを掛けてから記録したかどうかは、このトレースからはわかりません。"
          )
        }
        arithmetic(firstNumbers(of: embed, at: story.followed))
        Block.figure(story.embeddingStripFigure(embed))
        Block.table(
          story.vectorTable(say(en: "each row", ja: "各行"), embed)
        )
        equalRows(embed)
      } else {
        leftOut(HookPoint.embed.name)
      }
    }
  }

  /// By what the row is multiplied, where that is known and not 1.
  private var times: (en: RichText, ja: RichText) {
    scale.map { (", times \($0)", "を \($0) 倍したもの") } ?? ("", "")
  }

  private func firstNumbers(of embed: Recorded, at position: Int) -> RichText {
    let numbers = (0..<min(6, embed.columns)).map { i in
      RichText([.quantity(embed(position, i)), .text(", ")])
    }
    let factor: RichText = scale.map { "\($0) · " } ?? ""
    let row: RichText =
      isKnown
      ? factor + "\("W_E" as Math)[\(String(story.trace.tokens[position].id))] = ("
      : "\(HookPoint.embed.name)[\(position)] = ("
    return numbers.reduce(row, +) + (embed.columns > 6 ? "…)" : ")")
  }

  /// Whether the trace tells how its model makes a vector of a row: by a scale of its own, or by its family.
  private var isKnown: Bool {
    let said = story.architecture.said
    return said.embeddingScale != nil || said.norm != nil
  }

  /// What the rows of W_E are multiplied by, where a model does so.
  private var scale: Quantity? {
    story.architecture.said.embeddingScale.map {
      Quantity($0, digits: $0 == $0.rounded() ? 0 : 2, origin: .derived("\($0)"))
    }
  }

  private func equalRows(_ embed: Recorded) -> Block {
    for (later, token) in story.trace.tokens.enumerated() {
      guard let earlier = story.trace.tokens[..<later].firstIndex(where: { $0.id == token.id }),
        embed.vector(earlier) == embed.vector(later)
      else { continue }
      let times = story.trace.tokens.count { $0.id == token.id }
      let places: (en: RichText, ja: RichText) =
        times == 2
        ? (
          "at positions \(earlier) and \(later). Both times", "位置 \(earlier) と \(later) に現れます。どちらも"
        )
        : (
          "at \(times) positions, \(earlier) and \(later) the first of them. Every time",
          "\(times) か所（はじめは位置 \(earlier) と \(later)）に現れます。どこでも"
        )
      return found(
        en: """
          \(token: token.text) stands \(places.en) it gets the same row, number for number: so far a token is the same wherever it \
          stands.
          """,
        ja: """
          \(token: token.text) は\(places.ja)同じ行で、数の一つ一つまで一致します。\
          ここまでは、同じトークンなら、どこにあっても同じベクトルです。
          """
      )
    }
    let lengths = story.trace.tokens.indices.map { norm(embed.vector($0)) }
    let longest = largest(1, of: lengths)[0]
    let length = lengthOf(embed, longest, lengths[longest])
    guard story.length > 1 else {
      return found(
        en: "The vector of \(token: story.token(0)) has length \(length).",
        ja: "\(token: story.token(0)) のベクトルの長さは \(length) です。"
      )
    }
    return found(
      en: "The longest vector here is that of \(story.mention(longest)), with length \(length).",
      ja: "この中で最も長いのは \(story.mention(longest)) のベクトルで、長さは \(length) です。"
    )
  }

  private func lengthOf(_ recorded: Recorded, _ position: Int, _ value: Double) -> Quantity {
    Quantity(value, origin: .derived(recorded.length([position])))
  }

  private var neighbours: Step {
    step("neighbours", en: "Near in space, alike in use", ja: "近いベクトルは、使われ方も似ている") {
      if let ids = story.recorded(.neighbourID), let cosines = story.recorded(.neighbourCosine) {
        paragraph(
          en: """
            A vector is a place in a space of \(story.trace.model.dModel ?? 0) dimensions. Tokens that are used alike tend to \
            end up in like directions. The \(term: "cosine") of the angle between two vectors, from −1 to 1, says how alike they \
            are.
            """,
          ja: """
            ベクトルは \(story.trace.model.dModel ?? 0) 次元の空間の中の1点です。使われ方の似たトークンは、似た向きになる傾向が\
            あります。向きがどれだけ近いかは、2本のベクトルがなす角のコサイン（\(term: "コサイン類似度")、−1 から 1）で測ります。
            """
        )
        equation([
          .function("cos"), .text(" "), "θ", .op("="),
          .frac(["a", .op("·"), "b"], ["‖a‖", .text(" "), "‖b‖"]),
        ])
        neighbourTable(ids, cosines)
        Block.panel(.nearest)
        nearest(ids, cosines)
      } else {
        leftOut(Fact.neighbourID.name)
      }
    }
  }

  private func neighbourTable(_ ids: Recorded, _ cosines: Recorded) -> Block {
    let count = min(4, ids.columns)
    let rows = story.shownPositions(limit: 24).map { position in
      [RichText([.token(story.token(position))])]
        + (0..<count).map { rank in
          let text: RichText =
            "\(token: story.word(ids.id(position, rank))) \(cosines(position, rank))"
          return text
        }
    }
    let ranks = (0..<count).map { rank in
      column(en: "neighbour \(rank + 1)", ja: "\(rank + 1)位")
    }
    return .table(
      Table(
        title: story.shownNote(limit: 24).map { shown in
          say(
            en: "The \(count) nearest tokens of the vocabulary, by cosine in W_E; \(shown)",
            ja: "語彙の中で最も近いトークン \(count) 個（W_E でのコサイン類似度）。\(shown)"
          )
        }
          ?? say(
            en: "The \(count) nearest tokens of the vocabulary, by cosine in W_E",
            ja: "語彙の中で最も近いトークン \(count) 個（W_E でのコサイン類似度）"
          ),
        columns: [column(en: "token", ja: "トークン")] + ranks,
        rows: rows
      )
    )
  }

  private func nearest(_ ids: Recorded, _ cosines: Recorded) -> Block {
    let positions = story.trace.recordedPositions
    let best =
      positions.lowerBound + largest(1, of: positions.map { cosines.vector($0).first ?? 0 })[0]
    return found(
      en: """
        Of the prompt's tokens and their nearest, the closest pair is \(token: story.token(best)) and \(token: story.word(ids.id(best, 0))), with a cosine of \
        \(cosines(best, 0)).
        """,
      ja: """
        プロンプトのトークンとそれに最も近いトークンのうち、最も近い組は \(token: story.token(best)) と \(token: story.word(ids.id(best, 0))) で、コサイン類似度は \
        \(cosines(best, 0)) です。
        """
    )
  }

  private var slice: Step {
    step("slice", en: "The space seen flat", ja: "空間を平面に映して見る", follows: .token) {
      if let map = story.embeddingMap {
        paragraph(
          en: """
            Nobody can see \(story.trace.model.dModel ?? 0) dimensions, so here is a \(term: "projection"): a shadow cast on \
            the two directions along which the prompt's tokens and their neighbours differ most. What is close here may be far \
            apart in the whole space.
            """,
          ja: """
            \(story.trace.model.dModel ?? 0) 次元をそのまま見ることはできません。そこで、プロンプトのトークンとそれに近いトークンが\
            最もばらつく2つの向きを選び、影を落とすように平面へ\(term: "射影")します。ここでは近く見えても、元の空間では離れている\
            ことがあります。
            """
        )
        Block.figure(story.embeddingMapFigure(map))
        Block.panel(.map)
        kept(map)
      } else {
        leftOut(Fact.neighbourEmbed.name)
      }
    }
  }

  /// How much of the variance two axes show.
  private func kept(_ map: EmbeddingMap) -> Block {
    let (first, second) = (map.share(0), map.share(1))
    // Three points always lie in a plane.
    return map.places.count <= 3
      ? found(
        en: """
          The two axes hold \(first) and \(second) of the variance: three points always lie in one plane, so nothing is lost.
          """,
        ja: """
          2本の軸が表すのは、分散（ばらつき）全体のうち、割合にして \(first) と \(second) です。3つの点はいつでも1つの平面に収まるので、\
          失われたものはありません。
          """
      )
      : found(
        en: """
          The two axes hold \(first) and \(second) of the variance; the rest lies in directions that are not drawn.
          """,
        ja: """
          2本の軸が表すのは、分散（ばらつき）全体のうち、割合にして \(first) と \(second) です。残りは、ここには描かれない向きにあります。
          """
      )
  }
}
