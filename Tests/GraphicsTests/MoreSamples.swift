import Graphics

/// Figures of the marks that show geometry, counts and structure.
enum MoreSamples {
  static let all: [Scene] = [
    weights, curve, scatter, map, mapDown, histogram, cumulative, ids, norms, notedNorms,
    counts, space, waterfall, slabs,
  ]

  static func read(_ value: Double, _ name: String, digits: Int = 2) -> Quantity {
    Quantity(value, digits: digits, origin: .trace(name))
  }

  static let weights = Scene(
    id: "weight-matrix",
    title: "W_E, 1024 × 128",
    description: "A sampled matrix of weights with two rows lit.",
    mark: WeightMatrix(
      values: (0..<34).map { row in (0..<32).map { Samples.wave($0, row) } },
      rows: ((0..<32).map { 32 * $0 } + [529, 540]).sorted(),
      rowCount: 1024,
      columnCount: 128,
      rowTitle: "34 of 1024 tokens",
      columnTitle: "32 of 128 dimensions",
      scale: .weights(maximum: 1),
      highlights: [
        .init(row: 529, "·king"), .init(row: 540, "·queen"),
        .init(row: 928, "land", isFollowed: true),
      ]
    ),
    key: ColorKey(
      .weights(maximum: 1),
      title: "weight",
      low: "\(read(-1, "W_E[0,0]"))",
      high: "\(read(1, "W_E[1,1]"))",
      followed: "the token you follow"
    )
  )

  static let slabs = Scene(
    id: "slabs",
    title: "Two matrices and what they make",
    description: "A weight, data read by it, and a matrix whose numbers are not known.",
    mark: Slabs(
      [
        .init(
          x: 0,
          y: 0,
          width: 80,
          height: 60,
          levels: (0..<6).map { row in (0..<8).map { (row * 8 + $0 * 5) % 13 } },
          role: .weights
        ),
        .init(
          x: 120,
          y: 0,
          width: 40,
          height: 60,
          levels: (0..<6).map { row in (0..<4).map { $0 == 3 ? nil : (row + 2 * $0) % 13 } },
          role: .data,
          followed: (isRow: false, index: 1, count: 4)
        ),
        .init(x: 200, y: 10, width: 40, height: 40, levels: [], role: .weights),
      ],
      [
        .init([80, 30, 120, 30], isFollowed: true),
        .init([160, 10, 200, 40], isFollowed: false, isCurve: true),
      ],
      [
        .init("W", 40, -4, .middle, isBold: true),
        .init("·is", 140, 72, .middle, isFollowed: true),
      ],
      x: -10,
      y: -20,
      width: 260,
      height: 110
    )
  )

  static let curve: Scene = {
    func bend(_ x: Double) -> Double { x > 0 ? x * x / (1 + x) : 0.17 * x / (1 + x * x) }
    let dots = [-2.4, -0.4, 0.3, 0.5, 1.9].enumerated().map { index, x in
      let (before, after) = (
        read(x, "blocks.0.mlp.hook_pre[8,\(index)]"),
        read(bend(x), "blocks.0.mlp.hook_post[8,\(index)]")
      )
      return Curve.Dot(
        x: x,
        y: bend(x),
        "neuron \(index * 71): \(before) → \(after)",
        isFollowed: index == 4
      )
    }
    return Scene(
      id: "curve",
      title: "Yes, no, a little",
      description: "A curve with five neurons on it.",
      mark: Curve(
        points: (0...60).map { Point(Double($0) / 10 - 3, bend(Double($0) / 10 - 3)) },
        dots: dots,
        xTitle: "before",
        yTitle: "after"
      )
    )
  }()

