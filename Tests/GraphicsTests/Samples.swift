import Graphics

/// The figures of the golden files: every mark with data that tries its edges.
enum Samples {
  static let all: [Scene] = [
    tokens, attention, attentionLarge, data, heads, addition, embedding, probabilities, signed,
  ]

  static let words = ["The", " king", " and", " the", " queen", " of", " E", "ng", "land"]

  static let tokens = Scene(
    id: "token-strip",
    title: "The prompt, cut into 9 tokens",
    description: "Nine chips with their ids; the last is followed.",
    mark: TokenStrip(
      words.indices.map { index in
        let id = [352, 529, 296, 267, 872, 300, 464, 572, 928][index]
        return .init(
          words[index],
          id: Quantity(Double(id), digits: 0, origin: .trace("token_ids", index))
        )
      },
      followed: 8
    )
  )

  /// A causal attention pattern made of a formula, so that every row sums to 1.
  static func pattern(_ count: Int, seed: Int = 0) -> [[Double]] {
    (0..<count).map { query in
      let scores = (0...query).map { key -> Double in
        let step: Int = query * 7 + key * 13 + seed * 29 + query * key
        return Double(step % 17 + 1)
      }
      let total = scores.reduce(0, +)
      return scores.map { $0 / total }
    }
  }

  static func cells(
    _ count: Int,
    _ cell: (Int, Int, Double) -> Heatmap.Cell
  ) -> [[Heatmap.Cell]] {
    let pattern = pattern(count)
    return (0..<count).map { query in
      (0..<count).map { key in key > query ? .masked : cell(query, key, pattern[query][key]) }
    }
  }

  static let labels = words.map { VisibleText.show($0) }

  static let attention = Scene(
    id: "heatmap-numbers",
    title: "Attention pattern, layer 3, head 2",
    description: "A lower triangle of shares; each row sums to 1.",
    mark: Heatmap(
      rows: labels,
      columns: labels,
      cells: cells(9) { query, key, share in
        .number(Quantity(share, origin: .trace("blocks.2.attn.hook_pattern", 1, query, key)))
      },
      scale: .probability(),
      rowTitle: "from",
      columnTitle: "to",
      followedRow: 8
    ),
    key: .probability(title: "attention", masked: "hidden", followed: "the token you follow")
  )

  static let attentionLarge = Scene(
    id: "heatmap-cells",
    title: "Attention pattern of 40 tokens",
    description: "A lower triangle without numbers.",
    mark: Heatmap(
      rows: (0..<40).map { VisibleText.show(words[$0 % 9]) },
      columns: (0..<40).map { VisibleText.show(words[$0 % 9]) },
      cells: cells(40) { _, _, share in .value(share * 3) },
      scale: .probability(),
      rowTitle: "from",
      columnTitle: "to",
      followedRow: 39
    ),
    key: .probability(title: "attention", masked: "hidden")
  )

  static func wave(_ index: Int, _ row: Int = 0) -> Double {
    let step: Int = index * 37 + row * 53 + index * index % 11 * 5
    return Double(step % 101 - 50) / 50
  }

  static let data = Scene(
    id: "heatmap-data",
    title: "The residual stream, 9 tokens × 32 of 128 numbers",
    description: "Greys by size; a dash marks what is negative.",
    mark: Heatmap(
      rows: labels,
      columns: (0..<32).map(String.init),
      cells: (0..<9).map { row in (0..<32).map { .value(wave($0, row)) } },
      scale: .data(maximum: 1),
      columnTitle: "numbers of the vector"
    ),
    key: ColorKey(
      .data(maximum: 1),
      title: "size",
      low: "0",
      high: Caption(Quantity(1, origin: .derived("max |resid_pre|"))),
      negative: "negative"
    )
  )

  static func tile(_ count: Int, seed: Int) -> HeatmapGrid.Tile {
    pattern(count, seed: seed).map { row in row.map { Optional($0) } }
  }

