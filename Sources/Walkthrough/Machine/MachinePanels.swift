import Tensors
import Traces

// Where the panels stand.

extension Machine {
  /// How a panel lies in its tensor.
  private struct Lie {
    var shape: [Int]
    var start = 0
    var strides: (row: Int, column: Int)
    var isRecorded = true
    var missing = (rows: 0, columns: 0)
  }

  private mutating func add(
    _ id: String,
    _ kind: Kind,
    _ name: String,
    _ lie: Lie,
    at frame: Rectangle,
    _ rows: (Int, Axis),
    _ columns: (Int, Axis),
    isLanes: Bool = false,
    over: String? = nil,
    from sources: KeyValuePairs<String, String> = [:]
  ) {
    places[id] = panels.count
    panels.append(
      Panel(
        id: id,
        kind: kind,
        name: name,
        shape: lie.shape,
        frame: frame,
        rows: rows.0,
        columns: columns.0,
        rowAxis: rows.1,
        columnAxis: columns.1,
        start: lie.start,
        rowStride: lie.strides.row,
        columnStride: lie.strides.column,
        missing: lie.missing,
        isRecorded: lie.isRecorded,
        isLanes: isLanes,
        over: over,
        sources: sources.map { (panel: $0.key, cells: $0.value) }
      )
    )
  }

  /// A weight as it lies: `shape`, from `start` on, in rows and columns so far apart.
  private mutating func weight(
    _ id: String,
    _ name: String,
    _ shape: [Int],
    start: Int = 0,
    _ strides: (row: Int, column: Int),
    at frame: Rectangle,
    _ rows: (Int, Axis),
    _ columns: (Int, Axis)? = nil,
    from sources: KeyValuePairs<String, String> = [:]
  ) {
    let lie = Lie(shape: shape, start: start, strides: strides)
    add(id, .weight, name, lie, at: frame, rows, columns ?? (sizes.width, .number), from: sources)
  }

  /// A gain or a bias: one row above the columns it acts on.
  private mutating func vector(_ id: String, _ name: String, x: Double, y: Double) {
    let frame = Rectangle(x, y, sizes.column, 10)
    weight(id, name, [sizes.width], (0, 1), at: frame, (1, .one))
  }

  /// How a recorded tensor lies, of which the rows may be those of the last positions.
  ///
  /// - Parameters:
  ///   - hook: The tensor.
  ///   - expected: Its shape, if it is not there.
  ///   - axis: Its axis of positions.
  ///   - lie: Where a panel begins in it, and its strides.
  private func lie(
    _ hook: HookPoint,
    _ expected: [Int],
    axis: Int = 0,
    isTokenRows: Bool = true,
    _ lie: ([Int]) -> (start: Int, row: Int, column: Int)
  ) -> Lie {
    let tensor = trace[hook]
    let shape = tensor?.shape.count == expected.count ? tensor?.shape ?? expected : expected
    let (start, row, column) = lie(shape)
    let first = trace.firstPosition(rows: shape[axis])
    return Lie(
      shape: shape,
      start: start - first * (isTokenRows ? row : column),
      strides: (row, column),
      isRecorded: tensor != nil && tensor?.shape.count == expected.count,
      missing: isTokenRows ? (first, 0) : (0, first)
    )
  }

  /// A row for each token, in its lane.
  private mutating func lanes(
    _ id: String,
    _ hook: HookPoint,
    at frame: Rectangle,
    from sources: KeyValuePairs<String, String>
  ) {
    let lie = lie(hook, [sizes.tokens, sizes.width]) { (0, $0[1], 1) }
    let (rows, columns) = ((sizes.tokens, Axis.token), (sizes.width, Axis.number))
    add(id, .data, hook.name, lie, at: frame, rows, columns, isLanes: true, from: sources)
  }