  static let scatter: Scene = {
    let words = ["king", "queen", "man", "woman", "England", "東京", "🗼", "שלום", "of", "the"]
    let places: [(Double, Double)] = [
      (1, 1), (1.1, 2), (-0.5, 0.6), (-0.4, 1.7), (2, -1), (2.1, -0.9), (2.05, -1.1), (-2, -1),
      (-1, -0.2), (-1.02, -0.2),
    ]
    return Scene(
      id: "scatter",
      title: "Words on two axes",
      description: "Ten words; two arrows are nearly parallel.",
      mark: Scatter(
        words.indices.map { index in
          .init(
            words[index],
            x: places[index].0,
            y: places[index].1,
            isFollowed: index == 0,
            isFaint: index > 7
          )
        },
        arrows: [.init(from: 2, to: 3), .init(from: 0, to: 1)],
        xTitle: "axis 1 · \(read(31, "explained", digits: 0)) % of the variance",
        yTitle: "axis 2 · 18 %"
      )
    )
  }()

  static func architecture(lit: String) -> [BlockMap.Part] {
    func box(_ label: String, _ detail: String, _ kind: BlockMap.Kind) -> BlockMap.Part {
      .box(.init(label, detail: detail, kind: kind, isLit: label == lit))
    }
    return [
      box("tokens", "9", .data), box("W_E + W_pos", "9 × 128", .weights),
      .group(
        [
          .added([box("norm", "", .step), box("attention", "4 heads", .weights)]),
          .added([box("norm", "", .step), box("MLP", "512", .weights)]),
        ],
        name: "× 4"
      ),
      box("norm", "9 × 128", .step), box("W_U", "9 × 1024", .weights), box("softmax", "", .step),
    ]
  }

  static let map = Scene(
    id: "block-map",
    title: "The map of the model",
    description: "Boxes from tokens to probabilities; attention is lit.",
    mark: BlockMap(architecture(lit: "attention")),
    key: ColorKey(nil, signs: [.weights("learned"), .data("flows through"), .followed("here")])
  )

  static let mapDown = Scene(
    id: "block-map-down",
    title: "The map of the model, downwards",
    description: "The same boxes from top to bottom.",
    mark: BlockMap(architecture(lit: "MLP"), isHorizontal: false)
  )

  static let histogram: Scene = {
    let values = (0..<2000).map { index -> Double in
      let (a, b) = (Samples.wave(index, 3), Samples.wave(index * 7 + 1, 11))
      return a * 2 + b * 3 + Samples.wave(index * index % 977, 2)
    }
    return Scene(
      id: "histogram",
      title: "All 1024 logits",
      description: "Counts over the range of logits; the ends are named.",
      mark: Histogram(
        .init(of: values),
        notes: [
          .init(values.min() ?? 0, ", least \(read(values.min() ?? 0, "logits[8,3]"))"),
          .init(
            values.max() ?? 0,
            "·of \(read(values.max() ?? 0, "logits[8,300]"))",
            isFollowed: true
          ),
          .init(
            (values.max() ?? 0) - 0.4,
            "·and \(read((values.max() ?? 0) - 0.4, "logits[8,7]"))"
          ),
        ],
        xTitle: "logit",
        countTitle: "tokens"
      )
    )
  }()

  static let cumulative = Scene(
    id: "cumulative-line",
    title: "A draw",
    description: "Shares from 0 to 1 and the number that was drawn.",
    mark: CumulativeLine(
      zip(
        [",", "·and", ".", "⏎", "·of", "·the", "·a"],
        [0.31, 0.22, 0.125, 0.06, 0.04, 0.03, 0.01]
      )
      .map { .init($0, read($1, "probabilities[8,\($0)]", digits: 3)) },
      drawn: Quantity(0.7312, digits: 4, origin: .derived("seed 1, draw 1")),
      restLabel: "1017 others"
    )
  )

  static let ids = Scene(
    id: "number-line",
    title: "A token is a row number",
    description: "Nine ids on the line of 1024.",
    mark: NumberLine(
      zip(Samples.labels, [352, 529, 296, 267, 872, 300, 464, 572, 928]).enumerated().map {
        .init(
          $1.0,
          Quantity(Double($1.1), digits: 0, origin: .trace("token_ids", $0)),
          isFollowed: $0 == 8
        )
      },
      range: 0...1023,
      low: "0",
      high: "1023"
    )
  )

