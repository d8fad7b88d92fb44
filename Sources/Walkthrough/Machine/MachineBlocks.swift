import Platform
import Tensors
import Traces

// A block of the machine: attention above the stream, the MLP below it.

extension Machine {
  mutating func placeBlock(_ l: Int) {
    let s = sizes
    let a = panel(id("s", l))?.frame.width == s.column ? panel(id("s", l))?.frame.x ?? 0 : end
    let b = a + s.column + s.attention
    let c = b + s.column + s.mlp
    let norms = (NormSite.beforeAttention(layer: l), NormSite.beforeMLP(layer: l))
    vector(id("g1", l), "\(norms.0.name).w", x: a, y: s.top - 46)
    vector(id("b1", l), "\(norms.0.name).b", x: a, y: s.top - 34)
    lanes(
      id("x1", l),
      .normOut(norms.0),
      at: reading(a, s.upper),
      from: [id("s", l): "r*", id("g1", l): "0c", id("b1", l): "0c"]
    )
    for head in 0..<s.heads { placeHead(l, head, a, b) }
    lanes(id("ao", l), .attnOut(l), at: reading(b, s.upper), from: [:])
    for head in 0..<s.heads {
      panels[panels.count - 1].sources.append((id("r", l, head), "rc"))
    }
    station(id("m", l), .residMid(l), x: b, from: [id("s", l): "rc", id("ao", l): "rc"])
    vector(id("g2", l), "\(norms.1.name).w", x: b, y: 24 - s.top)
    vector(id("b2", l), "\(norms.1.name).b", x: b, y: 36 - s.top)
    lanes(
      id("x2", l),
      .normOut(norms.1),
      at: reading(b, s.lower),
      from: [id("m", l): "r*", id("g2", l): "0c", id("b2", l): "0c"]
    )
    placeMLP(l, b, c)
    lanes(
      id("mo", l),
      .mlpOut(l),
      at: reading(c, s.lower),
      from: [id("post", l): "*r", id("Wout", l): "*c"]
    )
    let made: KeyValuePairs = [id("m", l): "rc", id("mo", l): "rc"]
    station(id("s", l + 1), stream(l + 1), x: c, from: made)
  }

  /// A head: W_Q, W_K, W_V read; q meets the keys; the pattern weighs the values; W_O writes.
  private mutating func placeHead(_ l: Int, _ h: Int, _ a: Double, _ b: Double) {
    let (s, y) = (sizes, sizes.head(h))
    let of = id("", l, h)
    // Several heads may share one of keys and values, which is drawn at the middle one.
    let sharing = max(1, s.heads / max(1, s.keyHeads))
    let shared = h / sharing
    let keys = id("", l, shared * sharing + sharing / 2)
    let parts: [(letter: String, hook: HookPoint, heads: Int)] = [
      ("Q", .q(l), s.heads), ("K", .k(l), s.keyHeads), ("V", .v(l), s.keyHeads),
    ]
    for (index, part) in parts.enumerated() where index == 0 || keys == of {
      let (letter, small) = (part.letter, part.letter.lowercasedASCII)
      let head = index == 0 ? h : shared
      let row = y + Double(index) * s.weightPitch
      weight(
        "W" + letter + of,
        "blocks.\(l).attn.W_\(letter)",
        [part.heads, s.width, s.headWidth],
        start: head * s.width * s.headWidth,
        (1, s.headWidth),
        at: Rectangle(a, row, s.column, s.weight),
        (s.headWidth, .number),
        from: [id("x1", l): "fc", small + of: "rf"]
      )
      perHead(
        small + of,
        part.hook,
        head,
        at: Rectangle(a + s.column + s.gutter, row, s.tokenColumns, s.weight),
        heads: part.heads,
        from: [id("x1", l): "c*", "W" + letter + of: "r*"]
      )
      let turned = index == 0 ? HookPoint.rotatedQ(l) : .rotatedK(l)
      if index < 2, trace[turned] != nil { panels[panels.count - 1].turned = turned.name }
    }
    let x = a + s.column + s.gutter + s.tokenColumns + s.patternGap
    let frame = Rectangle(x, y + (s.head - s.pattern) / 2, s.pattern, s.pattern)
    let products: KeyValuePairs = ["q" + of: "*r", "k" + keys: "*c"]
    placePattern("P" + of, .probability, .pattern(l), h, at: frame, from: products)
    placePattern("S" + of, .data, .attnScores(l), h, at: frame, over: "P" + of, from: products)
    let third = y + 2 * s.weightPitch
    perHead(
      "z" + of,
      .z(l),
      h,
      at: Rectangle(x + s.pattern + s.patternGap, third, s.tokenColumns, s.weight),
      heads: s.heads,
      from: ["v" + keys: "r*", "P" + of: "c*"]
    )
    weight(
      "WO" + of,
      "blocks.\(l).attn.W_O",
      [s.heads, s.headWidth, s.width],
      start: h * s.headWidth * s.width,
      (s.width, 1),
      at: Rectangle(b, third, s.column, s.weight),
      (s.headWidth, .number),
      from: ["z" + of: "rf", "r" + of: "fc"]
    )
    add(
      "r" + of,
      .data,
      HookPoint.result(l).name,
      lie(.result(l), [s.tokens, s.heads, s.width]) { (h * $0[2], $0[1] * $0[2], 1) },
      at: Rectangle(b, y, s.column, 2 * s.weightPitch - 12 * min(1, 6 / Double(s.heads))),
      (s.tokens, .token),
      (s.width, .number),
      isLanes: true,
      from: ["z" + of: "*r", "WO" + of: "*c"]
    )
  }

