/// Counts as horizontal bars on one scale, each beginning where it should: where the one before it
/// ended, if they add up.
///
/// Bars of weights are blue above and red below, as weights are both; bars of data are grey.
public struct CountBars: MarkContent {
  /// One count.
  public struct Row: Sendable {
    /// What is counted.
    public var label: String
    /// How the count comes about: `12,288 × 128 × 9,216`.
    public var detail: Caption
    /// The count.
    public var count: Quantity
    /// Where the bar begins.
    public var start: Double
    /// The count of all rows down to this one, if they add up.
    public var total: Quantity?
    /// The count as a share of the whole.
    public var share: Caption?
    /// Whether weights are counted, or data.
    public var role: ColorScale.Role
    /// Whether it is what the rows above come to.
    public var isSum: Bool

    /// Makes a row.
    public init(
      _ label: String,
      detail: Caption = "",
      count: Quantity,
      start: Double = 0,
      total: Quantity? = nil,
      share: Caption? = nil,
      role: ColorScale.Role = .weights,
      isSum: Bool = false
    ) {
      self.label = label
      self.detail = detail
      self.count = count
      self.start = start
      self.total = total
      self.share = share
      self.role = role
      self.isSum = isSum
    }
  }

  /// What stands above the columns.
  public struct Titles: Sendable {
    /// Above the counts, the running totals and the shares.
    public var count: String, total: String, share: String

    /// Makes headings.
    public init(count: String, total: String = "", share: String = "") {
      self.count = count
      self.total = total
      self.share = share
    }
  }

  /// The rows, from top to bottom.
  public var rows: [Row]
  /// What stands above the columns.
  public var titles: Titles

  /// Makes a chart of counts.
  public init(_ rows: [Row], titles: Titles) {
    self.rows = rows
    self.titles = titles
  }

  /// What the full length stands for: the furthest end of a bar.
  var whole: Double {
    max(rows.map { $0.start + $0.count.value }.filter { $0.isFinite }.max() ?? 0, 1)
  }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let columns = CountBarsColumns(self)
    let top = 20.0
    var drawing = Drawing(width: columns.width, height: top + Double(rows.count) * columns.pitch)
    drawing.shapes += [
      heading(titles.count, at: columns.count), heading(titles.total, at: columns.total),
      heading(titles.share, at: columns.share),
    ]
    for (index, row) in rows.enumerated() {
      drawing.shapes += shapes(of: row, y: top + Double(index) * columns.pitch, columns)
    }
    return drawing
  }

  private func heading(_ text: String, at x: Double) -> Shape {
    .text(Label(Caption(text), at: Point(x, 12), size: .small, anchor: .end, paint: .muted))
  }

  private func shapes(of row: Row, y: Double, _ columns: CountBarsColumns) -> [Shape] {
    let isTwoLines = columns.hasDetails
    let baseline = y + (isTwoLines ? 16 : columns.pitch / 2 + 4.5)
    let number = y + columns.pitch / 2 + 4.5
    var shapes: [Shape] = []
    if row.isSum {
      shapes.append(
        .line(from: Point(0, y + 1), to: Point(columns.width, y + 1), .muted)
      )
    }
    shapes.append(
      .text(
        Label(
          Caption(row.label),
          at: Point(0, row.detail.isEmpty ? number : baseline),
          isBold: row.isSum,
          maximumWidth: columns.label
        )
      )
    )
    if !row.detail.isEmpty {
      shapes.append(
        .text(Label(row.detail, at: Point(0, baseline + 14), size: .small, paint: .muted))
      )
    }
    shapes += bar(of: row, y: y + (columns.pitch - 16) / 2, columns)
    shapes.append(
      .text(
        Label(
          Caption(row.count),
          at: Point(columns.count, number),
          anchor: .end,
          isBold: row.isSum
        )
      )
    )
    if let total = row.total {
      shapes.append(
        .text(
          Label(
            Caption(total),
            at: Point(columns.total, number),
            anchor: .end,
            isBold: row.isSum
          )
        )
      )
    }
    if let share = row.share {
      shapes.append(
        .text(Label(share, at: Point(columns.share, number), anchor: .end, paint: .muted))
      )
    }
    return shapes
  }

  /// The bar; what is there is at least a pixel long, however small its share.
  private func bar(of row: Row, y: Double, _ columns: CountBarsColumns) -> [Shape] {
    guard row.count.value > 0, row.count.value.isFinite else { return [] }
    let length = columns.bar.upperBound - columns.bar.lowerBound
    let width = min(length, max(1, row.count.value / whole * length))
    let x = columns.bar.lowerBound + min(length - width, row.start / whole * length)
    func rect(_ y: Double, _ height: Double, _ paint: Paint) -> Shape {
      .rect(x: x, y: y, width: width, height: height, paint)
    }
    guard row.role == .weights else { return [rect(y, 16, ColorScale.strong(row.role))] }
    return [
      rect(y, 8, ColorScale.strong(.weights, negative: true)),
      rect(y + 8, 8, ColorScale.strong(.weights)),
    ]
  }
}

/// Where the columns of a chart of counts stand, in pixels.
private struct CountBarsColumns {
  let label: Double
  let bar: ClosedRange<Double>
  let count: Double
  let total: Double
  let share: Double
  let width: Double
  let pitch: Double
  let hasDetails: Bool

  init(_ chart: CountBars) {
    func widest(_ texts: [String], _ size: FontSize, title: String = "") -> Double {
      let widths = texts.map { TextMetrics.width(of: $0, size: size, bold: size == .regular) }
      return max(widths.max() ?? 0, TextMetrics.width(of: title, size: .small)).rounded(.up)
    }
    func column(_ texts: [String], _ title: String) -> Double {
      let width = widest(texts, .regular, title: title)
      return width > 0 ? width + 14 : 0
    }
    let rows = chart.rows
    hasDetails = rows.contains { !$0.detail.isEmpty }
    pitch = hasDetails ? 36 : 26
    label = min(
      220,
      max(
        widest(rows.map { VisibleText.plain($0.label) }, .regular),
        widest(rows.map { $0.detail.plain }, .small)
      )
    )
    let counts = column(rows.map { $0.count.text }, chart.titles.count)
    let totals = column(rows.compactMap { $0.total?.text }, chart.titles.total)
    let shares = column(rows.compactMap { $0.share?.plain }, chart.titles.share)
    // Numbers before bars: on a phone, where the drawing scrolls, they are what is seen first.
    count = label + counts
    total = count + totals
    share = total + shares
    let length = min(260, max(48, Layout.width - share - 16 - 2))
    bar = (share + 16)...(share + 16 + length)
    width = bar.upperBound + 2
  }
}

extension CountBars {
  /// The data as one of the marks there are.
  public var mark: Mark { .countBars(self) }
}
