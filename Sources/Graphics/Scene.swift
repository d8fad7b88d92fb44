/// A figure: marks above one another, what they are called, and the key to their colours.
public struct Scene: Sendable {
  /// One mark of a scene.
  public struct Panel: Sendable {
    /// What is drawn.
    public var mark: Mark
    /// A line above it.
    public var caption: Caption?

    /// Makes a panel.
    public init(_ content: some MarkContent, caption: Caption? = nil) {
      mark = content.mark
      self.caption = caption
    }
  }

  /// A name unique among the figures of a walkthrough; file names and ids are made of it.
  public var id: String
  /// The figure's title.
  public var title: String
  /// What the figure shows, in words, for those who do not see it.
  public var description: String
  /// The marks, from top to bottom.
  public var panels: [Panel]
  /// What the colours mean.
  public var key: ColorKey?
  /// The language of its labels, as a BCP 47 tag.
  public var language: String

  /// Makes a scene of marks, each with a caption if it needs one.
  public init(
    id: String,
    title: String,
    description: String,
    panels: [Panel],
    key: ColorKey? = nil,
    language: String = "en"
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.panels = panels
    self.key = key
    self.language = language
  }

  /// Makes a scene of one mark without a caption.
  public init(
    id: String,
    title: String,
    description: String,
    mark: some MarkContent,
    key: ColorKey? = nil,
    language: String = "en"
  ) {
    self.init(
      id: id,
      title: title,
      description: description,
      panels: [Panel(mark)],
      key: key,
      language: language
    )
  }

  /// The scene as terminal text: lines of at most `terminal.width` columns.
  ///
  /// - Parameters:
  ///   - terminal: What the terminal can show.
  ///   - showsTitle: Whether the title stands above.
  /// - Returns: The lines, without line ends.
  public func lines(_ terminal: TerminalStyle, showsTitle: Bool = true) -> [String] {
    var lines: [String] = []
    if showsTitle {
      lines += TextWidth.wrap(terminal.plain(title), to: terminal.width).map(terminal.strong)
    }
    for panel in panels {
      if !lines.isEmpty { lines.append("") }
      if let caption = panel.caption {
        lines += TextWidth.wrap(terminal.plain(caption.plain), to: terminal.width).map(
          terminal.muted
        )
      }
      lines += panel.mark.lines(terminal)
    }
    if let key {
      if !lines.isEmpty { lines.append("") }
      lines += key.lines(terminal)
    }
    return lines
  }

  /// The scene with some of its parts left to the script of a page.
  func leaving(bars: Bool, numbers: Bool) -> Scene {
    var scene = self
    for index in scene.panels.indices {
      switch scene.panels[index].mark {
      case .vectorStrip(var strips) where bars:
        strips.leavesBarsOut = true
        scene.panels[index].mark = .vectorStrip(strips)
      case .heatmap(var map) where numbers && !map.source.isEmpty:
        map.leavesNumbersOut = true
        scene.panels[index].mark = .heatmap(map)
      default: break
      }
    }
    return scene
  }

  /// The key without signs that its heatmaps do not show.
  private var shownKey: ColorKey? {
    let heatmaps = panels.compactMap { panel in
      if case .heatmap(let map) = panel.mark { map } else { nil }
    }
    let hasSigns = heatmaps.isEmpty || heatmaps.contains { HeatmapDrawing($0).showsSigns }
    var shown = key
    shown?.signs.removeAll { sign in
      if case .negative = sign { !hasSigns } else { false }
    }
    return shown
  }

  /// Title, panels and key stacked into one drawing.
  func compose(showsTitle: Bool) -> Drawing {
    let parts = panels.map { (drawing: $0.mark.draw(), caption: $0.caption) }
    let keyDrawing = shownKey?.draw()
    let titleWidth = showsTitle ? TextMetrics.width(of: title, size: .title, bold: true) : 0
    let natural = (parts.map { $0.drawing.width } + [keyDrawing?.width ?? 0]).max() ?? 0
    let captions = parts.compactMap { $0.caption }.map {
      TextMetrics.width(of: $0.plain, size: .regular)
    }
    let width = min(Layout.width, max(natural, 160, titleWidth, min(captions.max() ?? 0, 480)))
    var scene = Drawing(width: max(width, natural), height: 0)

    if showsTitle {
      for line in Caption(title).wrapped(
        to: min(scene.width + 1, Layout.width),
        size: .title,
        isBold: true
      ) {
        scene.height += 20
        scene.shapes.append(
          .text(Label(line, at: Point(0, scene.height - 4), size: .title, isBold: true))
        )
      }
      scene.height += 8
    }
    for (index, part) in parts.enumerated() {
      if index > 0 { scene.height += 16 }
      if let caption = part.caption {
        for line in caption.wrapped(to: width, size: .regular) {
          scene.height += 17
          scene.shapes.append(.text(Label(line, at: Point(0, scene.height - 4), paint: .muted)))
        }
        scene.height += 6
      }
      scene.shapes.append(.group(part.drawing.shapes, x: 0, y: scene.height))
      scene.height += part.drawing.height
    }
    if let keyDrawing {
      scene.height += 12
      let shapes = [Shape.redrawable(Redrawing(.key), keyDrawing.shapes)]
      scene.shapes.append(.group(shapes, x: 0, y: scene.height))
      scene.height += keyDrawing.height
    }
    return scene.enclosingLabels
  }
}
