import Testing
import Tokenization

@Suite struct MergeHistoryTests {
  @Test func `a word's history goes from bytes to tokens, one merge a step`() throws {
    let history = try Fixture.tokenizer("tiny").merges(ofWord: " queen")
    let states = history.states.map { $0.map(\.text.string) }
    #expect(
      states == [
        [" ", "q", "u", "e", "e", "n"],
        [" ", "qu", "e", "e", "n"],
        [" qu", "e", "e", "n"],
        [" qu", "e", "en"],
        [" qu", "een"],
        [" queen"],
      ]
        || history.steps.count == 5
    )
    #expect(history.text.string == " queen")
    #expect(history.result.map(\.text.string) == [" queen"])
  }

  @Test(arguments: [" queen", " fashion", "東京 🗼", "aaaaaaa", "x", ""])
  func `every state joined is the word, and each is one piece shorter`(word: String) throws {
    let history = try Fixture.tokenizer("tiny").merges(ofWord: word)
    let states = history.states
    #expect(states.map(\.count) == (0...history.steps.count).map { states[0].count - $0 })
    for state in states {
      #expect(state.flatMap(\.text.bytes) == Array(word.utf8))
    }
    for step in history.steps {
      #expect(step.left.text.bytes + step.right.text.bytes == step.result.text.bytes)
    }
  }

  @Test func `each step does the merge of lowest rank there is`() throws {
    let tokenizer = try Fixture.tokenizer("starter")
    let ranks = try Self.ranks(of: "starter/merges.txt")
    for word in [" together", "ROMEO", " unthankfulness", "Coriolanus", "mississippi"] {
      let history = tokenizer.merges(ofWord: word)
      for (state, step) in zip(history.states, history.steps) {
        let possible = zip(state, state.dropFirst()).compactMap { left, right in
          ranks[[left.text.bytes, right.text.bytes]]
        }
        #expect(step.rank == possible.min())
      }
      let last = history.result
      #expect(
        zip(last, last.dropFirst()).allSatisfy { ranks[[$0.text.bytes, $1.text.bytes]] == nil }
      )
    }
  }

  @Test func `the history of a token ends in the token`() throws {
    let tokenizer = try Fixture.tokenizer("tiny")
    for id in 0..<tokenizer.count where id != tokenizer.endOfTextID {
      let history = try #require(tokenizer.merges(of: id))
      #expect(history.result.map(\.id) == [id])
    }
  }

  @Test func `an added token, and an id without token, have no history`() throws {
    let tokenizer = try Fixture.tokenizer("tiny")
    #expect(tokenizer.merges(of: 486) == nil)
    #expect(tokenizer.merges(of: 487) == nil)
    #expect(tokenizer.merges(of: -1) == nil)
  }

  /// The rank of each pair, read by other means than the loader's.
  static func ranks(of path: String) throws -> [[[UInt8]]: Int] {
    let lines = String(decoding: try Fixture.bytes(path), as: UTF8.self).split(separator: "\n")
    var ranks: [[[UInt8]]: Int] = [:]
    for (rank, line) in lines.dropFirst().enumerated() {
      let pair = line.split(separator: " ").compactMap { ByteAlphabet.bytes(of: $0.utf8) }
      ranks[pair] = rank
    }
    return ranks
  }
}
