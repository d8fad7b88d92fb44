import Platform
import Tensors
import Traces

// The lines between panels: gray what all tokens share, amber the followed one's.

extension Machine {
  private mutating func wire(_ style: Wire.Style, _ isFollowed: Bool, _ points: Double...) {
    wires.append(Wire(style: style, isFollowed: isFollowed, points: points))
  }

  /// The frame of a panel, if it is there.
  func frame(_ id: String) -> Rectangle? { panel(id)?.frame }

  /// The middle of a token's row in a panel.
  private func row(_ id: String, _ position: Int) -> Double {
    frame(id).map { $0.y + $0.height * (Double(position) + 0.5) / Double(sizes.tokens) } ?? 0
  }

  mutating func connect() {
    let s = sizes
    connectEmbedding()
    var way = [
      prompt.x + prompt.width, s.prompt(followed),
      s.vocabularyLeft + s.column / 2, s.row(trace.tokens[followed].id),
      s.embedding, s.lane(followed),
    ]
    // The lanes run from station to station, in the order in which these stand.
    let stations = panels.filter {
      $0.id.hasPrefix("s.") || $0.id.hasPrefix("m.") || $0.id == "embed" || $0.id == "xf"
    }.map { $0.frame }.rising { $0.x }
    for (from, to) in zip(stations, stations.dropFirst()) {
      wire(.lanes, false, from.x + from.width, to.x)
    }
    for layer in 0..<s.layers {
      if s.isOpen(layer) { connectBlock(layer, &way) } else { connectFolded(layer, &way) }
    }
    connectEnd(&way)
    wires.append(Wire(style: .way, isFollowed: true, points: way))
  }

  private mutating func connectEmbedding() {
    let s = sizes
    let (left, right) = (s.vocabularyLeft, s.vocabularyLeft + s.column)
    for (position, token) in trace.tokens.enumerated() {
      let (isMine, row) = (position == followed, s.row(token.id))
      wire(.curve, isMine, prompt.x + prompt.width + 24, s.prompt(position), left, row)
      wire(.curve, isMine, right, row, s.embedding, s.lane(position))
    }
    if let table = frame("Wpos") {
      let (x, lane) = (table.x + s.column / 2, s.lane(followed))
      let row = table.y + table.height * (Double(followed) + 0.5) / Double(s.context)
      wire(.bus, true, x, row, x, lane)
      wire(.plus, true, x, lane)
    }
  }

  private mutating func connectBlock(_ l: Int, _ way: inout [Double]) {
    guard let a = frame(id("s", l))?.x, let b = frame(id("m", l))?.x,
      let c = frame(id("s", l + 1))?.x
    else { return }
    let (s, lane) = (sizes, sizes.lane(followed))
    let read = row(id("x1", l), followed), added = row(id("ao", l), followed)
    let (reads, heads, writes) = (a - 7, a + s.column + s.gutter / 2, b - s.gutter / 2)
    wire(.bus, true, reads, lane, reads, read, a, read)
    wire(.bus, true, a + s.column, read, heads, read, heads, s.head(0) + s.weight / 2)
    for head in 0..<s.heads { connectHead(l, head, heads, writes, b) }
    wire(.bus, true, writes, row("r.\(l).0", followed), writes, lane)
    wire(.tick, true, writes, added, b, added)
    wire(.plus, true, writes, lane)
    let middle = row(id("P", l, head), followed)
    way += [reads, lane, reads, read, heads, read, heads, middle, writes, middle, writes, lane]
    connectMLP(l, b, c, &way)
  }

