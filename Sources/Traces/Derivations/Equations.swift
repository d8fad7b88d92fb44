/// The forward pass, line by line, in the notation of expressions: what the cells of a trace are made of.
///
/// `@` stands for the block at hand, `blocks.0.`; p is a position, h a head, i a place in a vector, t a token. Where a trace
/// does not say what its model is, these are GPT-2's.
///
/// - SeeAlso: `Transformer.swift`, which computes the same in the same order.
struct Equations {
  let trace: Trace

  init(of trace: Trace) { self.trace = trace }

  /// A line: the cell, and what it is made of.
  typealias Line = (left: String, right: String)

  var architecture: ArchitectureDescription { trace.model.architecture }

  /// The lines among which a tensor's are.
  func lines(for name: String) -> [Line] {
    if name.hasPrefix("facts.") { return facts }
    let parts = name.split(separator: ".", maxSplits: 2)
    guard parts.count == 3, parts[0] == "blocks", let layer = Int(parts[1]),
      0..<trace.layerCount ~= layer
    else { return ends }
    return block(layer).map { line in
      (Self.filled(line.left, layer), Self.filled(line.right, layer))
    }
  }

  private static func filled(_ text: String, _ layer: Int) -> String {
    text.split(separator: "@", omittingEmptySubsequences: false)
      .joined(separator: "blocks.\(layer).")
  }

  // MARK: - Before the first block and after the last

  private var ends: [Line] {
    let last = trace.layerCount - 1
    let stream = last < 0 ? "hook_embed" : "blocks.\(last).hook_resid_post"
    let scale = architecture.embeddingScale.map { "\(Expression.plain($0)) * " } ?? ""
    let bias = architecture.has("b_U") == true ? " + unembed.b_U[t]" : ""
    let product = "sum(n, ln_final.hook_out[p,n] * unembed.W_U[n,t])\(bias)"
    var lines: [Line] = [
      ("hook_embed[p,i]", "\(scale)embed.W_E[token_ids[p],i]"),
      ("hook_pos_embed[p,i]", "pos_embed.W_pos[p,i]"),
      ("unembed.hook_out[p,t]", product),
      (
        "logits[p,t]",
        architecture.logitCap.map { cap in
          let c = Expression.plain(cap)
          return "\(c) * tanh(unembed.hook_out[p,t] / \(c))"
        } ?? product
      ),
      ("probabilities[p,t]", softmax("logits", "p", "t")),
    ]
    lines += norm("ln_final", of: stream, isRootMeanSquare: finalNormIsSquare)
    return lines
  }

  /// Whether the last norm is one of the mean square.
  var finalNormIsSquare: Bool {
    architecture.finalNormIsRootMeanSquare ?? (architecture.norm?.takesMeanAway == false)
  }

  // MARK: - A block

  private func block(_ layer: Int) -> [Line] {
    let isSquare = architecture.norm?.takesMeanAway == false
    let isParallel = architecture.isParallel == true
    let start =
      layer > 0
      ? "blocks.\(layer - 1).hook_resid_post[p,i]"
      : hasPositions ? "hook_embed[p,i] + hook_pos_embed[p,i]" : "hook_embed[p,i]"
    var lines: [Line] = [
      ("@hook_resid_pre[p,i]", start),
      ("@hook_resid_mid[p,i]", "@hook_resid_pre[p,i] + @hook_attn_out[p,i]"),
      (
        "@hook_resid_post[p,i]",
        isParallel
          ? "@hook_resid_pre[p,i] + @hook_attn_out[p,i] + @hook_mlp_out[p,i]"
          : "@hook_resid_mid[p,i] + @hook_mlp_out[p,i]"
      ),
    ]
    lines += norm("@ln1", of: "@hook_resid_pre", isRootMeanSquare: isSquare)
    lines += attention(layer)
    lines += norm("@ln1_post", of: "@attn.hook_out", isRootMeanSquare: isSquare)
    lines += norm(
      "@ln2",
      of: isParallel ? "@hook_resid_pre" : "@hook_resid_mid",
      isRootMeanSquare: isSquare
    )
    lines += mlp
    lines += norm("@ln2_post", of: "@mlp.hook_out", isRootMeanSquare: isSquare)
    return lines
  }

