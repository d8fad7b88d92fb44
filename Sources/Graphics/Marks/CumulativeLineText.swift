extension CumulativeLine {
  /// The shares end to end in one line of terminal text, and above it where the drawn number fell.
  ///
  /// Neighbours have shades of their own; what the segments leave of the whole is dotted.
  public func ruler(_ terminal: TerminalStyle) -> [String] {
    let isUnicode = terminal.charset == .unicode
    let width = max(8, min(64, terminal.width - 6))
    let shades: [Character] = isUnicode ? ["▓", "░"] : ["=", "-"]
    let rest: Character = isUnicode ? "·" : "."
    let ends = segments.reduce(into: [Double]()) { ends, segment in
      ends.append((ends.last ?? 0) + max(0, segment.share.value))
    }
    let line = (0..<width).map { column -> String in
      // A column shows the share that its middle lies in.
      let place = (Double(column) + 0.5) / Double(width)
      guard let index = ends.firstIndex(where: { place < $0 }) else { return String(rest) }
      let shade = String(shades[index % 2])
      return index == hit ? terminal.accent(isUnicode ? "█" : "#") : shade
    }
    let ruler = "  0 " + line.joined() + " 1"
    guard let drawn else { return [ruler] }
    let column = min(width - 1, max(0, Int(drawn.value * Double(width))))
    let number = drawn.text
    let pointer = isUnicode ? "▼" : "v"
    // The number stands beside the pointer, on the side that has room.
    let marker =
      column + 3 + number.count <= width
      ? TextWidth.spaces(4 + column) + "\(pointer) \(number)"
      : TextWidth.spaces(max(0, 4 + column - number.count - 1)) + "\(number) \(pointer)"
    return [terminal.strong(marker), ruler]
  }
}
