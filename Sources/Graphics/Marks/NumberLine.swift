import Platform

/// Where some numbers stand on a line from 0 to a large one: ids among a vocabulary.
public struct NumberLine: MarkContent {
  /// A number on the line.
  public struct Item: Sendable, Equatable {
    /// What it is the number of.
    ///
    /// Give tokens as ``VisibleText/show(_:)`` returns them.
    public var label: String
    /// The number.
    public var value: Quantity
    /// Whether it belongs to what the reader follows.
    public var isFollowed: Bool

    /// Makes an item.
    public init(_ label: String, _ value: Quantity, isFollowed: Bool = false) {
      self.label = label
      self.value = value
      self.isFollowed = isFollowed
    }
  }

  /// The numbers to show.
  public var items: [Item]
  /// The line's ends.
  public var range: ClosedRange<Double>
  /// The numbers at its ends.
  public var low: Caption, high: Caption

  /// Makes a line.
  public init(_ items: [Item], range: ClosedRange<Double>, low: Caption, high: Caption) {
    self.items = items
    self.range = range
    self.low = low
    self.high = high
  }

  private var order: [Int] {
    risingOrder(of: items.map { $0.value.value })
  }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let x = Axis(range, from: 12, to: 648)
    let tiers = tiers(x)
    let pitch = 34.0
    let line = Double(tiers.count) * pitch + 14
    var drawing = Drawing(width: 660, height: line + 30)
    drawing.shapes += [
      .line(from: Point(12, line), to: Point(648, line), .muted, stroke: Stroke(width: 1.5)),
      .line(from: Point(12, line - 5), to: Point(12, line + 5), .muted),
      .line(from: Point(648, line - 5), to: Point(648, line + 5), .muted),
      .text(Label(low, at: Point(8, line + 22), size: .small, paint: .muted, maximumWidth: 300)),
      .text(
        Label(
          high,
          at: Point(652, line + 22),
          size: .small,
          anchor: .end,
          paint: .muted,
          maximumWidth: 300
        )
      ),
    ]
    // Leaders below labels, so that none is drawn over a label.
    for (tier, members) in tiers.enumerated() {
      for member in members {
        let item = items[member.index]
        let place = x.position(item.value.value)
        drawing.shapes.append(
          .line(
            from: Point(place, line - 11 - Double(tier) * pitch),
            to: Point(place, line),
            item.isFollowed ? .accent : .line
          )
        )
      }
    }
    for item in items {
      let place = Point(x.position(item.value.value), line)
      drawing.shapes.append(
        .circle(center: place, radius: 4, item.isFollowed ? .accent : .ink)
      )
    }
    for (tier, members) in tiers.enumerated() {
      let bottom = line - 14 - Double(tier) * pitch
      drawing.shapes += members.flatMap { label($0, bottom: bottom) }
    }
    return drawing
  }

  private func label(_ member: Member, bottom: Double) -> [Shape] {
    let item = items[member.index]
    let width = member.right - member.left - 4
    return [
      .rect(
        x: member.center - width / 2,
        y: bottom - 26,
        width: width,
        height: 28,
        radius: 2,
        .ground
      ),
      .text(
        Label(
          Caption(item.label),
          at: Point(member.center, bottom - 14),
          anchor: .middle,
          paint: item.isFollowed ? .accent : .ink,
          isBold: item.isFollowed,
          maximumWidth: 150
        )
      ),
      .text(
        Label(
          Caption(item.value),
          at: Point(member.center, bottom),
          size: .small,
          anchor: .middle,
          paint: .muted
        )
      ),
    ]
  }

  private struct Member {
    var index: Int
    var center: Double
    var left: Double
    var right: Double
  }

  private static let tierLimit = 4

  /// The labels in rows above the line, the first row nearest to it, such that none covers another.
  private func tiers(_ x: Axis) -> [[Member]] {
    var tiers: [[Member]] = []
    // What is followed finds room first; what finds none is a point on the line without a name.
    let order = order.filter { items[$0].isFollowed } + order.filter { !items[$0].isFollowed }
    for index in order {
      let item = items[index]
      let label = TextMetrics.width(
        of: VisibleText.plain(item.label),
        size: .regular,
        bold: item.isFollowed
      )
      let width = max(min(150, label), TextMetrics.width(of: item.value.text, size: .small)) + 8
      let center = min(660 - width / 2, max(width / 2, x.position(item.value.value)))
      let member = Member(
        index: index,
        center: center,
        left: center - width / 2,
        right: center + width / 2
      )
      let tier = tiers.firstIndex { row in
        row.allSatisfy { $0.right <= member.left || member.right <= $0.left }
      }
      if let tier {
        tiers[tier].append(member)
      } else if tiers.count < Self.tierLimit {
        tiers.append([member])
      }
    }
    return tiers
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let width = max(10, min(72, terminal.width))
    let x = Axis(range, from: 0, to: Double(width - 1))
    let isUnicode = terminal.charset == .unicode
    var cells = [Character](repeating: isUnicode ? "─" : "-", count: width)
    cells[0] = isUnicode ? "├" : "|"
    cells[width - 1] = isUnicode ? "┤" : "|"
    for item in items {
      cells[Int(x.position(item.value.value).rounded())] = isUnicode ? "●" : "o"
    }
    let (low, high) = (terminal.plain(low.plain), terminal.plain(high.plain))
    let between = width - TextWidth.columns(of: low) - TextWidth.columns(of: high)
    var lines = [
      String(cells),
      terminal.muted(
        TextWidth.truncate(low + TextWidth.spaces(max(1, between)) + high, to: terminal.width)
      ),
    ]
    let numberWidth = items.map { $0.value.text.count }.max() ?? 0
    for index in order {
      let item = items[index]
      let number = TextWidth.pad(
        terminal.plain(item.value.text),
        to: numberWidth,
        alignment: .trailing
      )
      let text = TextWidth.truncate(
        "\(item.isFollowed ? terminal.pointer : " ") \(number)  \(terminal.plain(item.label))",
        to: terminal.width,
        ellipsis: terminal.ellipsis
      )
      lines.append(item.isFollowed ? terminal.accent(text) : text)
    }
    return lines
  }
}

extension NumberLine {
  /// The data as one of the marks there are.
  public var mark: Mark { .numberLine(self) }
}
