public import Tensors

/// One law that every honest trace obeys, and how well this one does.
public struct TraceCheck: Sendable, Equatable {
  /// How a check ended.
  public enum Outcome: Sendable, Equatable {
    /// The law holds; the deviation that comes nearest to what is allowed.
    case holds(deviation: Double)
    /// The law is broken; the deviation that exceeds most what is allowed, and in which tensor.
    case broken(deviation: Double, tensor: String)
    /// The tensors it speaks of were not recorded.
    case notRecorded
    /// It is not asked: what it would give was set from outside.
    case setFromOutside
  }

  /// The law in one line.
  public var law: String
  /// How the check ended.
  public var outcome: Outcome
  /// What was allowed where the deviation was found: ``tolerance``, and what rounding the numbers to the types in which the
  /// file stores them can make of it.
  public var allowed: Double?

  /// How far a value may be from the law beside the rounding: absolute, or relative to the largest value compared where that
  /// is above 1.
  public static let tolerance = 1e-4
}

extension Trace {
  /// Checks the laws that tie the tensors of a trace together.
  ///
  /// Anyone can run them on any trace. Numbers that a file stores in 16 bits were rounded to them: each term of a law may be
  /// off by its ``Tensors/ElementType/unitRoundoff``, and what is computed of it by as much as follows from that.
  public func check() -> [TraceCheck] {
    let layers = 0..<layerCount
    return [
      every("each row of an attention pattern sums to 1", layers, { [.pattern($0)] }) { layer in
        self[.pattern(layer)].map { rowSums(of: $0, at: .pattern(layer)) }
      },
      every(
        "a pattern gives nothing to what lies ahead (causal)",
        layers,
        { [.attnScores($0), .pattern($0)] }
      ) { layer in
        self[.pattern(layer)].map { aheadOfTime(in: $0, at: .pattern(layer)) }
      },
      every("pattern = softmax(attn_scores)", layers, { [.pattern($0)] }) { layer in
        softmaxDeviation(.pattern(layer), of: .attnScores(layer))
      },
      every(
        "resid_pre of a block = resid_post of the one before",
        layers.dropFirst(),
        { [.residPre($0)] }
      ) { layer in
        sumDeviation(.residPre(layer), of: [.residPost(layer - 1)])
      },
      every("resid_mid = resid_pre + attn_out", layers, { [.residMid($0)] }) { layer in
        sumDeviation(.residMid(layer), of: [.residPre(layer), .attnOut(layer)])
      },
      every("resid_post = resid_mid + mlp_out", layers, { [.residPost($0)] }) { layer in
        sumDeviation(.residPost(layer), of: [.residMid(layer), .mlpOut(layer)])
      },
      every(
        "resid_post = resid_pre + attn_out + mlp_out",
        layers,
        { [.residMid($0), .residPost($0)] }
      ) { layer in
        sumDeviation(.residPost(layer), of: [.residPre(layer), .attnOut(layer), .mlpOut(layer)])
      },
      every("Σ heads + bias = attn_out", layers, { [.attnOut($0)] }) { layer in headSum(layer) },
      every("probabilities = softmax(logits)", 0..<1, { _ in [.probabilities] }) { _ in
        softmaxDeviation(.probabilities, of: .logits)
      },
      every("probabilities sum to 1", 0..<1, { _ in [.probabilities] }) { _ in
        self[.probabilities].map { rowSums(of: $0, at: .probabilities) }
      },
    ]
  }

  /// The least fine type in which the file stores what was recorded at a hook point: float32, or one of 16 bits or fewer.
  public var coarsestType: ElementType {
    HookPoint.readable(layerCount: layerCount).compactMap { coarseTypes[$0.name] }
      .max { $0.unitRoundoff < $1.unitRoundoff } ?? .float32
  }

  /// Measures a law in every layer but those in which a value that it gives was set from outside.
  private func every(
    _ law: String,
    _ layers: Range<Int>,
    _ given: (Int) -> [HookPoint],
    _ measure: (Int) -> Deviation?
  ) -> TraceCheck {
    let asked = layers.filter { layer in !given(layer).contains { isSet($0) } }
    if asked.isEmpty, !layers.isEmpty { return TraceCheck(law: law, outcome: .setFromOutside) }
    let worst = asked.compactMap(measure).max { $0.excess < $1.excess }
    guard let worst else { return TraceCheck(law: law, outcome: .notRecorded) }
    return TraceCheck(
      law: law,
      outcome: worst.excess <= 1
        ? .holds(deviation: worst.found)
        : .broken(deviation: worst.found, tensor: worst.tensor),
      allowed: worst.allowed
    )
  }

