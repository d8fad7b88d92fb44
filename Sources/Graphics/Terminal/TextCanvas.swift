/// A field of characters to draw on, one column each.
struct TextCanvas {
  private var cells: [[Character]]

  /// An empty field.
  init(width: Int, height: Int) {
    cells = Array(repeating: Array(repeating: " ", count: width), count: height)
  }

  /// Puts a character at the nearest place; outside the field nothing happens.
  mutating func set(_ x: Double, _ y: Double, _ character: Character) {
    guard x.isFinite, y.isFinite else { return }
    set(column: Int(x.rounded()), row: Int(y.rounded()), character)
  }

  /// Draws a straight line of characters.
  mutating func line(
    from start: (Double, Double),
    to end: (Double, Double),
    _ character: Character
  ) {
    let steps = max(abs(end.0 - start.0), abs(end.1 - start.1)).rounded(.up)
    guard steps.isFinite, steps < 10_000 else { return }
    for step in 0...Int(max(1, steps)) {
      let share = Double(step) / max(1, steps)
      set(
        start.0 + (end.0 - start.0) * share,
        start.1 + (end.1 - start.1) * share,
        character
      )
    }
  }

  /// Writes text where nothing stands yet; false, and nothing written, if it does not fit.
  mutating func write(_ text: String, column: Int, row: Int) -> Bool {
    let width = TextWidth.columns(of: text)
    guard cells.indices.contains(row), column >= 0, column + width <= cells[row].count,
      cells[row][column..<(column + width)].allSatisfy({ $0 == " " })
    else { return false }
    var place = column
    for character in text {
      let width = TextWidth.columns(of: character)
      guard width > 0 else { continue }
      cells[row][place] = character
      // What a wide character covers is no cell of its own.
      if width == 2 { cells[row][place + 1] = "\0" }
      place += width
    }
    return true
  }

  /// The field as text.
  var lines: [String] { cells.map { row in String(row.filter { $0 != "\0" }) } }

  private mutating func set(column: Int, row: Int, _ character: Character) {
    guard cells.indices.contains(row), cells[row].indices.contains(column) else { return }
    cells[row][column] = character
  }
}
