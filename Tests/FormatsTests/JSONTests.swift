import Foundation
import Formats
import Testing

@Suite struct JSONTests {
  @Test func `members keep their order`() {
    let value: JSON = ["z": 1, "a": [true, nil ?? .null, 2.5], "m": "x"]
    #expect(value.line == #"{"z": 1, "a": [true, null, 2.5], "m": "x"}"#)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `what is not finite is null`(number: Double) {
    #expect(JSON.number(number).line == "null")
  }

  @Test(arguments: [0.1, -0.0, 1e300, Double.leastNonzeroMagnitude, Double(Float(0.1)), 1.0 / 3])
  func `a number is written so that it reads back the same`(number: Double) throws {
    let data = Data(JSON.array([.number(number)]).line.utf8)
    #expect(try JSONDecoder().decode([Double].self, from: data) == [number])
  }

  @Test(arguments: ["\"\\/\u{8}\n\r\t", "\u{1B}[31m\u{9B}\u{7F}", "a\u{202E}b\u{2028}", "東京🗼", "🏴‍☠️"])
  func `a text reads back the same, and no terminal acts on it`(text: String) throws {
    let line = JSON.array([.string(text)]).line
    #expect(try JSONDecoder().decode([String].self, from: Data(line.utf8)) == [text])
    let isSafe = line.unicodeScalars.allSatisfy { scalar in
      ![.control, .format, .lineSeparator].contains(scalar.properties.generalCategory)
    }
    #expect(isSafe)
  }

  @Test func `what is short stands on one line, what is long on several`() {
    let row = JSON.array((0..<40).map { .integer($0) })
    let value: JSON = ["short": [1, 2], "long": row]
    let lines = value.text.split(separator: "\n")
    #expect(lines[0] == "{")
    #expect(lines[1] == #"  "short": [1, 2],"#)
    #expect(lines.count == 45)
    #expect(JSON.array([]).text == "[]")
  }
}
