import Graphics
import Testing

@Suite struct MarkTests {
  @Test(
    arguments: [(0.0, 0), (0.3099, 0), (0.31, 1), (0.52, 1), (0.7, nil), (1, nil)]
      as [(Double, Int?)]
  )
  func `a drawn number falls into the segment that holds it`(_ drawn: Double, _ hit: Int?) {
    let line = CumulativeLine(
      [
        .init("a", Quantity(0.31, origin: .illustration)),
        .init("b", Quantity(0.22, origin: .illustration)),
      ],
      drawn: Quantity(drawn, origin: .illustration)
    )
    #expect(line.hit == hit)
  }

  @Test func `a histogram counts every finite value once`() {
    let bins = Histogram.Bins(of: [0, 1, 2, 3, 4, .nan, .infinity], count: 4)
    #expect(bins.counts == [1, 1, 1, 2])
    #expect(bins.range == 0...4)
  }

  @Test func `equal values make a histogram too`() {
    #expect(Histogram.Bins(of: [7, 7, 7], count: 3).counts.reduce(0, +) == 3)
    #expect(Histogram.Bins(of: [], count: 3).counts == [0, 0, 0])
  }

  @Test func `in a terminal, points without names are dots, and only named ones are told beneath`()
  {
    let dots = [
      Curve.Dot(x: 0, y: 0, ""), Curve.Dot(x: 1, y: 2, "top", isFollowed: true),
      Curve.Dot(x: 2, y: 0, ""),
    ]
    let curve = Curve(points: [Point(0, 0), Point(2, 1)], dots: dots, xTitle: "x", yTitle: "y")
    let lines = curve.lines(TerminalStyle(width: 60))
    #expect(lines.joined().count { $0 == "•" } == 2)
    #expect(lines.last == "▸ 1 top" && lines[lines.count - 2].contains("x"))
    // Without a name there is nothing to tell.
    let unnamed = Curve(points: curve.points, dots: [dots[0]], xTitle: "x", yTitle: "y")
    #expect(unnamed.lines(TerminalStyle(width: 60)).last?.contains("x") == true)
  }

  @Test func `a strip says how many of how many numbers it draws`() {
    let strip = VectorStrip([
      .init("x", values: (0..<200).map(Double.init), count: 12_288, scale: .data(maximum: 200))
    ])
    let svg = SVG.inline(Scene(id: "s", title: "", description: "", mark: strip), idPrefix: "t")
    #expect(svg.contains(">0–\(VectorStrip.drawnLimit - 1) / 12288</text>"))
    #expect(strip.lines(TerminalStyle(width: 60)).last?.hasSuffix("0–56 / 12288") == true)
  }

  @Test(
    arguments: [(512, 257), (512, 511), (512, 0), (192, 130), (100, 99), (129, 128)],
    [128, 57, 1]
  )
  func `a number that is marked is drawn, whatever room there is`(_ vector: (Int, Int), limit: Int)
  {
    let drawn = VectorStrip.drawn(of: vector.0, marking: vector.1, limit: limit)
    #expect(drawn.contains(vector.1))
    #expect(drawn.count == min(vector.0, limit))
    #expect((0..<vector.0).contains(drawn))
  }

  @Test func `a strip points at the number it marks, and says which part it draws`() {
    let marked = VectorStrip.Marked(257, Quantity(2.91, origin: .illustration))
    let strip = VectorStrip([
      .init(
        "pre",
        values: (0..<512).map { $0 == 257 ? 2.91 : 0.1 },
        scale: .data(maximum: 3),
        numbers: [Quantity(0.1, origin: .illustration)],
        marked: marked
      )
    ])
    let svg = SVG.inline(Scene(id: "s", title: "", description: "", mark: strip), idPrefix: "t")
    #expect(svg.contains("256–383 / 512") && svg.contains("257: "))
    #expect(!svg.contains("0.10"))
    for width in [40, 60, 80, 120] {
      let lines = strip.lines(TerminalStyle(width: width))
      let bar = lines[0].firstIndex(of: "█").map {
        lines[0].distance(from: lines[0].startIndex, to: $0)
      }
      let pointer = lines[1].firstIndex(of: "▲").map {
        lines[1].distance(from: lines[1].startIndex, to: $0)
      }
      #expect(bar != nil && bar == pointer, "\(width)")
      #expect(lines.allSatisfy { $0.count <= width }, "\(width)")
    }
  }

