import Tensors

/// How well a recorded tensor's cells agree with what its formula makes of the others.
public struct Rederivation: Sendable {
  /// The cells that were compared.
  public var count = 0
  /// The largest difference, relative where a number is above 1, and where it is; infinite if one of the two is no number.
  public var deviation = 0.0
  /// The cell of the largest difference.
  public var place: [Int] = []
}

extension Trace {
  /// Computes every cell of a tensor anew from the cells of others.
  ///
  /// - Parameters:
  ///   - name: The tensor.
  ///   - numbers: Where names are looked up.
  ///   - limit: The most cells to compare: of a larger tensor, those evenly spread over it; all if not given.
  /// - Returns: How well they agree.
  /// - Throws: ``DerivationError`` if there is no formula, or something that it names is missing.
  public func rederive(
    _ name: String,
    from numbers: @escaping NumberSource,
    limit: Int? = nil
  ) throws(DerivationError) -> Rederivation {
    var report = Rederivation()
    guard let recorded = self.numbers(named: name), let tensor = tensors[name] else {
      throw .unknown(name)
    }
    let shape = tensor.shape
    for derivation in try derivations(of: name) {
      let variables = derivation.variables
      var evaluator = try Evaluator(
        derivation.expression.naming(variables),
        variables: variables,
        numbers: numbers
      )
      let step = limit.map { max(1, tensor.count / $0) } ?? 1
      for cell in stride(from: 0, to: tensor.count, by: step) {
        var (rest, place) = (cell, shape)
        for axis in shape.indices.reversed() {
          place[axis] = recorded.starts[axis] + rest % shape[axis]
          rest /= shape[axis]
        }
        guard derivation.tells(of: place), !isSet(name, at: place) else { continue }
        let found = Double(tensor.withValues { $0[cell] })
        let made = try evaluator.value(derivation.variableIndices.map { place[$0] })
        report.count += 1
        // What is masked may be −∞ or a very large negative number.
        let isMasked = made == -.infinity && found < -1e30
        let difference =
          made == found || isMasked
          ? 0 : abs(made - found) / max(1, min(abs(made), .greatestFiniteMagnitude))
        if !(difference <= report.deviation) {
          report.deviation = difference.isFinite ? difference : .infinity
          report.place = place
        }
      }
    }
    return report
  }
}

extension Derivation {
  /// Which of the indices are variables.
  var variableIndices: [Int] {
    indices.indices.filter { if case .cell = indices[$0] { true } else { false } }
  }
}
