import Foundation
import Graphics
import TestSupport
import Testing

/// A scene that failures call by its id.
struct Sample: CustomTestStringConvertible {
  let scene: Scene

  var testDescription: String { scene.id }
}

@Suite struct SceneGoldenTests {
  static let samples = (Samples.all + MoreSamples.all + [Hostile.everywhere]).map {
    Sample(scene: $0)
  }

  @Test(arguments: samples)
  func `a figure of its own looks as it did`(_ sample: Sample) {
    expectGolden(SVG.standalone(sample.scene), named: "\(sample.scene.id).svg")
  }

  @Test(arguments: samples)
  func `a figure in a terminal reads as it did`(_ sample: Sample) {
    let unicode = sample.scene.lines(TerminalStyle(width: 80))
    let ascii = sample.scene.lines(TerminalStyle(width: 60, charset: .ascii))
    let colored = sample.scene.lines(TerminalStyle(width: 80, color: true)).map {
      $0.replacing("\u{1B}", with: "␛")
    }
    let parts = [unicode, ascii, colored].map { $0.joined(separator: "\n") }
    expectGolden(parts.joined(separator: "\n\n———\n\n") + "\n", named: "\(sample.scene.id).txt")
  }

  @Test func `the style of a page's figures is as it was`() {
    expectGolden(SVG.styleSheet, named: "figures.css")
  }

  @Test(arguments: samples, [20, 33, 48, 80, 132])
  func `no line is wider than the terminal`(_ sample: Sample, width: Int) {
    for charset in [TerminalStyle.Charset.unicode, .ascii] {
      let lines = sample.scene.lines(TerminalStyle(width: width, charset: charset))
      let widest = lines.max { TextWidth.columns(of: $0) < TextWidth.columns(of: $1) } ?? ""
      #expect(TextWidth.columns(of: widest) <= width, "\(widest)")
    }
  }

  @Test(arguments: samples)
  func `a figure stays within the width and height of its place`(_ sample: Sample) throws {
    let svg = SVG.inline(sample.scene, idPrefix: "t")
    let box = try #require(svg.firstMatch(of: /viewBox="0 0 ([0-9.]+) ([0-9.]+)"/))
    let (width, height) = (try #require(Double(box.1)), try #require(Double(box.2)))
    #expect(width <= 720)
    #expect(height <= 440 || sample.scene.id == "block-map-down" || sample.scene.id == "hostile")
  }

  @Test(arguments: samples)
  func `xmllint accepts figures alone and in a page`(_ sample: Sample) throws {
    guard let xmllint = Tool("xmllint") else {
      try Test.cancel("xmllint is not installed")
    }
    let folder = try TemporaryFolder()
    let inline = "<div>\(SVG.inline(sample.scene, idPrefix: "p"))</div>"
    for (name, text) in [("alone.svg", SVG.standalone(sample.scene)), ("inline.xml", inline)] {
      let path = "\(folder.path)/\(name)"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let result = try xmllint.run(["--noout", "--nonet", path])
      #expect(result.status == 0, "\(result.output)")
    }
  }

  @Test(arguments: samples)
  func `a figure names itself and what it shows`(_ sample: Sample) throws {
    let svg = SVG.inline(sample.scene, idPrefix: "stage-1")
    let ids = try #require(svg.firstMatch(of: /role="img" aria-labelledby="(\S+) (\S+)"/))
    #expect(svg.contains("<title id=\"\(ids.1)\">"))
    #expect(svg.contains("<desc id=\"\(ids.2)\">"))
    #expect(ids.1.hasPrefix("stage-1-"))
  }

  @Test(arguments: samples)
  func `coordinates have at most two decimals`(_ sample: Sample) {
    let svg = SVG.inline(sample.scene, idPrefix: "t")
    let geometry = svg.matches(
      of: /(?: (?:x|y|x1|x2|y1|y2|cx|cy|r|width|height|d|transform))="([^"]*)"/
    )
    #expect(!geometry.isEmpty)
    for match in geometry {
      #expect(
        match.1.firstMatch(of: /\.[0-9]{3}|\.[0-9]?0(?![0-9])|nan|inf|e-/) == nil,
        "\(match.1)"
      )
    }
  }
}

@Suite struct ProvenanceTests {
  @Test func `each number is an element of its own that says where it came from`() {
    let svg = SVG.inline(Samples.attention, idPrefix: "t")
    #expect(svg.contains(#"data-from="blocks.2.attn.hook_pattern[1,1,0]">0.62</text>"#))
    #expect(svg.matches(of: /data-from="blocks[^"]*">[0-9.]+<\/text>/).count == 45)
  }

  @Test func `what is derived and what is illustration is told apart`() {
    let scene = Scene(
      id: "origins",
      title: "t",
      description: "d",
      mark: Bars(
        [
          .init("a", Quantity(1, origin: .derived("‖x‖ < \"y\""))),
          .init("b", Quantity(2, origin: .illustration)),
        ],
        role: .data
      )
    )
    let svg = SVG.inline(scene, idPrefix: "t")
    #expect(svg.contains(#"data-derived="‖x‖ &lt; &quot;y&quot;">1.00</text>"#))
    #expect(svg.contains(#"data-illustration="">2.00</text>"#))
  }

  @Test func `numbers among words are elements too`() {
    let scene = Scene(
      id: "caption",
      title: "t",
      description: "d",
      panels: [
        .init(
          TokenStrip([.init("a")]),
          caption: "sum \(Quantity(0.5, digits: 1, origin: .derived("Σ"))) of 2"
        )
      ]
    )
    let svg = SVG.inline(scene, idPrefix: "t")
    #expect(svg.contains(#">sum <tspan data-derived="Σ">0.5</tspan> of 2</text>"#))
  }
}

@Suite struct FigureSizeTests {
  @Test func `sixteen heads of 64 tokens take little room`() {
    let tiles = (0..<4).map { layer in
      (0..<4).map { Samples.tile(64, seed: layer * 4 + $0) }
    }
    let names = (1...4).map(String.init)
    let scene = Scene(
      id: "big",
      title: "t",
      description: "d",
      mark: HeatmapGrid(
        rows: names,
        columns: names,
        tiles: tiles,
        scale: .probability(maximum: 0.05)
      )
    )
    let bytes = SVG.inline(scene, idPrefix: "t").utf8.count
    #expect(bytes < 250_000, "\(bytes) bytes")
  }
}
