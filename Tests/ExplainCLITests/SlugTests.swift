import ExplainCLI
import Testing

@Suite struct SlugTests {
  @Test(arguments: [
    ("The king and the queen", "the-king-and-the-queen"),
    ("O Romeo, Romeo!", "o-romeo-romeo"),
    ("  two   spaces ", "two-spaces"),
    ("line\nend", "line-end"),
    ("3.14", "3-14"),
    ("東京はどこ", "東京はどこ"),
    ("Привет, мир", "привет-мир"),
    ("caf\u{E9}", "caf\u{E9}"),
    ("a/b\\c:d", "a-b-c-d"),
    ("../../etc/passwd", "etc-passwd"),
    ("nul", "nul-prompt"),
    ("COM1", "com1-prompt"),
  ])
  func `words are kept, in lower case, with hyphens`(_ prompt: String, _ name: String) {
    #expect(Slug(prompt).preferred == name)
  }

  @Test(arguments: [
    "🗼", "...", "e\u{301}", "\u{1B}[31m red", "\u{202E}abc", "1 + 1", "\u{958}",
    String(repeating: "word ", count: 30), String(repeating: "東", count: 40), "\u{1100}\u{1161}",
    "a\u{0}b",
  ])
  func `what loses more than case and punctuation carries a hash`(_ prompt: String) {
    #expect(Slug(prompt).preferred.contains(/[0-9a-f]{8}$/))
  }

  @Test(arguments: [
    "🗼", "", "...", "-", "\u{0}", "a\u{0}b", "/", "\\", "~", "東京/🗼", "CON", "con.txt", "a.b.",
    String(repeating: "x", count: 500), String(repeating: "é", count: 100), "\u{202E}\u{200D}",
    String(repeating: "東", count: 40), "i\u{307}", "İstanbul", "\u{FEFF}bom", "a\u{2028}b",
  ])
  func `a name is safe on every file system`(_ prompt: String) {
    for name in [Slug(prompt).plain, Slug(prompt).hashed] {
      #expect(!name.isEmpty)
      #expect(name.utf8.count <= Slug.limit + "-prompt".utf8.count)
      #expect(!name.hasPrefix("-") && !name.hasSuffix("-"))
      #expect(!name.unicodeScalars.contains { #"/\:*?"<>|.~ "#.unicodeScalars.contains($0) })
      #expect(
        name.unicodeScalars.allSatisfy {
          $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-"
        }
      )
    }
  }

  @Test(arguments: [("The king", "the king!"), ("a b", "a-b"), ("🗼", "🗻")])
  func `prompts that look alike have different hashed names`(_ a: String, _ b: String) {
    #expect(Slug(a).hashed != Slug(b).hashed)
  }

  @Test func `the hash is FNV-1a folded to 32 bits`() {
    // Of the empty text it is the offset basis cbf29ce484222325: cbf29ce4 ^ 84222325.
    #expect(Slug("").hashed == "prompt-4fd0bfc1")
  }
}
