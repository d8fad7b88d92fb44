import Sampling
import Files
import Attribution
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

@Suite struct InterventionTests {
  @Test(arguments: AttributionReference.all)
  func `a run with something set from outside is PyTorch's`(
    _ reference: AttributionReference
  ) throws {
    let transformer = try reference.transformer
    for run in reference.runs {
      let interventions = try reference.interventions(run, in: transformer)
      let attribution = Attribution(
        of: reference.ids,
        at: reference.position,
        by: transformer,
        interventions
      )
      let name = interventions.map { "\($0.place)=\($0.kind)" }.joined(separator: " ")
      #expect(agree(attribution.difference(of: reference.contrast), run.difference), "\(name)")
    }
  }

  @Test(arguments: AttributionReference.all)
  func `gradients do not pass what was set from outside`(
    _ reference: AttributionReference
  ) throws {
    let transformer = try reference.transformer
    for run in reference.runs {
      let interventions = try reference.interventions(run, in: transformer)
      let attribution = Attribution(
        of: reference.ids,
        at: reference.position,
        by: transformer,
        interventions
      )
      let name = interventions.map { "\($0.place)=\($0.kind)" }.joined(separator: " ")
      let inputs = attribution.inputs(to: reference.contrast)
      for (ours, theirs) in zip(inputs, run.inputs) {
        #expect(agree(ours, theirs, within: 1e-3), "\(name): \(inputs) \(run.inputs)")
      }
    }
  }

  @Test(arguments: AttributionReference.all)
  func `whatever was set from outside, the terms add up to the difference`(
    _ reference: AttributionReference
  ) throws {
    let transformer = try reference.transformer
    for run in reference.runs {
      let interventions = try reference.interventions(run, in: transformer)
      let attribution = Attribution(
        of: reference.ids,
        at: reference.position,
        by: transformer,
        interventions
      )
      let name = interventions.map { "\($0.place)=\($0.kind)" }.joined(separator: " ")
      let sum = attribution.terms(of: reference.contrast).reduce(0) { $0 + $1.contribution }
      #expect(agree(sum, run.difference, within: 1e-3), "\(name)")
    }
  }

  @Test(arguments: [Intervention.Kind.zero, .mean])
  func `token by token, a changed run is that of the whole text`(_ kind: Intervention.Kind) throws {
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    let (prompt, text) = ([11, 3, 250], [11, 3, 250, 77, 8, 8, 401])
    let interventions = [
      Intervention(.head(layer: 1, head: 2), kind),
      // Beyond the prompt: when the position comes.
      Intervention(.mlp(layer: 0), kind, at: 4),
      Intervention(.hook(.pattern(2)), kind, at: 1),
      Intervention(.finalNormBias, kind),
    ]
    var (whole, part) = (
      model.interventions(interventions, on: prompt), model.interventions(interventions, on: prompt)
    )
    let expected = model.logits(for: text, hook: &whole)
    var cache = KeyValueCache(for: model.configuration)
    for cut in [0..<3, 3..<4, 4..<5, 5..<7] {
      let logits = model.logits(for: Array(text[cut]), after: &cache, hook: &part)
      let rows = expected.rows(cut)
      #expect(zip(logits.values, rows.values).allSatisfy { abs($0 - $1) <= 1e-4 }, "\(cut)")
    }
  }

  @Test func `a generation is changed as the whole text would be`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    let prompt = [11, 3, 250]
    let change = model.interventions(
      [Intervention(.attention(layer: 1), .zero), Intervention(.mlp(layer: 2), .zero, at: 5)],
      on: prompt
    )
    var options = SamplingOptions()
    options.temperature = 0
    var generation = Generation(of: prompt, by: model, options, change)
    for _ in 0..<6 {
      let text = generation.tokens
      let step = generation.next()
      var hook = change
      let expected = model.logits(for: text, hook: &hook).slice(text.count - 1)
      #expect(zip(step.logits.values, expected.values).allSatisfy { abs($0 - $1) <= 1e-4 })
    }
  }

  @Test func `what each head writes is on the path of who changes it, and makes the same sum`()
    throws
  {
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    let tokens = [11, 3, 250, 77]
    // A head at its z, and the same head where it writes: one run.
    var atZ = model.interventions([Intervention(.hook(.z(1)), .zero)], on: tokens)
    var atResult = model.interventions([Intervention(.hook(.result(1)), .zero)], on: tokens)
    let (a, b) = (
      model.logits(for: tokens, hook: &atZ), model.logits(for: tokens, hook: &atResult)
    )
    #expect(zip(a.values, b.values).allSatisfy { abs($0 - $1) <= 1e-4 })
  }
}