  /// The stream at a place.
  private mutating func station(
    _ id: String,
    _ hook: HookPoint,
    x: Double,
    width: Double? = nil,
    from sources: KeyValuePairs<String, String>
  ) {
    let frame = Rectangle(x, sizes.top, width ?? sizes.column, sizes.stream)
    lanes(id, hook, at: frame, from: sources)
  }

  /// What was read from the stream, or is added to it.
  private func reading(_ x: Double, _ y: Double) -> Rectangle {
    Rectangle(x, y, sizes.column, sizes.reading)
  }

  /// The right edge of what stands last.
  private var end: Double { panels.map { $0.frame.x + $0.frame.width }.max() ?? 0 }

  /// The stream's state before a layer; after the last one for their number.
  private func stream(_ layer: Int) -> HookPoint {
    layer < sizes.layers ? .residPre(layer) : .residPost(sizes.layers - 1)
  }

  // MARK: - From tokens to vectors

  mutating func placeEmbedding() {
    let (s, v) = (sizes, sizes.vocabularyRows)
    weight(
      "WE",
      WeightMatrix.embedding.name,
      [s.vocabulary, s.width],
      (s.width, 1),
      at: Rectangle(s.vocabularyLeft, -v / 2, s.column, v),
      (s.vocabulary, .vocabulary)
    )
    let frame = Rectangle(s.embedding, s.top, s.column, s.stream)
    lanes("embed", .embed, at: frame, from: ["WE": "t*"])
    if trace[.posEmbed] != nil {
      weight(
        "Wpos",
        WeightMatrix.position.name,
        [s.context, s.width],
        (s.width, 1),
        at: Rectangle(s.positions, s.top - 150 - 333, s.column, 333),
        (s.context, .place)
      )
    }
    station("s.0", stream(0), x: 0, from: ["embed": "rc", "Wpos": "rc"])
  }

  // MARK: - A block

  mutating func placeBlock(_ l: Int) {
    let s = sizes
    let a = panel("s.\(l)")?.frame.width == s.column ? panel("s.\(l)")?.frame.x ?? 0 : end
    let b = a + s.column + s.attention
    let c = b + s.column + s.mlp
    let norms = (NormSite.beforeAttention(layer: l), NormSite.beforeMLP(layer: l))
    vector("g1.\(l)", "\(norms.0.name).w", x: a, y: s.top - 46)
    vector("b1.\(l)", "\(norms.0.name).b", x: a, y: s.top - 34)
    lanes(
      "x1.\(l)",
      .normOut(norms.0),
      at: reading(a, s.upper),
      from: ["s.\(l)": "r*", "g1.\(l)": "0c", "b1.\(l)": "0c"]
    )
    for head in 0..<s.heads { placeHead(l, head, a, b) }
    lanes("ao.\(l)", .attnOut(l), at: reading(b, s.upper), from: [:])
    for head in 0..<s.heads {
      panels[panels.count - 1].sources.append(("r.\(l).\(head)", "rc"))
    }
    station("m.\(l)", .residMid(l), x: b, from: ["s.\(l)": "rc", "ao.\(l)": "rc"])
    vector("g2.\(l)", "\(norms.1.name).w", x: b, y: 24 - s.top)
    vector("b2.\(l)", "\(norms.1.name).b", x: b, y: 36 - s.top)
    lanes(
      "x2.\(l)",
      .normOut(norms.1),
      at: reading(b, s.lower),
      from: ["m.\(l)": "r*", "g2.\(l)": "0c", "b2.\(l)": "0c"]
    )
    placeMLP(l, b, c)
    lanes(
      "mo.\(l)",
      .mlpOut(l),
      at: reading(c, s.lower),
      from: ["post.\(l)": "*r", "Wout.\(l)": "*c"]
    )
    let made: KeyValuePairs = ["m.\(l)": "rc", "mo.\(l)": "rc"]
    station("s.\(l + 1)", stream(l + 1), x: c, from: made)
  }