  private mutating func connectHead(
    _ l: Int,
    _ h: Int,
    _ heads: Double,
    _ writes: Double,
    _ b: Double
  ) {
    let of = ".\(l).\(h)"
    for part in ["q", "k", "v"] {
      guard let frame = frame(part + of) else { continue }
      let y = frame.y + frame.height / 2
      wire(.tick, true, heads, y, frame.x, y)
      // Every head of a group meets the keys and values that stand at the middle one.
      let sharing = max(1, sizes.heads / max(1, sizes.keyHeads))
      let group = part == "q" ? [h] : Array(h / sharing * sharing..<(h / sharing + 1) * sharing)
      for other in group {
        guard let pattern = self.frame("P.\(l).\(other)"), let z = self.frame("z.\(l).\(other)")
        else { continue }
        let x = frame.x + frame.width
        switch part {
        case "q": wire(.curve, true, x, y, pattern.x, row("P" + of, followed))
        case "k": wire(.curve, false, x, y, pattern.x, pattern.y + pattern.height / 2)
        default: wire(.curve, false, x, y + frame.height * 0.36, z.x, z.y + z.height * 0.86)
        }
      }
    }
    guard let pattern = frame("P" + of), let z = frame("z" + of) else { return }
    let y = z.y + z.height / 2
    wire(.curve, true, pattern.x + pattern.width, row("P" + of, followed), z.x, y)
    wire(.tick, true, z.x + z.width, y, b, y)
    wire(.tick, true, writes, row("r" + of, followed), b, row("r" + of, followed))
  }

  private mutating func connectMLP(_ l: Int, _ b: Double, _ c: Double, _ way: inout [Double]) {
    let (s, lane) = (sizes, sizes.lane(followed))
    let read = row(id("x2", l), followed), added = row(id("mo", l), followed)
    let (reads, fires, writes) = (b - 7, b + s.column + s.gutter / 2, c - s.gutter / 2)
    let bottom = s.neuronTop + s.neuronRows
    wire(.bus, true, reads, lane, reads, read, b, read)
    wire(.bus, true, b + s.column, read, fires, read, fires, bottom)
    wire(.bus, true, writes, bottom, writes, lane)
    wire(.tick, true, writes, added, c, added)
    wire(.plus, true, writes, lane)
    let x = fires + s.gutter / 2 + s.tokenColumns
    for step in 0..<9 {
      let y = s.neuronTop + s.neuronRows * (Double(step) + 0.5) / 9
      wire(.tick, false, x, y, x + s.gateGap, y)
    }
    let middle = s.neuronTop + s.neuronRows * 0.3
    way += [reads, lane, reads, read, fires, read, fires, middle, writes, middle, writes, lane]
  }

  private mutating func connectFolded(_ l: Int, _ way: inout [Double]) {
    let (s, lane) = (sizes, sizes.lane(followed))
    guard let pattern = frame("P.\(l).\(s.heads - 1)") else { return }
    let x = pattern.x - s.foldedGap / 2
    wire(.bus, true, x, lane, x, pattern.y + pattern.height / 2, pattern.x, pattern.y)
    wire(.bus, true, x, lane, x, s.neuronTop + 40, pattern.x, s.neuronTop + 40)
    wire(.plus, true, x, lane)
    way += [x, lane, x, pattern.y, x, s.neuronTop + 40, x, lane]
  }

  private mutating func connectEnd(_ way: inout [Double]) {
    let (s, lane) = (sizes, sizes.lane(followed))
    guard let last = frame("xf"), let rows = frame("WU") else { return }
    wire(.cone, true, last.x + last.width, lane, rows.x, rows.y, rows.y + rows.height)
    way += [last.x + last.width, lane]
    guard let end = frame("prob") ?? frame("logits") else { return }
    for (rank, id) in next.enumerated() {
      let answer = answerY(rank)
      wire(.curve, rank == 0, end.x + end.width, s.row(id), answers.x - 24, answer)
      if rank == 0 { way += [rows.x, s.row(id), end.x + end.width, s.row(id), answers.x, answer] }
    }
  }

  /// The ids of the likeliest tokens after the followed position, likeliest first.
  public var next: [Int] {
    guard let logits = trace[.logits] else { return [] }
    let row = followed - trace.firstPosition(rows: logits.rows)
    return row < 0 ? [] : largest(sizes.answers, of: logits.slice(row).values)
  }
}
