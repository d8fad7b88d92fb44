import Calls
import Embeddings
import Formats
import Pages
import Platform
import Tensors
import Tokenization
import Transformer
import Walkthrough

// The vocabulary's vectors: what is near to a sum of words, how far words reach along a direction, where they lie.

extension Engine {
  /// `words`: what is asked of words by `parts`.
  ///
  /// With the `action` `nearest` there is one, a word or a sum, `king - man + woman`; with `direction` a difference, then words; with `map` words and differences. The words are the rows of the
  /// `matrix` W_E, or the columns of W_U.
  ///
  /// Without parts it is about the run's tokens: `nearest` about the one at `position`. The reply has the text, `points` on
  /// three axes with `arrows` between them and their `radius`, `chips`, words at hand with the names that they are asked by,
  /// and as `parts` of the page `bars` of cosines or dot products, whose ids begin with `prefix`, and what the `axes` keep.
  func words(_ call: EngineCall) throws(EngineError) -> JSON {
    let model = try loaded()
    let weights = model.transformer.weights
    let isEmbedding = try call.optionalText("matrix") != "W_U"
    let answer = WordAnswer(
      model: model,
      vectors: isEmbedding ? weights.embedding : weights.unembedding.columns
    )
    let action = try call.text("action")
    let near = try near(call)
    var parts = try call.texts("parts") ?? []
    if parts.isEmpty {
      for token in near where parts.isEmpty || action != "nearest" {
        if let name = answer.name(token) { parts.append(name) }
      }
    }
    try answer.take(parts, as: action)
    let slice = answer.slice(along: action == "direction")
    let language = try call.language()
    let bars = WordBars(isCosine: action == "nearest", bars: answer.bars)
    return [
      "text": .string(parts.joined(separator: ", ")), "chips": answer.chips(near),
      "points": slice.points,
      "arrows": .array(answer.arrows), "radius": .number(slice.radius),
      "parts": [
        "bars": .string(bars.html(prefix: try call.optionalText("prefix") ?? "", in: language)),
        "axes": .string(WordBars.axes(slice.shares, in: language)),
      ],
    ]
  }
}

extension Engine {
  /// The run's tokens, the one at a call's `position` first.
  private func near(_ call: EngineCall) throws(EngineError) -> [Int] {
    var tokens = run?.tokens ?? []
    let position = try call.count("position") ?? 0
    if position < tokens.count { tokens.insert(tokens[position], at: 0) }
    return tokens
  }
}

/// What is found about words, collected.
private final class WordAnswer {
  let model: Model
  let vectors: Tensor
  var bars: [WordBars.Bar] = []
  var arrows: [JSON] = []
  /// The points of the slice; a sum has the row −1.
  private var points: [(row: Int, label: String, kind: String)] = []
  private var places: [Float] = []
  private var direction: [Tensor] = []

  init(model: Model, vectors: Tensor) { (self.model, self.vectors) = (model, vectors) }

  /// A sum of words.
  private struct Sum {
    let text: String
    let weights: [Float]
    let rows: [Int]
    let vector: Tensor
  }

  // MARK: - Questions

  /// Looks for what is asked.
  func take(_ parts: [String], as action: String) throws(EngineError) {
    var sums: [Sum] = []
    for part in parts { sums.append(try sum(part)) }
    guard let asked = sums.first else { throw EngineError("there is no word in it") }
    switch action {
    case "nearest": try takeNearest(asked)
    case "direction":
      guard sums.count > 1 else {
        throw EngineError("a direction is a difference, and words: queen - king, man, woman")
      }
      try takeDirection(asked, sums)
    default:
      for sum in sums { show(sum, asArrow: sum.weights == [1, -1]) }
      guard points.count > 1 else {
        throw EngineError("a map needs two words or more, with a comma between")
      }
    }
  }

  private func takeNearest(_ sum: Sum) throws(EngineError) {
    try check(sum)
    let isWord = sum.rows.count == 1
    show(sum, asArrow: false)
    let place = points.count - 1
    let found = Neighbours(in: vectors)
      .nearest(to: sum.vector, count: 8, excluding: Set(sum.rows))
    for neighbour in found {
      bars.append(bar(neighbour.index, neighbour.cosine, "cos(\(sum.text), "))
      add(neighbour.index, isWord ? "ink" : "muted")
    }
    // a − b + c: the step from b to c, taken from a, leads to the sum.
    if sum.weights == [1, -1, 1] {
      arrow(add(sum.rows[1], "ink"), add(sum.rows[2], "ink"))
      arrow(add(sum.rows[0], "ink"), place)
    }
  }

