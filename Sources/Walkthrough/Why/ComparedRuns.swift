import Tensors
public import Traces

/// Two runs beside each other: which tokens belong together, what comes next in both, and how far the vectors of aligned
/// tokens point apart after each layer.
///
/// A class, though nothing of it changes: a report's parts share it.
public final class ComparedRuns: Sendable {
  /// How alike the vectors of two aligned tokens are after a layer.
  public struct Aligned: Sendable, Equatable {
    /// The positions.
    public var pair: Alignment.Pair
    /// The cosine of the angle between the two vectors of the stream.
    public var cosine: Double
  }

  /// A token that may come next.
  public struct Next: Sendable, Equatable {
    /// The token.
    public var token: TraceToken
    /// Its probability.
    public var probability: Double
  }

  /// The runs.
  public let a: Trace, b: Trace
  /// Which tokens belong together.
  public let alignment: Alignment
  /// Of each layer that both runs have, the cosines of the stream after it.
  public let layers: [(layer: Int, cosines: [Aligned])]
  /// What the logit lens reads at the last position of each run, before the first block and after each: the likeliest tokens.
  public let lens: [(a: [Next], b: [Next])]
  /// The head whose patterns are shown beside each other, if both runs have its patterns.
  public let patterns: ComparedPatterns?
  /// What was put of the first run into the second, if that was asked for.
  public let patching: Patching?
  /// Whether that was asked for, though it cannot be done with these runs.
  public let lacksPatching: Bool

  /// Compares two runs.
  ///
  /// - Parameters:
  ///   - a: The one.
  ///   - b: The other.
  ///   - layer: The layer whose patterns are compared; if not given, the one where they differ most.
  ///   - head: The head, likewise.
  ///   - patching: What was put of the one into the other, if that was asked for.
  ///   - lacksPatching: Whether it was asked for and could not be done.
  public init(
    _ a: Trace,
    _ b: Trace,
    layer: Int? = nil,
    head: Int? = nil,
    patching: Patching? = nil,
    lacksPatching: Bool = false
  ) {
    (self.a, self.b, self.patching, self.lacksPatching) = (a, b, patching, lacksPatching)
    let alignment = Self.alignment(a, b)
    self.alignment = alignment
    let (lensOfA, lensOfB) = (Self.lens(of: a), Self.lens(of: b))
    lens = (0..<min(lensOfA.count, lensOfB.count)).map { (lensOfA[$0], lensOfB[$0]) }
    layers = (0..<min(a.layerCount, b.layerCount)).compactMap { layer in
      guard let first = a[.residPost(layer)], let second = b[.residPost(layer)],
        first.columns == second.columns
      else { return nil }
      let (startOfA, startOfB) = (
        a.firstPosition(rows: first.rows), b.firstPosition(rows: second.rows)
      )
      let cosines = alignment.pairs.compactMap { pair -> Aligned? in
        guard pair.a >= startOfA, pair.b >= startOfB else { return nil }
        let value = cosine(
          first.slice(pair.a - startOfA).values,
          second.slice(pair.b - startOfB).values
        )
        // Rounding may leave the cosine of equal vectors beyond 1.
        return Aligned(pair: pair, cosine: min(1, max(-1, value)))
      }
      return (layer, cosines)
    }
    patterns = ComparedPatterns(a, b, alignment, layer: layer, head: head)
  }

  /// Which tokens belong together; those of two vocabularies are compared by their texts.
  private static func alignment(_ a: Trace, _ b: Trace) -> Alignment {
    let (first, second) = (a.tokens.map { $0.id }, b.tokens.map { $0.id })
    guard let words = a.vocabulary, let others = b.vocabulary, words != others else {
      return Alignment(first, second)
    }
    // A text's number is the place where it first stands in both.
    let texts = (a.tokens + b.tokens).map { $0.text }
    let numbers = texts.map { text in texts.firstIndex(of: text) ?? 0 }
    return Alignment(Array(numbers.prefix(first.count)), Array(numbers.suffix(second.count)))
  }

  /// Whether the runs are of two models: then their vectors have no directions in common unless one grew out of the other.
  public var areOfTwoModels: Bool { a.model.name != b.model.name }

  /// How many tokens of the lens are told.
  private static let lensCount = 2

  /// The likeliest tokens at the last position, depth by depth.
  private static func lens(of trace: Trace) -> [[Next]] {
    guard let ids = trace[.lensID], let chances = trace[.lensProbability],
      ids.shape.count == 3, ids.shape == chances.shape, ids.shape[1] > 0
    else { return [] }
    return (0..<ids.shape[0]).map { depth in
      (0..<min(lensCount, ids.shape[2])).map { rank in
        let id = Int(ids[depth, ids.shape[1] - 1, rank])
        return Next(
          token: TraceToken(id: id, text: trace.text(ofToken: id) ?? "#\(id)"),
          probability: Double(chances[depth, ids.shape[1] - 1, rank])
        )
      }
    }
  }

  /// The likeliest next tokens of a run, likeliest first; none if probabilities were not recorded.
  public static func next(of trace: Trace, count: Int) -> [Next] {
    guard let chances = trace[.probabilities] ?? trace[.logits].map({ softmax($0) }) else {
      return []
    }
    let row = chances.slice(chances.rows - 1).values
    return largest(count, of: row).map { id in
      Next(
        token: TraceToken(id: id, text: trace.text(ofToken: id) ?? "#\(id)"),
        probability: Double(row[id])
      )
    }
  }
}
