import Graphics
import Traces

// The kinds of matrices, and those of another model beside them.

extension ParameterAccount {
  var matrices: Step {
    let (kinds, isGPT) = (counted.kinds, model.sizes.architecture.isGPT2)
    let title = kinds.en == "eight" ? "Eight" : "Nine"
    return step("matrices", en: "\(title) kinds of matrices", ja: "\(kinds.ja)の行列") {
      paragraph(
        en: """
          The weights of \(isGPT ? "a GPT" : "this model") stand in \(kinds.en) kinds of matrices. Multiply rows by columns by how many there are, and add up; \
          what this count leaves out comes after it.
          """,
        ja: """
          \(isGPT ? "GPT " : "このモデル")の重みは\(kinds.ja)の行列に入っています。それぞれ「行 × 列 × 枚数」を計算して足し合わせます。この数え方に入らないものは、\
          後で見ます。
          """
      )
      shapes
      Block.figure(counted.figure("parameters"))
      sum
      counted.whatIsShared
      counted.whereTheyAre
    }
  }

  private var sum: Block {
    let (weights, matrices) = (counted.weights, counted.matrices)
    // Japanese names tens of thousands; the comma form is what the rest of the world writes.
    let commas = Language.en.written(counted.total)
    let reading: RichText = commas == weights.text ? "" : "（\(commas)）"
    return arithmetic(
      say(
        en: "Together: \(weights) weights in \(matrices) matrices",
        ja: "合計：行列 \(matrices) 枚に、重みは \(weights) 個\(reading)"
      )
    )
  }

  private var shapes: Block {
    let rows = counted.count.categories.map { category -> [RichText] in
      [
        "\(counted.name(of: category)) \(symbol(of: category))",
        "\(size(category.rows)) × \(size(category.columns))",
        counted.isLeftOut(category)
          ? say(en: "none of its own: W_E again", ja: "W_E と同じ行列なので、数えない")
          : "\(size(category.matrices))\(reason(for: category))",
      ]
    }
    return .table(
      Table(
        title: say(en: "The shapes, and how many there are", ja: "形と枚数"),
        columns: [
          column(en: "kind", ja: "種類"), numbers(en: "rows × columns", ja: "行 × 列"),
          column(en: "matrices, and why so many", ja: "枚数とその理由"),
        ],
        rows: rows
      )
    )
  }

  /// The matrix's name on the walkthrough's page.
  private func symbol(of category: ParameterCount.Category) -> Math {
    switch ParameterCount.Kind(rawValue: category.name) {
    case .embedding: "W_E"
    case .key: "W_K"
    case .query: "W_Q"
    case .value: "W_V"
    case .output: "W_O"
    case .up: "W_in"
    case .down: "W_out"
    case .unembedding: "W_U"
    case nil: .row([])
    }
  }

  /// What stands after the number of matrices.
  private func reason(for category: ParameterCount.Category) -> RichText {
    let (heads, layers) = (size(model.sizes.heads), size(model.sizes.layers))
    let keyHeads = size(model.sizes.keyHeads)
    switch ParameterCount.Kind(rawValue: category.name) {
    case .key where model.sizes.sharedHeads != nil, .value where model.sizes.sharedHeads != nil:
      return say(
        en:
          " = \(keyHeads) \(model.sizes.keyHeads == 1 ? "head" : "heads"), shared, × \(layers) layers",
        ja: " = 共有されるヘッド \(keyHeads) × レイヤー \(layers)"
      )
    case .embedding: return say(en: ", a row for each token", ja: "（トークンごとに1行）")
    case .unembedding: return say(en: ", a column for each token", ja: "（トークンごとに1列）")
    case .key, .query, .value:
      return say(
        en: " = \(heads) heads × \(layers) layers",
        ja: " = ヘッド \(heads) × レイヤー \(layers)"
      )
    case .output:
      return say(en: ", one a layer for all its heads", ja: "（レイヤーごとに全ヘッドで1枚）")
    case .up, .down, nil: return say(en: ", one a layer", ja: "（レイヤーごとに1枚）")
    }
  }

  var comparison: Step? {
    guard let other, let theirs = otherCounted else { return nil }
    let (smaller, larger) =
      counted.total < theirs.total ? (counted, theirs) : (theirs, counted)
    let factor = smaller.ratio(of: larger)
    let isSame =
      counted.count.categories.map { $0.name } == theirs.count.categories.map { $0.name }
    return step("beside", en: "Beside \(theirs.name)", ja: "\(theirs.subject)と比べる") {
      paragraph(
        en: isSame
          ? "The same \(counted.kinds.en) kinds in both models, counted the same way."
          : "A kind that only one of them has is marked –. Both are counted the same way.",
        ja: isSame
          ? "どちらのモデルにも同じ\(counted.kinds.ja)があり、同じ方法で数えています。"
          : "片方にしかない種類には – を付けています。どちらも同じ方法で数えています。"
      )
      counted.table(beside: theirs, showsTimes: true)
      Block.figure(theirs.figure("parameters-\(other.name)"))
      found(
        en: """
          \(counted.weights) weights in \(counted.name), \(theirs.weights) in \(theirs.name): \(larger.name) has \(factor) \
          times as many as \(smaller.name).
          """,
        ja: """
          重みは\(counted.subjectWithin)に \(counted.weights) 個、\(theirs.subject)に \(theirs.weights) 個あります。\
          \(larger.subject)は\(smaller.subjectWithin)の \(factor) 倍です。
          """
      )
    }
  }
}