  static let norms = Scene(
    id: "grouped-bars",
    title: "What each half of each layer added",
    description: "Two bars a layer.",
    mark: GroupedBars(
      series: ["attention", "MLP", "both"],
      groups: (1...4).map { layer in
        .init(
          "layer \(layer)",
          (0..<3).map { part in
            Quantity(
              Double(layer * 2 + part * 3),
              origin: .derived("‖blocks.\(layer - 1)‖")
            )
          },
          isFollowed: layer == 3
        )
      }
    )
  )

  static let notedNorms = Scene(
    id: "grouped-bars-noted",
    title: "What each half of each layer added, and where to",
    description: "Two bars a layer, each with a cosine.",
    mark: GroupedBars(
      series: ["attention", "MLP"],
      groups: (0..<3).map { layer in
        func number(_ value: Double) -> Quantity { Quantity(value, origin: .illustration) }
        return .init(
          "layer \(layer)",
          [number(Double(layer) + 1.5), number(12.25 - Double(layer))],
          notes: ["cos \(number(-0.1 * Double(layer)))", "cos \(number(0.75))"]
        )
      }
    )
  )

  static let counts = Scene(
    id: "count-bars",
    title: "Counts that add up, and one that stands apart",
    description: "Three rows of weights and their sum, then a row of data.",
    mark: CountBars(
      [
        count(
          "embedding",
          "50,257 × 768",
          38_597_376,
          "38,597,376",
          start: 0,
          total: "38,597,376"
        ),
        count("埋め込み", "1 × 2", 2, "2", start: 38_597_376, total: "38,597,378"),
        count("none", "", 0, "0", start: 38_597_378, total: "38,597,378"),
        count("together", "", 38_597_378, "38,597,378", start: 0, isSum: true),
        count("data", "1,024 × 768", 786_432, "786,432", start: 0, role: .data),
      ],
      titles: CountBars.Titles(count: "weights", total: "so far", share: "share")
    ),
    key: ColorKey(nil, signs: [.weights("weights"), .data("data")])
  )

  private static func count(
    _ label: String,
    _ detail: String,
    _ value: Int64,
    _ written: String,
    start: Double,
    total: String? = nil,
    role: ColorScale.Role = .weights,
    isSum: Bool = false
  ) -> CountBars.Row {
    CountBars.Row(
      label,
      detail: Caption(detail),
      count: Quantity(value, written: written, origin: .derived(detail)),
      start: start,
      total: total.map { Quantity(1, written: $0, origin: .derived("so far")) },
      share: isSum ? nil : "\(Quantity(12.5, digits: 1, origin: .derived("share")))%",
      role: role,
      isSum: isSum
    )
  }

  static let space = Scene(
    id: "space-scatter",
    title: "A slice of the space, in three dimensions",
    description: "Six words on three axes at right angles; two arrows.",
    panels: [
      Scene.Panel(
        SpaceScatter(
          [
            .init("king", at: [1, 2, -1.5]), .init("queen", at: [0.5, 1.2, 1]),
            .init("man", at: [-1, -2, -1.2]), .init("woman", at: [-1.5, -2.1, 1.1]),
            .init("king − man + woman", at: [0.4, 1.1, 0.8], isFollowed: true),
            .init("東京", at: [2.5, -1], isFaint: true),
          ],
          arrows: [.init(from: 2, to: 3), .init(from: 0, to: 4), .init(from: 0, to: 99)]
        ),
        caption: "axis 1, share of variance \(read(0.41, "share"))"
      )
    ]
  )

  static let waterfall = Scene(
    id: "waterfall",
    title: "Terms that add up",
    description: "Four terms, two of which take away, and their sum.",
    mark: Waterfall(
      [
        .init("embed", Quantity(-0.13, origin: .derived("a"))),
        .init("blocks.0.mlp", Quantity(2.18, origin: .derived("b")), isFollowed: true),
        .init("blocks.1.attn.head.0", Quantity(-1.5, origin: .derived("c"))),
        .init("ほか 12 個", Quantity(4.1, origin: .derived("d"))),
      ],
      sum: .init("difference", Quantity(4.65, origin: .derived("a + b + c + d")))
    )
  )
}
