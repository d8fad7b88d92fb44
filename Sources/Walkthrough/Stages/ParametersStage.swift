import Graphics
import Traces

/// Where the weights are.
struct ParametersStage: StageTeller {
  static let id = StageID.parameters
  let story: Story

  var stage: Stage {
    Stage(
      id: Self.id,
      title: say(en: "Where the weights are", ja: "重みはどこにあるか"),
      input: flow(nil, "", en: "every matrix met on this page", ja: "このページに出てきたすべての行列"),
      output: flow(nil, "", en: "one number: how many weights there are", ja: "重みの総数"),
      steps: [count, shares, data]
    )
  }

  private var counted: CountTeller? {
    story.trace.parameters.map { parameters in
      CountTeller(
        language: language,
        name: say(en: "this model", ja: "このモデル"),
        count: parameters
      )
    }
  }

  private var large: CountTeller {
    CountTeller(language: language, name: "GPT-3", count: CountedModel.gpt3.count)
  }

  private var count: Step {
    step("count", en: "Eight kinds of matrices", ja: "8種類の行列") {
      if let counted {
        paragraph(
          en: """
            The weights stand in eight kinds of matrices. Multiply each shape out, times the number of such matrices, and add \
            up. GPT-3's are counted the same way beside them.
            """,
          ja: """
            重みは8種類の行列に入っています。それぞれ「行 × 列 × 枚数」を計算して足し合わせます。隣に、同じ数え方をした \
            GPT-3 の数を並べました。
            """
        )
        counted.table(beside: large)
        comparison(counted)
      } else {
        leftOut("parameters")
      }
    }
  }

  private func comparison(_ counted: CountTeller) -> Block {
    let parameters = count(counted.count.parameters, "parameters of the trace")
    let isTied = story.trace.model.isTied == true
    return found(
      en: """
        \(counted.weights) weights here, \(large.weights) in GPT-3: \(counted.ratio(of: large)) times as many. With positions, \
        gains and biases this model has \(parameters) parameters\
        \(isTied ? ", its embedding and unembedding being one matrix" : "").
        """,
      ja: """
        このモデルの重みは \(counted.weights) 個、GPT-3 は \(large.weights) 個で、\(counted.ratio(of: large)) 倍です。\
        位置・ゲイン・バイアスまで含めると、このモデルのパラメータは \(parameters) 個です\
        \(isTied ? "（埋め込みと逆埋め込みは同じ行列です）" : "")。
        """
    )
  }

  private var shares: Step {
    step("shares", en: "Where most of them are", ja: "重みが多いのはどこか") {
      if let counted {
        paragraph(
          en: """
            The same count as bars, each beginning where the one before it ends. Nothing here depends on the prompt: these numbers \
            are the model, and stay as they are while it runs.
            """,
          ja: """
            同じ数を棒で表し、前の棒が終わるところから次の棒を始めました。ここにはプロンプトによって変わるものはありません。この数が\
            モデルそのもので、動かしても変わりません。
            """
        )
        Block.figure(counted.figure("parameters"))
        counted.whereTheyAre
      } else {
        leftOut("parameters")
      }
    }
  }

  private var data: Step {
    step("data", en: "Weights and data", ja: "重みとデータ") {
      if let counted, let width = story.trace.model.dModel,
        let stream = StreamTeller(counted, positions: story.length, width: width)
      {
        stream.colors
        stream.product
        Block.figure(stream.figure)
        found(
          en: """
            \(counted.weights) weights work on a stream of \(stream.stream) numbers: \(stream.ratio) weights for every number \
            that flows.
            """,
          ja: """
            \(counted.weights) 個の重みが、\(stream.stream) 個の数の流れに働きかけます。流れる数1つにつき、重みは \
            \(stream.ratio) 個です。
            """
        )
      } else {
        leftOut("parameters")
      }
    }
  }
}
