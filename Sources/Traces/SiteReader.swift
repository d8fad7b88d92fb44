/// Reads sites as they are written, for a model of some sizes.
public struct SiteReader: Sendable {
  /// How many blocks there are, L; how many heads, H; how many neurons a block has, F.
  public let layers: Int, heads: Int, neurons: Int
  /// Whether the model has a b_U.
  public let hasUnembeddingBias: Bool

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
      throw .unknown(text, near: near(text))
    }
    guard layer < layers else {
      throw .outOfRange(text, what: "layer", number: layer, count: layers)
    }
    if let site = try ofBlock(layer, parts.dropFirst(2).map { String($0) }, text) { return site }
    let points = HookPoint.readable(layerCount: layer + 1, from: layer)
    guard let point = points.first(where: { $0.name == text }) else {
      throw .unknown(text, near: near(text))
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

  private static func isDigit(_ letter: Character) -> Bool {
    letter.asciiValue.map { 0x30...0x39 ~= $0 } ?? false
  }

  /// A whole number of at most nine digits and nothing else.
  private static func number(_ text: Substring) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
      return nil
    }
    return Int(text)
  }

  // MARK: - Near misses

  /// The sites whose names are nearest to a text, at most three; none if nothing is near.
  private func near(_ text: String) -> [String] {
    if let meant = shorthand(text) { return [meant] }
    // Of a long list of layers only those that the text names, and the first.
    let named = text.split { !Self.isDigit($0) }.compactMap { Self.number($0) }.filter {
      $0 < layers
    }
    let shown = Set(named.prefix(2) + (layers > 0 ? [0] : []))
    var names = ["embed", "pos_embed", "ln_final.bias"]
    names += HookPoint.readable(layerCount: 0).map { $0.name }
    for layer in shown.sorted() {
      names += HookPoint.ofBlock(layer).map { $0.name }
      names += ["attn", "mlp", "attn.bias"].map { "blocks.\(layer).\($0)" }
      let last = named.last ?? 0
      names.append("blocks.\(layer).attn.head.\(min(last, max(0, heads - 1)))")
      names.append("blocks.\(layer).mlp.neuron.\(min(last, max(0, neurons - 1)))")
    }
    let limit = max(2, text.count / 3)
    let letters = Array(text.prefix(80).utf8)
    let distances = names.map { (name: $0, distance: editDistance(letters, Array($0.utf8))) }
    let close = distances.enumerated().filter { $0.element.distance <= limit }
    let least = close.map { $0.element.distance }.min() ?? 0
    return close.filter { $0.element.distance == least }.prefix(3).map { $0.element.name }
  }

  /// What `L0H2`, `0.2` and the like are short for, if there is such a head.
  private func shorthand(_ text: String) -> String? {
    let numbers = text.split { !Self.isDigit($0) }.compactMap { Self.number($0) }
    let words = String(text.filter { !Self.isDigit($0) })
    if numbers.count == 2, numbers[0] < layers, numbers[1] < heads,
      ["LH", "lh", "L.H", ".", "head.", "head .", "layer head ", "attn.", "attn.head."].contains(
        words
      )
    {
      return "blocks.\(numbers[0]).attn.head.\(numbers[1])"
    }
    if numbers.count == 1, numbers[0] < layers {
      if ["mlp", "mlp.", "mlp ", "MLP", "MLP.", "MLP ", "L.mlp", "M"].contains(words) {
        return "blocks.\(numbers[0]).mlp"
      }
      if ["attn", "attn.", "attn ", "L.attn", "attention", "attention "].contains(words) {
        return "blocks.\(numbers[0]).attn"
      }
    }
    return nil
  }
}

/// The number of letters to insert, delete or replace to make `b` from `a`.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      row.append(min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1))
    }
    last = row
  }
  return last[b.count]
}
