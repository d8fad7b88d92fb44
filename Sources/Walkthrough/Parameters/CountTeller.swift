import Graphics
import Traces

/// Tells one model's count: its kinds of matrices, multiplied out and added up.
struct CountTeller: Speaker {
  let language: Language
  /// What the model is called in a sentence.
  let name: RichText
  var count: ParameterCount
  /// Whether a matrix that is embedding and unembedding at once is counted as two, as the chapter that counts GPT-3 does.
  var countsBoth = false

  /// The name before a particle: Japanese sets Latin letters apart.
  var subject: RichText {
    language == .ja && name.plain.last?.isASCII == true ? "\(name) " : name
  }

  /// The same within a sentence, set apart from what stands before it, too.
  var subjectWithin: RichText {
    language == .ja && name.plain.first?.isASCII == true ? " \(subject)" : subject
  }

  // MARK: - Words

  /// A kind's name.
  func name(of category: ParameterCount.Category) -> String {
    guard language == .ja else { return category.name }
    if category.name == ParameterCount.gate { return "ゲート射影" }
    guard let kind = ParameterCount.Kind(rawValue: category.name) else { return category.name }
    switch kind {
    case .embedding: return "埋め込み"
    case .key: return "キー"
    case .query: return "クエリ"
    case .value: return "バリュー"
    case .output: return "アテンションの出力"
    case .up: return "アップ射影"
    case .down: return "ダウン射影"
    case .unembedding: return "逆埋め込み"
    }
  }

  /// `12,288 × 128 × 9,216`: rows, columns, matrices; of the embedding once more, that it is.
  func multiplication(_ category: ParameterCount.Category) -> String {
    isLeftOut(category)
      ? say(en: "the embedding again", ja: "埋め込みと同じ行列").plain
      : "\(category.rows.groupedInThrees) × \(category.columns.groupedInThrees) × \(category.matrices.groupedInThrees)"
  }

  /// Whether a kind is another one's matrix again, and so not counted.
  func isLeftOut(_ category: ParameterCount.Category) -> Bool {
    !countsBoth && count.isRepeated(category)
  }

  /// Whether one matrix is embedding and unembedding, and is counted once.
  var countsShared: Bool { count.categories.contains(where: isLeftOut) }

  // MARK: - Numbers

  /// A kind's weights.
  func weights(_ category: ParameterCount.Category) -> Quantity {
    isLeftOut(category)
      ? count(0, "0")
      : count(category.weights, "\(category.rows) * \(category.columns) * \(category.matrices)")
  }

  /// How many weights a kind adds to the count.
  func ownWeights(_ category: ParameterCount.Category) -> Int64 {
    isLeftOut(category) ? 0 : category.weights
  }

  /// How many weights are counted.
  var total: Int64 { countsBoth ? count.weights : count.distinctWeights }

  /// How many matrices are counted.
  private var matrixCount: Int64 { countsBoth ? count.matrices : count.distinctMatrices }

  /// The weights up to and including each kind.
  private var runningTotals: [Int64] {
    count.categories.reduce(into: []) { $0.append(($0.last ?? 0) + ownWeights($1)) }
  }

  /// The weights of a kind and of those before it.
  func runningTotal(_ index: Int) -> Quantity {
    let totals = runningTotals
    let own = ownWeights(count.categories[index])
    return count(totals[index], index > 0 ? "\(totals[index - 1]) + \(own)" : "\(own)")
  }

  /// The weights of all kinds.
  var weights: Quantity {
    count(total, count.categories.map { "\(ownWeights($0))" }.joined(separator: " + "))
  }

  /// The matrices of all kinds.
  var matrices: Quantity {
    let counted = count.categories.filter { !isLeftOut($0) }
    return count(matrixCount, counted.map { "\($0.matrices)" }.joined(separator: " + "))
  }

  /// What part of all weights some kinds hold, in hundredths.
  func share(_ kinds: [ParameterCount.Kind]) -> Quantity { share(named: kinds.map { $0.rawValue }) }

  private func share(named names: [String]) -> Quantity {
    percent(
      count.categories.reduce(0) { $0 + (names.contains($1.name) ? ownWeights($1) : 0) }
    )
  }

  private func percent(_ part: Int64) -> Quantity {
    Quantity(
      100 * Double(part) / Double(max(1, total)),
      digits: 1,
      origin: .derived("100 * \(part) / \(total)")
    )
  }

  /// What a model learns besides the kinds counted, as far as can be said of any model, or of a GPT-2.
  var others: (en: RichText, ja: RichText) {
    let names = count.categories.map { $0.name }
    return names == ParameterCount.Kind.allCases.map { $0.rawValue }
      ? ("Learned positions, gains and biases are", "位置の行列、ゲイン、バイアス")
      : ("What the model learned besides is", "それ以外に学習されたもの")
  }

