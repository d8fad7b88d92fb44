public import Traces
import Tensors

/// The parameters by TransformerLens's names, as views of the weights where they lie.
///
/// | name | shape |
/// |---|---|
/// | `embed.W_E`, `pos_embed.W_pos`, `unembed.W_U` | V × D, C × D, D × V |
/// | `blocks.{l}.ln1.w`, `.b`, `ln2`, `ln_final` | D |
/// | `blocks.{l}.attn.W_Q`, `W_K`, `W_V`; `b_Q`, `b_K`, `b_V` | H × D × d; H × d |
/// | `blocks.{l}.attn.W_O`; `b_O` | H × d × D; D |
/// | `blocks.{l}.mlp.W_in`, `b_in`; `W_out`, `b_out` | D × F, F; F × D, D |
extension Transformer {
  /// The numbers of a parameter.
  ///
  /// - Parameter name: Its name; `W_E`, `W_pos` and `W_U` will do.
  /// - Returns: A view, which copies nothing; `nil` if the model has no such parameter.
  public func parameter(named name: String) -> Numbers? {
    let (d, v) = (configuration.dModel, configuration.dVocab)
    switch Trace.longNames[name] ?? name {
    case "embed.W_E": return Numbers(weights.embedding)
    case "pos_embed.W_pos": return Numbers(weights.position)
    case "unembed.W_U":
      return Numbers(weights.unembedding.columns, shape: [d, v], strides: [1, d])
    case "ln_final.w": return Numbers(weights.finalNorm.gain)
    case "ln_final.b": return Numbers(weights.finalNorm.bias)
    default: break
    }
    let parts = name.split(separator: ".")
    guard parts.count == 4, parts[0] == "blocks", let layer = Int(parts[1]),
      weights.blocks.indices.contains(layer)
    else { return nil }
    let block = weights.blocks[layer]
    switch (parts[2], parts[3]) {
    case ("ln1", "w"): return Numbers(block.norm1.gain)
    case ("ln1", "b"): return Numbers(block.norm1.bias)
    case ("ln2", "w"): return Numbers(block.norm2.gain)
    case ("ln2", "b"): return Numbers(block.norm2.bias)
    case ("attn", let name): return ofHeads(block.attention, String(name))
    case ("mlp", "W_in"): return Numbers(block.mlp.up.weight)
    case ("mlp", "b_in"): return Numbers(block.mlp.up.bias)
    case ("mlp", "W_out"): return Numbers(block.mlp.down.weight)
    case ("mlp", "b_out"): return Numbers(block.mlp.down.bias)
    default: return nil
    }
  }

  /// A part of an attention, head by head: W_Q, W_K and W_V stand side by side in one matrix.
  private func ofHeads(_ attention: Weights.Attention, _ name: String) -> Numbers? {
    let (d, h, width) = (configuration.dModel, configuration.headCount, configuration.dHead)
    switch name {
    case "W_O": return Numbers(attention.output.weight, shape: [h, width, d])
    case "b_O": return Numbers(attention.output.bias)
    default: break
    }
    let letters = ["Q", "K", "V"]
    guard name.utf8.count == 3, let part = letters.firstIndex(where: { name.hasSuffix("_" + $0) })
    else { return nil }
    let fused = attention.queryKeyValue
    if name.hasPrefix("W") {
      return Numbers(
        fused.weight,
        shape: [h, d, width],
        strides: [width, 3 * d, 1],
        offset: part * d
      )
    }
    return name.hasPrefix("b")
      ? Numbers(fused.bias, shape: [h, width], strides: [width, 1], offset: part * d) : nil
  }
}