  static let heads = Scene(
    id: "heatmap-grid",
    title: "All heads",
    description: "Four layers of four heads.",
    mark: HeatmapGrid(
      rows: (1...4).map { "layer \($0)" },
      columns: (1...4).map { "head \($0)" },
      tiles: (0..<4).map { layer in (0..<4).map { tile(9, seed: layer * 4 + $0) } },
      scale: .probability(),
      followed: .init(row: 2, column: 1)
    ),
    key: .probability(title: "attention", followed: "shown above")
  )

  static func numbers(_ name: String, _ value: (Int) -> Double) -> [Quantity] {
    (0..<6).map { Quantity(value($0), origin: .trace(name, 8, $0)) }
  }

  static let addition = Scene(
    id: "vector-strip-sum",
    title: "Token plus position",
    description: "Two rows of weights add up to a row of data.",
    mark: VectorStrip([
      .init(
        "W_E[land]",
        values: (0..<128).map { wave($0) / 2 },
        scale: .weights(maximum: 1),
        numbers: numbers("hook_embed") { wave($0) / 2 }
      ),
      .init(
        "W_pos[8]",
        values: (0..<128).map { wave($0, 2) / 2 },
        scale: .weights(maximum: 1),
        sign: "+",
        numbers: numbers("hook_pos_embed") { wave($0, 2) / 2 }
      ),
      .init(
        "x",
        values: (0..<128).map { (wave($0) + wave($0, 2)) / 2 },
        scale: .data(maximum: 1),
        sign: "=",
        numbers: numbers("blocks.0.hook_resid_pre") { (wave($0) + wave($0, 2)) / 2 },
        isFollowed: true
      ),
    ])
  )

  static let embedding = Scene(
    id: "vector-strip-short",
    title: "A short vector",
    description: "Eight numbers of a wide vector.",
    mark: VectorStrip([
      .init("q", values: (0..<8).map { wave($0) }, scale: .data(maximum: 1)),
      .init("東京", values: (0..<96).map { wave($0) }, count: 12288, scale: .data(maximum: 1)),
    ])
  )

  static func candidate(_ index: Int, _ token: String, _ share: Double) -> Bars.Bar {
    let logit = Quantity(4 - Double(index), origin: .trace("logits", 8, index))
    return Bars.Bar(
      VisibleText.show(token),
      Quantity(share, digits: 3, origin: .trace("probabilities", 8, index)),
      isFollowed: index == 1,
      note: "logit \(logit)"
    )
  }

  static let probabilities = Scene(
    id: "bars-probability",
    title: "What may come next",
    description: "Five tokens by probability.",
    mark: Bars(
      [
        candidate(0, ",", 0.31), candidate(1, " and", 0.22), candidate(2, ".", 0.125),
        candidate(3, "\n", 0.06), candidate(4, " of", 0.004),
      ],
      role: .probability,
      labelTitle: "token",
      valueTitle: "probability",
      noteTitle: "before"
    )
  )

  static func term(_ index: Int, _ value: Double) -> Bars.Bar {
    Bars.Bar(
      "x[\(index)] · W_U",
      Quantity(value, origin: .derived("x[\(index)] · W_U[\(index),872]"))
    )
  }

  static let signed = Scene(
    id: "bars-signed",
    title: "The winner's logit, term by term",
    description: "Signed terms from a zero line.",
    panels: [
      Scene.Panel(
        Bars(
          [2.5, -1.25, 0.8, -0.03, 0].enumerated().map { term($0, $1) },
          role: .weights,
          valueTitle: "term"
        )
      ),
      Scene.Panel(
        Bars(
          [2.5, -1.25, 0.8].enumerated().map { term($0, $1) },
          role: .data
        )
      ),
    ],
    key: ColorKey(
      .weights(maximum: 2.5),
      title: "term",
      low: Caption(Quantity(-2.5, origin: .derived("−max"))),
      high: Caption(Quantity(2.5, origin: .derived("max")))
    )
  )
}
