import Testing
import Traces

@Suite struct SiteTests {
  private let reader = SiteReader(layers: 3, heads: 4, neurons: 10).suggesting

  @Test(
    arguments: [
      "embed", "pos_embed", "blocks.0.attn", "blocks.2.mlp", "blocks.1.attn.head.3",
      "blocks.1.attn.bias", "blocks.2.mlp.neuron.9", "ln_final.bias", "hook_embed", "logits",
      "blocks.1.hook_resid_mid", "blocks.2.attn.hook_pattern", "ln_final.hook_out",
    ]
  )
  func `a site is written as it is read`(_ name: String) throws {
    #expect(try reader.site(name).name == name)
    let (site, position) = try reader.siteAndPosition("\(name)@12")
    #expect(site.name == name && position == 12)
  }

  @Test(
    arguments: [
      ("blocks.0.attn.haed.2", "blocks.0.attn.head.2"), ("L1H3", "blocks.1.attn.head.3"),
      ("2.1", "blocks.2.attn.head.1"), ("mlp 1", "blocks.1.mlp"), ("blocks.1.mpl", "blocks.1.mlp"),
      ("embd", "embed"), ("blocks.1.hook_resid_mit", "blocks.1.hook_resid_mid"),
    ]
  )
  func `a misspelt site brings the one that was meant`(_ typed: String, _ meant: String) {
    let error = #expect(throws: SiteError.self) { try reader.site(typed) }
    #expect(error?.description.contains("“\(meant)”") == true, "\(error?.description ?? "")")
  }

  @Test(
    arguments: [
      ("blocks.3.mlp", "3 layers"), ("blocks.0.attn.head.4", "4 heads"),
      ("blocks.0.mlp.neuron.10", "10 neurons"), ("blocks.0.mlp@x", "whole number"),
      ("blocks.0.mlp@-1", "whole number"), ("unembed.bias", "no site"),
      ("blocks.99999999999999999999.mlp", "no site"), ("", "no site"), ("🗼", "no site"),
    ]
  )
  func `what is not there is said`(_ typed: String, _ part: String) {
    let error = #expect(throws: SiteError.self) { try reader.siteAndPosition(typed) }
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
  }
}
