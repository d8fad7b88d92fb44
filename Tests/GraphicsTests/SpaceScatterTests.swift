import Graphics
import Testing

@Suite struct SpaceScatterTests {
  @Test func `every view keeps lengths, and has room for the farthest point`() {
    let place = [1.0, -2, 2]
    for turn in stride(from: -180.0, through: 180, by: 45) {
      for tilt in stride(from: -90.0, through: 90, by: 30) {
        let view = SpaceScatter.View(turn: turn, tilt: tilt)
        let mark = SpaceScatter([.init("a", at: place), .init("b", at: [0, 0, 0])], view: view)
        #expect(abs(mark.radius - 3) < 1e-12)
        let drawing = mark.draw()
        var circles = 0
        for case .circle(let center, _, _, _) in drawing.shapes {
          circles += 1
          #expect((0...drawing.width).contains(center.x))
          #expect((0...drawing.height).contains(center.y))
        }
        #expect(circles == 2)
      }
    }
  }

  @Test func `nothing at all is drawn without points, and arrows need both ends`() {
    #expect(SpaceScatter([]).radius == 1)
    let mark = SpaceScatter([.init("a", at: [1])], arrows: [.init(from: 0, to: 1)])
    #expect(mark.arrows.isEmpty)
    #expect(mark.items[0].place == [1, 0, 0])
  }
}
