import Files
import Attribution
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

@Suite struct AttributionTests {
  @Test func `there are references of more than one checkpoint`() {
    #expect(Set(AttributionReference.all.map { $0.model }).count == 2)
  }

  @Test(arguments: AttributionReference.all)
  func `each part says directly what PyTorch finds`(_ reference: AttributionReference) throws {
    let run = Attribution(
      of: reference.ids,
      at: reference.position,
      by: try reference.transformer
    )
    let terms = run.terms(of: reference.contrast)
    #expect(Set(terms.map { $0.site.name }) == Set(reference.terms.keys))
    for term in terms {
      let expected = try #require(reference.terms[term.site.name])
      #expect(agree(term.contribution, expected), "\(term) \(expected)")
    }
    #expect(agree(terms.reduce(0) { $0 + $1.contribution }, reference.difference))
    let sizes = terms.map { abs($0.contribution) }
    #expect(sizes == sizes.sorted(by: >))
  }

  @Test(arguments: AttributionReference.all)
  func `without each head and each MLP the answer is PyTorch's`(
    _ reference: AttributionReference
  ) throws {
    let run = Attribution(
      of: reference.ids,
      at: reference.position,
      by: try reference.transformer
    )
    let effects = run.effects(of: reference.contrast)
    #expect(Set(effects.map { $0.site.name }) == Set(reference.effects.keys))
    for effect in effects {
      let expected = try #require(reference.effects[effect.site.name])
      #expect(agree(effect.difference, expected.difference), "\(effect)")
      #expect(agree(effect.probability, expected.probability, within: 1e-5), "\(effect)")
      #expect(agree(effect.change, expected.difference - reference.difference), "\(effect)")
    }
  }

  @Test(arguments: AttributionReference.all)
  func `runs side by side give what one run after another gives`(
    _ reference: AttributionReference
  ) throws {
    let run = Attribution(
      of: reference.ids,
      at: reference.position,
      by: try reference.transformer
    )
    for effect in run.effects(of: reference.contrast) {
      let logits = run.logits(without: effect.site)
      let difference =
        Double(logits[reference.token]) - (reference.against.map { Double(logits[$0]) } ?? 0)
      #expect(agree(effect.difference, difference, within: 1e-5), "\(effect)")
    }
  }

  @Test(arguments: AttributionReference.all)
  func `gradient × input is autograd's`(_ reference: AttributionReference) throws {
    let run = Attribution(
      of: reference.ids,
      at: reference.position,
      by: try reference.transformer
    )
    let inputs = run.inputs(to: reference.contrast)
    #expect(inputs.count == reference.ids.count)
    for (ours, theirs) in zip(inputs, reference.inputs) {
      #expect(agree(ours, theirs), "\(ours) \(theirs)")
    }
    // What comes after the position that is asked about has no weight.
    #expect(inputs.dropFirst(reference.position + 1).allSatisfy { $0 == 0 })
  }

  @Test(arguments: AttributionReference.all)
  func `a neuron says what its MLP says but for the others and the bias`(
    _ reference: AttributionReference
  ) throws {
    let transformer = try reference.transformer
    let run = Attribution(of: reference.ids, at: reference.position, by: transformer)
    let neurons = run.neurons(of: reference.contrast)
    #expect(
      neurons.count == transformer.configuration.layerCount * transformer.configuration.dMLP
    )
    // Without its bias, an MLP's output is what its neurons add.
    let zero = Weights.Linear(
      weight: transformer.weights.blocks[0].mlp.down.weight,
      bias: transformer.weights.blocks[0].mlp.down.bias.map { bias in bias.map { _ in 0 } }
    )
    var weights = transformer.weights
    weights.blocks[0].mlp.down = zero
    let plain = Transformer(configuration: transformer.configuration, weights: weights)
    let other = Attribution(of: reference.ids, at: reference.position, by: plain)
    let site = Site.mlp(layer: 0)
    let whole = try #require(other.terms(of: reference.contrast).first { $0.site == site })
    let sum = other.neurons(of: reference.contrast).reduce(0) {
      $0 + ($1.site.layer == 0 ? $1.contribution : 0)
    }
    #expect(agree(sum, whole.contribution))
  }
}
