/// A machine as boxes: what flows through, what it passes, which part is repeated, where we are.
public struct BlockMap: MarkContent {
  /// What a box holds.
  public enum Kind: Sendable, Equatable {
    /// Something learned: a blue and red edge.
    case weights
    /// What flows through: grey.
    case data
    /// A step without weights of its own.
    case step
  }

  /// One box.
  public struct Box: Sendable, Equatable {
    /// What it is.
    public var label: String
    /// Its shape, or another remark.
    public var detail: String
    /// What it holds.
    public var kind: Kind
    /// Whether this is where we are.
    public var isLit: Bool

    /// Makes a box.
    public init(_ label: String, detail: String = "", kind: Kind, isLit: Bool = false) {
      self.label = label
      self.detail = detail
      self.kind = kind
      self.isLit = isLit
    }
  }

  /// A part of the machine.
  public indirect enum Part: Sendable, Equatable {
    /// A box.
    case box(Box)
    /// Parts that take what comes in and add their result to it, which also passes by.
    case added([Part])
    /// Parts in a frame with a name, for example “× 4”.
    case group([Part], name: String)
  }

  /// The parts in the order of the flow.
  public var parts: [Part]
  /// Whether the flow goes to the right; else it goes down.
  public var isHorizontal: Bool

  /// Makes a map.
  public init(_ parts: [Part], isHorizontal: Bool = true) {
    self.parts = parts
    self.isHorizontal = isHorizontal
  }

  /// The mark as shapes.
  public func draw() -> Drawing { BlockMapDrawing(self).drawing }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    var lines: [String] = []
    add(parts, indent: "", to: &lines, terminal)
    return lines
  }

  private func add(
    _ parts: [Part],
    indent: String,
    to lines: inout [String],
    _ terminal: TerminalStyle
  ) {
    let isUnicode = terminal.charset == .unicode
    for part in parts {
      switch part {
      case .box(let box):
        let sign =
          switch box.kind {
          case .weights: isUnicode ? "■" : "#"
          case .data: isUnicode ? "□" : "="
          case .step: isUnicode ? "○" : "o"
          }
        let pointer = box.isLit ? terminal.pointer : " "
        let label = TextWidth.pad(
          terminal.plain(box.label),
          to: max(1, 26 - TextWidth.columns(of: indent))
        )
        let text = TextWidth.truncate(
          "\(indent)\(pointer)\(sign) \(label) \(terminal.plain(box.detail))",
          to: terminal.width,
          ellipsis: terminal.ellipsis
        )
        lines.append(box.isLit ? terminal.accent(text) : text)
      case .added(let inner):
        lines.append(indent + (isUnicode ? " ├─╮" : " +--+"))
        add(inner, indent: indent + (isUnicode ? " │ " : " | "), to: &lines, terminal)
        lines.append(indent + (isUnicode ? " ⊕─╯" : " (+)+"))
      case .group(let inner, let name):
        let head = isUnicode ? " ┌─ " : " +- "
        lines.append(
          TextWidth.truncate(
            indent + head + terminal.plain(name),
            to: terminal.width,
            ellipsis: terminal.ellipsis
          )
        )
        add(inner, indent: indent + (isUnicode ? " │ " : " | "), to: &lines, terminal)
        lines.append(indent + (isUnicode ? " └─" : " +-"))
      }
    }
  }
}

extension BlockMap {
  /// The data as one of the marks there are.
  public var mark: Mark { .blockMap(self) }
}
