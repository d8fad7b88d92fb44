import Traces

extension Speaker {
  /// What a site is, in words, with its name.
  func words(_ site: Site) -> RichText {
    let name: RichText = "\(code: site.name)"
    guard let phrase = phrase(site) else { return name }
    return say(en: "\(phrase) (\(name))", ja: "\(phrase)（\(name)）")
  }

  /// What a site is, in words; `nil` if its name says it best.
  private func phrase(_ site: Site) -> RichText? {
    switch site {
    case .embed: say(en: "the token embedding", ja: "トークンの埋め込み")
    case .posEmbed: say(en: "the position embedding", ja: "位置の埋め込み")
    case .attention(let layer): say(en: "the attention of layer \(layer)", ja: "レイヤー \(layer) の注意")
    case .mlp(let layer): say(en: "the MLP of layer \(layer)", ja: "レイヤー \(layer) の MLP")
    case .head(let layer, let head):
      say(en: "head \(head) of layer \(layer)", ja: "レイヤー \(layer) のヘッド \(head)")
    case .attentionBias(let layer):
      say(en: "the attention's bias in layer \(layer)", ja: "レイヤー \(layer) の注意のバイアス")
    case .neuron(let layer, let neuron):
      say(en: "neuron \(neuron) of layer \(layer)", ja: "レイヤー \(layer) のニューロン \(neuron)")
    case .finalNormBias: say(en: "the last norm's bias", ja: "最後の正規化のバイアス")
    case .unembeddingBias: say(en: "the unembedding's bias", ja: "W_U のバイアス")
    case .hook: nil
    }
  }
}

extension Site {
  /// Where the site stands in the forward pass: what comes earlier is less.
  var order: (Int, Int, Int) {
    switch self {
    case .embed: return (-1, 0, 0)
    case .posEmbed: return (-1, 1, 0)
    case .head(let layer, let head): return (layer, 1, head)
    case .attention(let layer): return (layer, 2, 0)
    case .attentionBias(let layer): return (layer, 3, 0)
    case .neuron(let layer, let neuron): return (layer, 5, neuron)
    case .mlp(let layer): return (layer, 6, 0)
    case .finalNormBias: return (.max, 1, 0)
    case .unembeddingBias: return (.max, 2, 0)
    case .hook(let point):
      guard let layer else { return (.max, 0, 0) }
      let isLast = point == .residPost(layer)
      return (layer, point == .residPre(layer) ? 0 : isLast ? 7 : 4, 0)
    }
  }
}
