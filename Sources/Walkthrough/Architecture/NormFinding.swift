import Graphics
import Tensors
import Traces

/// What a trace tells of one of the model's norms.
struct NormFinding: Sendable {
  /// What a norm does.
  enum Kind: Sendable {
    /// Takes the mean away and divides by the standard deviation.
    case layerNorm
    /// Divides by the root of the mean square.
    case rootMeanSquare
  }

  /// How that is known.
  enum Evidence: Sendable {
    /// The metadata says so.
    case said
    /// The recorded numbers agree with this kind and not with the other.
    case numbers
    /// The recorded numbers agree with both: the vectors' means are next to 0.
    case undecided
    /// They agree with neither, or there are none.
    case nothing
  }

  /// The kind, if it is known.
  private(set) var kind: Kind?
  /// How it is known.
  private(set) var evidence = Evidence.nothing
  /// Whether a learned gain multiplies the result, and whether a learned bias is added; `nil` if that is not known.
  private(set) var hasGain: Bool?, hasBias: Bool?
  /// Whether the recorded vectors, taken through a norm, give what was recorded of it.
  private(set) var wasReproduced = false

  /// Knows nothing.
  init() {}

  /// Looks at what is said and at the numbers recorded before and after a norm.
  init(of trace: Trace, _ site: NormSite, input: HookPoint) {
    let reproduced = Self.agreeing(trace, site, input, trace.recorded(.normalized(site)))
    // What some programs record as normalized is the result after gain and bias: the divisor alone has to do then.
    let agreeing = reproduced.isEmpty ? Self.agreeing(trace, site, input, nil) : reproduced
    let said = Self.said(trace.model.architecture, site)
    if let said, agreeing.isEmpty || agreeing.contains(said) {
      (kind, evidence) = (said, .said)
    } else if agreeing.count == 1 {
      (kind, evidence) = (agreeing[0], .numbers)
    } else if agreeing.count == 2 {
      evidence = .undecided
    }
    wasReproduced = !reproduced.isEmpty
    (hasGain, hasBias) = Self.gainAndBias(trace, site, said == nil ? nil : trace.model.architecture)
  }

  private static func said(_ said: ArchitectureDescription, _ site: NormSite) -> Kind? {
    if site == .final, said.finalNormIsRootMeanSquare == true { return .rootMeanSquare }
    return said.norm.map { $0.takesMeanAway ? .layerNorm : .rootMeanSquare }
  }

  // MARK: - The divisor and what is divided

  /// The kinds of norm that turn the vectors recorded before it into the numbers recorded of it.
  private static func agreeing(
    _ trace: Trace,
    _ site: NormSite,
    _ input: HookPoint,
    _ normalized: Recorded?
  ) -> [Kind] {
    guard let stream = trace.recorded(input), let scale = trace.recorded(.scale(site)) else {
      return []
    }
    let unit = trace.unitRoundoff(input, .scale(site), .normalized(site))
    let positions = trace.sampledPositions(limit: 16)
    return [Kind.layerNorm, .rootMeanSquare].filter { kind in
      positions.allSatisfy { position in
        let vector = stream.vector(position).map(Double.init)
        let divisor = scale(position, 0).value
        let centre = kind == .layerNorm ? vector.reduce(0, +) / Double(vector.count) : 0
        let square = vector.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(vector.count)
        let slack = (1e-4 + 8 * unit) * divisor * divisor
        // No published model has a larger ε than a hundredth; where it is said, it must be that one.
        let epsilon = trace.model.epsilon.map { $0...$0 } ?? 0...1e-2
        let rest = divisor * divisor - square
        guard rest >= epsilon.lowerBound - slack, rest <= epsilon.upperBound + slack else {
          return false
        }
        guard let result = normalized?.vector(position) else { return true }
        let size = vector.reduce(divisor) { max($0, abs($1)) }
        return zip(vector, result).allSatisfy { x, y in
          abs(x - centre - Double(y) * divisor) <= (1e-4 + 8 * unit) * size
        }
      }
    }
  }

  // MARK: - Gain and bias

  private static func gainAndBias(
    _ trace: Trace,
    _ site: NormSite,
    _ said: ArchitectureDescription?
  ) -> (Bool?, Bool?) {
    if trace[.gain(site)] != nil, trace[.bias(site)] != nil { return (true, true) }
    if let shown = shown(trace, site) { return shown }
    let gain = trace[.gain(site)] == nil ? nil : true
    guard let said else { return (gain, nil) }
    if site == .final, said.finalNormIsRootMeanSquare == true { return (true, false) }
    switch said.norm {
    case .layerNorm: return (true, true)
    case .rootMeanSquare: return (true, false)
    case .bareLayerNorm, .bareRootMeanSquare: return (false, false)
    case nil: return (gain, nil)
    }
  }

  /// What the numbers before and after gain and bias show, if there are positions enough to tell.
  private static func shown(_ trace: Trace, _ site: NormSite) -> (Bool?, Bool?)? {
    guard let before = trace.recorded(.normalized(site)),
      let after = trace.recorded(.normOut(site))
    else { return nil }
    let positions = trace.sampledPositions(limit: 16)
    let rows = positions.map {
      zip(before.vector($0).map(Double.init), after.vector($0).map(Double.init)).map {
        ($0, $1)
      }
    }
    let unit = trace.unitRoundoff(.normalized(site), .normOut(site))
    let size = rows.joined().reduce(1.0) { max($0, abs($1.0), abs($1.1)) }
    let slack = (1e-4 + 8 * unit) * size
    if rows.joined().allSatisfy({ abs($0.0 - $0.1) <= slack }) { return (false, false) }
    guard rows.count >= 3 else { return nil }
    let isProportional = rows[0].indices.allSatisfy { i in
      let column = rows.map { $0[i] }
      guard let top = column.max(by: { abs($0.0) < abs($1.0) }), top.0 != 0 else { return true }
      return column.allSatisfy { abs($0.0 * top.1 / top.0 - $0.1) <= slack }
    }
    return isProportional ? (true, false) : nil
  }
}
