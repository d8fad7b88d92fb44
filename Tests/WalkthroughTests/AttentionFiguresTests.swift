import Graphics
import Tensors
import TestSupport
import Testing
import Traces
import Walkthrough

@Suite struct AttentionFiguresTests {
  /// A trace of nothing but a pattern in which everyone looks at himself.
  private func trace(length: Int) -> Trace {
    var pattern = [Float](repeating: 0, count: length * length)
    for position in 0..<length { pattern[position * length + position] = 1 }
    var model = ModelDescription()
    model.layerCount = 1
    return Trace(
      prompt: "",
      tokens: (0..<length).map { TraceToken(id: $0, text: "t\($0)") },
      model: model,
      tensors: [HookPoint.pattern(0).name: Tensor(shape: [1, length, length], values: pattern)]
    )
  }

  @Test(arguments: [(12, 12), (128, 128), (200, 128)])
  func `a long prompt's last positions are drawn, and the figure says so`(
    length: Int,
    drawn: Int
  ) throws {
    let story = Walkthrough(of: trace(length: length), in: .en)
    let figure = try #require(story.figures.first { $0.name == "attention-layer0-head0" })
    let heatmap = try #require(
      figure.scene.panels.first.flatMap { payload(of: $0.mark) } as? Heatmap
    )
    #expect(heatmap.rows.count == drawn)
    #expect(heatmap.rows.last == "t\(length - 1)")
    #expect(heatmap.followedRow == drawn - 1)
    let caption = figure.scene.panels.first?.caption?.plain
    #expect(caption == (length == drawn ? nil : "positions 72 to 199, the last 128 of 200"))
    #expect(heatmap.firstNumber == (length == 12 ? nil : length - drawn))
  }

  /// A head that spreads its attention evenly, on a prompt of such a length.
  private func evenTrace(length: Int) -> Trace {
    var trace = trace(length: length)
    let shares = (0..<length).flatMap { query in
      (0..<length).map { $0 > query ? 0 : 1 / Float(query + 1) }
    }
    trace.tensors[HookPoint.pattern(0).name] = Tensor(shape: [1, length, length], values: shares)
    return trace
  }

  private func heatmap(_ trace: Trace, _ scale: AttentionScale? = nil) throws -> Heatmap {
    let maps = AttentionHeatmaps(of: trace, in: .en, scale: scale)
    return try #require(
      maps[.init(layer: 0, head: 0)].scene.panels.first.flatMap { payload(of: $0.mark) } as? Heatmap
    )
  }

  @Test(arguments: [40, 100, 200])
  func `the shares of a long prompt are seen, however even`(length: Int) throws {
    let map = try heatmap(evenTrace(length: length))
    for (row, cells) in map.cells.enumerated() {
      let levels = cells.compactMap { cell in
        if case .value(let share) = cell { map.scale.level(of: share) } else { nil }
      }
      #expect(levels.allSatisfy { $0 >= 8 }, "row \(row)")
    }
    // Up to what half of the rows reach: 1 of so many tokens.
    let drawn = min(128, length)
    let middle = 1 / Double(length - (drawn - 1) / 2)
    #expect(abs(map.scale.maximum - middle) < 1e-6)
  }

  @Test func `more is darker in the whole figure, linear or by square roots`() throws {
    for scale in [AttentionScale.linear, .squareRoot] {
      let colors = try heatmap(evenTrace(length: 50), scale).scale
      let levels = stride(from: 0, through: 1, by: 0.001).map { colors.level(of: $0) ?? -1 }
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(levels.first == 0 && levels.last == 12)
    }
  }

  @Test func `a row of its own scale is darkest where it looks most`() throws {
    let map = try heatmap(evenTrace(length: 60), .row)
    #expect(map.rowScales.count == 60)
    #expect(map.rowScales[59].level(of: 1.0 / 60) == 12)
    #expect(map.rowScales[59].level(of: 0.5 / 60) == 6)
  }

  @Test(arguments: [
    (AttentionScale.linear, "share of attention, linear", "1"),
    (.squareRoot, "share of attention, by its square root", "≥ 0.038"),
    (.row, "share of attention, each row up to its largest here", "0.020–1.000"),
  ])
  func `the key says the scale and its ends`(scale: AttentionScale, title: String, high: String)
    throws
  {
    let maps = AttentionHeatmaps(of: evenTrace(length: 50), in: .en, scale: scale)
    for figure in [maps[.init(layer: 0, head: 0)], try #require(maps.overview)] {
      let key = try #require(figure.scene.key)
      #expect(key.title.plain == title)
      #expect(key.low.plain == "0" && key.high.plain == high)
    }
  }

  @Test func `the highest score is the darkest, also below zero`() throws {
    var trace = trace(length: 3)
    let scores: [Float] = [-8, 0, 0, -5, -2, 0, -8, -3, -5]
    trace.tensors[HookPoint.attnScores(0).name] = Tensor(shape: [1, 3, 3], values: scores)
    let figure = try #require(
      Walkthrough(of: trace, in: .en).figures.first { $0.name == "scores-masked" }
    )
    let map = try #require(figure.scene.panels.first.flatMap { payload(of: $0.mark) } as? Heatmap)
    #expect(map.scale.level(of: -2) == 12)
    #expect(map.scale.level(of: -5) == 6)
    #expect(map.scale.level(of: -8) == 0)
    #expect(map.cells[0][1] == .masked)
    let key = try #require(figure.scene.key)
    #expect(key.low.plain == "−8.00" && key.high.plain == "−2.00")
    #expect(!figure.scene.lines(TerminalStyle(width: 60)).joined().contains("negative"))
  }
}
