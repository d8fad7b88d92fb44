import Graphics
import Traces

/// Where the weights are.
struct ParametersStage: StageTeller {
  static let id = StageID.parameters
  let story: Story

  var stage: Stage {
    Stage(
      id: Self.id,
      name: say(en: "Parameters", ja: "パラメータ"),
      title: say(en: "Where the weights are", ja: "重みはどこにあるか"),
      input: flow(nil, "", en: "the matrices of weights met on the way", ja: "ここまでに出てきた重みの行列"),
      output: flow(nil, "", en: "one number: how many weights there are", ja: "重みの総数"),
      steps: [count, shares] + (quantization.map { [$0] } ?? []) + [data]
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
    CountTeller(
      language: language,
      name: "GPT-3",
      count: CountedModel.gpt3.count,
      countsBoth: true
    )
  }

  private var count: Step {
    let kinds = counted.map { $0.count.categories.count } ?? 0
    return step(
      "count",
      en: kinds == 8
        ? "Eight kinds of matrices"
        : kinds == 9
          ? "Nine kinds of matrices"
          : kinds > 0 ? "\(kinds) kinds of matrices" : "The kinds of matrices",
      ja: kinds > 0 ? "\(kinds)種類の行列" : "行列の種類"
    ) {
      if let counted {
        paragraph(
          en: """
            Most weights stand in \(kinds == 8 ? "eight" : kinds == 9 ? "nine" : "\(kinds)") kinds of matrices: multiply each shape out, times the number of such matrices, and add \
            up. \(counted.others.en) not counted here. Beside them stand GPT-3's, its embedding and unembedding counted as two.
            """,
          ja: """
            重みの多くは\(kinds)種類の行列に入っています。それぞれ「行 × 列 × 枚数」を計算して足し合わせます（\(counted.others.ja)は、\
            ここでは数えません）。隣に並べた GPT-3 の数は、埋め込みと逆埋め込みを別々に数えたものです。
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
    let parameters = count(counted.count.parameters, "parameters")
    if counted.countsShared { return tiedComparison(counted, parameters) }
    return found(
      en: """
        \(counted.weights) weights here, \(large.weights) in GPT-3: \(counted.ratio(of: large)) times as many. With what is \
        not counted here, this model has \(parameters) parameters.
        """,
      ja: """
        このモデルの重みは \(counted.weights) 個、GPT-3 は \(large.weights) 個で、\(counted.ratio(of: large)) 倍です。\
        ここで数えなかったものまで含めると、このモデルのパラメータは \(parameters) 個です。
        """
    )
  }

  /// What is one matrix is counted once; beside GPT-3, both models are counted alike.
  private func tiedComparison(_ counted: CountTeller, _ parameters: Quantity) -> Block {
    var alike = counted
    alike.countsBoth = true
    return found(
      en: """
        \(counted.weights) distinct weights here: \("W_E" as Math) is embedding and, transposed, unembedding, and is counted \
        once; with what is not counted here, the model has \(parameters) parameters. GPT-3's \(large.weights) counts both, \
        as 3Blue1Brown's chapter does: counted so, there are \(alike.weights) here and \(alike.ratio(of: large)) times as many there.
        """,
      ja: """
        このモデルの異なる重みは \(counted.weights) 個です。\("W_E" as Math) は埋め込みで、転置したものが逆埋め込みでもあるので、\
        1回だけ数えました（ここで数えなかったものまで含めると、パラメータは \(parameters) 個です）。GPT-3 の \(large.weights) 個は、\
        3Blue1Brown の数え方で両方を数えたもので、同じように数えるとこのモデルは \(alike.weights) 個、GPT-3 はその \
        \(alike.ratio(of: large)) 倍です。
        """
    )
  }

  private var shares: Step {
    step("shares", en: "Where most of them are", ja: "重みが多いのはどこか") {
      if let counted {
        paragraph(
          en: """
            The same count as bars, each beginning where the one before it ends; positions, gains and biases are not among them. \
            Nothing here depends on the prompt: the weights stay as they are while the model runs.
            """,
          ja: """
            同じ個数を棒で表し、前の棒が終わるところから次の棒を始めました（位置の行列、ゲイン、バイアスは入っていません）。重みは\
            プロンプトによらず同じで、モデルを動かしても変わりません。
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
        let stream = StreamTeller(counted, positions: Int64(story.length), width: Int64(width))
      {
        stream.colors
        stream.product
        Block.figure(stream.figure)
        found(
          en: """
            The same \(counted.weights) weights serve every prompt. The stream of this one holds \(stream.stream) numbers, so there \
            are \(stream.ratio) weights for each; a longer prompt has a larger stream, but no more weights.
            """,
          ja: """
            \(counted.weights) 個の重みは、どのプロンプトでも同じです。このプロンプトのストリームは \(stream.stream) 個の数なので、\
            数1つにつき重みは \(stream.ratio) 個あります。プロンプトが長くなるとストリームは大きくなりますが、重みは増えません。
            """
        )
      } else {
        leftOut("parameters")
      }
    }
  }
}
