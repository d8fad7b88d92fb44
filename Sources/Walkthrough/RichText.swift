public import Graphics

/// A line of text with tokens, numbers, names and formulas in it.
///
/// Written as a string literal: `"\(token: token) gives \(share) of its attention to \(token: other)."`
public struct RichText: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// A piece of a text.
  public enum Run: Sendable, Equatable {
    /// Words.
    case text(String)
    /// Words that matter.
    case emphasis(String)
    /// A term of the field, at the place that explains it.
    case term(String)
    /// A name of the trace or of the command line.
    case code(String)
    /// A token's text as the model sees it; spaces and line ends are made visible where it is drawn.
    case token(String)
    /// A number with its origin.
    case quantity(Quantity)
    /// A formula.
    case math(Math)
    /// Pieces that change with what the reader follows, under the name by which the page's script knows them.
    case following(String, [Run])
    /// One of two wordings: the first where what is named holds for what the reader follows.
    case either(String, holds: Bool, [Run], [Run])

    /// Adds the pieces as they are told now: none of them changes with what the reader follows.
    @inline(never)
    func tell(to told: inout [Run]) {
      let now: [Run]
      switch self {
      case .following(_, let pieces): now = pieces
      case .either(_, let holds, let first, let second): now = holds ? first : second
      default: return told.append(self)
      }
      for piece in now { piece.tell(to: &told) }
    }
  }

  /// The pieces in order.
  public var runs: [Run]

  /// Makes a text of its pieces.
  public init(_ runs: [Run]) { self.runs = runs }

  /// Makes a text of words alone.
  public init(stringLiteral value: String) { runs = [.text(value)] }

  /// Makes a text from an interpolated literal.
  public init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }

  /// The pieces as they are told now, for who shows a text once.
  public var told: [Run] {
    var told: [Run] = []
    for run in runs { run.tell(to: &told) }
    return told
  }

  /// The text with `{name}` for every piece that changes with what the reader follows; `nil` if none does.
  ///
  /// - Precondition: it has no two wordings.
  func template(in language: Language) -> String? {
    var changes = false
    let spelled = runs.map { run -> Run in
      guard case .following(let name, _) = run else { return run }
      changes = true
      return .text("{\(name)}")
    }
    return changes ? RichText(spelled).plain(in: language) : nil
  }

  /// Two texts one after the other.
  public static func + (a: RichText, b: RichText) -> RichText { RichText(a.runs + b.runs) }

  /// The text as a terminal or an attribute shows it: no mark-up, formulas in Unicode.
  public var plain: String {
    told.map { run in
      switch run {
      case .text(let words), .emphasis(let words), .term(let words), .code(let words): words
      case .token(let token): "“\(VisibleText.show(token))”"
      case .quantity(let quantity): quantity.text
      case .math(let math): math.plain
      case .following, .either: ""  // told as what they are now
      }
    }.joined()
  }

  /// The text as ``plain``, with a language's own quotation marks around tokens.
  public func plain(in language: Language) -> String {
    guard language == .ja else { return plain }
    var text = ""
    var isAfterToken = false
    var blank = ""
    for run in told {
      if case .token(let token) = run {
        text += blank
        blank = ""
        // The brackets bring their own space towards Japanese letters.
        if text.last == " ", text.dropLast().last?.isASCII == false { text.removeLast() }
        text += "「\(VisibleText.show(token))」"
        isAfterToken = true
        continue
      }
      let words = blank + RichText([run]).plain
      // A blank of its own belongs to what follows.
      blank = words == " " ? words : ""
      if words.isEmpty || words == blank { continue }
      let isSpaced = words.first == " " && words.dropFirst().first?.isASCII == false
      text += isSpaced && (isAfterToken || text.last == "）") ? String(words.dropFirst()) : words
      isAfterToken = false
    }
    return text + blank
  }

  /// Collects the pieces of an interpolated literal.
  public struct StringInterpolation: StringInterpolationProtocol {
    var runs: [Run] = []

    /// Starts with nothing.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds the words between two interpolations; a closing bracket brings its own space towards Japanese letters.
    @inline(never)
    public mutating func appendLiteral(_ literal: String) {
      var words = literal[...]
      if words.first == " ", words.dropFirst().first?.isASCII == false,
        case .text(let before)? = runs.last, before.last == "）"
      {
        words.removeFirst()
      }
      if !words.isEmpty { runs.append(.text(String(words))) }
    }

    /// Adds a number with its origin.
    @inline(never)
    public mutating func appendInterpolation(_ quantity: Quantity) {
      runs.append(.quantity(quantity))
    }

    /// Adds a number as a term after a sign: in parentheses if it is negative.
    @inline(never)
    public mutating func appendInterpolation(signed quantity: Quantity) {
      let isNegative = quantity.text.hasPrefix("−")
      if isNegative { appendLiteral("(") }
      runs.append(.quantity(quantity))
      if isNegative { appendLiteral(")") }
    }

    /// Adds a whole number of the configuration or a count, which stands in no tensor, in groups of digits.
    @inline(never)
    public mutating func appendInterpolation(_ count: some BinaryInteger) {
      runs.append(.text(count.groupedInThrees))
    }

    /// Adds another text.
    @inline(never)
    public mutating func appendInterpolation(_ text: RichText) { runs += text.runs }

    /// Adds words.
    @inline(never)
    public mutating func appendInterpolation(_ words: String) { runs.append(.text(words)) }

    /// Adds a formula.
    @inline(never)
    public mutating func appendInterpolation(_ math: Math) { runs.append(.math(math)) }

    /// Adds a token's text.
    @inline(never)
    public mutating func appendInterpolation(token: String) { runs.append(.token(token)) }

    /// Adds words that matter.
    @inline(never)
    public mutating func appendInterpolation(em words: String) { runs.append(.emphasis(words)) }

    /// Adds a term at the place that explains it.
    @inline(never)
    public mutating func appendInterpolation(term words: String) { runs.append(.term(words)) }

    /// Adds a number that changes with what the reader follows.
    @inline(never)
    mutating func appendInterpolation(following name: String, _ quantity: Quantity) {
      runs.append(.following(name, [.quantity(quantity)]))
    }

    /// Adds a text that changes with what the reader follows.
    @inline(never)
    mutating func appendInterpolation(following name: String, _ text: RichText) {
      runs.append(.following(name, text.runs))
    }

    /// Adds one of two wordings, by whether what is named holds for what the reader follows.
    @inline(never)
    mutating func appendInterpolation(
      if name: String,
      _ holds: Bool,
      _ text: RichText,
      else other: RichText
    ) {
      runs.append(.either(name, holds: holds, text.runs, other.runs))
    }

    /// Adds a name of the trace or of the command line.
    @inline(never)
    public mutating func appendInterpolation(code name: String) { runs.append(.code(name)) }
  }
}

extension String.StringInterpolation {
  /// A text inside a `String` would come out as a programmer's description of it.
  @available(*, deprecated, message: "interpolate into a RichText, or take its plain text")
  @inline(never)
  package mutating func appendInterpolation(_ text: RichText) { appendLiteral(text.plain) }

  /// A formula inside a `String` would come out as a programmer's description of it.
  @available(*, deprecated, message: "interpolate into a RichText, or take its plain text")
  @inline(never)
  package mutating func appendInterpolation(_ math: Math) { appendLiteral(math.plain) }

  /// A number inside a `String` would come out as a programmer's description of it.
  @available(*, deprecated, message: "interpolate into a RichText, or take its text")
  @inline(never)
  package mutating func appendInterpolation(_ quantity: Quantity) { appendLiteral(quantity.text) }
}
