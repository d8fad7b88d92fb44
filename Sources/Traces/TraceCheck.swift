import Tensors

/// One law that every honest trace obeys, and how well this one does.
public struct TraceCheck: Sendable, Equatable {
  /// How a check ended.
  public enum Outcome: Sendable, Equatable {
    /// The law holds; the largest deviation found.
    case holds(deviation: Double)
    /// The law is broken; the largest deviation found, and in which tensor.
    case broken(deviation: Double, tensor: String)
    /// The tensors it speaks of were not recorded.
    case notRecorded
  }

  /// The law in one line.
  public var law: String
  /// How the check ended.
  public var outcome: Outcome

  /// How far a value may be from the law: absolute, or relative to the largest value compared where that is above 1.
  public static let tolerance = 1e-4
}

extension Trace {
  /// Checks the laws that tie the tensors of a trace together.
  ///
  /// Anyone can run them on any trace.
  public func check() -> [TraceCheck] {
    let layers = 0..<layerCount
    return [
      every("each row of an attention pattern sums to 1", layers) { layer in
        self[.pattern(layer)].map { rowSums(of: $0, at: .pattern(layer)) }
      },
      every("a pattern gives nothing to what lies ahead (causal)", layers) { layer in
        self[.pattern(layer)].map { aheadOfTime(in: $0, at: .pattern(layer)) }
      },
      every("pattern = softmax(attn_scores)", layers) { layer in
        compare(self[.pattern(layer)], self[.attnScores(layer)].map(softmax), .pattern(layer))
      },
      every("resid_pre of a block = resid_post of the one before", layers.dropFirst()) { layer in
        compare(self[.residPre(layer)], self[.residPost(layer - 1)], .residPre(layer))
      },
      every("resid_mid = resid_pre + attn_out", layers) { layer in
        compare(
          self[.residMid(layer)],
          sum(self[.residPre(layer)], self[.attnOut(layer)]),
          .residMid(layer)
        )
      },
      every("resid_post = resid_mid + mlp_out", layers) { layer in
        compare(
          self[.residPost(layer)],
          sum(self[.residMid(layer)], self[.mlpOut(layer)]),
          .residPost(layer)
        )
      },
      every("Σ heads + bias = attn_out", layers) { layer in headSum(layer) },
      every("probabilities = softmax(logits)", 0..<1) { _ in
        compare(self[.probabilities], self[.logits].map(softmax), .probabilities)
      },
      every("probabilities sum to 1", 0..<1) { _ in
        self[.probabilities].map { rowSums(of: $0, at: .probabilities) }
      },
    ]
  }

  private func every(
    _ law: String,
    _ layers: Range<Int>,
    _ measure: (Int) -> Deviation?
  ) -> TraceCheck {
    let worst = layers.compactMap(measure).max { $0.relative < $1.relative }
    guard let worst else { return TraceCheck(law: law, outcome: .notRecorded) }
    let holds = worst.relative <= TraceCheck.tolerance
    return TraceCheck(
      law: law,
      outcome: holds
        ? .holds(deviation: worst.absolute)
        : .broken(deviation: worst.absolute, tensor: worst.tensor)
    )
  }

  /// What the heads wrote and the bias must make up the attention's output.
  ///
  /// Without the bias in the trace, the rest must at least be the same vector at every position.
  private func headSum(_ layer: Int) -> Deviation? {
    guard let result = self[.result(layer)],
      let out = self[.attnOut(layer)]?.last(result.shape[0], alongAxis: 0),
      out.rows == result.shape[0]
    else { return nil }
    let (positions, heads, width) = (result.shape[0], result.shape[1], result.shape[2])
    let heard = Tensor(shape: [positions, width]) { sum in
      result.withValues { result in
        for position in 0..<positions {
          for head in 0..<heads {
            for i in 0..<width {
              sum[position * width + i] += result[(position * heads + head) * width + i]
            }
          }
        }
      }
    }
    let bias = self[.attentionOutputBias(layer)] ?? (out - heard).slice(0)
    return compare(out, heard + bias, .attnOut(layer))
  }
}

/// The largest difference found, and how it compares with the size of what was compared.
private struct Deviation {
  var absolute: Double
  var relative: Double
  var tensor: String

  init(_ absolute: Double, magnitude: Double, _ hook: HookPoint) {
    self.absolute = absolute
    relative = absolute.isFinite ? absolute / max(1, magnitude) : .infinity
    tensor = hook.name
  }
}

private func sum(_ a: Tensor?, _ b: Tensor?) -> Tensor? {
  guard let (a, b) = aligned(a, b), a.shape == b.shape else { return nil }
  return a + b
}

/// Two tensors, of the longer one only the last rows if both are matrices: one may hold the last positions alone.
private func aligned(_ a: Tensor?, _ b: Tensor?) -> (Tensor, Tensor)? {
  guard let a, let b else { return nil }
  guard a.shape.count == 2, b.shape.count == 2, a.rows != b.rows else { return (a, b) }
  let rows = min(a.rows, b.rows)
  return (a.rows(a.rows - rows..<a.rows), b.rows(b.rows - rows..<b.rows))
}

private func compare(_ a: Tensor?, _ b: Tensor?, _ hook: HookPoint) -> Deviation? {
  guard let (a, b) = aligned(a, b), a.shape == b.shape else { return nil }
  var (worst, magnitude) = (0.0, 0.0)
  a.withValues { a in
    b.withValues { b in
      for i in 0..<a.count where a[i] != b[i] {
        let difference = Double(abs(a[i] - b[i]))
        worst = difference.isNaN ? .infinity : max(worst, difference)
        magnitude = max(magnitude, Double(abs(b[i])))
      }
    }
  }
  return Deviation(worst, magnitude: magnitude, hook)
}

private func rowSums(of tensor: Tensor, at hook: HookPoint) -> Deviation {
  var worst = 0.0
  tensor.withValues { values in
    let width = tensor.columns
    for start in stride(from: 0, to: values.count, by: width) {
      let sum = values[start..<start + width].reduce(0.0) { $0 + Double($1) }
      worst = sum.isNaN ? .infinity : max(worst, abs(sum - 1))
    }
  }
  return Deviation(worst, magnitude: 1, hook)
}

private func aheadOfTime(in pattern: Tensor, at hook: HookPoint) -> Deviation {
  var worst = 0.0
  pattern.withValues { values in
    let length = pattern.columns
    let queries = max(1, pattern.shape[1])
    for row in 0..<pattern.rows {
      let query = length - queries + row % queries
      for key in query + 1..<max(length, query + 1) {
        let share = Double(abs(values[row * length + key]))
        worst = share.isNaN ? .infinity : max(worst, share)
      }
    }
  }
  return Deviation(worst, magnitude: 1, hook)
}
