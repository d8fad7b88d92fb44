import Foundation
import Lessons
import TestSupport
import Testing
#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct SiteCommandTests {
  private static let lessons = Lesson.all.flatMap { lesson in
    ["lesson-\(lesson.name)-ja.html", "lesson-\(lesson.name).html"]
  }
  private static let names =
    ([
      "index.html", "trying.js", "model-ja.js", "model.js", "parameters-ja.html",
      "parameters.html",
      "score-ja.html", "score.html", "story-ja.html", "story.html",
      "walkthrough-ja.html", "walkthrough.html", "words-ja.html", "words.html",
    ] + lessons).sorted()

  @Test func `one file has the program and the model of all pages`() throws {
    let explain = try ExplainProcess()
    let result = try explain("site", "-o", "public")
    #expect(result.code == 0 && result.output == "public/index.html\n", "\(result.errors)")
    #expect(explain.names(in: "public") == Self.names)
    let shared = try explain.text("public/model.js")
    #expect(shared.hasPrefix("globalThis.carriedParts = [") && shared.count > 3_000_000)
    for name in Self.names where name.hasSuffix(".html") {
      let page = try explain.text("public/\(name)")
      #expect(!page.contains("class=\"carried\"") && page.utf8.count < 1_200_000, "\(name)")
      let parser = XMLParser(data: Data(page.utf8))
      #expect(parser.parse(), "\(name): \(String(describing: parser.parserError))")
      // What may run is the page's script and what lies beside it; nothing may be fetched.
      let policy = page.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)?.1 ?? ""
      #expect(policy.hasPrefix("default-src 'none'; "), "\(name)")
      // A lesson has a form, or stands still.
      let runs = Self.lessons.contains(name) ? page.contains("<form") : name != "index.html"
      #expect(policy.contains("script-src 'sha256-") == runs, "\(name)")
      #expect(policy.contains(" 'self' 'wasm-unsafe-eval'") == runs, "\(name)")
    }
  }

  @Test func `lessons lead from one to the next, and ask the model that they tell of`() throws {
    let explain = try ExplainProcess()
    #expect(try explain("site", "-o", "public").code == 0)
    let index = try explain.text("public/index.html")
    for (language, ending) in [("en", ""), ("ja", "-ja")] {
      for (number, lesson) in Lesson.all.enumerated() {
        let file = "lesson-\(lesson.name)\(ending).html"
        #expect(index.contains("<li><a href=\"\(file)\">"), "\(file)")
        let page = try explain.text("public/\(file)")
        #expect(page.contains("<html lang=\"\(language)\""))
        if number + 1 < Lesson.all.count {
          let next = "lesson-\(Lesson.all[number + 1].name)\(ending).html"
          #expect(page.contains("<a href=\"\(next)\">"), "\(file)")
        }
      }
    }
    // The site's own model speaks English; Japanese words are asked of the other.
    #expect(
      try explain.text("public/lesson-dot-product.html").contains("\"carried\": \"model.js\"")
    )
    #expect(
      try explain.text("public/lesson-dot-product-ja.html").contains(
        "\"carried\": \"model-ja.js\""
      )
    )
    let door = try explain.text("public/lesson-softmax-and-temperature.html")
    #expect(door.contains("walkthrough.html#stage-softmax-temperature&amp;prompt=Once%20upon"))
    let inJapanese = try explain.text("public/lesson-softmax-and-temperature-ja.html")
    #expect(inJapanese.contains("walkthrough-ja.html#stage-softmax-temperature&amp;prompt="))
  }

  @Test func `who reads Japanese is met by the model that does, unless another one was asked for`()
    throws
  {
    let explain = try ExplainProcess()
    #expect(try explain("site", "-o", "public").code == 0)
    let page = try explain.text("public/walkthrough-ja.html")
    #expect(page.contains("<html lang=\"ja\"") && page.contains("data-prompt=\"フランスの首都は\""))
    for file in ["walkthrough", "words", "story", "score"] {
      #expect(try explain.text("public/\(file)-ja.html").contains("\"carried\": \"model-ja.js\""))
    }
    #expect(
      try explain.text("public/index.html").contains("walkthrough-ja.html#content&amp;prompt=")
    )
    var inJapan = try ExplainProcess()
    inJapan.environment = ["LC_ALL": "ja_JP.UTF-8"]
    #expect(try inJapan("site", "-o", "own", "The king").code == 0)
    #expect(try inJapan.text("own/index.html").contains("<html lang=\"ja\""))
    #expect(try explain.text("public/index.html").contains("<html lang=\"en\""))
    #expect(try explain("site", "-o", "own", "The king").code == 0)
    #expect(!explain.names(in: "own").contains("walkthrough-ja.html"))
    let index = try explain.text("own/index.html")
    #expect(index.contains("walkthrough.html#ja-content&amp;prompt=The%20king"))
    #expect(try explain.text("own/words-ja.html").contains("\"carried\": \"model.js\""))
  }

  @Test func `prompts of one's own are offered, the first is told`() throws {
    let explain = try ExplainProcess()
    let prompts = ["To be <or> \"not\" & to be", "東京 🗼"]
    let result = try explain.run(["site", "-o", "public"] + prompts)
    #expect(result.code == 0, "\(result.errors)")
    let page = try explain.text("public/walkthrough.html")
    #expect(page.contains("data-prompt=\"To be &lt;or&gt; &quot;not&quot; &amp; to be\""))
    #expect(page.contains("value=\"東京 🗼\"") && !page.contains("value=\"The capital of Italy is\""))
    let index = try explain.text("public/index.html")
    #expect(index.contains("&amp;prompt=%E6%9D%B1%E4%BA%AC%20%F0%9F%97%BC\""))
    // Once more into the same folder: what is ours is replaced, what is not stays.
    try "mine".write(toFile: explain.path("public/notes.txt"), atomically: true, encoding: .utf8)
    #expect(try explain("site", "-o", "public").code == 0)
    #expect(try explain.text("public/notes.txt") == "mine")
  }

  @Test func `what cannot be done is said in one line, and leaves nothing`() throws {
    let explain = try ExplainProcess()
    try "a file".write(toFile: explain.path("file"), atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(
      atPath: explain.path("theirs"),
      withIntermediateDirectories: true
    )
    try "<p>mine</p>".write(
      toFile: explain.path("theirs/words.html"),
      atomically: true,
      encoding: .utf8
    )
    let long = String(repeating: "a b c ", count: 100)
    let cases: [(arguments: [String], code: Int32, words: String)] = [
      (["-o", "file"], 73, "is a file"), (["-o", "theirs"], 73, "holds “words.html”"),
      (["-o", "x", ""], 65, "has no token"), (["-o", "x", long], 65, "tokens"),
      (["-o", "x", "--model", "nowhere"], 66, "nowhere"),
      (["-o", "x", "--head", "1"], 64, "--head"),
    ]
    for (arguments, code, words) in cases {
      let result = try explain.run(["site"] + arguments)
      #expect(result.code == code, "\(arguments): \(result.errors)")
      #expect(result.errorLines.count == 1 && result.errors.contains(words), "\(result.errors)")
    }
    #expect(explain.names() == ["file", "theirs"])
    #expect(try explain.text("theirs/words.html") == "<p>mine</p>")
  }

  @Test func `the built-in model has the words for every question worth asking`() throws {
    let explain = try ExplainProcess()
    let page = try explain("words", "nearest", "king", "--format", "html")
    let questions = page.output.matches(of: /data-ask="([^"]*)" data-action="([a-z]*)"/)
    #expect(Set(questions.map { $0.1 }).count == 5)
    for question in questions.prefix(5) {
      let parts = question.1.split(separator: ", ").map(String.init)
      let result = try explain.run(["words", String(question.2)] + parts)
      #expect(result.code == 0, "\(question.1): \(result.errors)")
    }
    // Of the sums, the first answers are those that they are known for.
    for (sum, answer) in [
      ("king - man + woman", "queen"), ("Rome - Italy + France", "Paris"),
      ("cats - cat + dog", "dogs"),
    ] {
      #expect(questions.contains { $0.1 == sum })
      let found = try explain("words", "analogy", sum, "--count", "1", "--format", "csv")
      #expect(found.output.contains("1, \(answer),") || found.output.contains("1,\" \(answer)\","))
    }
  }
}
