/// Scenes as SVG.
public enum SVG {
  /// An `svg` element of a page.
  public struct Element: Sendable {
    /// The element.
    public let markup: String
    /// Its natural size in pixels.
    public let width: Double, height: Double
  }

  /// A scene as a file of its own: with its title, its key, its background and both themes.
  public static func standalone(_ scene: Scene) -> String {
    let drawing = scene.compose(showsTitle: true)
    let margin = 20.0
    let (width, height) = (drawing.width + 2 * margin, drawing.height + 2 * margin)
    var writer = SVGWriter()
    writer.write(.rect(x: 0, y: 0, width: width, height: height, .page))
    writer.write(.group(drawing.shapes, x: margin, y: margin))
    let id = XMLText.identifier(scene.id)
    let language = XMLText.escape(scene.language)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg"\(attributes(scene, id, width, height)) xml:lang="\(language)">
      \(names(scene, id))
        <style>
      \(StyleSheet.standalone(using: writer.classNames))</style>
      \(writer.text)</svg>

      """
  }

  /// A scene as an element of a page, which carries ``styleSheet`` once.
  ///
  /// The element is never drawn larger than its natural size, nor so small that its text could not
  /// be read: put it where it may scroll sideways (`overflow-x: auto`).
  ///
  /// - Parameters:
  ///   - scene: What is drawn.
  ///   - idPrefix: Begins every id in the element; different for each figure of a page.
  ///   - leavesBarsOut: Whether the bars of vectors are left to the page's script, which has the numbers.
  ///   - leavesNumbersOut: Whether the numbers in the cells of matrices are left to it likewise.
  /// - Returns: An `svg` element, with the size in pixels at which it is drawn where there is room.
  public static func element(
    _ scene: Scene,
    idPrefix: String,
    leavesBarsOut: Bool = false,
    leavesNumbersOut: Bool = false
  ) -> Element {
    let drawing = scene.leaving(bars: leavesBarsOut, numbers: leavesNumbersOut)
      .compose(showsTitle: false)
    var writer = SVGWriter()
    writer.isForPage = true
    writer.write(drawing)
    let id = XMLText.identifier(
      idPrefix == scene.id ? "\(idPrefix)-svg" : "\(idPrefix)-\(scene.id)"
    )
    let smallest = Coordinate.text((drawing.width * 11 / FontSize.small.rawValue).rounded())
    let style = " class=\"fig\" style=\"min-width:\(smallest)px\""
    let language = XMLText.escape(scene.language)
    let markup = """
      <svg\(style)\(attributes(scene, id, drawing.width, drawing.height)) lang="\(language)">
      \(names(scene, id))
      \(writer.text)</svg>

      """
    return Element(markup: markup, width: drawing.width, height: drawing.height)
  }

  /// A scene as an element of a page: the markup alone of ``element(_:idPrefix:leavesBarsOut:leavesNumbersOut:)``.
  public static func inline(_ scene: Scene, idPrefix: String) -> String {
    element(scene, idPrefix: idPrefix).markup
  }

  /// The style of all figures of a page, for light and dark.
  ///
  /// Defines the theme's custom properties too (`--page`, `--card`, `--ink`, `--muted`, `--line`,
  /// `--accent`, `--focus`, `--p0` … `--p12`, `--w0` … `--w12`, `--d0` … `--d12`).
  public static var styleSheet: String { StyleSheet.shared }

  private static func attributes(
    _ scene: Scene,
    _ id: String,
    _ width: Double,
    _ height: Double
  ) -> String {
    let (width, height) = (Coordinate.text(width), Coordinate.text(height))
    return " viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\""
      + " direction=\"ltr\" role=\"img\""
      + " aria-labelledby=\"\(id)-title \(id)-desc\""
  }

  private static func names(_ scene: Scene, _ id: String) -> String {
    """
      <title id="\(id)-title">\(XMLText.escape(VisibleText.plain(scene.title)))</title>
      <desc id="\(id)-desc">\(XMLText.escape(VisibleText.plain(scene.description)))</desc>
    """
  }
}
