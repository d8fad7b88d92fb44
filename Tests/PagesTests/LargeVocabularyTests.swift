import Files
import Pages
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer
import Walkthrough

/// What is left out of a large vocabulary is nothing that a page shows.
@Suite struct LargeVocabularyTests {
  private static func traces() throws -> (whole: Trace, part: Trace) {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let prompt = "The king and the queen"
    let trace = try model.record(
      prompt,
      tokens: model.tokenizer.encode(prompt),
      RecordingOptions()
    )
    let part = trace.withoutUnshownVocabulary(over: 100, texts: (whole: 100, cut: 300))
    return (trace, part)
  }

  /// The article without what the script reads, whose texts are fewer.
  private static func article(
    of trace: Trace,
    _ language: Language,
    following position: Int
  ) -> String {
    let page = HTMLPage(Walkthrough(of: trace, in: language, followed: position)).html
    return PageReader(html: page).withoutScripts
  }

  @Test(arguments: Language.allCases)
  func `a page of the part is that of the whole, with the formula of its probabilities`(
    language: Language
  ) throws {
    let (whole, part) = try Self.traces()
    for position in whole.tokens.indices {
      let expected = Self.article(of: whole, language, following: position)
        .replacing("data-from=\"probabilities[", with: "data-derived=\"probabilities[")
        .replacing(/probabilities\[(\d+),(\w+)\]/) { match in
          let (row, own) = (match.1, match.2)
          let top = "max(u, logits[\(row),u])"
          return "exp(logits[\(row),\(own)] - \(top)) / sum(v, exp(logits[\(row),v] - \(top)))"
        }
      #expect(expected.contains("data-derived=\"exp(logits["))
      let told = Self.article(of: part, language, following: position)
      let lines = zip(told.split(separator: "\n"), expected.split(separator: "\n"))
      let other = lines.first { $0 != $1 }
      #expect(other == nil && told.count == expected.count, "position \(position)")
    }
  }

  @Test func `the part has the likeliest texts, comes back from a file, and is told alike`()
    throws
  {
    let (whole, part) = try Self.traces()
    let texts = try #require(part.shownTexts)
    let vocabulary = try #require(whole.vocabulary)
    #expect(part.vocabulary == nil && part[.probabilities] == nil)
    #expect(texts.count < vocabulary.count / 2)
    #expect(texts.allSatisfy { vocabulary[$0.key] == $0.value })
    #expect(whole.likeliest.prefix(20).allSatisfy { texts[$0] != nil })

    let folder = try TemporaryFolder()
    let path = "\(folder.path)/trace.safetensors"
    try part.write(to: path)
    let read = try Trace(contentsOf: path)
    #expect(read.shownTexts == texts)
    func page(_ trace: Trace) -> String {
      HTMLPage(Walkthrough(of: trace, in: .en), following: Following(of: trace, in: .en)).html
    }
    #expect(page(read) == page(part))
    #expect(read.excerpt(opening: 0).shownTexts == texts)
  }

  @Test func `a small vocabulary is kept whole`() throws {
    let (whole, _) = try Self.traces()
    let page = whole.excerpt(opening: 0)
    #expect(page.vocabulary == whole.vocabulary && page[.probabilities] != nil)
  }
}
