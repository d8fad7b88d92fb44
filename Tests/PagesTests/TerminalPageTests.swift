import Foundation
import Graphics
import Pages
import TestSupport
import Testing
import Walkthrough

@Suite struct TerminalPageTests {
  private static let widths = [20, 40, 60, 80, 120]

  @Test(arguments: [60, 80, 120], Language.allCases)
  func `a walkthrough looks as its golden file`(width: Int, language: Language) {
    let sample = SampleWalkthrough(language: language)
    let page = TerminalPage(sample.walkthrough, terminal: TerminalStyle(width: width))
    expectGolden(page.text, named: "terminal-\(language.rawValue)-\(width).txt")
  }

  @Test func `with ASCII and colour it looks as its golden file`() {
    let style = TerminalStyle(width: 60, charset: .ascii, color: true)
    let page = TerminalPage(SampleWalkthrough().walkthrough, terminal: style)
    expectGolden(page.text, named: "terminal-ascii-color.txt")
  }

  @Test(arguments: widths, Language.allCases)
  func `no line is wider than the terminal`(width: Int, language: Language) {
    let sample = SampleWalkthrough(language: language)
    let lines = TerminalPage(sample.walkthrough, terminal: TerminalStyle(width: width)).lines
    let wide = lines.filter { TextWidth.columns(of: $0) > width }
    #expect(wide.isEmpty)
  }

  @Test(arguments: Language.allCases)
  func `no line begins with closing punctuation`(language: Language) {
    let sample = SampleWalkthrough(language: language)
    let lines = TerminalPage(sample.walkthrough, terminal: TerminalStyle(width: 24)).lines
    let bad = lines.filter { line in
      let text = line.drop { $0 == " " || $0 == "┃" }
      return text.first.map { "、。」）".contains($0) } ?? false
    }
    #expect(bad.isEmpty)
  }

  @Test(arguments: widths)
  func `the frame of a table lines up, whatever the width of its characters`(width: Int) {
    let sample = SampleWalkthrough()
    let lines = TerminalPage(sample.walkthrough, terminal: TerminalStyle(width: width)).lines
    let rows = lines.filter { $0.hasPrefix("│") }
    #expect(rows.contains { $0.contains("東") } && rows.contains { $0.contains("🗼") })
    let tables = lines.split { !"┌│├└".contains($0.first ?? " ") }
    for table in tables {
      #expect(Set(table.map { TextWidth.columns(of: $0) }).count == 1)
    }
  }

  @Test func `English in ASCII is ASCII`() {
    let sample = SampleWalkthrough(prompt: "A b", tokens: ["A", " b", "\n", "\u{1B}[31m", " "])
    let style = TerminalStyle(width: 72, charset: .ascii)
    let other = TerminalPage(sample.walkthrough, terminal: style).lines.filter { line in
      !line.utf8.allSatisfy { $0 < 0x80 } && !line.contains("東京")
    }
    #expect(other.isEmpty)
  }

  @Test(arguments: ["\u{1B}[2J", "\u{9B}31m", "a\rb\u{8}", "\u{202E}x", "\u{0}\u{7F}"])
  func `nothing in the data moves the cursor`(text: String) {
    let sample = SampleWalkthrough(prompt: text, tokens: [text, text])
    for charset in [TerminalStyle.Charset.unicode, .ascii] {
      let page = TerminalPage(sample.walkthrough, terminal: TerminalStyle(charset: charset))
      let isSafe = page.text.unicodeScalars.allSatisfy { scalar in
        scalar == "\n"
          || ![.control, .format, .lineSeparator].contains(scalar.properties.generalCategory)
      }
      #expect(isSafe)
    }
  }

  @Test func `stages can be chosen, and keep their numbers`() {
    let walkthrough = SampleWalkthrough().walkthrough
    let page = TerminalPage(walkthrough, terminal: TerminalStyle(), stages: [.mlp])
    #expect(page.text.contains("5  The stage mlp"))
    #expect(!page.text.contains("The stage layers"))
  }

  @Test func `a table too wide comes in bands, and one much too wide is left to JSON`() {
    func page(columns: Int) -> String {
      var walkthrough = SampleWalkthrough().walkthrough
      let numbers = (0..<columns).map {
        "\(SampleWalkthrough.recorded(Double($0), "x[\($0)]"))" as RichText
      }
      let table = Table(
        title: "wide",
        columns: [.init("token")] + (0..<columns).map { .init("c\($0)", isNumeric: true) },
        rows: [["\(token: " a")"] + numbers],
        isBehindFigure: true
      )
      walkthrough.stages[0].steps[0].blocks = [.table(table)]
      return TerminalPage(walkthrough, terminal: TerminalStyle(width: 60), stages: [.tokens]).text
    }
    let bands = page(columns: 12)
    #expect(bands.components(separatedBy: "│ ·a").count == 3)
    for number in 0..<12 { #expect(bands.contains(" \(number).00 ")) }
    #expect(page(columns: 80).contains("1 rows of 81 columns"))
  }
}