  /// A head: W_Q, W_K, W_V read; q meets the keys; the pattern weighs the values; W_O writes.
  private mutating func placeHead(_ l: Int, _ h: Int, _ a: Double, _ b: Double) {
    let (s, y) = (sizes, sizes.head(h))
    let of = ".\(l).\(h)"
    // Several heads may share one of keys and values, which is drawn at the middle one.
    let sharing = max(1, s.heads / max(1, s.keyHeads))
    let shared = h / sharing
    let keys = ".\(l).\(shared * sharing + sharing / 2)"
    let parts: [(letter: String, hook: HookPoint, heads: Int)] = [
      ("Q", .q(l), s.heads), ("K", .k(l), s.keyHeads), ("V", .v(l), s.keyHeads),
    ]
    for (index, part) in parts.enumerated() where index == 0 || keys == of {
      let (letter, small) = (part.letter, part.letter.lowercased())
      let head = index == 0 ? h : shared
      let row = y + Double(index) * s.weightPitch
      weight(
        "W\(letter)\(of)",
        "blocks.\(l).attn.W_\(letter)",
        [part.heads, s.width, s.headWidth],
        start: head * s.width * s.headWidth,
        (1, s.headWidth),
        at: Rectangle(a, row, s.column, s.weight),
        (s.headWidth, .number),
        from: ["x1.\(l)": "fc", "\(small)\(of)": "rf"]
      )
      perHead(
        "\(small)\(of)",
        part.hook,
        head,
        at: Rectangle(a + s.column + s.gutter, row, s.tokenColumns, s.weight),
        heads: part.heads,
        from: ["x1.\(l)": "c*", "W\(letter)\(of)": "r*"]
      )
    }
    let x = a + s.column + s.gutter + s.tokenColumns + s.patternGap
    let frame = Rectangle(x, y + (s.head - s.pattern) / 2, s.pattern, s.pattern)
    let products: KeyValuePairs = ["q\(of)": "*r", "k\(keys)": "*c"]
    placePattern("P\(of)", .probability, .pattern(l), h, at: frame, from: products)
    placePattern("S\(of)", .data, .attnScores(l), h, at: frame, over: "P\(of)", from: products)
    let third = y + 2 * s.weightPitch
    perHead(
      "z\(of)",
      .z(l),
      h,
      at: Rectangle(x + s.pattern + s.patternGap, third, s.tokenColumns, s.weight),
      heads: s.heads,
      from: ["v\(keys)": "r*", "P\(of)": "c*"]
    )
    weight(
      "WO\(of)",
      "blocks.\(l).attn.W_O",
      [s.heads, s.headWidth, s.width],
      start: h * s.headWidth * s.width,
      (s.width, 1),
      at: Rectangle(b, third, s.column, s.weight),
      (s.headWidth, .number),
      from: ["z\(of)": "rf", "r\(of)": "fc"]
    )
    add(
      "r\(of)",
      .data,
      HookPoint.result(l).name,
      lie(.result(l), [s.tokens, s.heads, s.width]) { (h * $0[2], $0[1] * $0[2], 1) },
      at: Rectangle(b, y, s.column, 2 * s.weightPitch - 12 * min(1, 6 / Double(s.heads))),
      (s.tokens, .token),
      (s.width, .number),
      isLanes: true,
      from: ["z\(of)": "*r", "WO\(of)": "*c"]
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
      "Win.\(l)",
      WeightMatrix.up(layer: l).name,
      [s.width, s.neurons],
      (1, s.neurons),
      at: Rectangle(b, y, s.column, height),
      neurons,
      from: ["x2.\(l)": "fc", "\(isGated ? "lin" : "pre").\(l)": "rf"]
    )
    if isGated {
      let x = b - s.gutter - s.tokenColumns
      weight(
        "Wgate.\(l)",
        "blocks.\(l).mlp.W_gate",
        [s.width, s.neurons],
        (1, s.neurons),
        at: Rectangle(x - s.gutter - s.column, y, s.column, height),
        neurons,
        from: ["x2.\(l)": "fc", "pre.\(l)": "rf"]
      )
      perNeuron("lin.\(l)", .mlpPreLinear(l), x: x, ["x2.\(l)": "c*", "Win.\(l)": "r*"])
    }
    let x = b + s.column + s.gutter
    let source = isGated ? "Wgate" : "Win"
    perNeuron("pre.\(l)", .mlpPre(l), x: x, ["x2.\(l)": "c*", "\(source).\(l)": "r*"])
    let fired: KeyValuePairs = ["pre.\(l)": "rc", "lin.\(l)": "rc"]
    perNeuron("post.\(l)", .mlpPost(l), x: x + s.tokenColumns + s.gateGap, fired)
    weight(
      "Wout.\(l)",
      WeightMatrix.down(layer: l).name,
      [s.neurons, s.width],
      (s.width, 1),
      at: Rectangle(c, y, s.column, height),
      neurons,
      from: ["post.\(l)": "rf", "mo.\(l)": "fc"]
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
      placePattern("P.\(l).\(head)", .probability, .pattern(l), head, at: frame, from: [:])
    }
    perNeuron("post.\(l)", .mlpPost(l), x: x, width: s.folded, [:])
    let isFull = l + 1 == s.layers || s.isOpen(l + 1)
    station(
      "s.\(l + 1)",
      stream(l + 1),
      x: isFull ? x + s.folded + s.foldedGap : x,
      width: isFull ? nil : s.folded,
      from: [:]
    )
  }

