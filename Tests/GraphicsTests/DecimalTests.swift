import Graphics
import Testing

@Suite struct DecimalTests {
  @Test(arguments: [
    (0.125, 2, "0.12"), (-0.5, 1, "−0.5"), (-0.001, 2, "0.00"), (1e6, 0, "1000000"),
    (175_181_291_520, 0, "175181291520"), (.infinity, 2, "∞"), (-.infinity, 2, "−∞"),
    (.nan, 2, "–"), (1e300, 2, "1.00e300"), (-1e15, 1, "−1.0e15"),
    (.leastNonzeroMagnitude, 17, "0.00000000000000000"),
  ])
  func `numbers are written the same everywhere`(_ value: Double, _ digits: Int, _ text: String) {
    #expect(Decimal.text(value, digits: digits) == text)
    #expect(Quantity(value, digits: digits, origin: .illustration).text == text)
  }
}
