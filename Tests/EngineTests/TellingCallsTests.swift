import Engine
import Formats
import Foundation
import TestSupport
import Testing

/// What a page shows of a run, asked as the page's script asks it.
@Suite struct TellingCallsTests {
  private func run() throws -> Engine {
    var engine = try Asked.engine()
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The king"}"#)
    return engine
  }

  /// The stage and the name of each step of a page.
  private func steps(of page: String) -> [(stage: String, step: String)] {
    page.matches(of: /<article class="step[^"]*" id="(?:ja-)?stage-([a-z]+)-([a-z-]+)"/)
      .map { (String($0.1), String($0.2)) }
  }

  @Test(arguments: [
    ("en", #"["en", "ja"]"#, "edition-en"), ("ja", #"["en", "ja"]"#, "edition-ja"),
    ("ja", #"["ja"]"#, "edition-ja"),
  ])
  func `every step told alone is the step of the page`(
    language: String,
    languages: String,
    id: String
  ) throws {
    var (engine, fresh) = (try run(), try run())
    let place = #""language": "\#(language)", "languages": \#(languages)"#
    let page = Asked.text(&engine, #"{"call": "edition", \#(place)}"#)
    #expect(page.hasPrefix(#"<div class="edition" id="\#(id)""#))
    #expect(!page.contains("data-untold"))
    let steps = steps(of: page)
    #expect(steps.count > 30)
    for (stage, step) in steps {
      let call = #"{"call": "step", "stage": "\#(stage)", "step": "\#(step)", \#(place)}"#
      let html = try #require(try Asked.ask(&engine, call)["html"]?.string)
      #expect(page.contains(html), "\(stage) \(step)")
      // The same where no edition was told before.
      #expect(try Asked.ask(&fresh, call)["html"]?.string == html, "\(stage) \(step)")
    }
  }

  @Test func `an edition tells the steps that are wanted, and names the others`() throws {
    var engine = try run()
    let whole = Asked.text(&engine, #"{"call": "edition"}"#)
    for told in [
      [], ["attention-scores"], ["why-question", "tokens-cut"], ["why-effects", "why-steer"],
    ] {
      let call = #"{"call": "edition", "told": \#(told)}"#
      let page = Asked.text(&engine, call)
      #expect(steps(of: page).map { "\($0)" } == steps(of: whole).map { "\($0)" })
      let articles = page.matches(of: /(?s)<article class="step.*?<\/article>/).map { $0.0 }
      for article in articles {
        let id = try #require(article.firstMatch(of: /\ id="stage-([a-z-]+)"/)?.1)
        #expect(article.contains("data-untold") != told.contains(String(id)), "\(id)")
        #expect(article.contains("<h3"), "\(id)")
        if !told.contains(String(id)) { #expect(!article.contains("<div"), "\(id)") }
      }
      for name in told {
        let article = try #require(articles.first { $0.contains(#" id="stage-\#(name)""#) })
        #expect(whole.contains(article), "\(name)")
      }
    }
  }

  @Test func `another token is followed where it is asked for`() throws {
    var engine = try run()
    let told = try [0, 1].map { position in
      let call =
        #"{"call": "step", "stage": "embedding", "step": "row", "position": \#(position)}"#
      return try #require(try Asked.ask(&engine, call)["html"]?.string)
    }
    #expect(told[0] != told[1])
  }

  @Test func `a new run has no step of the one before`() throws {
    var engine = try run()
    let call = #"{"call": "step", "stage": "tokens", "step": "cut"}"#
    let before = try Asked.ask(&engine, call)["html"]?.string
    _ = try Asked.ask(&engine, #"{"call": "run", "prompt": "The queen"}"#)
    let after = try Asked.ask(&engine, call)["html"]?.string
    #expect(before?.contains("king") == true && after?.contains("king") == false)
  }

  @Test(arguments: [
    (#""told": ["scores"]"#, "“scores” is no step"), (#""told": ["x-y"]"#, "“x-y” is no step"),
    (#""told": 7"#, "“told”"),
  ])
  func `what is no step is not told`(part: String, sentence: String) throws {
    var engine = try run()
    let call = #"{"call": "edition", \#(part)}"#
    let error = #expect(throws: Asked.Refusal.self) { try Asked.ask(&engine, call) }
    #expect(error?.sentence.contains(sentence) == true, "\(error?.sentence ?? "")")
  }
}
