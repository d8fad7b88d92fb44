import Embeddings
import Testing

@Suite struct WordListTests {
  @Test func `every word is found, and only words`() {
    let words = (0..<5000).map { "w\($0 * 7919 % 5000)" }
    let list = WordList(words)
    #expect(list.count == 5000)
    #expect(list.firstRepeated == nil)
    for (row, word) in words.enumerated() { #expect(list.row(of: word) == row) }
    #expect(list.row(of: "w5000") == nil && list.row(of: "") == nil)
  }

  @Test func `of a word that occurs twice the first is found`() {
    let list = WordList(["a", "b", "a", "b"])
    #expect(list.row(of: "a") == 0 && list.row(of: "b") == 1)
    #expect(list.firstRepeated.map { [$0.row, $0.earlier] } == [2, 0])
  }

  /// é as one scalar and as two look the same, and are different words to a tokenizer.
  @Test func `words are told apart byte for byte`() {
    let list = WordList(["caf\u{E9}", "cafe\u{301}"])
    #expect(list.row(of: "caf\u{E9}") == 0 && list.row(of: "cafe\u{301}") == 1)
    #expect(list.firstRepeated == nil)
  }

  @Test func `near spellings come nearest first, then in the order of rows`() {
    let list = WordList(["the", "kings", "king", "ring", "queen", "banking"])
    #expect(list.near(to: "kingg") == ["kings", "king"])
    #expect(list.near(to: "Queen") == ["queen"])
    #expect(list.near(to: "quen") == ["queen"])
    #expect(list.near(to: "zebra").isEmpty && list.near(to: "").isEmpty)
  }
}
