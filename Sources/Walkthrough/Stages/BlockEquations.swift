import Graphics
import Traces

/// The equations of a block, in the order of the model at hand.
struct BlockEquations: Teller {
  let story: Story

  @BlockList var blocks: [Block] {
    switch story.architecture.mlpInputs.indices.contains(story.layer)
      ? story.architecture.mlpInputs[story.layer] : .unknown
    {
    case .afterAttention:
      equation([
        .sub("m", "l"), .op("="), .sub("x", "l"), .op("+"),
        attention,
      ])
      equation([
        .sub("x", .text("l+1")), .op("="), .sub("m", "l"), .op("+"),
        mlp(of: "m"),
      ])
    case .besideAttention:
      equation([
        .sub("x", .text("l+1")), .op("="), .sub("x", "l"), .op("+"),
        attention,
        .op("+"),
        mlp(of: "x"),
      ])
    case .unknown:
      untold(
        en: "whether the MLP reads the stream before attention or after it",
        ja: "MLP が読むのが、アテンションの前のストリームか、後のストリームか"
      )
    }
    if !NormTeller(story: story, site: .beforeAttention(layer: story.layer)).isShown {
      untold(
        en: "whether a norm stands before attention and before the MLP",
        ja: "アテンションと MLP の前で正規化するかどうか"
      )
    }
  }

  private var attention: Math {
    let layer = story.layer
    return half(
      "attn",
      .sub("x", "l"),
      .beforeAttention(layer: layer),
      .afterAttention(layer: layer)
    )
  }

  private func mlp(of stream: Math) -> Math {
    let layer = story.layer
    return half("mlp", .sub(stream, "l"), .beforeMLP(layer: layer), .afterMLP(layer: layer))
  }

  /// What a half of a block adds: with a norm before it, and after it where the model has one there.
  private func half(_ name: String, _ input: Math, _ site: NormSite, _ after: NormSite) -> Math {
    let teller = NormTeller(story: story, site: site)
    let read: Math = teller.isShown ? [teller.symbol, .parens(input)] : input
    let half: Math = [.sub(.function(name), "l"), .parens(read)]
    let isNormed =
      story.architecture.said.normalizesAdditions == true || story.trace[.scale(after)] != nil
    return isNormed ? [teller.symbol, .parens(half)] : half
  }
}
