import Graphics
import Platform
import Traces

// Figures of what was learned.

extension Story {
  /// Rows of W_E: a sample, and among it, where they belong, those of this prompt's tokens.
  var embeddingMatrixFigure: Figure? {
    guard let sample = recorded(.sample(of: .embedding)), let vocabulary = trace.model.dVocab,
      let width = trace.model.dModel, sample.shape[0] <= vocabulary, sample.columns <= width
    else { return nil }
    let part = MatrixPart(of: sample, rowCount: vocabulary, columnCount: width)
    let own = lastDifferentTokens(limit: 8).filter { trace.tokens[$0].id < vocabulary }
    let rows = part.rows(adding: own.map { (trace.tokens[$0].id, $0) }, of: recorded(.embed))
    let maximum = rows.flatMap { $0.values }.map(abs).max() ?? 0
    let columns = sample.columns
    let added =
      rows.count == part.rows.count
      ? []
      : own.filter { position in
        !part.rows.contains(trace.tokens[position].id)
      }
    let peaks =
      ["max(i, max(j, abs(\(sample.place([], "i,j")))))"]
      + added.map { position in
        let place = "\(HookPoint.embed.name)[\(position),floor(n * \(width) / \(columns))]"
        return "max(n = 0..\(columns - 1), abs(\(place)))"
      }
    let peak = peaks.count == 1 ? peaks[0] : "largest(\(peaks.joined(separator: ", ")))"
    return figure(
      "embedding-matrix",
      title: say(en: "Rows of the embedding matrix W_E", ja: "埋め込み行列 W_E の行"),
      description: say(
        en:
          "\(rows.count) of \(vocabulary) rows and \(sample.columns) of \(width) columns, blue to red.",
        ja: "\(vocabulary) 行のうち \(rows.count) 行、\(width) 列のうち \(sample.columns) 列を、青から赤の色で表したもの。"
      ),
      key: ColorKey(
        .weights(maximum: maximum),
        title: Caption(say(en: "weights", ja: "重み").plain),
        low: Caption(Quantity(-maximum, origin: .derived("-\(peak)"))),
        high: Caption(Quantity(maximum, origin: .derived(peak)))
      ),
      caption: matrixNote(part, own: own.count, isOwnDrawn: rows.count > part.rows.count),
      WeightMatrix(
        values: rows.map { $0.values },
        rows: rows.map { $0.index },
        rowCount: vocabulary,
        columnCount: width,
        rowTitle: Caption(
          say(
            en: "\(rows.count) of \(vocabulary) tokens",
            ja: "トークン \(vocabulary) 個のうち \(rows.count) 個"
          ).plain
        ),
        columnTitle: Caption(
          say(
            en: "\(sample.columns) of \(width) dimensions",
            ja: "\(width) 次元のうち \(sample.columns) 個"
          ).plain
        ),
        scale: .weights(maximum: maximum),
        highlights: own.map { position in
          WeightMatrix.Highlight(
            row: trace.tokens[position].id,
            label(position),
            isFollowed: position == followed
          )
        }
      )
    )
  }

  /// Which rows and columns are drawn, and whose.
  private func matrixNote(_ part: MatrixPart, own: Int, isOwnDrawn: Bool) -> RichText {
    let all = Set(trace.tokens.map { $0.id }).count
    let whose =
      own < all
      ? say(
        en: "those of \(own) of the prompt's \(all) different tokens, named at the side",
        ja: "プロンプトに出てくる \(all) 種類のトークンのうち \(own) 種類の行（横に名前を添えたもの）"
      ) : say(en: "those of the prompt's tokens, named at the side", ja: "プロンプトのトークンの行（横に名前を添えたもの）")
    return say(
      en: """
        Drawn are rows \(part.list(part.rows, in: .en))\(isOwnDrawn ? " and \(whose.plain)" : ""); of each, columns \
        \(part.list(part.columns, in: .en)).
        """,
      ja: """
        描いているのは、行 \(part.list(part.rows, in: .ja))\(isOwnDrawn ? "と、\(whose.plain)" : "")、列 \
        \(part.list(part.columns, in: .ja))です。
        """
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

/// Which rows and columns of a matrix a sample holds.
private struct MatrixPart {
  /// Their places in the whole matrix.
  let rows: [Int], columns: [Int]
  private let values: [[Double]]

  init(of sample: Recorded, rowCount: Int, columnCount: Int) {
    rows = (0..<sample.shape[0]).map { $0 * rowCount / sample.shape[0] }
    columns = (0..<sample.columns).map { $0 * columnCount / sample.columns }
    values = (0..<sample.shape[0]).map { sample.vector($0).map(Double.init) }
  }

  /// The sample's rows and others, in the matrix's order.
  ///
  /// - Parameters:
  ///   - own: The others' places in the matrix, and where their numbers stand in `whole`.
  ///   - whole: Complete rows; without them there are none but the sample's.
  /// - Returns: The rows' places in the matrix, and their numbers in the sample's columns.
  func rows(
    adding own: [(index: Int, place: Int)],
    of whole: Recorded?
  ) -> [(index: Int, values: [Double])] {
    var all = zip(rows, values).map { (index: $0, values: $1) }
    if let whole {
      for row in own where !rows.contains(row.index) {
        let vector = whole.vector(row.place)
        all.append((row.index, columns.compactMap { $0 < vector.count ? Double(vector[$0]) : nil }))
      }
    }
    return all.rising { Double($0.index) }
  }

  /// `0, 84, …, 2604`, or the range if none is left out.
  func list(_ places: [Int], in language: Language) -> String {
    guard let last = places.last, places.count > 3 else {
      return places.map(String.init).joined(separator: language == .en ? ", " : "、")
    }
    if last == places.count - 1 { return "0–\(last)" }
    return places.prefix(3).map(String.init).joined(separator: language == .en ? ", " : "、")
      + (language == .en ? ", …, \(last)" : "、…、\(last) ")
  }
}
