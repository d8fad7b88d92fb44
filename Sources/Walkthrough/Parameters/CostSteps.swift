import Graphics
import Traces

// What flows through the weights; what they take to keep, to use and to count.

extension ParameterAccount {
  var data: Step? {
    let context = model.sizes.context
    guard let stream = StreamTeller(counted, positions: context, width: model.sizes.width) else {
      return nil
    }
    return step("data", en: "Weights and data", ja: "重みとデータ") {
      stream.colors
      stream.product
      Block.figure(stream.figure)
      paragraph(
        en: """
          With the context window full, at \(size(context)) tokens, there are \(stream.ratio) weights for every number that \
          flows.
          """,
        ja: """
          コンテキストウィンドウが \(size(context)) トークンで埋まったとき、流れる数1つにつき重みは \(stream.ratio) 個\
          あります。
          """
      )
    }
  }

  var costs: Step {
    step("costs", en: "Room, work and time", ja: "必要な容量・計算・時間") {
      paragraph(
        en: """
          How much room the weights take depends on how finely each is stored. One more token takes one multiply–add for \
          every weight\(model.sizes.isTied ? shared.en : apart.en)
          """,
        ja: """
          重みに必要な容量は、1つをどれだけ細かく記録するかで決まります。トークンを1つ増やすたびに、重み1つにつき1回の\
          積和（掛けて足す計算）が必要です。\(model.sizes.isTied ? shared.ja : apart.ja)
          """
      )
      memory
      work
      paragraph(
        en: """
          Someone who counts one weight a second, day and night, is done with \(counted.name) after \(time.quantity) \
          \(time.unit).
          """,
        ja: """
          1秒に1個ずつ、昼も夜も休まず数えると、\(counted.subject)の重みを数え終えるのは \(time.quantity) \(time.unit)後です。
          """
      )
    }
  }

  private var apart: (en: RichText, ja: RichText) {
    (
      ", but for those of the embedding, where a row is only looked up.",
      "ただし埋め込みは行を1つ取り出すだけなので、数えません。"
    )
  }

  private var shared: (en: RichText, ja: RichText) {
    (
      """
      . The matrix that is embedding and unembedding at once is stored once, and multiplied once, as unembedding: as \
      embedding only a row of it is looked up.
      """,
      """
      埋め込みと逆埋め込みを兼ねる行列は1回だけ保存します。計算も逆埋め込みとしての1回だけです（埋め込みとしては、行を1つ取り出す\
      だけです）。
      """
    )
  }

  /// The weights that are stored, whichever way they are counted.
  private var stored: Int64 { model.count.distinctWeights }

  // MARK: - Room

  private var memory: Block {
    let rows = ParameterFormat.allCases.map { format -> [RichText] in
      [
        name(of: format), "\(format.bytes)",
        room(stored, format), room(model.count.parameters, format),
      ]
    }
    return .table(
      Table(
        title: say(en: "Memory", ja: "メモリ"),
        columns: [
          column(en: "stored as", ja: "記録の形式"), numbers(en: "bytes", ja: "バイト"),
          numbers(en: "the \(counted.kinds.en) kinds", ja: "\(counted.kinds.ja)の行列"),
          numbers(en: "all parameters", ja: "全パラメータ"),
        ],
        rows: rows
      )
    )
  }

  private func name(of format: ParameterFormat) -> RichText {
    switch format {
    case .float32, .float16: "\(format.rawValue)"
    case .int8: say(en: "8 bits", ja: "8ビット")
    }
  }

  /// Bytes in the unit that leaves one to three digits before the point.
  private func room(_ count: Int64, _ format: ParameterFormat) -> RichText {
    let bytes = count * format.bytes
    var (value, unit) = (Double(bytes), "B")
    var size = ""
    for larger in ["kB", "MB", "GB", "TB", "PB", "EB"] where value >= 1000 {
      (value, unit) = (value / 1000, larger)
      size += " / 1000"
    }
    let digits = unit == "B" ? 0 : value < 100 ? 2 : 1
    let quantity = Quantity(
      value,
      digits: digits,
      origin: .derived("\(count) * \(format.bytes)\(size)")
    )
    return "\(quantity) \(unit)"
  }

  // MARK: - Work

  private var work: Block {
    let s = model.sizes
    let embedding = s.vocabulary * s.width
    let products = count(s.multiplyAdds, "\(model.count.weights) - \(embedding)")
    let difference =
      s.isTied ? "" : "\(size(model.count.weights)) − \(size(embedding)) = "
    let seen = count(s.multiplyAddsPerTokenSeen, "2 * \(s.layers) * \(s.width)")
    let full = count(
      s.multiplyAddsPerTokenSeen * s.context,
      "2 * \(s.layers) * \(s.width) * \(s.context)"
    )
    return arithmetic(
      say(
        en: """
          One more token: \(difference)\(products) multiply–adds
          """,
        ja: """
          トークンをもう1つ：\(difference)\(products) 回の積和
          """
      ),
      say(
        en: """
          Attention adds 2 × \(size(s.layers)) × \(size(s.width)) = \(seen) for each token it looks at, \(full) with the \
          window full
          """,
        ja: """
          アテンションでは、見るトークン1つにつきさらに 2 × \(size(s.layers)) × \(size(s.width)) = \(seen) 回、\
          ウィンドウが埋まっていれば \(full) 回
          """
      )
    )
  }

  // MARK: - Time

  /// The weights as seconds, in the largest unit of which there are two or more.
  private var time: (quantity: Quantity, unit: String) {
    let seconds = counted.total
    // The mean year of the Gregorian calendar: 365.2425 days.
    let units: [(seconds: Int64, en: String, ja: String)] = [
      (31_556_952, "years", "年"), (86_400, "days", "日"), (3600, "hours", "時間"),
      (60, "minutes", "分"), (1, "seconds", "秒"),
    ]
    let unit = units.first { seconds >= 2 * $0.seconds } ?? units[units.count - 1]
    let value = Double(seconds) / Double(unit.seconds)
    let whole = Int64(value.rounded())
    let quantity = Quantity(
      whole,
      written: value < 100 && unit.seconds > 1 ? Decimal.text(value, digits: 1) : size(whole),
      origin: .derived("\(seconds) / \(unit.seconds)")
    )
    return (quantity, say(en: "\(unit.en)", ja: "\(unit.ja)").plain)
  }
}
