import Graphics
import Traces

/// The equations of a block, in the order of the model at hand.
struct BlockEquations: Teller {
  let story: Story

  @BlockList var blocks: [Block] {
    let first = story.architecture.norm(.beforeAttention(layer: story.layer))
    switch story.architecture.mlpInputs.indices.contains(story.layer)
      ? story.architecture.mlpInputs[story.layer] : .unknown
    {
    case .afterAttention:
      equation([
        .sub("m", "l"), .op("="), .sub("x", "l"), .op("+"),
        added("attn", .sub("x", "l"), .beforeAttention(layer: story.layer), NormSite.afterAttention(layer:)),
      ])
      equation([
        .sub("x", .text("l+1")), .op("="), .sub("m", "l"), .op("+"),
        added("mlp", .sub("m", "l"), .beforeMLP(layer: story.layer), NormSite.afterMLP(layer:)),
      ])
    case .besideAttention:
      equation([
        .sub("x", .text("l+1")), .op("="), .sub("x", "l"), .op("+"),
        added("attn", .sub("x", "l"), .beforeAttention(layer: story.layer), NormSite.afterAttention(layer:)),
        .op("+"),
        added("mlp", .sub("x", "l"), .beforeMLP(layer: story.layer), NormSite.afterMLP(layer:)),
      ])
    case .unknown:
      untold(
        en: "whether the MLP reads the stream before attention or after it",
        ja: "MLP が読むのが、アテンションの前のストリームか、後のストリームか"
      )
    }
    if first.kind == nil, first.evidence == .nothing {
      untold(en: "which norm stands before each of them", ja: "それぞれの前にある正規化の種類")
    }
  }

  /// What a half of a block adds: with a norm before it, and after it where the model has one there.
  private func added(
    _ name: String,
    _ input: Math,
    _ site: NormSite,
    _ after: (Int) -> NormSite
  ) -> Math {
    let norm = NormTeller(story: story, site: site).symbol
    let half: Math = [.sub(.function(name), "l"), .parens([norm, .parens(input)])]
    let isNormed =
      story.architecture.said.normalizesAdditions == true
      || story.trace[.scale(after(story.layer))] != nil
    guard isNormed else { return half }
    return [.text(norm == .text("RMSNorm") ? "RMSNorm" : "norm"), .parens(half)]
  }
}
