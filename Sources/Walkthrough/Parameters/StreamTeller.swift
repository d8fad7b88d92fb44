import Graphics
import Traces

/// Tells weights and data apart: what was learned once, and what passes through it on a run.
struct StreamTeller: Speaker {
  let language: Language
  /// All weights, as they were counted.
  let weights: Quantity
  /// The weights' exact number.
  let weightCount: Int64
  /// The positions that flow, T.
  let positions: Int64
  /// The length of their vectors, D.
  let width: Int64

  /// Makes the teller; nothing if T × D exceeds 64 bits.
  init?(_ counted: CountTeller, positions: Int64, width: Int64) {
    guard !positions.multipliedReportingOverflow(by: width).overflow else { return nil }
    language = counted.language
    weights = counted.weights
    weightCount = counted.total
    self.positions = positions
    self.width = width
  }

  /// Why there are two colours.
  var colors: Block {
    paragraph(
      en: """
        The weights were learned once and are the same for every prompt: they are the machine. They are drawn blue and red, \
        below zero and above, and the data, which passes through on one run, grey. They are coloured differently, because the \
        two are easily mixed up.
        """,
      ja: """
        重みは一度学習すれば、どのプロンプトでも同じ値を使う、モデルの本体です。重みは負を青、正を赤で、1回の実行で\
        通り抜けるデータは灰色で描きます。混同しやすい2つなので、色を分けています。
        """
    )
  }

  /// T × D.
  var stream: Quantity { count(positions * width, "\(positions) * \(width)") }

  /// T × D, written out.
  var product: Block {
    let sizes = "\(size(positions)) × \(size(width))"
    return arithmetic(
      say(
        en:
          "\("T" as Math) × \("D" as Math) = \(sizes) = \(stream) numbers flow from block to block",
        ja: "\("T" as Math) × \("D" as Math) = \(sizes) = \(stream) 個の数がブロックからブロックへ流れる"
      )
    )
  }

  /// Weights for every number that flows.
  var ratio: Quantity {
    let flowing = max(1, positions * width)
    let (whole, rest) = weightCount.quotientAndRemainder(dividingBy: flowing)
    let rounded = rest >= flowing - rest ? whole + 1 : whole
    let times = Double(weightCount) / Double(flowing)
    return Quantity(
      rounded,
      written: rounded < 10 ? Decimal.text(times, digits: 1) : size(rounded),
      origin: .derived("\(weightCount) / (\(positions) * \(width))")
    )
  }

  /// Both as bars on one scale.
  var figure: Figure {
    Figure(
      name: "weights-and-data",
      scene: Scene(
        id: "weights-and-data",
        title: say(en: "Weights and data, to one scale", ja: "重みとデータ（同じ縮尺で）").plain,
        description: say(
          en: "\(weights.text) weights, blue and red; \(stream.text) numbers of data, grey.",
          ja: "青と赤の重みが \(weights.text) 個、灰色のデータが \(stream.text) 個。"
        ).plain,
        mark: CountBars(
          [
            CountBars.Row(
              say(en: "weights", ja: "重み").plain,
              detail: Caption(say(en: "learned once", ja: "一度だけ学習").plain),
              count: weights.inTable
            ),
            CountBars.Row(
              say(en: "data", ja: "データ").plain,
              detail: Caption("T × D = \(size(positions)) × \(size(width))"),
              count: stream.inTable,
              role: .data
            ),
          ],
          titles: CountBars.Titles(count: say(en: "numbers", ja: "数").plain)
        ),
        key: ColorKey(
          nil,
          signs: [
            .weights(say(en: "weights: blue below zero, red above", ja: "重み：負は青、正は赤").plain),
            .data(say(en: "data of one run", ja: "1回の実行のデータ").plain),
          ]
        ),
        language: language.rawValue
      )
    )
  }
}
