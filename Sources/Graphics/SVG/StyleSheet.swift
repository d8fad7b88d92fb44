/// The style of figures: what their classes look like, in both themes.
enum StyleSheet {
  /// For a figure that stands alone: the colours of the classes it uses, dark where the reader's system is.
  static func standalone(using classNames: Set<String>) -> String {
    let used = Paint.all.filter { classNames.contains($0.className) }
    func rules(_ theme: Theme) -> String {
      // A figure of its own stands on the page itself.
      used.map { ".\($0.className){color:\(theme.color($0 == .ground ? .page : $0).css)}" }.joined()
        + ".h{stroke:\(theme.color(.page).css)}"
    }
    return """
      \(shapes(within: ""))
      \(rules(.light))
      @media screen and (prefers-color-scheme:dark){\(rules(.dark))}

      """
  }

  /// For a page: every class, by custom properties that follow the page's theme.
  static let shared: String = {
    func properties(_ theme: Theme) -> String {
      "--focus:\(theme.focus.css);"
        + Paint.all.map { "--\($0.className):\(theme.color($0).css)" }.joined(separator: ";")
    }
    let classes = Paint.all.map { ".fig .\($0.className){color:var(--\($0.className))}" }
    return """
      :root{\(properties(.light))}
      @media screen and (prefers-color-scheme:dark){:root{\(properties(.dark))}}
      .fig{max-width:100%;height:auto;display:block}
      \(shapes(within: ".fig"))
      \(classes.joined()).fig .h{stroke:var(--ground)}

      """
  }()

  /// Type and line styles.
  ///
  /// Every shape takes its colour from its class: filled, or outlined if `o`.
  private static func shapes(within root: String) -> String {
    let svg = root.isEmpty ? "svg" : root
    let inside = root.isEmpty ? "" : root + " "
    let fonts = "system-ui,-apple-system,\"Segoe UI\",\"Hiragino Sans\",\"Noto Sans JP\",sans-serif"
    return [
      "\(svg){font:13px/1.2 \(fonts);font-variant-numeric:tabular-nums}",
      "\(inside)rect,\(inside)path,\(inside)circle,\(inside)text{fill:currentColor}",
      "\(inside)text,\(inside)tspan{unicode-bidi:isolate;direction:ltr;white-space:pre}",
      "\(inside)line,\(inside).o{fill:none;stroke:currentColor}",
      "\(inside).dash{stroke-dasharray:2 3;stroke-opacity:.6}",
      "\(inside).cells path{fill:none;stroke:currentColor;shape-rendering:crispEdges}",
      "\(inside).s{font-size:12px}\(inside).l{font-size:16px}\(inside).b{font-weight:600}",
      "\(inside).h{fill:none;stroke-width:3px;stroke-linejoin:round}",
      "\(inside).m{text-anchor:middle}\(inside).e{text-anchor:end}",
    ].joined(separator: "\n")
  }
}