  private var hasPositions: Bool {
    architecture.positions.map { $0 == .learned } ?? (trace[.posEmbed] != nil)
  }

  /// out = (x − mean x) / √(variance x + ε) · gain + bias; of the mean square without the mean and the bias.
  ///
  /// What it gives is called `hook_out` where no other name is given; `row` are the indices of a row.
  private func norm(
    _ site: String,
    of x: String,
    to out: String? = nil,
    _ row: String = "p",
    isRootMeanSquare: Bool
  ) -> [Line] {
    let isBare = architecture.norm == .bareLayerNorm || architecture.norm == .bareRootMeanSquare
    let centred = isRootMeanSquare ? "\(x)[\(row),i]" : "(\(x)[\(row),i] - mean(n, \(x)[\(row),n]))"
    let square = isRootMeanSquare ? "\(x)[\(row),n]" : "(\(x)[\(row),n] - mean(m, \(x)[\(row),m]))"
    return [
      ("\(site).hook_scale[\(row),0]", "sqrt(mean(n, \(square)^2) + eps)"),
      ("\(site).hook_normalized[\(row),i]", "\(centred) / \(site).hook_scale[\(row),0]"),
      (
        "\(out ?? "\(site).hook_out")[\(row),i]",
        "\(site).hook_normalized[\(row),i]" + (isBare ? "" : " * \(site).w[i]")
          + (isBare || isRootMeanSquare ? "" : " + \(site).b[i]")
      ),
    ]
  }

  /// pattern = softmax(mask(q·kᵀ / √d)), z = pattern · v, and each head writes z · W_O to the stream.
  private func attention(_ layer: Int) -> [Line] {
    let isRotated = architecture.positions == .rotary || trace[.rotatedQ(layer)] != nil
    let suffix = trace[.qNormed(layer)] != nil ? "_normed" : ""
    let read = ("hook_q\(suffix)", "hook_k\(suffix)")
    let (q, k) = isRotated ? ("hook_rot_q", "hook_rot_k") : read
    let shared = headsPerKey > 1 ? "floor(h / \(headsPerKey))" : "h"
    let score = "sum(n, @attn.\(q)[p,h,n] * @attn.\(k)[j,\(shared),n]) / \(divisor(layer))"
    let sum = "sum(h, @attn.hook_result[p,h,i])" + bias("b_O", "@attn.b_O[i]")
    let isNormed =
      architecture.normalizesAdditions == true
      || trace[.scale(.afterAttention(layer: layer))] != nil
    func product(_ letter: String, _ weight: String) -> Line {
      (
        "@attn.hook_\(letter)[p,h,i]",
        "sum(n, @ln1.hook_out[p,n] * @attn.W_\(weight)[h,n,i])"
          + bias("b_\(weight)", "@attn.b_\(weight)[h,i]")
      )
    }
    return [
      product("q", "Q"), product("k", "K"), product("v", "V"),
      (
        "@attn.hook_attn_scores_unmasked[h,p,j]",
        architecture.scoreCap.map { cap in
          let c = Expression.plain(cap)
          return "\(c) * tanh(\(score) / \(c))"
        } ?? score
      ),
      (
        "@attn.hook_attn_scores[h,p,j]",
        "@attn.hook_attn_scores_unmasked[h,p,j] + mask(j <= p)"
          + (window(layer).map { " + mask(p - j < \($0))" } ?? "")
      ),
      ("@attn.hook_pattern[h,p,j]", softmax("@attn.hook_attn_scores", "h,p", "j", "a <= p")),
      (
        "@attn.hook_z[p,h,i]",
        "sum(j <= p, @attn.hook_pattern[h,p,j] * @attn.hook_v[j,\(shared),i])"
      ),
      ("@attn.hook_result[p,h,i]", "sum(n, @attn.hook_z[p,h,n] * @attn.W_O[h,n,i])"),
      ("@attn.hook_out[p,i]", sum),
      ("@hook_attn_out[p,i]", isNormed ? "@ln1_post.hook_out[p,i]" : sum),
    ] + normsOfHeads + rotation("@attn.hook_rot_q", of: "@attn.\(read.0)")
      + rotation("@attn.hook_rot_k", of: "@attn.\(read.1)")
  }

