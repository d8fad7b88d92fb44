import Graphics

/// Labels that try to break out of a figure: out of its markup, its line, or its reading order.
enum Hostile {
  /// NUL, and what Unicode sets aside as no character: not to be had as a literal.
  private static let noncharacters = String(
    String.UnicodeScalarView([0, 0xFFFE, 0xFFFF, 0xFDD0].compactMap { Unicode.Scalar(UInt32($0)) })
  )

  static let labels = [
    "<script>alert(1)</script>", "\"'&]]>", "\u{1B}[31mred\u{07}", "\u{202E}reversed\u{2066}",
    noncharacters, "שלום 123", "مرحبا", "e\u{301}\u{200B}\u{FEFF}",
    "👨\u{200D}👩\u{200D}👧", "\r\n\t", "\u{301}\u{302}", "--><!--", "\u{85}\u{9B}31m\u{AD}",
    String(repeating: "東京", count: 60), "\u{1F3F4}\u{E0067}\u{E007F}", "",
  ]

  private static func number(_ value: Double) -> Quantity {
    Quantity(value, origin: .trace(labels[0]))
  }

  /// Every mark under such labels, and values that are no numbers.
  static let everywhere: Scene = {
    let values = [0.1, -.infinity, .nan, 2, .infinity, 0, -0.0, 1e300]
    let few = Array(labels.prefix(8))
    let bars = zip(few, values).map {
      Bars.Bar($0, number($1), isFollowed: true, note: Caption($0))
    }
    let cells = values.map { value in values.map { _ in Heatmap.Cell.number(number(value)) } }
    return Scene(
      id: "hostile",
      title: labels[0] + labels[3],
      description: labels.joined(separator: " "),
      panels: [
        .init(
          TokenStrip(labels.map { .init($0, id: number(1)) }, followed: 3),
          caption: "\(labels[2])"
        ),
        .init(Bars(bars, role: .weights, labelTitle: labels[1], noteTitle: labels[3])),
        .init(
          Heatmap(
            rows: few,
            columns: few,
            cells: cells,
            scale: .data(maximum: 2),
            rowTitle: labels[0],
            columnTitle: labels[3],
            followedRow: 99,
            followedCell: .init(row: -1, column: 3)
          )
        ),
        .init(
          HeatmapGrid(
            rows: few,
            columns: few,
            tiles: [[[values.map { $0 }], [], [[nil]]]],
            scale: .probability(),
            followed: .init(row: 0, column: 0)
          )
        ),
        .init(
          VectorStrip([
            .init(
              labels[0],
              values: values,
              count: 12_288,
              scale: .data(maximum: 1),
              sign: labels[3]
            ),
            .init(labels[5], values: [], scale: .weights(maximum: 0)),
          ])
        ),
        .init(
          WeightMatrix(
            values: [values, []],
            rows: [-1, 50_000],
            rowCount: 1,
            columnCount: 0,
            rowTitle: Caption(labels[0]),
            columnTitle: Caption(labels[2]),
            scale: .weights(maximum: 1),
            highlights: [
              .init(row: 50_000, labels[3], isFollowed: true), .init(row: -1, labels[13]),
            ]
          )
        ),
        .init(
          Curve(
            points: values.map { Point($0, $0) },
            dots: [.init(x: .nan, y: 1e300, Caption(labels[3]))],
            xTitle: Caption(labels[0]),
            yTitle: Caption(labels[4])
          )
        ),
        .init(
          Scatter(
            zip(few, values).map { .init($0, x: $1, y: -$1) },
            arrows: [.init(from: 0, to: 99)],
            xTitle: Caption(labels[13]),
            yTitle: Caption(labels[2])
          )
        ),
        .init(
          BlockMap([
            .group(
              [.added([.box(.init(labels[0], detail: labels[3], kind: .weights))])],
              name: labels[2]
            ),
            .added([]), .box(.init(labels[13], kind: .data, isLit: true)),
          ])
        ),
        .init(
          Histogram(
            .init(of: values),
            notes: [.init(.nan, Caption(labels[0])), .init(9e9, Caption(labels[3]))],
            xTitle: Caption(labels[2]),
            countTitle: Caption(labels[0])
          )
        ),
        .init(
          CumulativeLine(
            zip(few, values).map { .init($0, number($1)) },
            drawn: number(.nan),
            restLabel: labels[0]
          )
        ),
        .init(
          NumberLine(
            zip(few, values).map { .init($0, number($1), isFollowed: true) },
            range: 0...0,
            low: Caption(labels[0]),
            high: Caption(labels[3])
          )
        ),
        .init(
          GroupedBars(
            series: [labels[0], labels[3]],
            groups: zip(few, values).map { .init($0, [number($1), number(1), number(2)]) }
          )
        ),
      ],
      key: ColorKey(
        .weights(maximum: .nan),
        title: Caption(labels[0]),
        low: Caption(labels[3]),
        high: "",
        signs: labels.map { .masked($0) }
      ),
      language: "en\" onload=\"alert(1)"
    )
  }()
}
