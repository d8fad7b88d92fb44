/// The colours of one theme, light or dark.
public struct Theme: Sendable {
  /// The colours on light ground.
  public static let light = Theme(
    page: 0xFBFAF7,
    card: 0xFFFFFF,
    ink: 0x1D2229,
    muted: 0x5A5E65,
    line: 0xD5D8DB,
    accent: 0x935B00,
    focus: 0x0060C1,
    scales: [
      .probability: [0xFBFAF7, 0xC7F2EC, 0x86DDD5, 0x41B9B5, 0x028F93, 0x00656E, 0x00404D],
      .weights: [
        0x06489C, 0x2D74CA, 0x6AA2E1, 0xAECEF1, 0xF5F5F4, 0xEFBDB4, 0xDF8073, 0xC44037, 0x971B1A,
      ],
      .data: [0xF4F5F7, 0xCFD1D4, 0xA9ABAE, 0x818387, 0x585B5F, 0x32363B],
    ]
  )

  /// The colours on dark ground.
  public static let dark = Theme(
    page: 0x101318,
    card: 0x181C22,
    ink: 0xE5E8ED,
    muted: 0xA0A5AC,
    line: 0x34383E,
    accent: 0xE4B750,
    focus: 0x73B1FF,
    scales: [
      .probability: [0x101318, 0x0F2B31, 0x08494F, 0x006F72, 0x1F9996, 0x53C7BD, 0x96F2E6],
      .weights: [
        0x86C3FF, 0x4A94EB, 0x2767BD, 0x1F4177, 0x212429, 0x6E2826, 0xB33832, 0xE86152, 0xF7A695,
      ],
      .data: [0x131415, 0x2D2E30, 0x4B4D50, 0x6F7275, 0x989BA0, 0xC3C7CE],
    ]
  )

  /// The focus ring of controls; figures have none.
  public let focus: RGB
  private let plain: [Paint: RGB]

  private init(
    page: UInt32,
    card: UInt32,
    ink: UInt32,
    muted: UInt32,
    line: UInt32,
    accent: UInt32,
    focus: UInt32,
    scales: [ColorScale.Role: [UInt32]]
  ) {
    self.focus = RGB(focus)
    var colors: [Paint: RGB] = [
      .page: RGB(page), .card: RGB(card), .ground: RGB(card), .ink: RGB(ink), .muted: RGB(muted),
      .line: RGB(line),
      .accent: RGB(accent),
    ]
    for (role, anchors) in scales {
      for (level, color) in Self.levels(between: anchors.map { RGB($0) }).enumerated() {
        colors[.level(role, level)] = color
        colors[.on(role, level)] = Self.text(upon: color, RGB(ink), RGB(page))
      }
    }
    plain = colors
  }

  /// What a colour looks like in this theme.
  public func color(_ paint: Paint) -> RGB {
    plain[paint] ?? RGB(0x808080)
  }

  /// The levels of a scale: its anchors, and even steps between them in OKLab.
  private static func levels(between anchors: [RGB]) -> [RGB] {
    let points = anchors.map { OKLab($0) }
    return (0..<ColorScale.levelCount).map { level in
      let position =
        Double(level) * Double(anchors.count - 1) / Double(ColorScale.levelCount - 1)
      let index = min(Int(position), anchors.count - 2)
      let share = position - Double(index)
      if share == 0 { return anchors[index] }
      return points[index].mixed(with: points[index + 1], share: share).rgb
    }
  }

  /// The theme's own text colours where one is legible (WCAG AA, 4.5), else black or white, one of
  /// which always is.
  private static func text(upon color: RGB, _ ink: RGB, _ page: RGB) -> RGB {
    let own = ink.contrast(to: color) >= page.contrast(to: color) ? ink : page
    if own.contrast(to: color) >= 4.5 { return own }
    let (black, white) = (RGB(0x000000), RGB(0xFFFFFF))
    return black.contrast(to: color) >= white.contrast(to: color) ? black : white
  }
}
