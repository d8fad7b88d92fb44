import Formats
import Graphics
import Pages
import Tensors
import Traces
import Transformer
import Walkthrough

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
  func lines(_ style: TerminalStyle, in language: Language) -> [String] {
    func said(en: String, ja: String) -> String { say(en: en, ja: ja)[language] }
    let table = TextTable(
      columns: [
        .init(said(en: "outcome", ja: "結果"), overflow: .keep),
        .init(said(en: "law", ja: "法則"), overflow: .wrap),
        .number(said(en: "deviation", ja: "差")), .number(said(en: "allowed", ja: "許される差")),
        .init(said(en: "in", ja: "場所"), overflow: .wrap),
      ],
      rows: checks.map { check in
        let (outcome, deviation, tensor) = Self.parts(check.outcome)
        return [
          Self.words(check.outcome, outcome)[language], check.law,
          deviation.map(Self.short) ?? "", check.allowed.map(Self.short) ?? "", tensor ?? "",
        ]
      },
      followedRows: Set(
        checks.indices.filter { if case .broken = checks[$0].outcome { true } else { false } }
      )
    )
    return table.lines(style) + TextWidth.wrap(style.plain(allowance[language]), to: style.width)
      + (notFinite.map { TextWidth.wrap(style.plain($0.sentence[language]), to: style.width) } ?? [])
  }

  /// What is allowed, and why.
  private var allowance: LocalizedText {
    let base = say(
      en: "Allowed is 0.0001, times the largest value where that is above 1",
      ja: "許される差は 0.0001 です（最大の値が 1 より大きければ、その値を掛けます）"
    )
    guard type.unitRoundoff > ElementType.float32.unitRoundoff else {
      return base + say(en: ".", ja: "。")
    }
    let part = Int(1 / type.unitRoundoff)
    return base
      + say(
        en: ", and what rounding to \(type.rawValue) can do: each number is off by at most "
          + "1 part in \(part), and what follows from it by as much as that makes.",
        ja: "。さらに \(type.rawValue) への丸めの分も許します。どの数も最大でその \(part) 分の1だけずれ、そこから計算した数も"
          + "その分だけずれるからです。"
      )
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

  private static func words(_ outcome: TraceCheck.Outcome, _ name: String) -> LocalizedText {
    let english = name.split(separator: "_").joined(separator: " ")
    return switch outcome {
    case .holds: say(en: english, ja: "成り立つ")
    case .broken: say(en: english, ja: "成り立たない")
    case .notRecorded: say(en: english, ja: "記録なし")
    case .setFromOutside: say(en: english, ja: "外から設定")
    }
  }

  private static func short(_ value: Double) -> String { Decimal.text(value, digits: 7) }
}
