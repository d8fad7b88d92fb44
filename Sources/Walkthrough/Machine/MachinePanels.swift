import Tensors
import Traces

// Where the panels stand.

extension Machine {
  /// How a panel lies in its tensor.
  struct Lie {
    var shape: [Int]
    var start = 0
    var strides: (row: Int, column: Int)
    var isRecorded = true
    var missing = (rows: 0, columns: 0)
  }

  mutating func add(
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
        turned: nil,
        sources: sources.map { (panel: $0.key, cells: $0.value) }
      )
    )
  }

  /// A weight as it lies: `shape`, from `start` on, in rows and columns so far apart.
  mutating func weight(
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
  mutating func vector(_ id: String, _ name: String, x: Double, y: Double) {
    let frame = Rectangle(x, y, sizes.column, 10)
    weight(id, name, [sizes.width], (0, 1), at: frame, (1, .one))
  }

  /// How a recorded tensor lies, of which the rows may be those of the last positions.
  ///
  /// If it is not there, it is taken to have the expected shape.
  func lie(
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
  mutating func lanes(
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
  mutating func station(
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
  func reading(_ x: Double, _ y: Double) -> Rectangle {
    Rectangle(x, y, sizes.column, sizes.reading)
  }

  /// The right edge of what stands last.
  var end: Double { panels.map { $0.frame.x + $0.frame.width }.max() ?? 0 }

  /// The stream's state before a layer; after the last one for their number.
  func stream(_ layer: Int) -> HookPoint {
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
      from: [id("s", s.layers): "r*", "gf": "0c", "bf": "0c"]
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
