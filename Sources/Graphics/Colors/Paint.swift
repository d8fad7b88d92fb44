/// A colour by its meaning; what it looks like is the theme's business.
public enum Paint: Sendable, Hashable {
  /// The page behind a figure.
  case page
  /// A card upon the page.
  case card
  /// What the figure itself stands on: the card on a page, the page where it stands alone.
  case ground
  /// Text and strong lines.
  case ink
  /// Text that stands back.
  case muted
  /// Hairlines.
  case line
  /// The token, head or cell that the reader follows, and nothing else.
  case accent
  /// A colour of a scale.
  case level(ColorScale.Role, Int)
  /// Text upon a colour of a scale.
  case on(ColorScale.Role, Int)

  /// The CSS class that carries the colour.
  public var className: String {
    switch self {
    case .page: "page"
    case .card: "card"
    case .ground: "ground"
    case .ink: "ink"
    case .muted: "muted"
    case .line: "line"
    case .accent: "accent"
    case .level(let role, let level): "\(role.rawValue)\(level)"
    case .on(let role, let level): "on-\(role.rawValue)\(level)"
    }
  }

  /// Every colour, in the order style sheets list them.
  public static let all: [Paint] =
    [.page, .card, .ground, .ink, .muted, .line, .accent]
    + ColorScale.Role.allCases.flatMap { role in
      (0..<ColorScale.levelCount).map { Paint.level(role, $0) }
    }
    + ColorScale.Role.allCases.flatMap { role in
      (0..<ColorScale.levelCount).map { Paint.on(role, $0) }
    }
}
