import Graphics
import Tensors
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
    let heatmap = try #require(figure.scene.panels.first?.mark as? Heatmap)
    #expect(heatmap.rows.count == drawn)
    #expect(heatmap.rows.last == "t\(length - 1)")
    #expect(heatmap.followedRow == drawn - 1)
    #expect((figure.caption == nil) == (length == drawn))
  }
}
