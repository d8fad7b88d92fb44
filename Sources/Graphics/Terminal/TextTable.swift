/// A table of text, its columns aligned by the columns of the terminal and fitted to its width.
public struct TextTable: Sendable {
  /// What happens to a cell that is wider than its column.
  public enum Overflow: Sendable, Equatable {
    /// It continues on the next line.
    case wrap
    /// Its end is replaced by an ellipsis.
    case shorten
    /// It stays whole: rather than cut it, other columns are left out, or its own.
    case keep
    /// Its column is the first to be left out.
    case drop
  }

  /// One column.
  public struct Column: Sendable, Equatable {
    /// What stands above it; may be empty.
    public var title: String
    /// Where its cells stand; numbers are best trailing.
    public var alignment: TextAlignment
    /// What happens to cells that are too wide.
    public var overflow: Overflow
    /// What it is called when it is left out, if it has no title.
    public var name: String?

    /// Describes a column.
    public init(
      _ title: String,
      alignment: TextAlignment = .leading,
      overflow: Overflow = .shorten
    ) {
      self.title = title
      self.alignment = alignment
      self.overflow = overflow
    }

    /// A column of bars, left out before any number is.
    public static func bars(_ name: String) -> Column {
      var column = Column("", overflow: .drop)
      column.name = name
      return column
    }

    /// A column of numbers: trailing, and never cut.
    public static func number(_ title: String) -> Column {
      Column(title, alignment: .trailing, overflow: .keep)
    }
  }

  /// The columns, left to right.
  public var columns: [Column]
  /// The rows, each with one text a column; missing cells are empty.
  public var rows: [[String]]
  /// The rows that the reader follows.
  public var followedRows: Set<Int>

  /// Makes a table.
  ///
  /// Cells may hold any text: control characters are shown by name.
  public init(columns: [Column], rows: [[String]], followedRows: Set<Int> = []) {
    self.columns = columns
    self.rows = rows
    self.followedRows = followedRows
  }

  /// The table as lines of at most `terminal.width` columns.
  ///
  /// - Parameters:
  ///   - terminal: What the terminal can show.
  ///   - omission: Says which columns were left out, and from which width on all are there.
  /// - Returns: The lines, and what `omission` says if there was no room for all columns.
  public func lines(
    _ terminal: TerminalStyle,
    omission: ([String], Int) -> String = { "… \($0.joined(separator: ", ")) (↔ \($1))" }
  ) -> [String] {
    guard !columns.isEmpty else { return [] }
    let minima = minimalWidths(terminal)
    let shown = shownColumns(minima, terminal)
    guard shown.count < columns.count else { return framed(terminal) }
    let part = TextTable(
      columns: shown.map { columns[$0] },
      rows: rows.map { row in shown.map { $0 < row.count ? row[$0] : "" } },
      followedRows: followedRows
    )
    let names = columns.indices.filter { !shown.contains($0) }
      .map { columns[$0].name ?? columns[$0].title }.filter { !$0.isEmpty }
    let note = terminal.plain(omission(names, Self.width(of: minima)))
    return part.framed(terminal) + TextWidth.wrap(note, to: terminal.width).map(terminal.muted)
  }

  /// How narrow each column may become: numbers stay whole, of words four columns are left.
  private func minimalWidths(_ terminal: TerminalStyle) -> [Int] {
    columns.indices.map { index in
      let widest =
        rows.map { row in
          index < row.count ? TextWidth.columns(of: terminal.plain(row[index])) : 0
        }.max() ?? 0
      switch columns[index].overflow {
      case .keep, .drop: return max(1, widest)
      case .wrap, .shorten: return max(1, min(4, widest))
      }
    }
  }

  private static func width(of columns: [Int]) -> Int { columns.reduce(1) { $0 + $1 + 3 } }

  /// The columns there is room for: bars go first, then what stands farthest to the right.
  private func shownColumns(_ minima: [Int], _ terminal: TerminalStyle) -> [Int] {
    var shown = Array(columns.indices)
    while shown.count > 1, Self.width(of: shown.map { minima[$0] }) > terminal.width {
      let place = shown.lastIndex { columns[$0].overflow == .drop } ?? shown.count - 1
      shown.remove(at: place)
    }
    return shown
  }

