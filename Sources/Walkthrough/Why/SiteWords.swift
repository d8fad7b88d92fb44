import Traces

extension Speaker {
  /// What a site is, in words, with its name.
  func words(_ site: Site) -> RichText {
    let name: RichText = "\(code: site.name)"
    guard let phrase = phrase(site) else { return name }
    return say(en: "\(phrase) (\(name))", ja: "\(phrase)（\(name)）")
  }

  /// What a site is, where there is room for one of the two: in words, if there are any.
  func label(_ site: Site) -> String { phrase(site)?.plain ?? site.name }

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
  var order: Double {
    /// In a layer, which part of it, and which head or neuron, of fewer than 2²⁴.
    func at(_ layer: Int, _ part: Int, _ index: Int = 0) -> Double {
      Double(layer) * 8 + Double(part) + Double(index) * 0x1p-24
    }
    switch self {
    case .embed: return at(-1, 0)
    case .posEmbed: return at(-1, 1)
    case .head(let layer, let head): return at(layer, 1, head)
    case .attention(let layer): return at(layer, 2)
    case .attentionBias(let layer): return at(layer, 3)
    case .neuron(let layer, let neuron): return at(layer, 5, neuron)
    case .mlp(let layer): return at(layer, 6)
    case .finalNormBias: return at(1 << 24, 1)
    case .unembeddingBias: return at(1 << 24, 2)
    case .hook(let point):
      guard let layer else { return at(1 << 24, 0) }
      let isLast = point == .residPost(layer)
      return at(layer, point == .residPre(layer) ? 0 : isLast ? 7 : 4)
    }
  }
}