  // MARK: - Laws

  private func sumDeviation(_ hook: HookPoint, of terms: [HookPoint]) -> Deviation? {
    // Of a long run some tensors may hold the last positions alone: those are compared.
    let all = ([hook] + terms).compactMap { self[$0] }
    let rows = all.map { $0.shape.first ?? 0 }.min() ?? 0
    let known = all.map { $0.last(rows, alongAxis: 0) }
    let parts = known.dropFirst()
    guard let found = known.first, let first = parts.first, parts.count == terms.count,
      parts.allSatisfy({ $0.shape == found.shape })
    else { return nil }
    var errors = zip(terms, parts).map { rounding(of: $1, at: $0) }
    errors.append(rounding(of: found, at: hook))
    // The same number stored in the same type is the same number.
    if terms.count == 1, coarseTypes[terms[0].name] == coarseTypes[hook.name] { errors = [] }
    return compare(
      found,
      parts.dropFirst().reduce(first) { $0 + $1 },
      rounding: errors.reduce(Tensor(shape: found.shape) { _ in }, +),
      hook
    )
  }

  /// What the heads wrote and the bias must make up the attention's output.
  ///
  /// Without the bias in the trace, the rest must at least be the same vector at every position.
  private func headSum(_ layer: Int) -> Deviation? {
    // Where a norm stands between the heads and the stream, their sum is what goes into it.
    let isNormed =
      model.architecture.normalizesAdditions == true
      || self[.scale(.afterAttention(layer: layer))] != nil
    let hook =
      self[.headsOut(layer)] != nil || isNormed
      ? HookPoint.headsOut(layer) : .attnOut(layer)
    guard let result = self[.result(layer)],
      let out = self[hook]?.last(result.shape[0], alongAxis: 0), out.rows == result.shape[0]
    else { return nil }
    let heard = result.summedOverHeads { $0 }
    let sizes = result.summedOverHeads(abs)
    let bias = self[.attentionOutputBias(layer)] ?? (out - heard).slice(0)
    var errors = scaled(sizes, roundoff(.result(layer))) + rounding(of: out, at: hook)
    if self[.attentionOutputBias(layer)] == nil { errors = errors + errors.slice(0) }
    return compare(out, heard + bias, rounding: errors, hook)
  }

  /// Softmax of scores that were rounded: with δⱼ = u·|sⱼ|, a share is off by a factor of at most
  /// exp(δᵢ) · Σⱼ pⱼ·exp(δⱼ); then the share itself was rounded.
  private func softmaxDeviation(_ hook: HookPoint, of scores: HookPoint) -> Deviation? {
    guard let found = self[hook], let scored = self[scores], found.shape == scored.shape else {
      return nil
    }
    let shares = softmax(scored)
    let (own, theirs) = (Float(roundoff(hook)), Float(roundoff(scores)))
    let rounding = Tensor(shape: found.shape) { bound in
      scored.withValues { s in
        shares.withValues { p in
          for start in stride(from: 0, to: s.count, by: max(1, scored.columns)) {
            let row = start..<start + scored.columns
            let factor = row.reduce(Float(0)) { sum, i in
              p[i] > 0 ? sum + p[i] * expOf(theirs * abs(s[i])) : sum
            }
            for i in row where p[i] > 0 {
              bound[i] = p[i] * (expOf(theirs * abs(s[i])) * factor - 1 + own)
            }
          }
        }
      }
    }
    return compare(found, shares, rounding: rounding, hook)
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
    // Each share of a row is off by its own part of u, all of them together by u.
    return Deviation(worst, allowed: TraceCheck.tolerance + roundoff(hook), hook)
  }

  // MARK: - Rounding

  /// The relative error of the numbers recorded at a hook point.
  private func roundoff(_ hook: HookPoint) -> Double {
    (coarseTypes[hook.name] ?? .float32).unitRoundoff
  }

  private func rounding(of tensor: Tensor, at hook: HookPoint) -> Tensor {
    let unit = Float(roundoff(hook))
    return Tensor(shape: tensor.shape) { bound in
      tensor.withValues { values in
        for i in values.indices { bound[i] = unit * abs(values[i]) }
      }
    }
  }

  private func scaled(_ tensor: Tensor, _ factor: Double) -> Tensor {
    Tensor(shape: tensor.shape) { scaled in
      tensor.withValues { values in
        for i in values.indices { scaled[i] = Float(factor) * values[i] }
      }
    }
  }
}