  /// The table with all its columns.
  private func framed(_ terminal: TerminalStyle) -> [String] {
    let cells = rows.map { row in
      columns.indices.map { $0 < row.count ? terminal.plain(row[$0]) : "" }
    }
    let titles = columns.map { terminal.plain($0.title) }
    let widths = fittedWidths(cells: cells, titles: titles, terminal: terminal)
    let frame = Frame(terminal.charset)

    var lines = [frame.rule(.top, widths)]
    if titles.contains(where: { !$0.isEmpty }) {
      lines += row(titles, widths, terminal, frame) { terminal.strong($0) }
      lines.append(frame.rule(.middle, widths))
    }
    for (index, cell) in cells.enumerated() {
      let isFollowed = followedRows.contains(index)
      lines += row(cell, widths, terminal, frame) { isFollowed ? terminal.accent($0) : $0 }
    }
    lines.append(frame.rule(.bottom, widths))
    guard lines.first.map({ TextWidth.columns(of: $0) > terminal.width }) == true else {
      return lines
    }
    // Even one column of text a column of the table does not fit: cut, rather than run over.
    let bare = TerminalStyle(width: terminal.width, charset: terminal.charset, color: false)
    return (terminal.color ? framed(bare) : lines).map {
      TextWidth.truncate($0, to: terminal.width, ellipsis: terminal.ellipsis)
    }
  }

  private func row(
    _ cells: [String],
    _ widths: [Int],
    _ terminal: TerminalStyle,
    _ frame: Frame,
    style: (String) -> String
  ) -> [String] {
    let wrapped = columns.indices.map { index -> [String] in
      let text = cells[index]
      if columns[index].overflow == .wrap { return TextWidth.wrap(text, to: widths[index]) }
      return [TextWidth.truncate(text, to: widths[index], ellipsis: terminal.ellipsis)]
    }
    let height = wrapped.map { $0.count }.max() ?? 1
    return (0..<height).map { line in
      let texts = columns.indices.map { index -> String in
        let text = line < wrapped[index].count ? wrapped[index][line] : ""
        let fitted = TextWidth.fit(text, to: widths[index], alignment: columns[index].alignment)
        return text.isEmpty ? fitted : style(fitted)
      }
      return frame.vertical + " " + texts.joined(separator: " \(frame.vertical) ") + " "
        + frame.vertical
    }
  }

  /// Column widths that fit the terminal: the widest column that may give way does so first.
  private func fittedWidths(
    cells: [[String]],
    titles: [String],
    terminal: TerminalStyle
  ) -> [Int] {
    var widths = columns.indices.map { index in
      max(
        1,
        TextWidth.columns(of: titles[index]),
        cells.map { TextWidth.columns(of: $0[index]) }.max() ?? 0
      )
    }
    let room = terminal.width - 3 * columns.count - 1
    func mayGive(_ index: Int) -> Bool {
      columns[index].overflow == .wrap || columns[index].overflow == .shorten
    }
    let numbers = columns.indices.map { index in
      max(1, cells.map { TextWidth.columns(of: $0[index]) }.max() ?? 0)
    }
    shrink(&widths, to: room) { mayGive($0) ? 6 : nil }
    shrink(&widths, to: room) { mayGive($0) ? 4 : nil }
    // A title may be shortened where its numbers are narrower.
    shrink(&widths, to: room) { mayGive($0) ? nil : numbers[$0] }
    shrink(&widths, to: room) { mayGive($0) ? 1 : nil }
    return widths
  }

  private func shrink(
    _ widths: inout [Int],
    to room: Int,
    floor: (Int) -> Int?
  ) {
    while widths.reduce(0, +) > room {
      let candidates = columns.indices.filter { index in
        floor(index).map { widths[index] > $0 } ?? false
      }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
    }
  }
}

/// The lines around a table's cells.
private struct Frame {
  enum Edge: Int {
    case top
    case middle
    case bottom
  }

  let vertical: String
  private let horizontal: String
  private let corners: [[String]]

  init(_ charset: TerminalStyle.Charset) {
    switch charset {
    case .unicode:
      (vertical, horizontal) = ("│", "─")
      corners = [["┌", "┬", "┐"], ["├", "┼", "┤"], ["└", "┴", "┘"]]
    case .ascii:
      (vertical, horizontal) = ("|", "-")
      corners = Array(repeating: ["+", "+", "+"], count: 3)
    }
  }

  func rule(_ edge: Edge, _ widths: [Int]) -> String {
    let corner = corners[edge.rawValue]
    let spans = widths.map { String(repeating: horizontal, count: $0 + 2) }
    return corner[0] + spans.joined(separator: corner[1]) + corner[2]
  }
}
