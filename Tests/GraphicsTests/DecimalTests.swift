import Foundation
import Graphics
import TestSupport
import Testing

@Suite struct DecimalTests {
  @Test(arguments: [
    (0.125, 2, "0.13"), (-0.5, 1, "−0.5"), (-0.001, 2, "−0.001"), (1e6, 0, "1000000"),
    (175_181_291_520, 0, "175181291520"), (.infinity, 2, "∞"), (-.infinity, 2, "−∞"),
    (.nan, 2, "–"), (1e300, 2, "1.00e300"), (-1e15, 1, "−1.0e15"), (-0.0, 2, "0.00"),
    (.leastNonzeroMagnitude, 17, "5e−324"), (0.1, 99, "0.10000000000000001"),
  ])
  func `numbers are written the same everywhere`(_ value: Double, _ digits: Int, _ text: String) {
    #expect(Decimal.text(value, digits: digits) == text)
    #expect(Quantity(value, digits: digits, origin: .illustration).text == text)
  }

  /// Worked out by Python's decimal arithmetic; the page's script is held to the same in `Tests/Browser`.
  @Test func `halves, carries, small and large numbers are those of an independent computation`()
    throws
  {
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixtures.path("decimals.json")))
    let rows = try #require(try JSONSerialization.jsonObject(with: data) as? [[Any]])
    #expect(rows.count > 1000)
    for row in rows {
      let value = try #require(row[0] as? Double)
      let digits = try #require(row[1] as? Int)
      let text = Decimal.text(value, digits: digits)
      #expect(text == row[2] as? String, "\(value) with \(digits) digits")
      let looksLikeZero = !text.contains { ("1"..."9").contains($0) }
      #expect(looksLikeZero == (value == 0), "\(value) with \(digits) digits")
    }
  }

  @Test(arguments: [(1e-17, 1, "0.0"), (-0.001, 2, "0.00"), (0.25, 1, "0.3"), (-1.5, 0, "−2")])
  func `a tick or a measure has the digits it is given`(
    _ value: Double,
    _ digits: Int,
    _ text: String
  ) {
    #expect(Decimal.rounded(value, digits: digits) == text)
  }
}
