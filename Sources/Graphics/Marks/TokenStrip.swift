/// A text as the model reads it: one chip a token, its id beneath.
///
/// A text too long for a figure keeps its beginning and its end; how many tokens are left out between
/// stands where they were.
public struct TokenStrip: MarkContent {
  /// One token.
  public struct Chip: Sendable, Equatable {
    /// The token's text; spaces and line ends are made visible.
    public var text: String
    /// The token's id, if it is to be shown.
    public var id: Quantity?
    /// A few signs beneath the id, if there is something to note.
    public var note: String?
    /// Whether its outline is dashed.
    public var isMarked: Bool

    /// Makes a chip.
    public init(_ text: String, id: Quantity? = nil, note: String? = nil, isMarked: Bool = false) {
      self.text = text
      self.id = id
      self.note = note
      self.isMarked = isMarked
    }
  }

  /// The tokens in order.
  public var chips: [Chip]
  /// The index of the token the reader follows.
  public var followed: Int?
  /// How many rows of chips are drawn at most.
  public var rowLimit: Int

  /// Makes a strip.
  public init(_ chips: [Chip], followed: Int? = nil, rowLimit: Int = 7) {
    self.chips = chips
    self.followed = followed
    self.rowLimit = max(2, rowLimit)
  }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let hasIDs = chips.contains { $0.id != nil }
    let hasNotes = chips.contains { $0.note != nil }
    let (height, gap) = ((hasIDs ? 44.0 : 30.0) + (hasNotes ? 16 : 0), 6.0)
    var drawing = Drawing(width: 0, height: 0)
    let omission = TextMetrics.width(of: "… +\(chips.count)", size: .regular).rounded(.up)
    let rows = fitted(width: Layout.width, gap: gap, omission: omission) { min(240, size(of: $0)) }
    for (row, pieces) in rows.enumerated() {
      let y = Double(row) * (height + gap)
      var x = 0.0
      for piece in pieces {
        let width = piece.width
        switch piece.content {
        case .omitted(let count):
          drawing.shapes.append(
            .text(
              Label(
                "… +\(count)",
                at: Point(x + width / 2, y + height / 2 + 5),
                anchor: .middle,
                paint: .muted
              )
            )
          )
        case .chip(let index):
          drawing.shapes += chip(index, x: x, y: y, width: width, height: height)
        }
        x += width + gap
      }
      drawing.width = max(drawing.width, x - gap)
      drawing.height = y + height
    }
    // Outlines are two pixels wide: keep them inside.
    return Drawing(
      width: drawing.width + 2,
      height: drawing.height + 2,
      shapes: [.group(drawing.shapes, x: 1, y: 1)]
    )
  }

  private func chip(
    _ index: Int,
    x: Double,
    y: Double,
    width: Double,
    height: Double
  ) -> [Shape] {
    let isFollowed = index == followed
    var shapes: [Shape] = [
      .rect(x: x, y: y, width: width, height: height, radius: 6, .card),
      .rect(
        x: x,
        y: y,
        width: width,
        height: height,
        radius: 6,
        isFollowed ? .accent : chips[index].isMarked ? .muted : .line,
        stroke: Stroke(width: isFollowed ? 2 : 1, isDashed: chips[index].isMarked)
      ),
      .text(
        Label(
          Caption(VisibleText.show(chips[index].text)),
          at: Point(x + width / 2, y + 20),
          anchor: .middle,
          isBold: isFollowed,
          maximumWidth: width - 8
        )
      ),
    ]
    let below = [chips[index].id.map { Caption($0) }, chips[index].note.map { Caption($0) }]
    for (row, caption) in below.compactMap({ $0.self }).enumerated() {
      shapes.append(
        .text(
          Label(
            caption,
            at: Point(x + width / 2, y + 36 + 16 * Double(row)),
            size: .small,
            anchor: .middle,
            paint: .muted,
            maximumWidth: width - 8
          )
        )
      )
    }
    return shapes
  }

  private func size(of chip: Chip) -> Double {
    let text = TextMetrics.width(of: VisibleText.show(chip.text), size: .regular, bold: true)
    let id = chip.id.map { TextMetrics.width(of: $0.text, size: .small) } ?? 0
    let note = chip.note.map { TextMetrics.width(of: $0, size: .small) } ?? 0
    return (max(text, id, note, 16) + 18).rounded()
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let rows = fitted(width: Double(terminal.width), gap: 2, omission: 10) { chip in
      let text = TextWidth.columns(of: VisibleText.show(chip.text)) + 2
      let note = TextWidth.columns(of: VisibleText.plain(chip.note ?? ""))
      return Double(min(terminal.width, max(text, chip.id?.text.count ?? 0, note)))
    }
    var lines: [String] = []
    for pieces in rows {
      var (texts, ids, notes) = ("", "", "")
      for piece in pieces {
        let width = Int(piece.width)
        let gap = texts.isEmpty ? "" : "  "
        switch piece.content {
        case .omitted(let count):
          texts += gap + TextWidth.pad("\(terminal.ellipsis) +\(count)", to: width)
          ids += gap + TextWidth.spaces(width)
          notes += gap + TextWidth.spaces(width)
        case .chip(let index):
          let isFollowed = index == followed
          let shown = TextWidth.truncate(
            VisibleText.show(chips[index].text),
            to: width - 2,
            ellipsis: terminal.ellipsis
          )
          let framed = isFollowed ? "[\(shown)]" : " \(shown) "
          let centred = TextWidth.pad(framed, to: width, alignment: .center)
          texts += gap + (isFollowed ? terminal.accent(centred) : centred)
          ids +=
            gap
            + TextWidth.pad(chips[index].id?.text ?? "", to: width, alignment: .center)
          notes += gap + note(of: chips[index], width, terminal)
        }
      }
      lines.append(texts)
      if ids.contains(where: { $0 != " " }) { lines.append(terminal.muted(ids)) }
      if notes.contains(where: { $0 != " " }) { lines.append(terminal.muted(notes)) }
    }
    return lines
  }

  private func note(of chip: Chip, _ width: Int, _ terminal: TerminalStyle) -> String {
    let note = TextWidth.truncate(
      VisibleText.plain(chip.note ?? ""),
      to: width,
      ellipsis: terminal.ellipsis
    )
    return TextWidth.pad(note, to: width, alignment: .center)
  }
}

