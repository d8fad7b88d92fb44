import Graphics
import Testing

@Suite struct ThemeTests {
  static let themes: [(name: String, theme: Theme)] = [("light", .light), ("dark", .dark)]
  static let levels = Array(0..<ColorScale.levelCount)

  @Test(arguments: ColorScale.Role.allCases, levels)
  func `text on a cell can be read in both themes`(_ role: ColorScale.Role, _ level: Int) {
    for (name, theme) in Self.themes {
      let ratio = theme.color(.on(role, level)).contrast(to: theme.color(.level(role, level)))
      #expect(ratio >= 4.5, "\(name): \(ratio)")
    }
  }

  @Test(arguments: [Paint.ink, .muted, .accent], [Paint.page, .card])
  func `text beside figures can be read in both themes`(_ text: Paint, _ ground: Paint) {
    for (name, theme) in Self.themes {
      let ratio = theme.color(text).contrast(to: theme.color(ground))
      #expect(ratio >= 4.5, "\(name): \(ratio)")
    }
  }

  @Test func `contrast is WCAG's`() {
    #expect(abs(RGB(0x000000).contrast(to: RGB(0xFFFFFF)) - 21) < 1e-9)
    #expect(abs(RGB(0x777777).contrast(to: RGB(0xFFFFFF)) - 4.48) < 0.005)
  }

  @Test func `the ends and the middle of the scales are the look's own colours`() {
    #expect(Theme.light.color(.level(.probability, 0)).css == "#fbfaf7")
    #expect(Theme.light.color(.level(.probability, 12)).css == "#00404d")
    #expect(Theme.light.color(.level(.weights, 6)).css == "#f5f5f4")
    #expect(Theme.dark.color(.level(.weights, 12)).css == "#f7a695")
    #expect(Theme.dark.color(.level(.data, 12)).css == "#c3c7ce")
  }

  @Test(arguments: [ColorScale.Role.probability, .data])
  func `sequential scales move one way`(_ role: ColorScale.Role) {
    for (name, theme) in Self.themes {
      let luminances = Self.levels.map { theme.color(.level(role, $0)).luminance }
      let isOrdered = zip(luminances, luminances.dropFirst()).allSatisfy {
        name == "light" ? $0 > $1 : $0 < $1
      }
      #expect(isOrdered, "\(name)")
    }
  }
}

@Suite struct ColorScaleTests {
  @Test(arguments: [(0.0, 0), (0.04, 0), (0.05, 1), (0.5, 6), (1, 12), (7, 12), (-1, 0)])
  func `probabilities take levels evenly`(_ value: Double, _ level: Int) {
    #expect(ColorScale.probability().level(of: value) == level)
  }

  @Test(arguments: [(0.0, 6), (-2, 0), (2, 12), (1, 9), (-1, 3), (-Double.infinity, 0)])
  func `weights are even around zero`(_ value: Double, _ level: Int) {
    #expect(ColorScale.weights(maximum: 2).level(of: value) == level)
  }

  @Test func `what is not a number has no colour`() {
    #expect(ColorScale.data(maximum: 1).level(of: .nan) == nil)
  }

  @Test func `data is coloured by size alone`() {
    let scale = ColorScale.data(maximum: 4)
    #expect(scale.level(of: -3) == scale.level(of: 3))
  }

  @Test func `a scale without extent still answers`() {
    #expect(ColorScale.weights(maximum: 0).level(of: 0) == 6)
    #expect(ColorScale.weights(maximum: 0).level(of: 1) == 12)
  }
}
