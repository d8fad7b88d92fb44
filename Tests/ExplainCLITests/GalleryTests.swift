import Foundation
import TestSupport
import Testing

/// The figures in `examples/`: made by the README's main command, and shown in a gallery.
@Suite(.serialized) struct GalleryTests {
  private static let examples = ShownCommand.root.appending(path: "examples")
  private static let isRecording = ProcessInfo.processInfo.environment["EXPLAIN_RECORD"] == "1"

  private func figures(in folder: String) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try Dictionary(
      uniqueKeysWithValues: names.filter { $0.hasSuffix(".svg") }.map { name in
        (name, try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8))
      }
    )
  }

  /// The figures that the program makes now.
  private func made() throws -> [String: String] {
    let explain = try ExplainProcess()
    let outcome = try explain("The capital of Italy is", "-o", "page")
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try figures(in: explain.path("page/figures"))
  }

  /// A line for each figure: the picture, and what it shows in words.
  private func gallery(of figures: [String: String]) -> String {
    let rows = figures.keys.sorted().map { name in
      let (title, description) = (text("title", in: figures[name]), text("desc", in: figures[name]))
      return """
        ## \(title)

        ![\(description)](figures/\(name))

        \(description)
        """
    }
    let start = """
      # Every figure

      Made from the built-in model by `explain "The capital of Italy is"`; each stands alone, with its title, its key and both
      themes. This page is generated; do not edit it.
      """
    return ([start] + rows).joined(separator: "\n\n") + "\n"
  }

  /// What stands between a tag's ends, with the characters that Markdown would act on escaped.
  private func text(_ tag: String, in svg: String?) -> String {
    guard let svg, let start = svg.range(of: "<\(tag)"),
      let open = svg.range(of: ">", range: start.upperBound..<svg.endIndex),
      let end = svg.range(of: "</\(tag)>", range: open.upperBound..<svg.endIndex)
    else { return "" }
    return String(svg[open.upperBound..<end.lowerBound]).replacing("_", with: "\\_")
  }

  @Test func `the examples show the figures that the program makes`() throws {
    let made = try made()
    if Self.isRecording {
      let folder = Self.examples.appending(path: "figures")
      for name in try figures(in: folder.path).keys where made[name] == nil {
        try FileManager.default.removeItem(at: folder.appending(path: name))
      }
      for (name, svg) in made {
        let target = Self.examples.appending(path: "figures/\(name)")
        try svg.write(to: target, atomically: true, encoding: .utf8)
      }
      Issue.record("wrote the figures anew")
    }
    let shown = try figures(in: Self.examples.appending(path: "figures").path)
    #expect(shown.keys.sorted() == made.keys.sorted())
    // Another processor rounds sums in another order, which can move a coordinate's last digit.
    #if arch(x86_64)
      for name in made.keys.sorted() { #expect(shown[name] == made[name], "\(name)") }
    #endif
  }

  @Test func `the gallery has every figure with its words`() throws {
    let file = Self.examples.appending(path: "gallery.md")
    let expected = gallery(of: try figures(in: Self.examples.appending(path: "figures").path))
    if Self.isRecording {
      try expected.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("wrote the gallery anew")
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == expected)
  }
}