extension TokenStrip {
  private enum Content {
    case chip(Int)
    case omitted(Int)
  }

  private struct Piece {
    var content: Content
    var width: Double
  }

  /// The chips in rows of `width`; beyond the limit of rows the middle is left out, which takes the
  /// width `omission` to say.
  private func fitted(
    width: Double,
    gap: Double,
    omission: Double,
    size: (Chip) -> Double
  ) -> [[Piece]] {
    let pieces = chips.indices.map { Piece(content: .chip($0), width: size(chips[$0])) }
    let rows = broken(pieces, width: width, gap: gap)
    guard rows.count > rowLimit else { return rows }
    let head = rows.prefix(rowLimit - 1).flatMap { $0 }.count
    // The last row holds the mark of omission and as much of the end as there is room for.
    var tail = 0
    let mark = max(8 * gap, omission)
    var used = mark
    for piece in pieces.reversed() {
      guard used + gap + piece.width <= width, head + tail < pieces.count else { break }
      used += gap + piece.width
      tail += 1
    }
    let omitted = pieces.count - head - tail
    let last = [Piece(content: .omitted(omitted), width: mark)] + pieces.suffix(tail)
    return Array(rows.prefix(rowLimit - 1)) + [last]
  }

  private func broken(_ pieces: [Piece], width: Double, gap: Double) -> [[Piece]] {
    var rows: [[Piece]] = []
    var used = 0.0
    for piece in pieces {
      if let last = rows.indices.last, used + gap + piece.width <= width {
        rows[last].append(piece)
        used += gap + piece.width
      } else {
        rows.append([piece])
        used = piece.width
      }
    }
    return rows
  }
}

extension TokenStrip {
  /// The data as one of the marks there are.
  public var mark: Mark { .tokenStrip(self) }
}
