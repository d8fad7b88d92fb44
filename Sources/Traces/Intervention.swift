import Formats

/// Something that was set from outside while a model ran.
public struct Intervention: Hashable, Sendable {
  /// What a site was set to.
  public enum Kind: String, Sendable {
    /// What it adds is nothing.
    case zero
    /// What it adds is its mean over the prompt's positions, in the run without any intervention.
    case mean
  }

  /// What was set.
  public var site: Site
  /// To what.
  public var kind: Kind
  /// At which position, counted from the beginning of the text; at all if not given.
  public var position: Int?

  /// Makes an intervention.
  public init(_ site: Site, _ kind: Kind, at position: Int? = nil) {
    (self.site, self.kind, self.position) = (site, kind, position)
  }

  /// The site, and the position where there is one: `blocks.0.mlp@3`.
  public var place: String { position.map { "\(site.name)@\($0)" } ?? site.name }

  /// Whether it gives the value at a hook point, or a part of it.
  public func sets(_ point: HookPoint) -> Bool { site.point == point }
}

extension Trace {
  /// Whether the value at a hook point, or a part of it, was set from outside.
  public func isSet(_ point: HookPoint) -> Bool {
    interventions.contains { $0.sets(point) }
  }

  /// The interventions as they stand in a trace file.
  var interventionsJSON: JSON {
    JSON.list(interventions) { intervention in
      [
        "site": .string(intervention.site.name),
        "kind": .string(intervention.kind.rawValue),
        "position": intervention.position.map { .integer($0) } ?? .null,
      ]
    }
  }
}

extension Intervention {
  /// Reads interventions as they stand in a trace file; `nil` if they are not what they should be.
  static func list(_ json: JSONValue) -> [Intervention]? {
    guard let entries = json.array, entries.count <= 10_000 else { return nil }
    var list: [Intervention] = []
    for entry in entries {
      guard let name = entry["site"]?.string, name.utf8.count < 200,
        let site = try? SiteReader.unbounded.site(name),
        let kind = entry["kind"]?.string.flatMap({ Kind(rawValue: $0) })
      else { return nil }
      var intervention = Intervention(site, kind)
      if let position = entry["position"], !position.isNull {
        guard let number = position.integer, 0..<(1 << 31) ~= number else { return nil }
        intervention.position = number
      }
      list.append(intervention)
    }
    return list
  }
}
