import ExplainCLI
import Testing

@Suite struct NameSelectionTests {
  @Test(arguments: [
    ("logits", "logits", true), ("logits", "logit", false), ("logit", "logits", false),
    ("blocks.*.attn.hook_pattern", "blocks.11.attn.hook_pattern", true),
    ("blocks.*.hook_pattern", "blocks.0.attn.hook_pattern", true),
    ("blocks.?.ln1.*", "blocks.11.ln1.hook_out", false), ("*", "anything", true), ("*", "", true),
    ("?", "", false), ("*a*b", "xaxbxb", true), ("*a*b", "xaxbxc", false), ("**", "x", true),
    ("hook_embed,logits", "logits", true), (" hook_embed , logits ", "hook_embed", true),
  ])
  func `names and patterns choose`(_ list: String, _ name: String, _ isChosen: Bool) throws {
    #expect(try NameSelection(list).contains(name) == isChosen)
  }

  @Test func `many stars cost no time`() throws {
    let pattern = String(repeating: "*a", count: 200) + "b"
    #expect(try !NameSelection(pattern).contains(String(repeating: "a", count: 2000)))
  }

  @Test(arguments: ["", ",", " , "])
  func `an empty list is an error`(_ list: String) {
    let error = #expect(throws: CLIError.self) { try NameSelection(list) }
    #expect(error?.message.en == "--names lists no name")
  }

  @Test func `patterns that choose nothing are found`() throws {
    let selection = try NameSelection("logits,blocks.9.*")
    #expect(selection.unused(among: ["logits", "blocks.0.hook_resid_pre"]) == ["blocks.9.*"])
  }
}
