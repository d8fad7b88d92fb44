/// What can be pointed at in a model, changed, and credited with a part of an answer.
///
/// One notation everywhere: `blocks.0.attn.head.2`. Layers, heads and neurons are counted from 0.
public enum Site: Hashable, Sendable {
  /// What W_E puts into the stream.
  case embed
  /// What W_pos puts into it.
  case posEmbed
  /// All that the attention of a layer adds, its bias included.
  case attention(layer: Int)
  /// All that the MLP of a layer adds, its bias included.
  case mlp(layer: Int)
  /// What one head adds: its z through its rows of W_O, without the bias.
  case head(layer: Int, head: Int)
  /// b_O of a layer.
  case attentionBias(layer: Int)
  /// What one neuron adds: its activation times its row of W_out.
  case neuron(layer: Int, neuron: Int)
  /// The last norm's bias.
  case finalNormBias
  /// b_U, where a model has one.
  case unembeddingBias
  /// Whatever stands at a hook point.
  case hook(HookPoint)

  /// The site as it is written.
  public var name: String {
    switch self {
    case .embed: "embed"
    case .posEmbed: "pos_embed"
    case .attention(let layer): "blocks.\(layer).attn"
    case .mlp(let layer): "blocks.\(layer).mlp"
    case .head(let layer, let head): "blocks.\(layer).attn.head.\(head)"
    case .attentionBias(let layer): "blocks.\(layer).attn.bias"
    case .neuron(let layer, let neuron): "blocks.\(layer).mlp.neuron.\(neuron)"
    case .finalNormBias: "ln_final.bias"
    case .unembeddingBias: "unembed.bias"
    case .hook(let point): point.name
    }
  }

  /// The hook point at which the site's value comes by; for a head that of all heads' z.
  public var point: HookPoint {
    switch self {
    case .embed: .embed
    case .posEmbed: .posEmbed
    case .attention(let layer), .attentionBias(let layer): .attnOut(layer)
    case .mlp(let layer): .mlpOut(layer)
    case .head(let layer, _): .z(layer)
    case .neuron(let layer, _): .mlpPost(layer)
    case .finalNormBias: .normOut(.final)
    case .unembeddingBias: .logits
    case .hook(let point): point
    }
  }

  /// Whether it is one head.
  public var isHead: Bool {
    if case .head = self { return true }
    return false
  }

  /// The layer it belongs to, if it belongs to one.
  public var layer: Int? {
    switch self {
    case .attention(let layer), .mlp(let layer), .head(let layer, _), .attentionBias(let layer),
      .neuron(let layer, _):
      return layer
    case .embed, .posEmbed, .finalNormBias, .unembeddingBias: return nil
    case .hook(let point):
      let parts = point.name.split(separator: ".", maxSplits: 2)
      return parts.count == 3 && parts[0] == "blocks" ? Int(parts[1]) : nil
    }
  }
}

/// Why a text is no site of a model.
public enum SiteError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is nothing of that name; what may have been meant.
  case unknown(String, near: [String])
  /// It counts something that is not there.
  case outOfRange(String, what: String, number: Int, count: Int)
  /// What stands after the @ is no position.
  case position(String)

  /// One sentence that names the site.
  public var description: String {
    switch self {
    case .unknown(let text, let near):
      return near.isEmpty
        ? "there is no site “\(text)”; sites are such as blocks.0.attn.head.1, blocks.0.mlp or a hook point's name"
        : "there is no site “\(text)”; did you mean \(Self.list(near))?"
    case .outOfRange(let text, let what, let number, let count):
      return count == 1
        ? "“\(text)”: there is no \(what) \(number), only \(what) 0"
        : "“\(text)”: there is no \(what) \(number); there are \(count) \(what)s, 0 to \(count - 1)"
    case .position(let text):
      return "“\(text)”: what stands after @ is a position, a whole number from 0 up"
    }
  }

  private static func list(_ names: [String]) -> String {
    let quoted = names.map { "“\($0)”" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}
