import Files
import Attribution
import Foundation
import TestSupport
import Testing
import Traces
import Transformer

/// What PyTorch found, in float64, by `Tests/Fixtures/make_attribution.py`.
struct AttributionReference: Decodable, Sendable, CustomTestStringConvertible {
  struct Effect: Decodable, Sendable {
    var difference: Double
    var probability: Double
  }

  /// A run with something set from outside.
  struct Run: Decodable, Sendable {
    struct Change: Decodable, Sendable {
      var site: String
      var kind: String
      var position: Int?
    }

    var interventions: [Change]
    var difference: Double
    var inputs: [Double]
  }

  /// The checkpoint's folder among the fixtures.
  var model: String
  var ids: [Int]
  var position: Int
  var token: Int
  var against: Int?
  var difference: Double
  var logit: Double
  var probability: Double
  var terms: [String: Double]
  var inputs: [Double]
  var effects: [String: Effect]
  var runs: [Run]

  var testDescription: String { "\(model), \(ids.count) tokens, at \(position)" }

  var contrast: Contrast { Contrast(token, against: against) }

  static let all: [AttributionReference] = {
    let file = URL(filePath: Fixtures.path("attribution.json"))
    return (try? JSONDecoder().decode([Self].self, from: Data(contentsOf: file))) ?? []
  }()

  var transformer: Transformer {
    get throws { try Model(folder: Fixtures.path(model)).transformer }
  }

  func interventions(_ run: Run, in transformer: Transformer) throws -> [Intervention] {
    let sizes = transformer.configuration
    let reader = SiteReader(
      layers: sizes.layerCount,
      heads: sizes.headCount,
      neurons: sizes.dMLP
    )
    return try run.interventions.map { change in
      let kind = try #require([Intervention.Kind.zero, .mean].first { $0.name == change.kind })
      return Intervention(try reader.site(change.site), kind, at: change.position)
    }
  }
}

/// Whether two numbers agree: absolutely, or relatively where they are large.
func agree(_ a: Double, _ b: Double, within tolerance: Double = 2e-4) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(b))
}
