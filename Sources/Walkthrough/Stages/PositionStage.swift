import Graphics
import Traces

/// Adds to each vector where in the text it stands.
struct PositionStage: StageTeller {
  static let id = StageID.position
  static let scopes: Set<Step.Scope> = [.token]
  let story: Story

  var stage: Stage {
    Stage(
      id: Self.id,
      name: say(en: "Position", ja: "位置"),
      title: story.architecture.addsPositions == false
        ? say(en: "The stream begins", ja: "ストリームの始まり")
        : say(en: "Where it stands is added", ja: "位置の情報を足す"),
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

  private var sum: Step { story.architecture.addsPositions == false ? notAdded : added }

  /// That no position is added in this model, and where positions come in instead.
  private var notAdded: Step {
    step("sum", en: "No position is added here", ja: "ここでは位置を足さない", follows: .token) {
      paragraph(
        en: """
          GPT-2 adds a learned row for each place to the embeddings. This model does not: its stream begins with the embeddings \
          as they are.\(rotation.en)
          """,
        ja: """
          GPT-2 は、学習された位置ごとの行を埋め込みに足します。このモデルは足しません。ストリームは埋め込みそのものから始まります。\
          \(rotation.ja)
          """
      )
      if let embed = story.recorded(.embed), let stream = story.recorded(.residPre(0)),
        story.architecture.beginsAsEmbedding
      {
        equation([.sub("x", "i"), .op("="), .sub(.text("embed"), "i")])
        arithmetic("\(embed(story.followed, 0)) = \(stream(story.followed, 0))")
      }
    }
  }

  private var rotation: (en: RichText, ja: RichText) {
    story.architecture.rotates
      ? (
        " Where a token stands comes in later, in every attention, where queries and keys are rotated (stage \(StageID.attention.number)).",
        "トークンの位置は、このあと、どのアテンションでもクエリとキーを回転させることで取り入れられます（第\(StageID.attention.number)段階）。"
      ) : ("", "")
  }

  private var added: Step {
    step("sum", en: "\("W_pos" as Math) is added", ja: "\("W_pos" as Math) を足す", follows: .token) {
      if let embed = story.recorded(.embed), let position = story.recorded(.posEmbed),
        let stream = story.recorded(.residPre(0))
      {
        paragraph(
          en: """
            A second learned matrix, \("W_pos" as Math), has a row for every place a token can stand at. The row of place \
            \(story.followed) is added to \(token: story.token(story.followed)), so the same token at two places differs.
            """,
          ja: """
            学習された行列がもう1つあります。\("W_pos" as Math) には位置ごとに1つの行があり、\
            \(token: story.token(story.followed)) には位置 \(story.followed) の行を足します。こうして、同じトークンでも、位置が\
            違えば違うベクトルになります。
            """
        )
        equation([
          "x_i", .op("="), "W_E", .text("["), .sub(.text("id"), "i"), .text("]"), .op("+"), "W_pos",
          .text("["), "i", .text("]"),
        ])
        arithmetic(
          "\(embed(story.followed, 0)) + \(signed: position(story.followed, 0)) = \(stream(story.followed, 0))"
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
    let token = Quantity(norm(embed.vector(i)), origin: .derived(embed.length([i])))
    let place = Quantity(norm(position.vector(i)), origin: .derived(position.length([i])))
    if place.text == token.text {
      return found(
        en:
          "The two vectors are about equally long: the token's has length \(token), the place's \(place).",
        ja: "2本のベクトルの長さはほぼ同じです。トークンのベクトルが \(token)、位置のベクトルが \(place) です。"
      )
    }
    return place.value > token.value
      ? found(
        en: """
          The place's vector is the longer one here: its length is \(place), that of the token's \(token).
          """,
        ja: """
          ここでは、位置のベクトルのほうが長くなっています。位置のベクトルの長さは \(place)、トークンのベクトルの長さは \(token) です。
          """
      )
      : found(
        en: """
          The token's vector is the longer one here: its length is \(token), that of the place's \(place).
          """,
        ja: """
          ここでは、トークンのベクトルのほうが長くなっています。トークンのベクトルの長さは \(token)、位置のベクトルの長さは \(place) です。
          """
      )
  }

  private var stream: Step {
    step("stream", en: "The stream begins", ja: "ストリームが流れ始める", follows: .token) {
      if let stream = story.recorded(.residPre(0)) {
        paragraph(
          en: """
            These vectors, one a token, are the \(term: "residual stream"). Every block that follows reads them and adds to them; \
            their shape stays the same. Such data is grey, to tell it from the weights.
            """,
          ja: """
            トークンごとに1本あるこのベクトルの並びが\(term: "残差ストリーム")です。これ以降のブロックはどれも、これを読み取り、これに\
            足していくだけで、形は変わりません。こうしたデータは、重みと区別するために灰色で表します。
            """
        )
        Block.figure(story.streamFigure(stream))
        Block.table(
          story.vectorTable(say(en: "each vector", ja: "各ベクトル"), stream)
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