  /// Each head's queries and keys by norms of their own.
  private var normsOfHeads: [Line] {
    let isSquare = architecture.norm?.takesMeanAway == false
    return ["q", "k"].flatMap { letter in
      norm(
        "@attn.\(letter)_norm",
        of: "@attn.hook_\(letter)",
        to: "@attn.hook_\(letter)_normed",
        "p,h",
        isRootMeanSquare: isSquare
      )
    }
  }

  /// Number i and number i + n/2 of a head turn together, by the position times their speed; what lies beyond the first n has
  /// none.
  private func rotation(_ name: String, of x: String) -> [Line] {
    guard let rotary = architecture.rotary, let width = trace.model.dHead else { return [] }
    let (n, half) = (rotary.dimensions, rotary.dimensions / 2)
    let isWhole = n == width ? "" : " * (i < \(n))"
    let other = "i + \(half) * (i < \(half)) - \(half) * (i >= \(half))\(isWhole)"
    let angle = "p * rotary.speed[i]"
    return [
      (
        "\(name)[p,h,i]",
        "\(x)[p,h,i] * cosine(\(angle)) + (1 - 2 * (i < \(half))) * \(x)[p,h,\(other)] * sine(\(angle))"
      )
    ]
  }

  private func window(_ layer: Int) -> Int? {
    architecture.windowed?.contains(layer) == true ? architecture.window : nil
  }

  /// mlp_out = f(x W_in + b_in) W_out + b_out; with a gate f(x W_gate) ⊙ (x W_in).
  private var mlp: [Line] {
    let isGated = architecture.isGated == true
    let isNormed = architecture.normalizesAdditions == true
    func up(_ weight: String) -> String {
      "sum(n, @ln2.hook_out[p,n] * @mlp.W_\(weight)[n,i])"
        + bias("b_\(weight)", "@mlp.b_\(weight)[i]")
    }
    let down = "sum(n, @mlp.hook_post[p,n] * @mlp.W_out[n,i])" + bias("b_out", "@mlp.b_out[i]")
    return [
      ("@mlp.hook_pre[p,i]", up(isGated ? "gate" : "in")),
      ("@mlp.hook_pre_linear[p,i]", up("in")),
      (
        "@mlp.hook_post[p,i]",
        "\(activation)(@mlp.hook_pre[p,i])" + (isGated ? " * @mlp.hook_pre_linear[p,i]" : "")
      ),
      ("@mlp.hook_out[p,i]", down),
      ("@hook_mlp_out[p,i]", isNormed ? "@ln2_post.hook_out[p,i]" : down),
    ]
  }

  // MARK: - Parts of lines

  /// eˣ / Σ eˣ over the last axis; the largest is taken away first, so that no power is too large for a number.
  private func softmax(
    _ name: String,
    _ row: String,
    _ own: String,
    _ reach: String = "a"
  ) -> String {
    let top = "max(\(reach), \(name)[\(row),a])"
    return "exp(\(name)[\(row),\(own)] - \(top)) / sum(\(reach), exp(\(name)[\(row),a] - "
      + "max(b\(reach.dropFirst()), \(name)[\(row),b])))"
  }

  private func bias(_ name: String, _ cell: String) -> String {
    architecture.has(name) == false ? "" : " + \(cell)"
  }

  private func divisor(_ layer: Int) -> String {
    let root =
      architecture.scoreDivisor.map { Expression.plain($0) }
      ?? trace.model.dHead.map { "sqrt(\($0))" } ?? "sqrt(d_head)"
    return architecture.dividesScoresByLayer == true ? "(\(root) * \(layer + 1))" : root
  }

  private var headsPerKey: Int {
    guard let heads = trace.model.headCount, let keys = architecture.keyValueHeadCount, keys > 0
    else { return 1 }
    return heads / keys
  }

  /// The nonlinearity, by the name that the notation has for it.
  private var activation: String {
    switch trace.model.activation {
    case "gelu": "gelu"
    case "relu": "relu"
    case "silu", "swish": "silu"
    default: "gelu_new"
    }
  }
}
