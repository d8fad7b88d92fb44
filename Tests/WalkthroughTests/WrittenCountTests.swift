import Graphics
import Testing
import Walkthrough

@Suite struct WrittenCountTests {
  @Test(arguments: [
    (0, "0", "0"), (7, "7", "7"), (999, "999", "999"), (1000, "1,000", "1,000"),
    (50_257, "50,257", "50,257"), (99_999, "99,999", "99,999"), (100_000, "100,000", "10万"),
    (100_001, "100,001", "10万1"), (1_048_576, "1,048,576", "104万8576"),
    (100_000_000, "100,000,000", "1億"), (95_220_480, "95,220,480", "9522万480"),
    (100_000_005, "100,000,005", "1億5"),
    (175_181_291_520, "175,181,291,520", "1751億8129万1520"),
    (-617_558_016, "−617,558,016", "−6億1755万8016"),
    (Int.max, "9,223,372,036,854,775,807", "922京3372兆368億5477万5807"),
    (Int.min, "−9,223,372,036,854,775,808", "−922京3372兆368億5477万5808"),
  ])
  func `digits are grouped as the language does it`(count: Int, english: String, japanese: String) {
    #expect(Language.en.written(count) == english)
    #expect(Language.ja.written(count) == japanese)
  }

  @Test func `a sentence counts in ten thousands, a table in groups of three digits`() {
    let weights: Int64 = 175_181_291_520
    let count = Quantity(weights, written: Language.ja.written(weights), origin: .illustration)
    let table = Table(
      title: "重みは \(count) 個",
      columns: [Table.Column("重み", isNumeric: true)],
      rows: [["\(count)"]]
    )
    #expect(table.title.plain == "重みは 1751億8129万1520 個")
    #expect(table.rows[0][0].plain == "175,181,291,520")
  }
}
