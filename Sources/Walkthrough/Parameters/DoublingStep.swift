import Graphics
import Traces

// What doubles when a size doubles, and what grows fourfold.

extension ParameterAccount {
  var doubling: Step? {
    let rows = Doubling.allCases.compactMap { row(for: $0) }
    guard !rows.isEmpty else { return nil }
    return step("doubling", en: "What doubles when a size doubles", ja: "ある規模を2倍にすると何が2倍になるか") {
      widths
      Block.table(
        Table(
          title: say(
            en:
              "How many times the weights, or the data T × D, when one size of \(counted.name) doubles",
            ja: "\(counted.subject)の規模を1つだけ2倍にしたとき、重みやデータ T × D が何倍になるか"
          ),
          columns: [
            column(en: "doubled", ja: "2倍にするもの"),
            numbers(en: "W_E, W_U", ja: "W_E, W_U"), numbers(en: "attention", ja: "アテンション"),
            numbers(en: "MLP", ja: "MLP"), numbers(en: "all", ja: "全重み"),
            numbers(en: "T × D", ja: "T × D"),
          ],
          rows: rows
        )
      )
    }
  }

  /// What a doubled width does, and doubled heads: for models whose heads' width follows from the model's, and others.
  private var widths: Block {
    let attention: [ParameterCount.Kind] = [.key, .query, .value, .output]
    let before = weights(of: attention, in: model.sizes)
    /// Attention's weights in a model of twice a size, if there can be one.
    func after(_ doubling: Doubling) -> Int64? {
      let sizes = doubled(doubling)
      return sizes.problem == nil ? weights(of: attention, in: sizes) : nil
    }
    let keepsHeadWidth = after(.width).map { $0 / 4 != before } ?? false
    let many = after(.heads) ?? before
    let sides: (en: RichText, ja: RichText) =
      !keepsHeadWidth
      ? (
        """
        The matrices of the blocks have two such sides, for heads and MLP widen too, and grow fourfold.
        """,
        "ブロックの行列では、ヘッドも MLP も広がるので両方の辺が伸び、4倍になります。"
      )
      : (
        """
        The MLP's matrices have two such sides, for it widens too, and grow fourfold. A head's width is a size of its own here and \
        stays, so attention's matrices have one such side.
        """,
        """
        MLP の行列では、MLP も広がるので両方の辺が伸び、4倍になります。このモデルではヘッドの幅は独立に決まっていて変わらないので、\
        アテンションの行列で伸びる辺は1つだけです。
        """
      )
    let heads: (en: RichText, ja: RichText) =
      many == before
      ? (
        "Twice the heads are half as wide: the weights stay as many.",
        "ヘッドの数を2倍にしても1つの幅が半分になるので、重みの数は変わりません。"
      )
      : many < before
        ? (
          "Twice the heads are half as wide; of keys and values, which heads share, there are as many heads as before, and so fewer weights.",
          "ヘッドの数を2倍にすると1つの幅が半分になります。共有されるキーとバリューのヘッドは数が変わらないので、その分、重みは減ります。"
        )
        : (
          "Twice the heads, each as wide as before, are more weights.",
          "ヘッドの数を2倍にすると、幅は変わらないので、重みは増えます。"
        )
    return paragraph(
      en: """
        Double the width, and what has one side of that length doubles: embedding, unembedding, the data. \(sides.en) \(heads.en)
        """,
      ja: """
        幅を2倍にすると、その長さの辺を1つもつもの（埋め込み、逆埋め込み、データ）は2倍になります。\(sides.ja)\(heads.ja)
        """
    )
  }

  /// A size that is doubled.
  private enum Doubling: CaseIterable {
    case width, layers, heads, mlpWidth, vocabulary, context
  }

  private func name(of doubling: Doubling) -> RichText {
    switch doubling {
    case .width: say(en: "width and F", ja: "幅と F")
    case .layers: say(en: "layers", ja: "レイヤー")
    case .heads: say(en: "heads", ja: "ヘッド")
    case .mlpWidth: say(en: "MLP width", ja: "MLP の幅")
    case .vocabulary: say(en: "vocabulary", ja: "語彙")
    case .context: say(en: "context", ja: "文脈長")
    }
  }

  private func doubled(_ doubling: Doubling) -> ModelSizes {
    let s = model.sizes
    return switch doubling {
    case .width:
      s.with {
        $0.width *= 2
        $0.mlpWidth *= 2
      }
    case .layers: s.with { $0.layers *= 2 }
    case .heads: s.with { $0.heads *= 2 }
    case .mlpWidth: s.with { $0.mlpWidth *= 2 }
    case .vocabulary: s.with { $0.vocabulary *= 2 }
    case .context: s.with { $0.context *= 2 }
    }
  }

  /// The row of a size; nothing if a model of twice that size cannot be, or cannot be counted.
  private func row(for doubling: Doubling) -> [RichText]? {
    let sizes = doubled(doubling)
    guard sizes.problem == nil else { return nil }
    let (before, after) = (model.sizes, sizes)
    let groups: [[ParameterCount.Kind]] = [
      [.embedding, .unembedding], [.key, .query, .value, .output], [.up, .down],
      ParameterCount.Kind.allCases,
    ]
    return [name(of: doubling)]
      + groups.map { kinds in
        times(weights(of: kinds, in: after), weights(of: kinds, in: before))
      } + [times(after.stream, before.stream)]
  }

  private func times(_ after: Int64, _ before: Int64) -> RichText {
    "× \(factor(after, of: before))"
  }

  /// The weights of some kinds together, counted as the model's are.
  private func weights(of kinds: [ParameterCount.Kind], in sizes: ModelSizes) -> Int64 {
    var resized = counted
    resized.count = ParameterCount(sizes)
    let gate = kinds.contains(.up) ? [ParameterCount.gate] : []
    let names = kinds.map { $0.rawValue } + gate
    return resized.count.categories.reduce(0) {
      $0 + (names.contains($1.name) ? resized.ownWeights($1) : 0)
    }
  }
}