  // MARK: - From the last vector to the next token

  mutating func placeEnd() {
    let s = sizes
    let x = end + 56
    vector("gf", "\(NormSite.final.name).w", x: x, y: s.top - 46)
    vector("bf", "\(NormSite.final.name).b", x: x, y: s.top - 34)
    lanes(
      "xf",
      .normOut(.final),
      at: Rectangle(x, s.top, s.column, s.stream),
      from: ["s.\(s.layers)": "r*", "gf": "0c", "bf": "0c"]
    )
    let rows = x + s.column + 170
    weight(
      "WU",
      WeightMatrix.unembedding.name,
      [s.width, s.vocabulary],
      (1, s.vocabulary),
      at: Rectangle(rows, -s.vocabularyRows / 2, s.column, s.vocabularyRows),
      (s.vocabulary, .vocabulary),
      from: ["xf": "fc", "logits": "r0"]
    )
    var right = rows + s.column
    let last: [(String, Double, Kind, HookPoint, KeyValuePairs<String, String>)] = [
      ("logits", 190, .data, .logits, ["WU": "r*", "xf": "f*"]),
      ("prob", 110, .probability, .probabilities, ["logits": "r0"]),
    ]
    for (id, width, kind, hook, sources) in last where trace[hook] != nil {
      let row = followed
      let shape = trace[hook]?.shape ?? []
      guard row >= trace.firstPosition(rows: shape[0]) else { continue }
      let start = (row - trace.firstPosition(rows: shape[0])) * s.vocabulary
      let lie = Lie(shape: shape, start: start, strides: (1, 1))
      let frame = Rectangle(right + 14, -s.vocabularyRows / 2, width, s.vocabularyRows)
      let axis = (s.vocabulary, Axis.vocabulary)
      add(id, kind, hook.name, lie, at: frame, axis, (1, .one), from: sources)
      right = frame.x + frame.width
    }
    let height = Double(s.answers) * s.answerPitch
    answers = Rectangle(right + 110, -height / 2, 700, height)
    let room = 120 + 30 * Double(min(14, trace.tokens.map { $0.text.count }.max() ?? 1))
    let tokens = Double(s.tokens) * s.promptPitch
    prompt = Rectangle(s.vocabularyLeft - room - 130, -tokens / 2, room, tokens)
    box = panels.map { $0.frame }.reduce(answers.union(prompt)) { $0.union($1) }
  }
}
