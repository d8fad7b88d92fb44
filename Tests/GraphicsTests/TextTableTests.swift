import Graphics
import TestSupport
import Testing

@Suite struct TextTableTests {
  static let table = TextTable(
    columns: [
      .init("token"), .number("id"), .number("share"), .init("remark", overflow: .wrap),
    ],
    rows: [
      ["東京", "26", "0.310", "two ideographs, four columns"],
      ["🗼", "1280", "−0.22", "an emoji"],
      ["e\u{301}a\u{308}", "7", "∞", "combining marks take no column"],
      ["שלום", "99", "0.001", "right to left, 次の行に続く長い説明"],
      ["\u{1B}[31m", "3", "", "an escape sequence\nand a line end"],
      ["👨\u{200D}👩\u{200D}👧🇯🇵"],
    ],
    followedRows: [1]
  )

  @Test(arguments: [20, 24, 31, 40, 60, 80, 200], [TerminalStyle.Charset.unicode, .ascii])
  func `all lines are equally wide and fit`(_ width: Int, _ charset: TerminalStyle.Charset) {
    let lines = Self.framed(TerminalStyle(width: width, charset: charset))
    let widths = Set(lines.map { TextWidth.columns(of: $0) })
    #expect(widths.count == 1)
    #expect((widths.first ?? .max) <= width)
  }

  /// The lines with walls, without what is said of columns left out.
  private static func framed(_ style: TerminalStyle) -> [String] {
    table.lines(style).filter { line in line.first.map { "│├┌└|+".contains($0) } ?? false }
  }

  /// A token, a probability, a rank, a bar.
  private static let scores = TextTable(
    columns: [.init("token"), .number("probability"), .number("rank"), .bars("bars")],
    rows: [["·unhappily", "0.1234", "12345", "█████████"], ["·a", "0.0001", "3", "█"]]
  )

  @Test func `bars are left out first, then the last column, and a line says so`() {
    func said(_ width: Int) -> String? {
      var names: [String] = []
      let lines = Self.scores.lines(TerminalStyle(width: width)) { left, _ in
        names = left
        return "left out"
      }
      return names.isEmpty ? nil : "\(names), \(lines.last ?? "")"
    }
    #expect(said(60) == nil)
    #expect(said(30) == #"["bars"], left out"#)
    #expect(said(24) == #"["rank", "bars"], left out"#)
    #expect(said(20) == #"["rank", "bars"], left out"#)
  }

  @Test(arguments: 20...60)
  func `no number is cut, whatever the width`(_ width: Int) {
    let lines = Self.scores.lines(TerminalStyle(width: width))
    #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= width })
    #expect(lines.contains { $0.contains(" 0.1234 │") })
    #expect(!lines.joined().contains("0.…") && !lines.joined().contains("123…"))
  }

  @Test func `walls stand in columns`() {
    let lines = Self.table.lines(TerminalStyle(width: 80))
    let walls = lines.map { line -> [Int] in
      var column = 0
      var walls: [Int] = []
      for character in line {
        if "│├┼┤┌┬┐└┴┘".contains(character) { walls.append(column) }
        column += TextWidth.columns(of: character)
      }
      return walls
    }
    #expect(Set(walls).count == 1)
  }

  @Test func `a table looks as it did`() {
    let parts = [
      TerminalStyle(width: 80), TerminalStyle(width: 44), TerminalStyle(width: 60, charset: .ascii),
    ].map { Self.table.lines($0).joined(separator: "\n") }
    expectGolden(parts.joined(separator: "\n\n") + "\n", named: "table.txt")
  }

  @Test func `ascii rules are ascii`() {
    let table = TextTable(columns: [.init("a"), .number("b")], rows: [["x", "−1 … 2"]])
    let lines = table.lines(TerminalStyle(width: 40, charset: .ascii))
    #expect(lines.joined().utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `no columns, no table`() {
    #expect(TextTable(columns: [], rows: [["x"]]).lines(TerminalStyle()).isEmpty)
  }
}
