import Graphics
import Traces

// Figures of what was learned.

extension Story {
  /// A sample of W_E with this prompt's rows lit.
  var embeddingMatrixFigure: Figure? {
    guard let sample = recorded(.sample(of: .embedding)), let vocabulary = trace.model.dVocab,
      let width = trace.model.dModel
    else { return nil }
    let values = (0..<sample.shape[0]).map { sample.vector($0).map(Double.init) }
    let maximum = values.joined().map(abs).max() ?? 0
    var seen: Set<Int> = []
    let lit = trace.tokens.indices.reversed()
      .filter { trace.tokens[$0].id < vocabulary && seen.insert(trace.tokens[$0].id).inserted }
      .prefix(8)
    return figure(
      "embedding-matrix",
      title: say(en: "The embedding matrix W_E", ja: "埋め込み行列 W_E"),
      description: say(
        en: """
          \(sample.shape[0]) of \(vocabulary) rows and \(sample.columns) of \(width) columns, evenly picked, blue to red; the \
          rows of this prompt's tokens are marked.
          """,
        ja: """
          \(vocabulary) 行のうち \(sample.shape[0]) 行、\(width) 列のうち \(sample.columns) 列を等間隔に選び、青から赤の色で\
          表したもの。プロンプトのトークンの行には印が付いています。
          """
      ),
      key: ColorKey(
        .weights(maximum: maximum),
        title: Caption(say(en: "weights", ja: "重み").plain),
        low: Caption(Self.end(-maximum)),
        high: Caption(Self.end(maximum))
      ),
      WeightMatrix(
        values: values,
        rowCount: vocabulary,
        columnCount: width,
        rowTitle: Caption(say(en: "\(vocabulary) tokens", ja: "トークン \(vocabulary) 個").plain),
        columnTitle: Caption(say(en: "\(width) dimensions", ja: "\(width) 次元").plain),
        scale: .weights(maximum: maximum),
        highlights: lit.map { position in
          WeightMatrix.Highlight(
            row: trace.tokens[position].id,
            label(position),
            isFollowed: position == followed
          )
        }
      )
    )
  }

  /// The machine, with this model's shapes.
  var mapFigure: Figure {
    let (t, d) = (size(length, "T"), size(trace.model.dModel, "D"))
    let (v, f) = (size(trace.model.dVocab, "V"), size(trace.model.dMLP, "F"))
    let heads = size(trace.model.headCount, "H")
    return figure(
      "architecture",
      title: say(en: "The machine", ja: "モデルの全体像"),
      description: say(
        en: """
          Tokens become vectors through \(beginning.en); attention and MLP add to them in each block, of which there are \
          \(trace.layerCount); W_U and softmax make probabilities of the last one.
          """,
        ja: """
          トークンは \(beginning.ja) でベクトルになり、アテンションと MLP からなる \(trace.layerCount) 個のブロックが順に情報を足し、\
          W_U とソフトマックスが最後のベクトルから確率を作ります。
          """
      ),
      BlockMap([
        .box(BlockMap.Box(say(en: "tokens", ja: "トークン").plain, detail: t, kind: .data)),
        .box(BlockMap.Box(beginning.box, detail: "\(v) × \(d)", kind: .weights)),
        .group(
          [
            .added([
              .box(
                BlockMap.Box(
                  say(en: "attention", ja: "アテンション").plain
                    + (isParallel ? say(en: " and MLP", ja: "と MLP").plain : ""),
                  detail: say(en: "\(heads) heads", ja: "ヘッド \(heads) 個").plain,
                  kind: .weights
                )
              )
            ])
          ]
            + (isParallel
              ? []
              : [
                .added([
                  .box(BlockMap.Box("MLP", detail: "\(d) → \(f) → \(d)", kind: .weights))
                ])
              ]),
          name: "× \(trace.layerCount)"
        ),
        .box(BlockMap.Box("W_U", detail: "\(d) × \(v)", kind: .weights)),
        .box(BlockMap.Box(say(en: "softmax", ja: "ソフトマックス").plain, detail: v, kind: .data)),
      ])
    )
  }

  /// What makes vectors of tokens: W_pos only where the model has it, or may have.
  private var beginning: (en: String, ja: String, box: String) {
    architecture.addsPositions == false
      ? ("W_E", "W_E", "W_E") : ("W_E and W_pos", "W_E と W_pos", "W_E + W_pos")
  }

  private func size(_ count: Int?, _ letter: String) -> String { count.map(String.init) ?? letter }
}
