import Calls
import Formats
import Pages
import Traces
import Transformer
import Walkthrough

// How a number came about.

extension Engine {
  /// `derivation`: how the number at `indices` of the tensor or parameter `name` was made, or what an `expression` comes to.
  ///
  /// The reply has the `value`, what it is in `words`, the `expression` in the notation of `data-derived`, the same with
  /// `numbers`, and the `terms` that are added up on the way with their `total`: the largest `count` of them, or all in
  /// their order; the `others` are told together. A number that is made of no others has a `reason` instead of terms.
  func derivation(_ call: EngineCall) throws(EngineError) -> JSON {
    let run = try shown()
    let source: NumberSource = {
      run.trace.numbers(named: $0) ?? run.model?.transformer.parameter(named: $0)
    }
    let limit = try call.count("count")
    let expression = try call.optionalText("expression")
    let name = expression == nil ? try call.text("name") : ""
    let place = try call.counts("indices") ?? []
    let language = try call.language()
    do throws(DerivationError) {
      guard let expression else {
        return try CellAccount(
          of: name,
          at: place,
          in: run.trace,
          language,
          from: source,
          limit: limit
        ).json
      }
      return try Arithmetic(of: Expression(reading: expression), from: source, limit: limit).json
    } catch { throw EngineError(error.description) }
  }
}
