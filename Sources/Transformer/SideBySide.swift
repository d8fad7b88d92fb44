package import Tensors
import Traces

// Several runs of prompts of one length, their streams one below the other: a layer's weights, which are most of what a short
// run reads, are read once for all of them.

extension Transformer {
  /// One block, where nobody looks.
  ///
  /// - Parameters:
  ///   - layer: The block.
  ///   - stream: The streams that it reads, `[R·T, D]`.
  ///   - length: How many positions each has, T.
  /// - Returns: The streams after it, `[R·T, D]`.
  package func block(_ layer: Int, on stream: Tensor, ofLength length: Int) -> Tensor {
    var nobody = RunHook()
    let block = weights.blocks[layer]
    let (attention, site) = (block.attention, NormSite.beforeAttention(layer: layer))
    let gathered = norm(stream, block.norm1, site, &nobody)
    var (q, k, v) = queriesKeysValues(gathered, attention)
    if let own = attention.headNorms.first { q = norm(q, own, .queries(layer: layer), &nobody) }
    if let own = attention.headNorms.last { k = norm(k, own, .keys(layer: layer), &nobody) }
    let rotation = rotation(at: 0..<length)
    let rule = configuration.attentionRule(layer: layer)
    let z = (0..<stream.rows / length).map { run -> Tensor in
      func own(_ x: Tensor) -> Tensor {
        x.joiningHeads().rows(run * length..<(run + 1) * length)
          .reshaped(to: [length] + x.shape.dropFirst())
      }
      var seen = KeyValueCache.Layer(
        headCount: configuration.keyValueHeadCount,
        dHead: configuration.dHead
      )
      let (q, k) = (own(q), own(k))
      seen.append(keys: rotation?(k) ?? k, values: own(v))
      return attentionAtOnce(rotation?(q) ?? q, seen.keys, seen.values, rule).joiningHeads()
    }
    return afterHeads(attention.output(Tensor.stacked(z)), stream, layer, &nobody)
  }

  /// The stream after a block whose heads write something else together.
  ///
  /// - Parameters:
  ///   - layer: The block.
  ///   - z: What the heads gathered, head by head in each row, `[R·T, H·d]`.
  ///   - stream: The streams that the block reads, `[R·T, D]`.
  /// - Returns: The streams after it, `[R·T, D]`.
  package func block(_ layer: Int, gathering z: Tensor, on stream: Tensor) -> Tensor {
    var nobody = RunHook()
    return afterHeads(weights.blocks[layer].attention.output(z), stream, layer, &nobody)
  }

  /// The stream after a block whose MLP adds nothing.
  ///
  /// - Parameters:
  ///   - layer: The block.
  ///   - z: What the heads gathered, `[T, H·d]`.
  ///   - stream: The stream that the block reads, `[T, D]`.
  /// - Returns: The stream after it, `[T, D]`.
  package func blockWithoutMLP(_ layer: Int, gathering z: Tensor, on stream: Tensor) -> Tensor {
    var nobody = RunHook()
    let block = weights.blocks[layer]
    let heads = block.attention.output(z)
    return stream
      + (block.normsAfter.first.map {
        norm(heads, $0, .afterAttention(layer: layer), &nobody)
      } ?? heads)
  }

  /// The angles of positions; `nil` where positions do not turn.
  package func rotation(at positions: Range<Int>) -> Rotation? {
    configuration.architecture.rotary.map { Rotation(at: positions, speeds: $0.speeds) }
  }
}