  private func takeDirection(_ along: Sum, _ sums: [Sum]) throws(EngineError) {
    try check(along)
    direction = [along.vector]
    if along.weights == [1, -1] {
      arrow(add(along.rows[1], "accent"), add(along.rows[0], "accent"))
    }
    for sum in sums.dropFirst() {
      for row in sum.rows {
        let bar = bar(row, dot(vectors.slice(row), along.vector), "dot(\(along.text), ")
        var place = bars.count
        bars.append(bar)
        // The largest first.
        while place > 0, bars[place - 1].value < bar.value {
          bars[place] = bars[place - 1]
          place -= 1
        }
        bars[place] = bar
        add(row, "ink")
      }
    }
  }

  /// A row with its number; the formula's end is the word.
  @inline(never)
  private func bar(_ row: Int, _ value: Float, _ formula: String) -> WordBars.Bar {
    let word = label(row)
    return WordBars.Bar(row: row, label: word, value: Double(value), formula: formula + word + ")")
  }

  /// A word as a point, a difference as an arrow, another sum as a point beside its words.
  @inline(never)
  private func show(_ sum: Sum, asArrow isArrow: Bool) {
    if sum.weights == [1] {
      add(sum.rows[0], "accent")
      return
    }
    for row in sum.rows { add(row, "ink") }
    if isArrow {
      arrow(add(sum.rows[1], "ink"), add(sum.rows[0], "ink"))
    } else {
      points.append((-1, sum.text, "accent"))
      places += sum.vector.values
    }
  }

  private func check(_ sum: Sum) throws(EngineError) {
    let length = norm(sum.vector)
    guard length > 1e-6, length.isFinite else {
      throw EngineError("“\(sum.text)” comes to a vector without a direction")
    }
  }

  // MARK: - Words

  private func sum(_ text: String) throws(EngineError) -> Sum {
    let expression: WordExpression
    do throws(WordExpressionError) { expression = try WordExpression(text) } catch {
      throw EngineError("“\(text)”: \(error.description)")
    }
    var rows: [Int] = []
    var weights: [Float] = []
    for term in expression.terms {
      guard let row = model.tokenizer.token(for: term.word, isQuoted: term.isQuoted),
        row < vectors.rows
      else { throw EngineError("\(model.name) has no token “\(term.word)”") }
      rows.append(row)
      weights.append(term.weight)
    }
    let vector = expression.vector(in: vectors, rows: rows)
    return Sum(text: text, weights: weights, rows: rows, vector: vector)
  }

  @inline(never)
  private func label(_ row: Int) -> String {
    WordBars.label(model.tokenizer.text(of: row).string)
  }

  /// How a row's word is asked for; nil if it is no word.
  @inline(never)
  func name(_ row: Int) -> String? {
    let word = model.tokenizer.text(of: row).string
    let bare = word.first == " " ? String(word.dropFirst()) : word
    guard !bare.isEmpty, bare.unicodeScalars.allSatisfy({ $0.isLetter }) else {
      return nil
    }
    if model.tokenizer.token(for: bare, isQuoted: false) == row { return bare }
    return model.tokenizer.token(for: word, isQuoted: true) == row ? "\"\(word)\"" : nil
  }

  /// The words found, then those of the prompt, a dozen at most.
  func chips(_ tokens: [Int]) -> JSON {
    var rows: [Int] = []
    for bar in bars { rows.append(bar.row) }
    for point in points { rows.append(point.row) }
    var chips: [JSON] = []
    var seen: [Int] = [-1]
    for row in rows + tokens where chips.count < 12 && !seen.contains(row) {
      seen.append(row)
      guard let name = name(row) else { continue }
      chips.append(["label": .string(label(row)), "name": .string(name)])
    }
    return .array(chips)
  }

  // MARK: - The slice

  @inline(never) @discardableResult
  private func add(_ row: Int, _ kind: String) -> Int {
    for (place, point) in points.enumerated() where point.row == row { return place }
    points.append((row, label(row), kind))
    places += vectors.slice(row).values
    return points.count - 1
  }

  @inline(never)
  private func arrow(_ from: Int, _ to: Int) {
    arrows.append(.array([.integer(from), .integer(to)]))
  }

  /// Where the points stand on three axes, of which the first may lie along the direction.
  func slice(along isDirected: Bool) -> (points: JSON, shares: [Double], radius: Double) {
    let slice = SpaceSlice(
      of: Tensor(shape: [points.count, vectors.columns], values: places),
      axes: 3,
      along: direction
    )
    var list: [JSON] = []
    var farthest = 0.0
    for (index, point) in points.enumerated() {
      var at: [JSON] = []
      var square = 0.0
      for axis in 0..<3 {
        let place = axis < slice.axes.count ? Double(slice.coordinates[index, axis]) : 0
        at.append(.number(place))
        square += place * place
      }
      farthest = max(farthest, square)
      list.append(
        ["label": .string(point.label), "at": .array(at), "kind": .string(point.kind)]
      )
    }
    var shares: [Double] = []
    for axis in slice.axes { shares.append(axis.share) }
    return (.array(list), shares, farthest > 0 ? farthest.squareRoot() : 1)
  }
}
