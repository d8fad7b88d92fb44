import Engine
import Files
import Formats
import Foundation
import Pages
import Sampling
import TestSupport
import Testing
import Tokenization
import Transformer
import Walkthrough

/// Texts that a page has the model write.
@Suite struct StoryCallsTests {
  @Test func `a page's texts are those that the model writes`() throws {
    var engine = try Asked.engine()
    let call =
      #"{"call": "story", "text": "The king", "tokens": 9, "temperatures": "0, 0.8", "seed": 5, "top_k": 20}"#
    let reply = try Asked.ask(&engine, call)
    #expect(reply["last"]?.integer == 9)
    let model = try Model(folder: Fixtures.tinyGPT2)
    let prompt = model.tokenizer.encode("The king")
    let stories = [0, 0.8].map { temperature in
      var options = SamplingOptions()
      (options.temperature, options.topK, options.seed) = (temperature, 20, 5)
      var generation = Generation(of: prompt, by: model.transformer, options)
      var story = GeneratedText(of: prompt, by: model, options)
      for _ in 0..<9 { story.append(generation.next(), by: model, candidates: 20) }
      story.model = "tiny"
      return story
    }
    let html = reply["parts"]?["stories"]?.string
    #expect(html == StoryPage(stories, in: .en).columns)
    #expect(html?.matches(of: /<section class="story">/).count == 2)
  }

  @Test func `one token more is the same text and the next token`() throws {
    var engine = try Asked.engine()
    func tokens(_ count: Int) throws -> [String] {
      let call = #"{"call": "story", "text": "The king", "tokens": \#(count), "seed": 3}"#
      let html = try Asked.ask(&engine, call)["parts"]?["stories"]?.string ?? ""
      return html.matches(of: /<a class="s[0-9]+" href="#[^"]*" title="([^"]*)"/).map {
        String($0.1)
      }
    }
    let (four, five) = (try tokens(4), try tokens(5))
    #expect(four.count == 4 && five.count == 5)
    #expect(Array(five.prefix(4)) == four)
  }

  @Test(arguments: [
    (#""text": """#, "a text has to begin with something"), (#""tokens": 1"#, "“text” is missing"),
    (#""text": "a", "tokens": 0"#, "0 tokens; a page writes 1 to 256"),
    (#""text": "a", "tokens": 257"#, "257 tokens"),
    (#""text": "a", "temperatures": "1, x""#, "temperatures are one to three numbers"),
    (#""text": "a", "temperatures": "0,1,2,3""#, "temperatures are one to three numbers"),
    (#""text": "a", "temperatures": "-1""#, "temperatures are one to three numbers"),
    (#""text": "a", "temperatures": """#, "temperatures are one to three numbers"),
    (#""text": "a", "temperatures": "1],[2""#, "temperatures are one to three numbers"),
    (#""text": "a", "top_p": 2"#, "“top_p” above 0, to 1"),
  ])
  func `what cannot be written is said`(fields: String, sentence: String) throws {
    var engine = try Asked.engine()
    let error = #expect(throws: Asked.Refusal.self) {
      try Asked.ask(&engine, #"{"call": "story", \#(fields)}"#)
    }
    #expect(error?.sentence.contains(sentence) == true, "\(error?.sentence ?? "")")
  }
}