  /// How many kinds of matrices there are: eight in a GPT, and one more where the MLPs have gates.
  var kinds: (en: String, ja: String) {
    (count.categories.count == 8 ? "eight" : "nine", "\(count.categories.count)種類")
  }

  // MARK: - The figure

  /// The kinds as bars, each beginning where the one before it ended.
  var bars: CountBars {
    var rows = count.categories.enumerated().map { index, category in
      CountBars.Row(
        name(of: category),
        detail: Caption(multiplication(category)),
        count: weights(category).inTable,
        start: Double(runningTotals[index] - ownWeights(category)),
        total: runningTotal(index).inTable,
        share: "\(percent(ownWeights(category)))%"
      )
    }
    rows.append(
      CountBars.Row(
        say(en: "together", ja: "合計").plain,
        detail: Caption(
          say(en: "\(matrices.text) matrices", ja: "行列 \(matrices.text) 枚").plain
        ),
        count: weights.inTable,
        total: weights.inTable,
        share: "\(percent(total))%",
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
    let list = count.categories.map { category in
      isLeftOut(category)
        ? "\(name(of: category))\(language == .ja ? "：" : ": ")\(multiplication(category))"
        : "\(name(of: category)) \(language.written(category.weights))"
    }
    return Figure(
      name: id,
      scene: Scene(
        id: id,
        title: say(
          en: "The weights of \(name) in its \(kinds.en) kinds of matrices, with a running total",
          ja: "\(subject)の\(kinds.ja)の行列の重みの数と累計"
        ).plain,
        description: say(
          en: "\(list.joined(separator: "; ")): together \(weights.text) weights.",
          ja: "\(list.joined(separator: "、"))。合計 \(weights.text) 個の重み。"
        ).plain,
        mark: bars,
        key: key,
        language: language.rawValue
      )
    )
  }

  /// What part the MLPs, attention and the vocabulary have.
  var whereTheyAre: Block {
    let vocabulary = share([.embedding, .unembedding])
    let mlps = share(
      named: [ParameterCount.gate] + [ParameterCount.Kind.up, .down].map { $0.rawValue }
    )
    return found(
      en: """
        The MLPs hold \(mlps)% of the weights, attention \
        \(share([.key, .query, .value, .output]))%, and the vocabulary's \
        \(countsShared ? "one matrix" : "two matrices") \(vocabulary)%.
        """,
      ja: """
        重みの \(mlps)% は MLP に、\(share([.key, .query, .value, .output]))% はアテンションに、\
        \(vocabulary)% は語彙の\(countsShared ? "1つの" : "2つの")行列にあります。
        """
    )
  }

  /// What is shared where one matrix is embedding and unembedding, and what the other way of counting comes to.
  var whatIsShared: Block? {
    if countsShared { return sharedOnce }
    return countsBoth && count.isTied ? sharedTwice : nil
  }

  private var sharedOnce: Block {
    let both = both
    return found(
      en: """
        Embedding and unembedding are one matrix here, \("W_U" as Math) being \("W_E" as Math) transposed, so it is counted \
        once. Counted as two, as 3Blue1Brown's chapter counts GPT-3's, there are \(both.weights) weights in \(both.matrices) matrices.
        """,
      ja: """
        このモデルの埋め込みと逆埋め込みは同じ行列です（\("W_U" as Math) は \("W_E" as Math) の転置）。そこで、1回だけ数えました。\
        3Blue1Brown が GPT-3 を数えたように2枚と数えると、行列 \(both.matrices) 枚に、重みは \(both.weights) 個です。
        """
    )
  }

  private var sharedTwice: Block {
    let shared = count.weights - count.distinctWeights
    let once = count(count.distinctWeights, "\(count.weights) - \(shared)")
    return found(
      en: """
        This is how 3Blue1Brown's chapter counts GPT-3: embedding and unembedding as two matrices. In GPT-2's architecture \
        they are one and the same; counted once, \(once) distinct weights remain.
        """,
      ja: """
        これは 3Blue1Brown が GPT-3 を数えた方法で、埋め込みと逆埋め込みを2枚の行列と数えています。GPT-2 の構造では、この2つは同じ\
        行列です。1回だけ数えると、異なる重みは \(once) 個になります。
        """
    )
  }

  /// The count with embedding and unembedding as two matrices, whether they are or not.
  var both: (weights: Quantity, matrices: Quantity) {
    var other = self
    other.countsBoth = true
    return (other.weights, other.matrices)
  }

  /// What the two colours of a bar mean: not that half of what it counts is below zero.
  var key: ColorKey {
    ColorKey(
      nil,
      signs: [
        .weights(say(en: "weights: always in blue and red", ja: "重み：いつも青と赤で表します").plain)
      ]
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
    isLeftOut(own) ? "–" : "× \(factor(own.weights, of: other.weights))"
  }

  /// How many times as many weights another model has.
  func ratio(of other: CountTeller) -> Quantity {
    factor(other.total, of: total)
  }
}
