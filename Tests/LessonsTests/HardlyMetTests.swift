import Testing
import Tokenization
import Training
import Walkthrough

/// What the exam takes for marked is what pages mark.
@Suite struct HardlyMetTests {
  @Test func `the exam and the pages agree on which tokens are hardly met`() throws {
    let counts = [0, TokenCounts.fewest - 1, TokenCounts.fewest, 900]
    let known = try #require(TokenCounts(text: "a text", counts: counts))
    let notes = TokenNotes(of: ["a", "b", "c", "d"], counts: counts, total: known.total)
    for id in counts.indices { #expect(known.isHardlyMet(id) == notes.isHardlyMet(id)) }
    #expect(notes.isHardlyMet(1) && !notes.isHardlyMet(2))
  }
}
