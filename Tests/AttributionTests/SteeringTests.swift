import Attribution
import Files
import Sampling
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

/// A vector that is added to what a model computes.
@Suite struct SteeringTests {
  private let tokens = [11, 3, 250, 77]

  private func model() throws -> Model { try Model(folder: Fixtures.tinyGPT2) }

  /// Some vector of a width, the same each time.
  private func vector(_ width: Int) -> [Float] {
    var generator = SeededGenerator(seed: 5)
    return (0..<width).map { _ in Float.random(in: -1...1, using: &generator) }
  }

  private func add(
    _ values: [Float],
    _ scale: Double,
    _ site: Site,
    at position: Int? = nil
  ) -> Intervention {
    Intervention(site, .add(SteeringVector("v", scale: scale, values: values)), at: position)
  }

  @Test(arguments: [nil, 2])
  func `what is added stands in the stream, and nothing else is changed before it`(_ position: Int?)
    throws
  {
    let model = try model()
    let width = model.transformer.configuration.dModel
    let added = vector(width)
    let plain = try model.record("", tokens: tokens, RecordingOptions())
    var options = RecordingOptions()
    options.interventions = [add(added, 0.5, .hook(.residPre(1)), at: position)]
    let steered = try model.record("", tokens: tokens, options)
    let (before, after) = (
      try #require(plain[.residPre(1)]), try #require(steered[.residPre(1)])
    )
    for row in tokens.indices {
      for i in 0..<width {
        let expected = before[row, i] + (position ?? row == row ? added[i] * 0.5 : 0)
        #expect(after[row, i] == expected)
      }
    }
    #expect(plain[.residPost(0)]?.values == steered[.residPost(0)]?.values)
    #expect(plain[.logits]?.values != steered[.logits]?.values)
    // It is read again from the file as it was, but for the numbers.
    let folder = try TemporaryFolder()
    try steered.write(to: folder.path + "/t.safetensors")
    let read = try Trace(contentsOf: folder.path + "/t.safetensors")
    let note = try #require(read.interventions.first?.addend)
    #expect(note == SteeringVector("v", scale: 0.5, values: []))
  }

  @Test(arguments: [
    Site.embed, .hook(.residPre(1)), .hook(.residPost(2)), .attention(layer: 1), .mlp(layer: 0),
    .head(layer: 1, head: 1), .neuron(layer: 2, neuron: 3), .hook(.normOut(.final)),
  ])
  func `the terms still add up to the difference, and what was added to the stream is one of them`(
    _ site: Site
  ) throws {
    let model = try model()
    let count = try model.difference(at: site, tokens, minus: nil).count
    let contrast = Contrast(7, against: 9)
    let steered = Attribution(
      of: tokens,
      at: 3,
      by: model.transformer,
      [add(vector(count), 2, site)]
    )
    let plain = Attribution(of: tokens, at: 3, by: model.transformer)
    #expect(steered.difference(of: contrast) != plain.difference(of: contrast))
    let terms = steered.terms(of: contrast)
    let sum = terms.reduce(0) { $0 + $1.contribution }
    #expect(agree(sum, steered.difference(of: contrast), within: 1e-3))
    switch site {
    case .hook(.residPre(1)), .hook(.residPost(2)), .attention:
      #expect(terms.contains { $0.site == site })
      #expect(terms.contains { $0.site == .embed })
    default: break
    }
  }

  /// A small step along a token's own vector changes the difference by gradient × input, steered or not.
  @Test func `gradients pass what was added`() throws {
    let model = try model()
    let contrast = Contrast(7, against: 9)
    let steering = add(
      vector(model.transformer.configuration.dModel),
      1,
      .hook(.residPre(1))
    )
    let attribution = Attribution(of: tokens, at: 3, by: model.transformer, [steering])
    let inputs = attribution.inputs(to: contrast)
    let run = try model.record("", tokens: tokens, RecordingOptions())
    let stream = try #require(run[.residPre(0)])
    for position in tokens.indices {
      let own = stream.slice(position).values
      let differences = [0.01, -0.01].map { scale in
        Attribution(
          of: tokens,
          at: 3,
          by: model.transformer,
          [steering, add(own, scale, .hook(.residPre(0)), at: position)]
        ).difference(of: contrast)
      }
      let slope = (differences[0] - differences[1]) / 0.02
      #expect(abs(slope - inputs[position]) <= 0.01 * max(1, abs(slope)), "\(position)")
    }
  }

  @Test func `token by token, a steered run is that of the whole text`() throws {
    let transformer = try model().transformer
    let interventions = [
      add(vector(transformer.configuration.dModel), 1, .hook(.residPre(1))),
      add(vector(transformer.configuration.dModel), -1, .mlp(layer: 0), at: 3),
    ]
    var (whole, part) = (
      transformer.interventions(interventions, on: tokens),
      transformer.interventions(interventions, on: tokens)
    )
    let expected = transformer.logits(for: tokens, hook: &whole)
    var cache = KeyValueCache(for: transformer.configuration)
    for cut in [0..<2, 2..<3, 3..<4] {
      let logits = transformer.logits(for: Array(tokens[cut]), after: &cache, hook: &part)
      let rows = expected.rows(cut)
      #expect(zip(logits.values, rows.values).allSatisfy { abs($0 - $1) <= 1e-4 }, "\(cut)")
    }
  }

  @Test func `a difference of two prompts is that of their last tokens' vectors`() throws {
    let model = try model()
    let other = [5, 250, 8]
    let (first, second) = (
      try model.record("", tokens: tokens, RecordingOptions()),
      try model.record("", tokens: other, RecordingOptions())
    )
    let (a, b) = (try #require(first[.residPre(2)]), try #require(second[.residPre(2)]))
    let expected = zip(a.slice(3).values, b.slice(2).values).map { $0 - $1 }
    #expect(try model.difference(at: .hook(.residPre(2)), tokens, minus: other) == expected)
  }

  @Test
  func `a site without a vector for each position, and a vector of another width, are refused`()
    throws
  {
    let model = try model()
    #expect(throws: SteeringError.noVector(site: "blocks.0.attn.hook_pattern")) {
      try model.difference(at: .hook(.pattern(0)), tokens, minus: nil)
    }
    let width = model.transformer.configuration.dModel
    #expect(throws: SteeringError.width(site: "embed", expected: width, found: 3)) {
      try model.check(3, at: .embed, on: tokens)
    }
  }
}
