public import Formats
public import Traces

extension JSON {
  /// What was set from outside: `[{site, kind, position}]`, the position `null` where it was set at all.
  public init(_ interventions: [Intervention]) {
    self = .array(
      interventions.map { intervention in
        [
          "site": .string(intervention.site.name),
          "kind": .string(intervention.kind.rawValue),
          "position": intervention.position.map { .integer($0) } ?? .null,
        ]
      }
    )
  }
}
