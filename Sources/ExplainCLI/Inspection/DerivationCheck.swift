import Tensors
import Traces

extension Trace {
  /// Computes what was recorded at every hook point anew, with the weights at hand: a law for each kind of hook point, which is
  /// its formula.
  ///
  /// Of a large tensor some hundred thousand cells, evenly spread, are computed. What a file stores in 16 bits is left out:
  /// what rounding makes of a formula is known for the laws of ``check()`` alone.
  ///
  /// - Parameter numbers: Where names are looked up.
  /// - Returns: The laws, in the order of the forward pass.
  func checkDerivations(from numbers: @escaping NumberSource) -> [CheckReport.Law] {
    guard coarseTypes.isEmpty else { return [] }
    var checks: [CheckReport.Law] = []
    for hook in HookPoint.readable(layerCount: layerCount) where self[hook] != nil {
      guard let derivation = try? derivations(of: hook.name).first else { continue }
      let left = Expression.cell(derivation.name, derivation.indices)
      let law = Self.ofAnyBlock("\(left.text) = \(derivation.expression.text)")
      let outcome = rederived(hook, numbers)
      guard let known = checks.firstIndex(where: { $0.law == law }) else {
        checks.append(.init(law: law, outcome: outcome, allowed: TraceCheck.tolerance))
        continue
      }
      if Self.isWorse(outcome, than: checks[known].outcome) { checks[known].outcome = outcome }
    }
    return checks
  }

  private func rederived(_ hook: HookPoint, _ numbers: @escaping NumberSource) -> TraceCheck.Outcome
  {
    do throws(DerivationError) {
      let found = try rederive(hook.name, from: numbers, limit: 100_000)
      if found.count == 0 { return .setFromOutside }
      return found.deviation <= TraceCheck.tolerance
        ? .holds(deviation: found.deviation)
        : .broken(deviation: found.deviation, tensor: hook.name)
    } catch { return .notRecorded }
  }

  private static func isWorse(_ a: TraceCheck.Outcome, than b: TraceCheck.Outcome) -> Bool {
    switch (a, b) {
    case (.broken(let x, _), .broken(let y, _)), (.holds(let x), .holds(let y)): x > y
    case (.broken, _): true
    case (.holds, .notRecorded), (.holds, .setFromOutside): true
    default: false
    }
  }

  /// The formula of one block as that of any: `blocks.l.` in place of its number, `l-1` in place of the one before.
  private static func ofAnyBlock(_ text: String) -> String {
    let parts = text.split(separator: "blocks.", omittingEmptySubsequences: false)
    func number(_ part: Substring) -> Int? { Int(part.prefix { $0 != "." }) }
    guard parts.count > 2, parts[0].isEmpty, let own = number(parts[1]) else { return text }
    return parts.dropFirst().reduce("") { law, part in
      let layer = number(part) ?? own
      let name = layer == own ? "l" : "l-1"
      return law + "blocks.\(name)" + part.drop { $0 != "." }
    }
  }
}