  @Test func `a matrix frames only rows that it draws`() {
    func svg(_ rows: [Int]?) -> String {
      let mark = WeightMatrix(
        values: [[1, 2], [3, 4]],
        rows: rows,
        rowCount: 100,
        columnCount: 2,
        rowTitle: "2 of 100 tokens",
        columnTitle: "2 dimensions",
        scale: .weights(maximum: 4),
        highlights: [.init(row: 49, "cat", isFollowed: true)]
      )
      return SVG.inline(Scene(id: "s", title: "", description: "", mark: mark), idPrefix: "t")
        + mark.lines(TerminalStyle(width: 60)).joined(separator: "\n")
    }
    // Evenly picked, these are rows 0 and 50.
    #expect(!svg(nil).contains("cat"))
    #expect(svg([0, 49]).contains("49  cat"))
    #expect(svg([0, 49]).contains(/▸ 49 .*cat/))
  }

  @Test func `a long prompt keeps its beginning, its end, and says what is left out`() {
    let strip = TokenStrip((0..<1000).map { .init(" token\($0)") }, followed: 999)
    let svg = SVG.inline(Scene(id: "s", title: "", description: "", mark: strip), idPrefix: "t")
    #expect(svg.contains(">·token0</text>"))
    #expect(svg.contains(">·token999</text>"))
    let shown = svg.matches(of: />·token[0-9]+<\/text>/).count
    #expect(svg.contains(">… +\(1000 - shown)</text>"))
  }

  @Test func `numbers leave cells that are too small for them`() {
    func map(_ count: Int) -> String {
      let cells = (0..<count).map { _ in
        (0..<count).map { _ in Heatmap.Cell.number(Quantity(0.5, origin: .illustration)) }
      }
      let names = (0..<count).map(String.init)
      let mark = Heatmap(rows: names, columns: names, cells: cells, scale: .probability())
      return SVG.inline(
        Scene(id: "s", title: "", description: "", mark: mark),
        idPrefix: "t"
      )
    }
    #expect(map(12).contains(">0.50</text>"))
    #expect(!map(13).contains(">0.50</text>"))
  }

  @Test func `the followed row is named even where names are thinned out`() {
    let names = (0..<60).map { "row\($0)" }
    let cells = names.map { _ in names.map { _ in Heatmap.Cell.value(0.5) } }
    let mark = Heatmap(
      rows: names,
      columns: names,
      cells: cells,
      scale: .probability(),
      followedRow: 59
    )
    let svg = SVG.inline(Scene(id: "s", title: "", description: "", mark: mark), idPrefix: "t")
    #expect(svg.contains("class=\"accent e b\""))
    #expect(!svg.contains(">row58</text>"))
  }

  @Test func `a key explains no sign that its heatmap does not show`() {
    func figure(_ count: Int) -> String {
      let names = (0..<count).map(String.init)
      let cells = names.map { _ in names.map { _ in Heatmap.Cell.value(-0.5) } }
      let mark = Heatmap(rows: names, columns: names, cells: cells, scale: .data(maximum: 1))
      let key = ColorKey(.data(maximum: 1), negative: "below zero")
      return SVG.inline(
        Scene(id: "s", title: "", description: "", mark: mark, key: key),
        idPrefix: "t"
      )
    }
    #expect(figure(20).contains("below zero"))
    #expect(!figure(120).contains("below zero"))
  }

  @Test func `a crowd of numbers keeps the followed one's name`() {
    let items = (0..<40).map { index in
      NumberLine.Item(
        "n\(index)",
        Quantity(Double(500 + index), digits: 0, origin: .illustration),
        isFollowed: index == 30
      )
    }
    let mark = NumberLine(items, range: 0...1000, low: "0", high: "1000")
    let svg = SVG.inline(Scene(id: "s", title: "", description: "", mark: mark), idPrefix: "t")
    #expect(svg.contains(">n30</text>"))
    #expect(svg.matches(of: /<circle/).count == 40)
  }

  @Test func `a heatmap too large to draw says so`() {
    let names = (0..<200).map(String.init)
    let mark = Heatmap(
      rows: names,
      columns: names,
      cells: names.map { _ in names.map { _ in .value(1) } },
      scale: .probability()
    )
    let svg = SVG.inline(Scene(id: "s", title: "", description: "", mark: mark), idPrefix: "t")
    #expect(svg.contains(">1–128 / 200 × 1–128 / 200</text>"))
  }

  @Test func `what is followed is told without colour in a terminal`() {
    let lines = Samples.probabilities.lines(TerminalStyle(width: 80), showsTitle: false)
    #expect(lines.filter { $0.hasPrefix("▸") }.count == 1)
  }

  @Test func `colour sequences are sent only where they are wanted`() {
    let plain = Samples.attention.lines(TerminalStyle(width: 80, color: false)).joined()
    let colored = Samples.attention.lines(TerminalStyle(width: 80, color: true)).joined()
    #expect(!plain.contains("\u{1B}"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }
}
