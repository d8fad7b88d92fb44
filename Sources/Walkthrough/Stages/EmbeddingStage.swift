import Embeddings
import Graphics
import Tensors
import Traces

/// From token ids to vectors.
struct EmbeddingStage: StageTeller {
  let story: Story

  var stage: Stage {
    Stage(
      id: .embedding,
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
      steps: [matrix, row, neighbours, slice]
    )
  }

  private var matrix: Step {
    step(
      "matrix",
      en: "The first pile of weights: \("W_E" as Math)",
      ja: "最初の重みの山 \("W_E" as Math)"
    ) {
      paragraph(
        en: """
          The \(term: "embedding matrix") \("W_E" as Math) holds one row for every token of the vocabulary. Its numbers began \
          as chance and were learned from text, like all \(term: "weights"): blue is negative, red is positive.
          """,
        ja: """
          \(term: "埋め込み行列") \("W_E" as Math) には、語彙のトークン1つにつき1行があります。中の数は最初はでたらめで、文章から\
          学習されたものです。こうした数を\(term: "重み")と呼び、負を青、正を赤で表します。
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
            \(sizes.vocabulary) rows of \(sizes.width) numbers make \(sizes.vocabulary * sizes.width) weights before \
            anything is computed. This prompt uses \(Set(story.trace.tokens.map(\.id)).count) of the rows.
            """,
          ja: """
            \(sizes.vocabulary) 行 × \(sizes.width) 個で、計算を始める前にもう \(sizes.vocabulary * sizes.width) 個の重みが\
            あります。このプロンプトが使うのは、そのうち \(Set(story.trace.tokens.map(\.id)).count) 行です。
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
    step("row", en: "A token picks its row", ja: "トークンは自分の行を取り出す") {
      if let embed = story.recorded(.embed) {
        let token = story.trace.tokens[story.followed]
        paragraph(
          en: """
            Token \(token.id), \(token: token.text), becomes row \(token.id) of \("W_E" as Math). Nothing about the rest of \
            the sentence is in it yet.
            """,
          ja: """
            トークン \(token.id)、つまり \(token: token.text) は、\("W_E" as Math) の \(token.id) 行目になります。\
            まだ文のほかの部分のことは何も含んでいません。
            """
        )
        equation([
          .sub("x", .text("token")), .op("="), "W_E", .text("["), .text("id"), .text("]"),
        ])
        arithmetic(firstNumbers(of: embed, at: story.followed))
        Block.figure(story.embeddingStripFigure(embed))
        Block.table(
          story.vectorTable(say(en: "The first numbers of each row", ja: "各行の最初の数"), embed)
        )
        equalRows(embed)
      } else {
        leftOut(HookPoint.embed.name)
      }
    }
  }

  private func firstNumbers(of embed: Recorded, at position: Int) -> RichText {
    let numbers = (0..<min(6, embed.columns)).map { i in
      RichText([.quantity(embed(position, i)), .text(", ")])
    }
    let row: RichText = "\("W_E" as Math)[\(story.trace.tokens[position].id)] = ("
    return numbers.reduce(row, +) + (embed.columns > 6 ? "…)" : ")")
  }

  private func equalRows(_ embed: Recorded) -> Block {
    for (later, token) in story.trace.tokens.enumerated() {
      guard let earlier = story.trace.tokens[..<later].firstIndex(where: { $0.id == token.id }),
        embed.vector(earlier) == embed.vector(later)
      else { continue }
      return found(
        en: """
          \(token: token.text) stands at positions \(earlier) and \(later). Both times it gets the same row, number for \
          number: so far a token is the same wherever it stands.
          """,
        ja: """
          \(token: token.text) は位置 \(earlier) と \(later) に現れます。どちらも、数の1つ1つまで同じ行になります。\
          ここまでは、どこにあっても同じトークンは同じベクトルです。
          """
      )
    }
    let lengths = story.trace.tokens.indices.map { norm(embed.vector($0)) }
    let longest = largest(1, of: lengths)[0]
    return found(
      en: """
        No token stands here twice, so every row is another one. The longest vector is that of \
        \(token: story.token(longest)): \(lengthOf(embed, longest, lengths[longest])).
        """,
      ja: """
        同じトークンは2度現れないので、どの行も別のものです。最も長いベクトルは \(token: story.token(longest)) の\
        もので、長さは \(lengthOf(embed, longest, lengths[longest])) です。
        """
    )
  }

  private func lengthOf(_ recorded: Recorded, _ position: Int, _ value: Double) -> Quantity {
    Quantity(value, origin: .derived("‖\(recorded.name)[\(position)]‖"))
  }

  private var neighbours: Step {
    step("neighbours", en: "Near in space, near in meaning", ja: "空間で近いものは意味も近い") {
      if let ids = story.recorded(.neighbourID), let cosines = story.recorded(.neighbourCosine) {
        paragraph(
          en: """
            A vector is a place in a space of \(story.trace.model.dModel ?? 0) dimensions. Tokens that are used alike end up \
            in like directions; the \(term: "cosine") of the angle between two vectors says how alike, from −1 to 1.
            """,
          ja: """
            ベクトルは \(story.trace.model.dModel ?? 0) 次元の空間の1点です。似た使われ方をするトークンは似た向きに\
            落ち着きます。どれだけ似ているかは、2本のなす角の\(term: "コサイン")が −1 から 1 で表します。
            """
        )
        equation([
          .function("cos"), .text(" "), "θ", .op("="),
          .frac(["a", .op("·"), "b"], ["‖a‖", .text(" "), "‖b‖"]),
        ])
        neighbourTable(ids, cosines)
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
      column(en: "neighbour \(rank + 1)", ja: "\(rank + 1) 番目に近い")
    }
    return .table(
      Table(
        title: say(
          en: "Nearest tokens of the vocabulary, by cosine in W_E",
          ja: "語彙のなかで最も近いトークン（W_E でのコサイン）"
        ),
        columns: [column(en: "token", ja: "トークン")] + ranks,
        rows: rows
      )
    )
  }

  private func nearest(_ ids: Recorded, _ cosines: Recorded) -> Block {
    let best = largest(
      1,
      of: (0..<story.length).map { cosines.vector($0).first ?? 0 }
    )[0]
    return found(
      en: """
        Closest of all here: \(token: story.token(best)) and \(token: story.word(ids.id(best, 0))), with a cosine of \
        \(cosines(best, 0)).
        """,
      ja: """
        ここで最も近い組は \(token: story.token(best)) と \(token: story.word(ids.id(best, 0))) で、コサインは \
        \(cosines(best, 0)) です。
        """
    )
  }

  private var slice: Step {
    step("slice", en: "A slice of the space", ja: "空間の断面を見る") {
      if let map = story.embeddingMap {
        paragraph(
          en: """
            Nobody can see \(story.trace.model.dModel ?? 0) dimensions, so here is a flat slice: the two directions along \
            which the prompt's tokens and their neighbours differ most. Distances in it are a shadow of the true ones.
            """,
          ja: """
            \(story.trace.model.dModel ?? 0) 次元をそのまま見ることはできません。そこで、プロンプトのトークンとその近所が\
            最もばらつく2つの向きで切った断面を描きます。ここでの距離は本当の距離の影にすぎません。
            """
        )
        Block.figure(story.embeddingMapFigure(map))
        found(
          en: """
            These two axes keep \(map.share(0)) and \(map.share(1)) of the variance; the rest lies in directions that are \
            not drawn.
            """,
          ja: """
            この2本の軸に残るのは、ばらつき全体（1とする）の \(map.share(0)) と \(map.share(1)) です。\
            残りは描かれていない向きにあります。
            """
        )
      } else {
        leftOut(Fact.neighbourEmbed.name)
      }
    }
  }
}
