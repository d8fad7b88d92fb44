import Files
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer

/// Every number of a trace, computed anew from those it was made of.
@Suite struct DerivationTests {
  /// A trace of PyTorch's numbers, and the model that they are of.
  private func reference(_ run: ReferenceCase) throws -> (trace: Trace, model: Model) {
    let model = try Model(folder: Fixtures.tinyGPT2)
    var trace = Trace(
      prompt: run.prompt,
      tokens: zip(run.ids, run.tokens).map { TraceToken(id: $0, text: $1) },
      model: model.transformer.configuration.description(name: nil, trainedOn: nil),
      tensors: [:]
    )
    let file = try run.activations
    for entry in file.entries { trace.tensors[entry.name] = try file.tensor(named: entry.name) }
    return (trace, model)
  }

  private func numbers(_ trace: Trace, _ model: Model) -> NumberSource {
    { trace.numbers(named: $0) ?? model.transformer.parameter(named: $0) }
  }

  /// What is made of nothing: choices and what was learned.
  private func isGiven(_ name: String) -> Bool {
    name.hasSuffix("token_id") || name == "facts.neurons.index" || name.hasSuffix(".w")
      || name.hasSuffix(".b") || name.hasSuffix(".b_O")
  }

  /// Computes every cell anew.
  private func check(_ trace: Trace, _ model: Model) throws {
    var count = 0
    for (name, tensor) in trace.orderedTensors {
      guard !isGiven(name) else {
        #expect(throws: DerivationError.underived(name)) { try trace.derivations(of: name) }
        continue
      }
      let found = try trace.rederive(name, from: numbers(trace, model))
      #expect(found.count == tensor.count, "\(name)")
      #expect(found.deviation < 1e-4, "\(name)\(found.place)")
      count += found.count
    }
    #expect(count > 1000)
  }

  @Test(arguments: ReferenceCase.all)
  func `every number that PyTorch computed follows from the others`(run: ReferenceCase) throws {
    let (trace, model) = try reference(run)
    #expect(trace.tensors.count == 70)
    try check(trace, model)
  }

  @Test(arguments: ReferenceCase.all)
  func `every number that is recorded here follows from the others`(run: ReferenceCase) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    try check(try model.record(run.prompt, tokens: run.ids, RecordingOptions()), model)
  }

  @Test func `every number of the built-in model follows from the others`() throws {
    let model = try Model(folder: Self.builtIn)
    let prompt = "The capital of Italy is"
    let tokens = model.tokenizer.encode(prompt)
    try check(try model.record(prompt, tokens: tokens, RecordingOptions()), model)
  }

  private static let builtIn = Fixtures.path("../../Sources/CAssets/Files/model")

  @Test func `of a run of which the end is kept, every number that has what it is made of`() throws
  {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let text = String(repeating: "The king and the queen saw the old town. ", count: 8)
    let tokens = Array(model.tokenizer.encode(text).prefix(60))
    var options = RecordingOptions()
    options.budget = 1
    let trace = try model.recordWithinBudget(text, tokens: tokens, options)
    #expect(trace.lastPositions == 24)
    var count = 0
    for name in ["blocks.0.attn.hook_pattern", "logits", "probabilities"] {
      let found = try trace.rederive(name, from: numbers(trace, model))
      #expect(found.deviation < 1e-4, "\(name)\(found.place)")
      count += found.count
    }
    #expect(count > 10_000)
  }

  @Test func `one wrong number follows from nothing`() throws {
    let (right, model) = try reference(try #require(ReferenceCase.all.first))
    for (name, tensor) in right.orderedTensors where !isGiven(name) {
      var trace = right
      var values = tensor.values
      let wrong = values.lastIndex { $0.isFinite } ?? 0
      values[wrong] += 0.01 * max(1, abs(values[wrong]))
      trace.tensors[name] = Tensor(shape: tensor.shape, values: values)
      let found = try trace.rederive(name, from: numbers(trace, model))
      #expect(found.deviation > 1e-4, "\(name)")
    }
  }

  @Test(arguments: ["scale_attn_weights", "scale_attn_by_inverse_layer_idx"])
  func `scores that are divided otherwise follow, too`(choice: String) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    var configuration = model.transformer.configuration
    if choice == "scale_attn_weights" {
      configuration.architecture.scoreDivisor = 1
    } else {
      configuration.architecture.dividesScoresByLayer = true
    }
    var other = model
    other.transformer = Transformer(
      configuration: configuration,
      weights: model.transformer.weights
    )
    try check(try other.record("x", tokens: [5, 9, 11], RecordingOptions()), other)
  }

  @Test func `a weight by its name is the checkpoint's`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let file = try SafetensorsFile(contentsOf: "\(Fixtures.tinyGPT2)/model.safetensors")
    func stored(_ name: String) throws -> Tensor { try file.tensor(named: "transformer." + name) }
    func weight(_ name: String) throws -> Numbers {
      try #require(model.transformer.parameter(named: name), "\(name)")
    }
    // Head 2 of 3 has columns 32 to 47 of each 48; TransformerLens keeps W_U with a column for each token.
    let fused = try stored("h.1.attn.c_attn.weight")
    #expect(try weight("blocks.1.attn.W_Q")[[2, 7, 5]] == Double(fused[7, 37]))
    #expect(try weight("blocks.1.attn.W_K")[[2, 7, 5]] == Double(fused[7, 85]))
    #expect(try weight("blocks.1.attn.W_V")[[2, 7, 5]] == Double(fused[7, 133]))
    let bias = try stored("h.1.attn.c_attn.bias")
    #expect(try weight("blocks.1.attn.b_V")[[2, 5]] == Double(bias[133]))
    #expect(
      try weight("blocks.1.attn.W_O")[[2, 5, 7]]
        == Double(try stored("h.1.attn.c_proj.weight")[37, 7])
    )
    #expect(try weight("W_U")[[7, 400]] == Double(try stored("wte.weight")[400, 7]))
    #expect(try weight("unembed.W_U").shape == [48, 487])
    #expect(model.transformer.parameter(named: "blocks.3.attn.W_Q") == nil)
    #expect(model.transformer.parameter(named: "blocks.1.attn.W_X") == nil)
    #expect(model.transformer.parameter(named: "unembed.b_U") == nil)
  }
}
