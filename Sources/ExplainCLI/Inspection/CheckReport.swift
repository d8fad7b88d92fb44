import Formats
import Graphics
import Pages
import Tensors
import Traces
import Transformer

/// What came of checking a trace's laws.
struct CheckReport {
  /// A law, how well the trace obeys it, and what was allowed.
  struct Law {
    let law: String
    var outcome: TraceCheck.Outcome
    let allowed: Double?
  }

  let checks: [Law]
  /// The least fine type in which the trace's numbers are stored.
  let type: ElementType
  /// What of them is not a number.
  let notFinite: NotFinite?

  /// Checks a trace; with the weights of its model, every formula too.
  init(of trace: Trace, by model: Model? = nil) {
    let transformer = model?.transformer
    let formulas = transformer.map { transformer in
      trace.checkDerivations { trace.numbers(named: $0) ?? transformer.parameter(named: $0) }
    }
    let laws = trace.check().map { Law(law: $0.law, outcome: $0.outcome, allowed: $0.allowed) }
    checks = laws + (formulas ?? [])
    type = trace.coarsestType
    notFinite = trace.notFinite
  }

  /// How many laws are broken.
  var brokenCount: Int {
    checks.count { if case .broken = $0.outcome { true } else { false } }
  }

  /// The documented form: `{tolerance, dtype, unit_roundoff, not_finite, checks: [{law, outcome, deviation, tolerance, tensor}]}`.
  var json: JSON {
    [
      "tolerance": .number(TraceCheck.tolerance),
      "dtype": .string(type.rawValue),
      "unit_roundoff": .number(type.unitRoundoff),
      "not_finite": notFinite.json,
      "checks": .array(
        checks.map { check in
          let (outcome, deviation, tensor) = Self.parts(check.outcome)
          return [
            "law": .string(check.law),
            "outcome": .string(outcome),
            "deviation": deviation.map { .number($0) } ?? .null,
            "tolerance": check.allowed.map { .number($0) } ?? .null,
            "tensor": tensor.map { .string($0) } ?? .null,
          ]
        }
      ),
    ]
  }

  /// One row a law.
  var csv: String {
    CSV.row(["law", "outcome", "deviation", "tensor", "tolerance"])
      + checks.map { check in
        let (outcome, deviation, tensor) = Self.parts(check.outcome)
        return CSV.row([
          check.law, outcome, deviation?.description ?? "", CSV.safe(tensor ?? ""),
          check.allowed?.description ?? "",
        ])
      }.joined()
  }

  /// One line a law.
  func lines(_ style: TerminalStyle) -> [String] {
    let table = TextTable(
      columns: [
        .init("outcome", overflow: .keep), .init("law", overflow: .wrap), .number("deviation"),
        .number("allowed"), .init("in", overflow: .wrap),
      ],
      rows: checks.map { check in
        let (outcome, deviation, tensor) = Self.parts(check.outcome)
        return [
          outcome.split(separator: "_").joined(separator: " "), check.law,
          deviation.map(Self.short) ?? "", check.allowed.map(Self.short) ?? "", tensor ?? "",
        ]
      },
      followedRows: Set(
        checks.indices.filter { if case .broken = checks[$0].outcome { true } else { false } }
      )
    )
    return table.lines(style) + TextWidth.wrap(style.plain(allowance), to: style.width)
      + (notFinite.map { TextWidth.wrap(style.plain($0.sentence), to: style.width) } ?? [])
  }

  /// What is allowed, and why.
  private var allowance: String {
    let base = "Allowed is 0.0001, times the largest value where that is above 1"
    guard type.unitRoundoff > ElementType.float32.unitRoundoff else { return base + "." }
    return base + ", and what rounding to \(type.rawValue) can do: each number is off by at most "
      + "1 part in \(Int(1 / type.unitRoundoff)), and what follows from it by as much as that makes."
  }

  private static func parts(
    _ outcome: TraceCheck.Outcome
  ) -> (name: String, deviation: Double?, tensor: String?) {
    switch outcome {
    case .holds(let deviation): ("holds", deviation, nil)
    case .broken(let deviation, let tensor): ("broken", deviation, tensor)
    case .notRecorded: ("not_recorded", nil, nil)
    case .setFromOutside: ("set_from_outside", nil, nil)
    }
  }

  private static func short(_ value: Double) -> String { Decimal.text(value, digits: 7) }
}
