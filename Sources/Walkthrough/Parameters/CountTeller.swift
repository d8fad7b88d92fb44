import Graphics
import Traces

/// Tells one model's count: its kinds of matrices, multiplied out and added up.
struct CountTeller: Speaker {
  let language: Language
  /// What the model is called in a sentence.
  let name: RichText
  let count: ParameterCount

  /// The name before a particle: Japanese sets Latin letters apart.
  var subject: RichText {
    language == .ja && name.plain.last?.isASCII == true ? "\(name) " : name
  }

  // MARK: - Words

  /// A kind's name.
  func name(of category: ParameterCount.Category) -> String {
    let kind = ParameterCount.Kind(rawValue: category.name)
    guard language == .ja, let kind else { return category.name }
    switch kind {
    case .embedding: return "埋め込み"
    case .key: return "キー"
    case .query: return "クエリ"
    case .value: return "バリュー"
    case .output: return "出力"
    case .up: return "アップ射影"
    case .down: return "ダウン射影"
    case .unembedding: return "逆埋め込み"
    }
  }

  /// `12,288 × 128 × 9,216`: rows, columns, matrices.
  func multiplication(_ category: ParameterCount.Category) -> String {
    "\(size(category.rows)) × \(size(category.columns)) × \(size(category.matrices))"
  }

  // MARK: - Numbers

  /// A kind's weights.
  func weights(_ category: ParameterCount.Category) -> Quantity {
    count(category.weights, "\(category.rows) · \(category.columns) · \(category.matrices)")
  }

  /// The weights of a kind and of those before it.
  func runningTotal(_ index: Int) -> Quantity {
    let totals = count.runningTotals
    let own = count.categories[index].weights
    return count(totals[index], index > 0 ? "\(totals[index - 1]) + \(own)" : "\(own)")
  }

  /// The weights of all kinds.
  var weights: Quantity {
    count(count.weights, count.categories.map { "\($0.weights)" }.joined(separator: " + "))
  }

  /// The matrices of all kinds.
  var matrices: Quantity {
    count(count.matrices, count.categories.map { "\($0.matrices)" }.joined(separator: " + "))
  }

  /// What part of all weights some kinds hold, in hundredths.
  func share(_ kinds: [ParameterCount.Kind]) -> Quantity {
    let names = kinds.map(\.rawValue)
    return percent(
      count.categories.reduce(0) { $0 + (names.contains($1.name) ? $1.weights : 0) }
    )
  }

  private func percent(_ part: Int) -> Quantity {
    Quantity(
      100 * Double(part) / Double(max(1, count.weights)),
      digits: 1,
      origin: .derived("100 · \(part) / \(count.weights)")
    )
  }

  // MARK: - The figure

  /// The kinds as bars, each beginning where the one before it ended.
  var bars: CountBars {
    var rows = count.categories.enumerated().map { index, category in
      CountBars.Row(
        name(of: category),
        detail: Caption(multiplication(category)),
        count: weights(category),
        start: Double(count.runningTotals[index] - category.weights),
        total: runningTotal(index),
        share: "\(percent(category.weights))%"
      )
    }
    rows.append(
      CountBars.Row(
        say(en: "together", ja: "合計").plain,
        detail: Caption(
          say(en: "\(matrices.text) matrices", ja: "行列 \(matrices.text) 枚").plain
        ),
        count: weights,
        total: weights,
        share: "\(percent(count.weights))%",
        isSum: true
      )
    )
    return CountBars(
      rows,
      titles: CountBars.Titles(
        count: say(en: "weights", ja: "重み").plain,
        total: say(en: "so far", ja: "累計").plain,
        share: say(en: "share", ja: "割合").plain
      )
    )
  }

  /// The bars, with what their colours mean.
  func figure(_ id: String) -> Figure {
    let list = count.categories.map { "\(name(of: $0)) \(language.written($0.weights))" }
    return Figure(
      name: id,
      scene: Scene(
        id: id,
        title: say(
          en: "The weights of \(name) in its eight kinds of matrices, with a running total",
          ja: "\(subject)の8種類の行列の重みの数と累計"
        ).plain,
        description: say(
          en: "\(list.joined(separator: "; ")): together \(weights.text) weights.",
          ja: "\(list.joined(separator: "、"))。合計 \(weights.text) 個の重み。"
        ).plain,
        marks: [bars],
        key: key,
        language: language.rawValue
      )
    )
  }

  /// What part the MLPs, attention and the vocabulary have.
  var whereTheyAre: Block {
    found(
      en: """
        The MLPs hold \(share([.up, .down]))% of the weights, attention \(share([.key, .query, .value, .output]))%, and the \
        vocabulary's two matrices \(share([.embedding, .unembedding]))%.
        """,
      ja: """
        重みの \(share([.up, .down]))% は MLP に、\(share([.key, .query, .value, .output]))% はアテンションに、\
        \(share([.embedding, .unembedding]))% は語彙の2つの行列にあります。
        """
    )
  }

  /// What blue and red mean here.
  var key: ColorKey {
    ColorKey(
      nil,
      signs: [.weights(say(en: "weights: blue below zero, red above", ja: "重み：負は青、正は赤").plain)]
    )
  }

  // MARK: - The table

  /// The kinds beside those of another model, with how many times as many they are if asked for.
  func table(beside other: CountTeller, showsTimes: Bool = false) -> Block {
    let rows = count.categories.enumerated().map { index, category -> [RichText] in
      let theirs = other.count.categories.firstIndex { $0.name == category.name }
      return [
        RichText(stringLiteral: name(of: category)),
        RichText(stringLiteral: multiplication(category)),
        "\(weights(category))", "\(runningTotal(index))",
        theirs.map { "\(other.weights(other.count.categories[$0]))" } ?? "–",
        theirs.map { "\(other.runningTotal($0))" } ?? "–",
      ]
        + (showsTimes
          ? [theirs.map { times(category, other.count.categories[$0]) } ?? "–"] : [])
    }
    return .table(
      Table(
        title: say(
          en: "The weights of \(name) by kind, beside those of \(other.name)",
          ja: "\(subject)の重みの数と累計（\(other.subject)と比べて）"
        ),
        columns: [
          column(en: "kind", ja: "種類"),
          numbers(en: "rows × columns × matrices", ja: "行 × 列 × 枚数"),
          numbers(en: "weights", ja: "重み"), numbers(en: "so far", ja: "累計"),
          Table.Column(other.name, isNumeric: true), numbers(en: "so far", ja: "累計"),
        ] + (showsTimes ? [numbers(en: "times", ja: "倍率")] : []),
        rows: rows
      )
    )
  }

  /// How many times as many weights a kind has here as there.
  private func times(
    _ own: ParameterCount.Category,
    _ other: ParameterCount.Category
  ) -> RichText {
    "× \(factor(own.weights, of: other.weights))"
  }

  /// How many times as many weights another model has.
  func ratio(of other: CountTeller) -> Quantity {
    factor(other.count.weights, of: count.weights)
  }
}
