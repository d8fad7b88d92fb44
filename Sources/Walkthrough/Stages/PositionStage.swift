import Graphics
import Traces

/// Adds to each vector where in the text it stands.
struct PositionStage: StageTeller {
  let story: Story

  var stage: Stage {
    Stage(
      id: .position,
      title: say(en: "Where it stands is added", ja: "どこにあるかを足す"),
      input: flow(
        HookPoint.embed.name,
        streamShape,
        en: "one vector a token",
        ja: "トークンごとに1本のベクトル"
      ),
      output: flow(
        HookPoint.residPre(0).name,
        streamShape,
        en: "the residual stream begins",
        ja: "残差ストリームの始まり"
      ),
      steps: [sum, stream]
    )
  }

  private var sum: Step {
    step("sum", en: "\("W_pos" as Math) is added", ja: "\("W_pos" as Math) を足す") {
      if let embed = story.recorded(.embed), let position = story.recorded(.posEmbed),
        let stream = story.recorded(.residPre(0))
      {
        paragraph(
          en: """
            A second learned matrix, \("W_pos" as Math), has a row for every place in the text. The row of place \
            \(story.followed) is added to \(token: story.token(story.followed)), so the same token at two places differs.
            """,
          ja: """
            もう1つの学習された行列 \("W_pos" as Math) には、文章の中の場所ごとに1行があります。\
            \(token: story.token(story.followed)) には場所 \(story.followed) の行を足します。同じトークンでも、場所が違えば\
            違うベクトルになります。
            """
        )
        equation([
          "x_i", .op("="), "W_E", .text("["), .sub(.text("id"), "i"), .text("]"), .op("+"), "W_pos",
          .text("["), "i", .text("]"),
        ])
        arithmetic(
          "\(embed(story.followed, 0)) + \(position(story.followed, 0)) = \(stream(story.followed, 0))"
        )
        Block.figure(story.positionSumFigure(embed, position, stream))
        share(embed, position)
      } else {
        leftOut(HookPoint.posEmbed.name)
      }
    }
  }

  private func share(_ embed: Recorded, _ position: Recorded) -> Block {
    let i = story.followed
    let token = Quantity(norm(embed.vector(i)), origin: .derived("‖\(embed.name)[\(i)]‖"))
    let place = Quantity(norm(position.vector(i)), origin: .derived("‖\(position.name)[\(i)]‖"))
    return place.value > token.value
      ? found(
        en: """
          Here the place weighs more than the word: the position's vector has length \(place), the token's \(token).
          """,
        ja: "ここでは、単語より場所のほうが重く効いています。長さは、位置のベクトルが \(place)、トークンのベクトルが \(token) です。"
      )
      : found(
        en: """
          The word weighs more than the place: the token's vector has length \(token), the position's \(place).
          """,
        ja: "場所より単語のほうが重く効いています。長さは、トークンのベクトルが \(token)、位置のベクトルが \(place) です。"
      )
  }

  private var stream: Step {
    step("stream", en: "The stream begins", ja: "ストリームが流れ始める") {
      if let stream = story.recorded(.residPre(0)) {
        paragraph(
          en: """
            These \(story.length) vectors are the \(term: "residual stream"). Everything that follows reads them and adds to \
            them, and their shape never changes. Data is grey, to tell it from the weights.
            """,
          ja: """
            この \(story.length) 本のベクトルが\(term: "残差ストリーム")です。これ以降の処理はすべて、これを読み、これに\
            足していくだけで、形は最後まで変わりません。重みと区別するため、データは灰色で表します。
            """
        )
        Block.figure(story.streamFigure(stream))
        Block.table(
          story.vectorTable(say(en: "The first numbers of each vector", ja: "各ベクトルの最初の数"), stream)
        )
        if let width = story.trace.model.dModel {
          found(
            en: """
              \(story.length) × \(width) = \(story.length * width) numbers flow from here to the end of the model.
              """,
            ja: "\(story.length) × \(width) = \(story.length * width) 個の数が、ここからモデルの最後まで流れていきます。"
          )
        }
      } else {
        leftOut(HookPoint.residPre(0).name)
      }
    }
  }
}
