/// What only other architectures than GPT-2 record, under the names of TransformerLens's bridge.
extension HookPoint {
  /// Queries after a norm of their own, before they are rotated. `[position, head, dHead]`
  public static func qNormed(_ layer: Int) -> HookPoint { perHead(layer, "hook_q_normed") }
  /// Keys after a norm of their own, before they are rotated. `[position, keyValueHead, dHead]`
  public static func kNormed(_ layer: Int) -> HookPoint {
    perHead(layer, "hook_k_normed", .keyValueHead)
  }
  /// Queries, rotated by their positions. `[position, head, dHead]`
  public static func rotatedQ(_ layer: Int) -> HookPoint { perHead(layer, "hook_rot_q") }
  /// Keys, rotated by their positions. `[position, keyValueHead, dHead]`
  public static func rotatedK(_ layer: Int) -> HookPoint {
    perHead(layer, "hook_rot_k", .keyValueHead)
  }
  /// The sum of the heads where a norm stands between it and the stream. `[position, dModel]`
  public static func headsOut(_ layer: Int) -> HookPoint {
    HookPoint("blocks.\(layer).attn.hook_out", [.position, .dModel])
  }
  /// What an MLP with a gate multiplies the activation by. `[position, dMLP]`
  public static func mlpPreLinear(_ layer: Int) -> HookPoint {
    HookPoint("blocks.\(layer).mlp.hook_pre_linear", [.position, .dMLP])
  }
  /// What the MLP gives where a norm stands between it and the stream. `[position, dModel]`
  public static func mlpBeforeNorm(_ layer: Int) -> HookPoint {
    HookPoint("blocks.\(layer).mlp.hook_out", [.position, .dModel])
  }
  /// The logits before they are softly capped. `[position, dVocab]`
  public static let uncappedLogits = HookPoint("unembed.hook_out", [.position, .dVocab])

  /// Every hook point that a trace may have, GPT-2's or not, in the order of the forward pass.
  ///
  /// - Parameters:
  ///   - layerCount: How many blocks there are.
  ///   - first: The first of the blocks whose points are listed.
  /// - Returns: The hook points.
  public static func readable(layerCount: Int, from first: Int = 0) -> [HookPoint] {
    [.embed, .posEmbed]
      + (first..<layerCount).flatMap { layer in
        ofBlock(layer).flatMap { [$0] + (besides(layer)[$0.name] ?? []) }
      }
      + [
        .scale(.final), .normalized(.final), .normOut(.final), .uncappedLogits, .logits,
        .probabilities,
      ]
  }

  /// What other architectures record after a hook point of GPT-2, by the latter's name.
  private static func besides(_ layer: Int) -> [String: [HookPoint]] {
    func norm(_ site: NormSite) -> [HookPoint] {
      [.scale(site), .normalized(site), .normOut(site)]
    }
    return [
      HookPoint.v(layer).name: norm(.queries(layer: layer)) + norm(.keys(layer: layer)) + [
        .rotatedQ(layer), .rotatedK(layer),
      ],
      HookPoint.result(layer).name: [.headsOut(layer)] + norm(.afterAttention(layer: layer)),
      HookPoint.mlpPre(layer).name: [.mlpPreLinear(layer)],
      HookPoint.mlpPost(layer).name: [.mlpBeforeNorm(layer)] + norm(.afterMLP(layer: layer)),
    ]
  }
}
