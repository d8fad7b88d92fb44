import ExplainCLI
import Testing

@Suite struct CSVTests {
  @Test(arguments: [
    (["a", "b"], "a,b\r\n"), (["a,b"], "\"a,b\"\r\n"), (["say \"hi\""], "\"say \"\"hi\"\"\"\r\n"),
    (["two\nlines"], "\"two\nlines\"\r\n"), (["\r\n"], "\"\r\n\"\r\n"), ([""], "\r\n"),
    (["\"\u{301}"], "\"\"\"\u{301}\"\r\n"), ([" space "], " space \r\n"),
  ])
  func `fields are quoted as RFC 4180 says`(_ fields: [String], _ row: String) {
    #expect(CSV.row(fields).unicodeScalars.elementsEqual(row.unicodeScalars))
  }

  @Test(arguments: [
    (Float(0.1), "0.1"), (1, "1.0"), (-0.31065202, "-0.31065202"), (1e-30, "1e-30"),
    (-Float.infinity, "-inf"),
  ])
  func `numbers read back as the same`(_ value: Float, _ text: String) {
    #expect(CSV.number(value) == text)
    #expect(Float(text) == value)
  }

  @Test func `what a terminal acts on is spelt out`() {
    #expect(CSV.safe("\u{1B}[31m\u{202E}\n東京") == #"\u{1b}[31m\u{202e}"# + "\n東京")
  }
}
