/// A short text with numbers in it, each of which knows where it came from.
///
/// Written as a string literal: `"cosine \(quantity)"`. Control characters in it are shown by name
/// wherever it is drawn.
public struct Caption: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// A piece of a caption.
  public enum Run: Sendable, Equatable {
    /// Words.
    case text(String)
    /// A number with its origin.
    case number(Quantity)
  }

  /// The pieces in order.
  public var runs: [Run]

  /// Makes a caption of its pieces.
  public init(_ runs: [Run]) { self.runs = runs }

  /// Makes a caption of words alone.
  public init(_ text: String) { runs = [.text(text)] }

  /// Makes a caption of one number.
  public init(_ quantity: Quantity) { runs = [.number(quantity)] }

  /// Makes a caption of words alone.
  public init(stringLiteral value: String) { runs = [.text(value)] }

  /// Makes a caption from an interpolated literal.
  public init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }

  /// The caption as plain, visible text.
  public var plain: String {
    runs.map { run in
      switch run {
      case .text(let text): VisibleText.plain(text)
      case .number(let quantity): quantity.text
      }
    }.joined()
  }

  /// Whether there is nothing to show.
  public var isEmpty: Bool { runs.allSatisfy { $0 == .text("") } }

  /// Collects the pieces of an interpolated literal.
  public struct StringInterpolation: StringInterpolationProtocol {
    var runs: [Run] = []

    /// Starts with nothing.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds the words between two interpolations.
    public mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { runs.append(.text(literal)) }
    }

    /// Adds a number with its origin.
    public mutating func appendInterpolation(_ quantity: Quantity) {
      runs.append(.number(quantity))
    }

    /// Adds a count or a size that stands in no tensor, in groups of digits.
    public mutating func appendInterpolation(_ count: Int) {
      runs.append(.text(count.groupedInThrees))
    }

    /// Adds words.
    public mutating func appendInterpolation(_ words: String) { runs.append(.text(words)) }

    /// Adds a token, its spaces and line ends made visible.
    public mutating func appendInterpolation(token: String) {
      runs.append(.text(VisibleText.show(token)))
    }

    /// Adds another caption.
    public mutating func appendInterpolation(_ caption: Caption) { runs += caption.runs }
  }
}

extension Caption {
  /// The caption cut to at most `width` pixels: what does not fit ends in an ellipsis, a number that
  /// does not fit is left out as a whole.
  func truncated(to width: Double, size: FontSize, isBold: Bool) -> Caption {
    guard TextMetrics.width(of: plain, size: size, bold: isBold) > width else { return self }
    if runs.count == 1, case .number = runs[0] { return self }
    var kept: [Run] = []
    var room = width
    for run in runs {
      switch run {
      case .number(let quantity):
        let size = TextMetrics.width(of: quantity.text, size: size, bold: isBold)
        guard size <= room else { return Caption(kept + [.text("…")]) }
        kept.append(run)
        room -= size
      case .text(let text):
        let visible = VisibleText.plain(text)
        let cut = TextMetrics.truncate(visible, to: room, size: size, bold: isBold)
        kept.append(.text(cut))
        guard cut == visible else { return Caption(kept) }
        room -= TextMetrics.width(of: visible, size: size, bold: isBold)
      }
    }
    return Caption(kept)
  }
  /// The caption broken into lines of at most `width` pixels.
  func wrapped(to width: Double, size: FontSize, isBold: Bool = false) -> [Caption] {
    var lines: [Caption] = []
    var line: [Run] = []
    var used = 0.0
    func flush() {
      lines.append(Caption(line))
      (line, used) = ([], 0)
    }
    for run in runs {
      switch run {
      case .number(let quantity):
        let size = TextMetrics.width(of: quantity.text, size: size, bold: isBold)
        if used + size > width, used > 0 { flush() }
        line.append(run)
        used += size
      case .text(let text):
        let pieces = TextPieces.split(VisibleText.plain(text)).flatMap { piece in
          TextMetrics.width(of: piece, size: size, bold: isBold) > width
            ? TextPieces.split(piece, keepsTogether: false) : [piece]
        }
        for piece in pieces {
          let size = TextMetrics.width(of: piece, size: size, bold: isBold)
          if used + size > width, used > 0 { flush() }
          if case .text(let before)? = line.last {
            line[line.count - 1] = .text(before + piece)
          } else {
            line.append(.text(piece))
          }
          used += size
        }
      }
    }
    if !line.isEmpty { flush() }
    return lines
  }
}
