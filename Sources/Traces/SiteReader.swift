/// Reads sites as they are written, for a model of some sizes.
public struct SiteReader: Sendable {
  /// How many blocks there are, L; how many heads, H; how many neurons a block has, F.
  public let layers: Int, heads: Int, neurons: Int
  /// Whether the model has a b_U.
  public let hasUnembeddingBias: Bool
  /// Gives the names that may have been meant by one that is no site's; see ``suggesting``.
  var near: @Sendable (SiteReader, String) -> [String] = { _, _ in [] }

  /// Makes a reader for a model's sizes.
  public init(layers: Int, heads: Int, neurons: Int, hasUnembeddingBias: Bool = false) {
    (self.layers, self.heads, self.neurons) = (layers, heads, neurons)
    self.hasUnembeddingBias = hasUnembeddingBias
  }

  /// Makes a reader that takes any layer, head and neuron: for what a trace says of a model not at hand.
  static let unbounded = SiteReader(
    layers: Trace.maximumLayerCount,
    heads: 1 << 20,
    neurons: 1 << 30,
    hasUnembeddingBias: true
  )

  /// Reads a site and the position after its @, if there is one.
  ///
  /// - Throws: ``SiteError`` that says what was expected.
  public func siteAndPosition(_ text: String) throws(SiteError) -> (site: Site, position: Int?) {
    guard let at = text.lastIndex(of: "@") else { return (try site(text), nil) }
    let number = text[text.index(after: at)...]
    guard let position = Self.number(number) else { throw .position(text) }
    return (try site(String(text[..<at])), position)
  }

  /// Reads a site.
  ///
  /// - Throws: ``SiteError`` that says what was expected.
  public func site(_ text: String) throws(SiteError) -> Site {
    switch text {
    case "embed": return .embed
    case "pos_embed": return .posEmbed
    case "ln_final.bias": return .finalNormBias
    case "unembed.bias" where hasUnembeddingBias: return .unembeddingBias
    default: break
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 2, parts[0] == "blocks", let layer = Self.number(parts[1]) else {
      if let point = HookPoint.readable(layerCount: 0).first(where: { $0.name == text }) {
        return .hook(point)
      }
      throw .unknown(text, near: near(self, text))
    }
    guard layer < layers else {
      throw .outOfRange(text, what: "layer", number: layer, count: layers)
    }
    if let site = try ofBlock(layer, parts.dropFirst(2).map { String($0) }, text) { return site }
    let points = HookPoint.readable(layerCount: layer + 1, from: layer)
    guard let point = points.first(where: { $0.name == text }) else {
      throw .unknown(text, near: near(self, text))
    }
    return .hook(point)
  }

  private func ofBlock(
    _ layer: Int,
    _ parts: [String],
    _ text: String
  ) throws(SiteError) -> Site? {
    switch parts.count {
    case 1 where parts[0] == "attn": return .attention(layer: layer)
    case 1 where parts[0] == "mlp": return .mlp(layer: layer)
    case 2 where parts == ["attn", "bias"]: return .attentionBias(layer: layer)
    case 3:
      guard let number = Self.number(parts[2][...]) else { return nil }
      if parts[0] == "attn", parts[1] == "head" {
        guard number < heads else {
          throw .outOfRange(text, what: "head", number: number, count: heads)
        }
        return .head(layer: layer, head: number)
      }
      if parts[0] == "mlp", parts[1] == "neuron" {
        guard number < neurons else {
          throw .outOfRange(text, what: "neuron", number: number, count: neurons)
        }
        return .neuron(layer: layer, neuron: number)
      }
      return nil
    default: return nil
    }
  }

  static func isDigit(_ letter: Character) -> Bool {
    letter.asciiValue.map { 0x30...0x39 ~= $0 } ?? false
  }

  /// A whole number of at most nine digits and nothing else.
  static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
      return nil
    }
    return Int(text)
  }
}
