/// Two or three bars a group, side by side: what each half of each layer added.
///
/// The series are told apart by their pattern and their order, never by colour alone.
public struct GroupedBars: MarkContent {
  /// The bars of one group, one a series.
  public struct Group: Sendable, Equatable {
    /// What the group is.
    public var label: String
    /// The bars, in the order of the series.
    public var values: [Quantity]
    /// What stands beyond each bar, if anything: a second number of the same thing.
    public var notes: [Caption]
    /// Whether it belongs to what the reader follows.
    public var isFollowed: Bool

    /// Makes a group.
    public init(
      _ label: String,
      _ values: [Quantity],
      notes: [Caption] = [],
      isFollowed: Bool = false
    ) {
      self.label = label
      self.values = values
      self.notes = notes
      self.isFollowed = isFollowed
    }
  }

  /// What each bar of a group is: two or three names.
  public var series: [String]
  /// The groups, from top to bottom.
  public var groups: [Group]

  /// Makes a chart.
  ///
  /// Values are sizes: what is negative has no bar.
  public init(series: [String], groups: [Group]) {
    precondition((1...3).contains(series.count), "one to three series can be told apart")
    self.series = series
    self.groups = groups
  }

  private var most: Double {
    let finite = groups.flatMap { $0.values }.map { $0.value }.filter { $0.isFinite }
    return max(finite.max() ?? 0, .leastNormalMagnitude)
  }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let labels = groups.map {
      TextMetrics.width(of: VisibleText.plain($0.label), size: .regular, bold: true)
    }
    let left = min(170, labels.max() ?? 0).rounded(.up) + 10
    let numbers = groups.flatMap { $0.values }.map { TextMetrics.width(of: $0.text, size: .small) }
    let notes = groups.flatMap { $0.notes }.map { TextMetrics.width(of: $0.plain, size: .small) }
    let noteRoom = notes.max().map { $0 + 16 } ?? 0
    // Many groups are thin: their numbers stand beside each other, all series' in one line.
    let isThin = groups.count > 12
    let numberRoom = (numbers.max() ?? 0) + (isThin ? 10 : 0)
    let columns = isThin ? Double(series.count) : 1
    let length = min(
      isThin ? 200 : 360,
      Layout.width - left - columns * (numberRoom + noteRoom) - 10
    )
    let width = left + length + 8 + columns * (numberRoom + noteRoom) + 2
    let barPitch = isThin ? 11 / columns : 15.0
    let groupPitch =
      barPitch * Double(series.count) + (isThin ? 3 : groups.count > 8 ? 5 : 9)
    let legend = legend(x: left)
    var drawing = Drawing(
      width: max(legend.width, width),
      height: 26 + Double(groups.count) * groupPitch
    )
    drawing.shapes += legend.shapes
    for (index, group) in groups.enumerated() {
      let y = 26 + Double(index) * groupPitch
      drawing.shapes.append(
        .text(
          Label(
            Caption(group.label),
            at: Point(left - 10, y + barPitch * Double(series.count) / 2 + 4),
            anchor: .end,
            paint: group.isFollowed ? .accent : .ink,
            isBold: group.isFollowed,
            maximumWidth: left - 10
          )
        )
      )
      for (place, value) in group.values.prefix(series.count).enumerated() {
        let top = y + Double(place) * barPitch
        let share = value.value.isFinite ? max(0, value.value / most) : 0
        drawing.shapes += Self.bar(
          series: place,
          x: left,
          y: top + (isThin ? 1.5 : 2),
          width: share * length,
          height: isThin ? barPitch - 1 : 11
        )
        drawing.shapes.append(
          .text(
            Label(
              Caption(value),
              at: isThin
                ? Point(left + length + 8 + Double(place + 1) * numberRoom, y + 12)
                : Point(left + share * length + 7, top + 12),
              size: .small,
              anchor: isThin ? .end : .start
            )
          )
        )
        guard group.notes.indices.contains(place) else { continue }
        drawing.shapes.append(
          .text(
            Label(
              group.notes[place],
              at: isThin
                ? Point(width - (columns - 1 - Double(place)) * noteRoom, y + 12)
                : Point(width, top + 12),
              size: .small,
              anchor: .end,
              paint: .muted
            )
          )
        )
      }
    }
    drawing.shapes.append(
      .line(from: Point(left, 24), to: Point(left, drawing.height - 4), .muted)
    )
    return drawing
  }

  private func legend(x start: Double) -> Drawing {
    var drawing = Drawing(width: start, height: 18)
    for (index, name) in series.enumerated() {
      let label = Label(
        Caption(name),
        at: Point(drawing.width + 30, 12),
        size: .small,
        maximumWidth: 130
      )
      drawing.shapes += Self.bar(series: index, x: drawing.width, y: 2, width: 24, height: 11)
      drawing.shapes.append(.text(label))
      drawing.width += 30 + label.width + 20
    }
    return drawing
  }

  /// Solid, hollow, striped: the patterns of the first, second and third series.
  private static func bar(
    series: Int,
    x: Double,
    y: Double,
    width: Double,
    height: Double
  ) -> [Shape] {
    guard width >= 0.5 else { return [] }
    let dark = Paint.level(.data, 9)
    switch series {
    case 0: return [.rect(x: x, y: y, width: width, height: height, dark)]
    case 1:
      return [
        .rect(x: x, y: y, width: width, height: height, .level(.data, 2)),
        .rect(
          x: x + 0.5,
          y: y + 0.5,
          width: max(0.5, width - 1),
          height: height - 1,
          dark,
          stroke: .hairline
        ),
      ]
    default:
      var stripes = PathData()
      for start in stride(from: 0, to: width, by: 5) {
        stripes.rect(x: x + start, y: y, width: min(2.5, width - start), height: height)
      }
      return [.path(stripes, dark)]
    }
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let fills: [Character] = terminal.charset == .unicode ? ["█", "░", "▒"] : ["#", "-", "="]
    let labelWidth = min(
      groups.map { TextWidth.columns(of: terminal.plain($0.label)) }.max() ?? 0,
      terminal.width / 4
    )
    let seriesWidth = min(
      series.map { TextWidth.columns(of: terminal.plain($0)) }.max() ?? 0,
      terminal.width / 4
    )
    let numberWidth = groups.flatMap { $0.values }.map { $0.text.count }.max() ?? 0
    var noteWidth =
      groups.flatMap { $0.notes }.map { TextWidth.columns(of: terminal.plain($0.plain)) }.max() ?? 0
    // The bars need some room more than the notes do.
    if terminal.width - labelWidth - seriesWidth - numberWidth - noteWidth < 20 { noteWidth = 0 }
    let noteRoom = noteWidth > 0 ? noteWidth + 2 : 0
    let room = max(
      0,
      min(44, terminal.width - labelWidth - seriesWidth - numberWidth - noteRoom - 8)
    )
    return groups.flatMap { group in
      group.values.prefix(series.count).enumerated().map { index, value -> String in
        let label = index == 0 ? terminal.plain(group.label) : ""
        let pointer = index == 0 && group.isFollowed ? terminal.pointer : " "
        let head =
          "\(pointer) "
          + TextWidth.fit(label, to: labelWidth, ellipsis: terminal.ellipsis) + "  "
          + TextWidth.fit(
            terminal.plain(series[index]),
            to: seriesWidth,
            ellipsis: terminal.ellipsis
          )
          + "  " + TextWidth.pad(terminal.plain(value.text), to: numberWidth, alignment: .trailing)
        let share = value.value.isFinite ? max(0, value.value / most) : 0
        let count = Int((share * Double(room)).rounded())
        let bar = String(repeating: fills[index], count: max(0, count))
        let cut = TextWidth.truncate(head, to: terminal.width)
        var note = ""
        if noteWidth > 0, group.notes.indices.contains(index) {
          let text = terminal.plain(group.notes[index].plain)
          note = "  " + TextWidth.pad(text, to: noteWidth, alignment: .trailing)
        }
        return (group.isFollowed ? terminal.accent(cut) : cut) + terminal.muted(note)
          + (bar.isEmpty ? "" : "  " + bar)
      }
    }
  }
}

extension GroupedBars {
  /// The data as one of the marks there are.
  public var mark: Mark { .groupedBars(self) }
}
