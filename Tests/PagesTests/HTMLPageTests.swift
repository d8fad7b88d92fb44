import Foundation
import Graphics
import Packing
import Pages
import TestSupport
import Testing
import Walkthrough

@Suite struct HTMLPageTests {
  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "]]> --> </style></title>",
    "'; & &amp; &#0;", "\u{0}\u{1}\u{1B}[31m\u{7F}\u{9B}", "a\u{202E}b\u{2066}c\u{2069}",
    "\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{10FFFF}", "שלום עולם", "e\u{301}\u{301}\u{301}",
    "http://example.com/?a=1&b=2", "\n\n\t  \r\n", "${x} {{x}} \\u003c",
  ]

  private func page(_ sample: SampleWalkthrough) -> String {
    HTMLPage(sample.walkthrough).html
  }

  @Test(arguments: Language.allCases)
  func `every kind of block, run and formula is laid out as the golden file has it`(
    language: Language
  ) {
    let html = page(SampleWalkthrough(language: language))
    expectGolden(PageReader(html: html).skeleton, named: "page-\(language.rawValue).html")
  }

  @Test(arguments: hostile)
  func `no prompt becomes markup, and the page stays well-formed`(prompt: String) throws {
    let whole = page(SampleWalkthrough(prompt: prompt, tokens: [prompt, "x"]))
    let html = PageReader(html: whole).withoutScripts
    #expect(!html.contains("<script") && !html.contains("<img"))
    #expect(html.components(separatedBy: "</style>").count == 3)
    let isAllowed = html.unicodeScalars.allSatisfy { scalar in
      scalar == "\n"
        || scalar.properties.generalCategory != .control
          && scalar.properties.generalCategory != .format
          && scalar.properties.generalCategory != .lineSeparator
    }
    #expect(isAllowed, "control or format characters on the page")
    try expectWellFormed(whole)
  }

  @Test(arguments: Language.allCases)
  func `the page is well-formed XML`(language: Language) throws {
    try expectWellFormed(page(SampleWalkthrough(language: language)))
  }

  private func expectWellFormed(_ html: String) throws {
    guard let xmllint = Tool("xmllint") else {
      try Test.cancel("this machine has no xmllint")
    }
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("page-\(UUID().uuidString).html")
    try Data(html.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let result = try xmllint.run(["--noout", "--nonet", file.path])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func `the stages come in order`() {
    let ids = PageReader(html: page(SampleWalkthrough())).values(of: "id")
    let stages = ids.filter { id in StageID.allCases.contains { id == "stage-\($0.rawValue)" } }
    #expect(
      stages == [
        "stage-tokens", "stage-embedding", "stage-position", "stage-attention", "stage-mlp",
        "stage-layers", "stage-unembedding", "stage-softmax", "stage-sampling",
        "stage-parameters", "stage-why",
      ]
    )
    #expect(ids.contains("stage-attention-runs"))
  }

  @Test(arguments: Language.allCases)
  func `no id is given twice, and every link leads to one`(language: Language) {
    let reader = PageReader(html: page(SampleWalkthrough(language: language)))
    let ids = reader.values(of: "id")
    #expect(Set(ids).count == ids.count)
    for target in reader.values(of: "href") where target != "data:," {
      #expect(ids.contains(String(target.dropFirst())), "nothing at \(target)")
    }
    for names in reader.values(of: "aria-labelledby") {
      for name in names.split(separator: " ") { #expect(ids.contains(String(name))) }
    }
  }

  @Test func `two steps or figures of one name get ids of their own`() {
    var walkthrough = SampleWalkthrough().walkthrough
    let step = Step(id: "a", title: "a", blocks: [.figure(walkthrough.subject.map)])
    walkthrough.stages[0].steps = [step, step, Step(id: "a-title", title: "b", blocks: [])]
    let ids = PageReader(html: HTMLPage(walkthrough).html).values(of: "id")
    #expect(Set(ids).count == ids.count)
    #expect(ids.contains("map") && ids.contains("map-2") && ids.contains("map-3"))
  }

  @Test func `a number stands alone in an element that says where it came from`() {
    let reader = PageReader(html: page(SampleWalkthrough()))
    let recorded = reader.contents(of: "data-from")
    #expect(recorded.contains { $0 == ("hook_embed[1,0]", "−0.25") })
    #expect(recorded.contains { $0 == ("hook_embed[0,1]", "0.50") })
    #expect(recorded.contains { $0 == ("logits[0,2]", "−0.50") })
    #expect(recorded.contains { $0 == ("probabilities[6,7]", "0.5000") })
    #expect(recorded.allSatisfy { Double($0.text.replacingOccurrences(of: "−", with: "-")) != nil })
    let derived = reader.contents(of: "data-derived")
    #expect(derived.contains { $0 == ("‖hook_embed[1]‖ < 2 & > 1", "1.5") })
    #expect(derived.contains { $0 == ("token_ids[6]", "106") })
    #expect(reader.contents(of: "data-illustration").map(\.text) == ["3"])
  }

  @Test func `the page asks the network for nothing and runs nothing but its own script`() throws {
    let whole = page(SampleWalkthrough())
    let html = PageReader(html: whole).withoutScripts
    let addresses = html.components(separatedBy: "http").dropFirst()
    #expect(addresses.allSatisfy { $0.hasPrefix("-equiv=") })
    for needle in ["//", "url(", "@import", "src=", "<script", "<iframe", "<form"] {
      #expect(!html.contains(needle), "\(needle) on the page")
    }
    let script = try #require(whole.firstMatch(of: /<script type="module">((?s:.*?))<\/script>/)).1
    for needle in ["fetch(", "XMLHttpRequest", "import(", "eval(", "Function(", "innerText ="] {
      #expect(!script.contains(needle), "\(needle) in the script")
    }
    // A line of a comment that stays is no line of script.
    for line in script.split(separator: "\n") {
      #expect(!line.hasPrefix("*") && !line.hasPrefix("/*"), "\(line)")
    }
    let hash = Base64.text(SHA256.hash(Array(script.utf8)))
    #expect(html.contains("default-src 'none'"))
    #expect(html.contains("script-src 'sha256-\(hash)'"))
    #expect(Set(PageReader(html: html).values(of: "rel")) == ["icon"])
  }

  @Test(arguments: Language.allCases)
  func `headings go down one level at a time, after one first heading`(language: Language) {
    let html = PageReader(html: page(SampleWalkthrough(language: language))).withoutScripts
    let levels = html.components(separatedBy: "<h").dropFirst().compactMap {
      $0.first?.wholeNumberValue
    }
    #expect(levels.first == 1)
    #expect(levels.count { $0 == 1 } == 1)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    #expect(html.contains("<html lang=\"\(language.rawValue)\" data-state=\"article\""))
  }

  @Test func `the followed token is outlined, spaces and line ends are visible`() {
    let html = page(SampleWalkthrough())
    #expect(html.contains(#"<li class="followed"><span class="token" dir="auto">🗼⏎</span>"#))
    #expect(html.contains(#"<span class="token" dir="auto">·東京</span>"#))
  }

  @Test func `the same walkthrough gives the same bytes`() {
    #expect(page(SampleWalkthrough()) == page(SampleWalkthrough()))
  }

  @Test func `a page without logits or with one token still opens`() throws {
    var walkthrough = SampleWalkthrough(prompt: "A", tokens: ["A"]).walkthrough
    walkthrough.next = []
    let html = HTMLPage(walkthrough).html
    #expect(!html.contains("class=\"next\""))
    try expectWellFormed(html)
  }
}
