public import Formats

/// Something that was set from outside while a model ran.
public struct Intervention: Hashable, Sendable {
  /// What a site was set to.
  public enum Kind: Hashable, Sendable {
    /// What it adds is nothing.
    case zero
    /// What it adds is its mean over the prompt's positions, in the run without any intervention.
    case mean
    /// A vector is added to what it is.
    case add(SteeringVector)

    /// The name that files and replies have for it.
    public var name: String {
      switch self {
      case .zero: "zero"
      case .mean: "mean"
      case .add: "add"
      }
    }
  }

  /// What was set, or added to.
  public var site: Site
  /// To what, or what was added.
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

  /// What is added, if that is what it does.
  public var addend: SteeringVector? {
    if case .add(let vector) = kind { vector } else { nil }
  }
}

extension Trace {
  /// Whether the value at a hook point, or a part of it, was set from outside.
  public func isSet(_ point: HookPoint) -> Bool {
    interventions.contains { $0.sets(point) }
  }
}

extension JSON {
  /// What was set from outside: `[{site, kind, position}]`, the position `null` where it was set at all; of what was added
  /// also the `vector`, in words, and its `scale`.
  public init(_ interventions: [Intervention]) {
    self = .array(
      interventions.map { intervention in
        .members(
          [
            JSON.Member("site", .string(intervention.site.name)),
            JSON.Member("kind", .string(intervention.kind.name)),
            JSON.Member("position", intervention.position.map { .integer($0) } ?? .null),
          ]
            + (intervention.addend.map { addend in
              [
                JSON.Member("vector", .string(addend.source)),
                Member("scale", .number(addend.scale)),
              ]
            } ?? [])
        )
      }
    )
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
        let kind = Kind(entry)
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

extension Intervention.Kind {
  /// Reads what stands in a trace file.
  fileprivate init?(_ entry: JSONValue) {
    switch entry["kind"]?.string {
    case "zero": self = .zero
    case "mean": self = .mean
    case "add":
      guard let source = entry["vector"]?.string, source.utf8.count <= 10_000,
        let scale = entry["scale"]?.number, scale.isFinite
      else { return nil }
      self = .add(SteeringVector(source, scale: scale, values: []))
    default: return nil
    }
  }
}
