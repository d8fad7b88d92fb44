import Attribution
import Files
import Foundation
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

/// Why, of models of every family, against transformers and autograd in float64 (`Tests/Fixtures/make_family_attribution.py`).
@Suite struct FamilyAttributionTests {
  struct Reference: Decodable, Sendable, CustomTestStringConvertible {
    var folder: String
    var ids: [Int]
    var token: Int
    var against: Int
    var difference: Double
    var inputs: [Double]
    var effects: [String: AttributionReference.Effect]
    var terms: [String: Double]

    var testDescription: String { folder }

    static let all: [Reference] = {
      let file = URL(filePath: Fixtures.path("family-attribution.json"))
      return (try? JSONDecoder().decode([Self].self, from: Data(contentsOf: file))) ?? []
    }()

    var contrast: Contrast { Contrast(token, against: against) }

    var run: Attribution {
      get throws {
        let checkpoint = try CheckpointFolder(Fixtures.path("architectures/\(folder)"))
        let transformer = try Transformer(
          configuration: checkpoint.configuration,
          files: checkpoint.files
        )
        return Attribution(of: ids, at: ids.count - 1, by: transformer)
      }
    }
  }

  private func expectEqual(
    _ ours: Double,
    _ theirs: Double?,
    _ what: String,
    within limit: Double = 1e-4
  ) {
    #expect(abs(ours - (theirs ?? .nan)) <= limit * max(1, abs(ours)), "\(what)")
  }

  @Test func `there is a reference of each family`() {
    #expect(Reference.all.count == 8)
  }

  @Test(arguments: Reference.all)
  func `parts add up to the answer, and say what they say with transformers`(
    _ reference: Reference
  ) throws {
    let run = try reference.run
    expectEqual(run.difference(of: reference.contrast), reference.difference, "difference")
    #expect(run.hasTerms == !reference.terms.isEmpty)
    guard run.hasTerms else { return }
    let terms = run.terms(of: reference.contrast)
    expectEqual(terms.reduce(0) { $0 + $1.contribution }, reference.difference, "sum")
    let told = Dictionary(uniqueKeysWithValues: terms.map { ($0.site.name, $0.contribution) })
    for (site, expected) in reference.terms { expectEqual(told[site] ?? .nan, expected, site) }
    // What a model does not have is no part.
    #expect(told["pos_embed"] == nil)
    let configuration = run.transformer.configuration
    #expect((told["ln_final.bias"] != nil) == configuration.architecture.norm.takesMeanAway)
    let neurons = run.neurons(of: reference.contrast)
    #expect(neurons.count == configuration.layerCount * configuration.dMLP)
    if !configuration.architecture.biases.contains("b_out") {
      let sum = neurons.filter { $0.site.layer == 0 }.reduce(0) { $0 + $1.contribution }
      expectEqual(sum, told["blocks.0.mlp"], "neurons")
    }
  }

  @Test(arguments: Reference.all)
  func `without each head and each MLP the answer is that of transformers`(
    _ reference: Reference
  ) throws {
    let run = try reference.run
    let effects = run.effects(of: reference.contrast)
    #expect(Set(effects.map { $0.site.name }) == Set(reference.effects.keys))
    for effect in effects {
      let expected = reference.effects[effect.site.name]
      expectEqual(effect.difference, expected?.difference, effect.site.name)
      expectEqual(effect.probability, expected?.probability, effect.site.name, within: 1e-5)
      let alone = run.logits(without: effect.site)
      let difference = Double(alone[reference.token]) - Double(alone[reference.against])
      expectEqual(effect.difference, difference, effect.site.name, within: 1e-5)
    }
  }

  @Test(arguments: Reference.all)
  func `gradient × input is autograd's`(_ reference: Reference) throws {
    let inputs = try reference.run.inputs(to: reference.contrast)
    #expect(inputs.count == reference.inputs.count)
    for (place, (ours, theirs)) in zip(inputs, reference.inputs).enumerated() {
      expectEqual(ours, theirs, "\(place)")
    }
  }
}
