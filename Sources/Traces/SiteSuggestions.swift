extension SiteReader {
  /// The reader that says of a name that is no site's what may have been meant.
  public var suggesting: SiteReader {
    var reader = self
    reader.near = { $0.suggestions(for: $1) }
    return reader
  }

  /// The sites whose names are nearest to a text, at most three; none if nothing is near.
  private func suggestions(for text: String) -> [String] {
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
