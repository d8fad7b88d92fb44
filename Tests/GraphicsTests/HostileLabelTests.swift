import Graphics
import Testing

@Suite struct HostileLabelTests {
  /// What neither a terminal nor a browser may be sent.
  static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0x61C, 0x200B...0x200C, 0x200E...0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFEFF, 0xFDD0...0xFDEF, 0xE0000...0xE007F:
      true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }

  @Test func `nothing harmful reaches a figure`() {
    let svg = SVG.standalone(Hostile.everywhere)
    let harmful = svg.unicodeScalars.filter(Self.isHarmful)
    #expect(harmful.isEmpty)
    #expect(!svg.contains("<script"))
    #expect(!svg.contains("]]>"))
    #expect(!svg.contains("onload=\""))
    #expect(!svg.contains("NaN"))
  }

  @Test(arguments: [TerminalStyle.Charset.unicode, .ascii])
  func `nothing harmful reaches a terminal`(_ charset: TerminalStyle.Charset) {
    let lines = Hostile.everywhere.lines(TerminalStyle(width: 70, charset: charset))
    let harmful = lines.joined().unicodeScalars.filter { $0 == "\n" || Self.isHarmful($0) }
    #expect(harmful.isEmpty, "\(harmful.map(\.value))")
  }

  @Test func `an id is made of what ids may hold`() {
    let svg = SVG.inline(Hostile.everywhere, idPrefix: "9 <b>\" x")
    #expect(svg.contains("<title id=\"f9--b---x-hostile-title\">"))
  }

  @Test func `right-to-left labels are isolated from what stands beside them`() {
    #expect(SVG.styleSheet.contains("unicode-bidi:isolate"))
    #expect(SVG.standalone(MoreSamples.scatter).contains("unicode-bidi:isolate"))
    #expect(SVG.standalone(MoreSamples.scatter).contains("direction=\"ltr\""))
  }
}
