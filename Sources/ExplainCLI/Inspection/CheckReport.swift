import Graphics
import Pages
import Traces

/// What came of checking a trace's laws.
struct CheckReport {
  let checks: [TraceCheck]

  /// How many laws are broken.
  var brokenCount: Int {
    checks.count { if case .broken = $0.outcome { true } else { false } }
  }

  /// The documented form: `{tolerance, checks: [{law, outcome, deviation, tensor}]}`.
  var json: JSON {
    [
      "tolerance": .number(TraceCheck.tolerance),
      "checks": .array(
        checks.map { check in
          let (outcome, deviation, tensor) = Self.parts(check.outcome)
          return [
            "law": .string(check.law),
            "outcome": .string(outcome),
            "deviation": deviation.map { .number($0) } ?? .null,
            "tensor": tensor.map { .string($0) } ?? .null,
          ]
        }
      ),
    ]
  }

  /// One row a law.
  var csv: String {
    CSV.row(["law", "outcome", "deviation", "tensor"])
      + checks.map { check in
        let (outcome, deviation, tensor) = Self.parts(check.outcome)
        return CSV.row([check.law, outcome, deviation?.description ?? "", CSV.safe(tensor ?? "")])
      }.joined()
  }

  /// One line a law.
  func lines(_ style: TerminalStyle) -> [String] {
    let table = TextTable(
      columns: [
        .init("outcome", overflow: .keep), .init("law", overflow: .wrap), .number("deviation"),
        .init("in", overflow: .wrap),
      ],
      rows: checks.map { check in
        let (outcome, deviation, tensor) = Self.parts(check.outcome)
        return [
          outcome.split(separator: "_").joined(separator: " "), check.law,
          deviation.map(Self.short) ?? "", tensor ?? "",
        ]
      },
      followedRows: Set(
        checks.indices.filter { if case .broken = checks[$0].outcome { true } else { false } }
      )
    )
    return table.lines(style)
  }

  private static func parts(
    _ outcome: TraceCheck.Outcome
  ) -> (name: String, deviation: Double?, tensor: String?) {
    switch outcome {
    case .holds(let deviation): ("holds", deviation, nil)
    case .broken(let deviation, let tensor): ("broken", deviation, tensor)
    case .notRecorded: ("not_recorded", nil, nil)
    }
  }

  private static func short(_ value: Double) -> String { Decimal.text(value, digits: 7) }
}
