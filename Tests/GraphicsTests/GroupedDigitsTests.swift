import Graphics
import Testing

@Suite struct GroupedDigitsTests {
  @Test(
    "three digits stand between commas",
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (8832, "8,832"), (50_257, "50,257"),
      (1_000_001, "1,000,001"), (175_181_291_520, "175,181,291,520"), (-2688, "−2,688"),
      (Int64.max, "9,223,372,036,854,775,807"), (Int64.min, "−9,223,372,036,854,775,808"),
    ] as [(Int64, String)]
  )
  func groups(count: Int64, written: String) {
    #expect(count.groupedInThrees == written)
    #expect(("\(Int(count))" as Caption).plain == written)
  }

  @Test("a caption groups what it counts") func caption() {
    #expect(("8 of \(2688) tokens" as Caption).plain == "8 of 2,688 tokens")
  }
}
