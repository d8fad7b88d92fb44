import Tensors
public import Traces

/// Two runs beside each other: which tokens belong together, what comes next in both, and how far the vectors of aligned
/// tokens point apart after each layer.
public struct ComparedRuns: Sendable {
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
  /// What was put of the first run into the second, if that was asked for.
  public var patching: Patching?

  /// Compares two runs.
  public init(_ a: Trace, _ b: Trace) {
    (self.a, self.b) = (a, b)
    let alignment = Alignment(a.tokens.map { $0.id }, b.tokens.map { $0.id })
    self.alignment = alignment
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