  /// A column for each token: q, k, v or z of a head.
  private mutating func perHead(
    _ id: String,
    _ hook: HookPoint,
    _ head: Int,
    at frame: Rectangle,
    heads: Int,
    from sources: KeyValuePairs<String, String>
  ) {
    let lie = lie(hook, [sizes.tokens, heads, sizes.headWidth], isTokenRows: false) {
      (head * $0[2], 1, $0[1] * $0[2])
    }
    let (rows, columns) = ((sizes.headWidth, Axis.number), (sizes.tokens, Axis.token))
    add(id, .data, hook.name, lie, at: frame, rows, columns, from: sources)
  }

  /// A row for each query, a column for each key.
  private mutating func placePattern(
    _ id: String,
    _ kind: Kind,
    _ hook: HookPoint,
    _ head: Int,
    at frame: Rectangle,
    over: String? = nil,
    from sources: KeyValuePairs<String, String>
  ) {
    let count = sizes.tokens
    let lie = lie(hook, [sizes.heads, count, count], axis: 1) {
      (head * $0[1] * $0[2], $0[2], 1)
    }
    let axis = (count, Axis.token)
    add(id, kind, hook.name, lie, at: frame, axis, axis, over: over, from: sources)
  }

  /// A neuron is one line: it reads, fires, writes.
  private mutating func placeMLP(_ l: Int, _ b: Double, _ c: Double) {
    let (s, y, height) = (sizes, sizes.neuronTop, sizes.neuronRows)
    let neurons = (s.neurons, Axis.neuron)
    let isGated = trace[.mlpPreLinear(l)] != nil
    weight(
      id("Win", l),
      WeightMatrix.up(layer: l).name,
      [s.width, s.neurons],
      (1, s.neurons),
      at: Rectangle(b, y, s.column, height),
      neurons,
      from: [id("x2", l): "fc", id(isGated ? "lin" : "pre", l): "rf"]
    )
    if isGated {
      let x = b - s.gutter - s.tokenColumns
      weight(
        id("Wgate", l),
        "blocks.\(l).mlp.W_gate",
        [s.width, s.neurons],
        (1, s.neurons),
        at: Rectangle(x - s.gutter - s.column, y, s.column, height),
        neurons,
        from: [id("x2", l): "fc", id("pre", l): "rf"]
      )
      perNeuron(id("lin", l), .mlpPreLinear(l), x: x, [id("x2", l): "c*", id("Win", l): "r*"])
    }
    let x = b + s.column + s.gutter
    let source = isGated ? "Wgate" : "Win"
    perNeuron(id("pre", l), .mlpPre(l), x: x, [id("x2", l): "c*", id(source, l): "r*"])
    let fired: KeyValuePairs = [id("pre", l): "rc", id("lin", l): "rc"]
    perNeuron(id("post", l), .mlpPost(l), x: x + s.tokenColumns + s.gateGap, fired)
    weight(
      id("Wout", l),
      WeightMatrix.down(layer: l).name,
      [s.neurons, s.width],
      (s.width, 1),
      at: Rectangle(c, y, s.column, height),
      neurons,
      from: [id("post", l): "rf", id("mo", l): "fc"]
    )
  }

  private mutating func perNeuron(
    _ id: String,
    _ hook: HookPoint,
    x: Double,
    width: Double? = nil,
    _ sources: KeyValuePairs<String, String>
  ) {
    let lie = lie(hook, [sizes.tokens, sizes.neurons], isTokenRows: false) { (0, 1, $0[1]) }
    let frame = Rectangle(x, sizes.neuronTop, width ?? sizes.tokenColumns, sizes.neuronRows)
    let (rows, columns) = ((sizes.neurons, Axis.neuron), (sizes.tokens, Axis.token))
    add(id, .data, hook.name, lie, at: frame, rows, columns, from: sources)
  }

  /// A block of which only the patterns, the neurons and the stream after it are drawn.
  mutating func placeFolded(_ l: Int) {
    let s = sizes
    let x = end + s.foldedGap
    let size = min(s.folded, s.head)
    for head in 0..<s.heads {
      let y = s.head(head) + (s.head - size) / 2
      let frame = Rectangle(x, y, size, size)
      placePattern(id("P", l, head), .probability, .pattern(l), head, at: frame, from: [:])
    }
    perNeuron(id("post", l), .mlpPost(l), x: x, width: s.folded, [:])
    let isFull = l + 1 == s.layers || s.isOpen(l + 1)
    station(
      id("s", l + 1),
      stream(l + 1),
      x: isFull ? x + s.folded + s.foldedGap : x,
      width: isFull ? nil : s.folded,
      from: [:]
    )
  }
}
