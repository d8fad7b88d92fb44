import Files
import TestSupport
import Tensors
import Testing
import Traces

@Suite struct TraceFileTests {
  /// Two positions of a model with one block, one head, two dimensions.
  private func tensors(batched: Bool = false) -> [(name: String, tensor: Tensor)] {
    let batch = batched ? [1] : []
    let stream: [Float] = [1, 2, 3, 4]
    return [
      (HookPoint.residPre(0).name, Tensor(shape: batch + [2, 2], values: stream)),
      (HookPoint.pattern(0).name, Tensor(shape: batch + [1, 2, 2], values: [1, 0, 0.25, 0.75])),
    ]
  }

  private let metadata = [
    "format": Trace.format, "prompt": "a b", "token_ids": "[5, 6]", "tokens": #"["a", " b"]"#,
    "model": #"{"n_layers": 1, "n_ctx": 8, "model_name": "two"}"#,
  ]

  private func open(
    _ tensors: [(name: String, tensor: Tensor)],
    _ metadata: [String: String]
  ) throws -> Trace {
    let folder = try TemporaryFolder()
    try Safetensors.write(tensors, metadata: metadata, to: folder.path + "/t.safetensors")
    return try Trace(contentsOf: folder.path + "/t.safetensors")
  }

  @Test func `what is written is read again`() throws {
    let folder = try TemporaryFolder()
    let trace = try open(tensors(), metadata)
    try trace.write(to: folder.path + "/again.safetensors")
    let again = try Trace(contentsOf: folder.path + "/again.safetensors")
    #expect(again.prompt == "a b")
    #expect(again.tokens == [TraceToken(id: 5, text: "a"), TraceToken(id: 6, text: " b")])
    #expect(again.model == trace.model)
    #expect(again.metadata == trace.metadata)
    #expect(again[.pattern(0)]?.values == [1, 0, 0.25, 0.75])
  }

  @Test func `how often the tokens were met is written and read`() throws {
    #expect(try open(tensors(), metadata).trainingCounts == nil)
    #expect(try open(tensors(), metadata).metadata["training_counts"] == nil)
    let known = metadata.merging(
      ["training_counts": #"{"counts": [0, 9007199254740993], "tokens": 9007199254740995}"#]
    ) { $1 }
    let trace = try open(tensors(), known)
    #expect(
      trace.trainingCounts
        == TrainingCounts(counts: [0, 9_007_199_254_740_993], total: 9_007_199_254_740_995)
    )
    let folder = try TemporaryFolder()
    try trace.write(to: folder.path + "/again.safetensors")
    let again = try Trace(contentsOf: folder.path + "/again.safetensors")
    #expect(again.trainingCounts == trace.trainingCounts)
  }

  @Test(arguments: [
    #"{"counts": [1], "tokens": 9}"#, #"{"counts": [1, -1], "tokens": 9}"#,
    #"{"counts": [1, 10], "tokens": 9}"#, #"{"counts": [1, 1], "tokens": -9}"#,
    #"{"counts": [1, 1.5], "tokens": 9}"#, #"{"counts": [1, 1]}"#, "[1, 1]", "",
  ])
  func `counts that cannot be the prompt's are refused`(counts: String) {
    #expect(throws: TraceError.self) {
      try open(tensors(), metadata.merging(["training_counts": counts]) { $1 })
    }
  }

  @Test func `a leading batch axis of one is taken off`() throws {
    let trace = try open(tensors(batched: true), metadata)
    #expect(trace[.pattern(0)]?.shape == [1, 2, 2])
    #expect(trace[.residPre(0)]?.shape == [2, 2])
  }

  @Test func `sizes come from the shapes, the rest from the metadata`() throws {
    let model = try open(tensors(), metadata).model
    #expect(model.layerCount == 1)
    #expect(model.headCount == 1)
    #expect(model.dModel == 2)
    #expect(model.contextLength == 8)
    #expect(model.name == "two")
  }

  @Test(arguments: [
    #"{"n_layer": 3, "n_positions": 64, "layer_norm_epsilon": 1e-05}"#,
    #"{"n_layers": 3, "n_ctx": 64, "eps": 1e-05}"#,
  ])
  func `both libraries' names for sizes are understood`(model: String) throws {
    var metadata = metadata
    metadata["model"] = model
    let read = try open(tensors(), metadata).model
    #expect(read.contextLength == 64)
    #expect(read.epsilon == 1e-5)
  }

  @Test(arguments: [
    #"{"n_layers": 1e15}"#, #"{"n_layers": 10001}"#, #"{"d_vocab": 4611686018427387904}"#,
    #"{"n_ctx": 2000000000}"#, #""ENDLESS""#, "ENDLESS",
  ])
  func `what no model can be said to be is not believed`(model: String) throws {
    var metadata = metadata
    metadata["model"] = lengthened(model)
    let read = try open(tensors(), metadata).model
    #expect(read.layerCount == 1)
    #expect(read.dVocab == nil)
    #expect(read.contextLength == nil)
    #expect(read.name == nil)
  }

  @Test(arguments: [
    (#"["Ġa", "Ġb"]"#, " a b", [" a", " b"]), (#"["Ã", "©"]"#, "é", ["<0xC3>", "<0xA9>"]),
    (#"["Ã", "©"]"#, "Ã©", ["Ã", "©"]), (#"[" a", " b"]"#, " a b", [" a", " b"]),
    (#"["▁a", "▁b"]"#, "a b", [" a", " b"]), (#"["▁", "<0x54>"]"#, "T", [" ", "T"]),
    (#"["▁<0x54>", "<0xE6>"]"#, "no such", ["▁<0x54>", "<0xE6>"]),
    (#"["▁", "a"]"#, "▁a", ["▁", "a"]),
  ])
  func `tokens in a vocabulary's spelling are decoded`(
    tokens: String,
    prompt: String,
    expected: [String]
  ) throws {
    var metadata = metadata
    metadata["tokens"] = tokens
    metadata["prompt"] = prompt
    #expect(try open(tensors(), metadata).tokens.map(\.text) == expected)
  }

  @Test(arguments: [
    (#"["<s>", "▁b"]"#, "b", [1, 0]), (#"["b", "</s>"]"#, "b", [0, 1]),
    (#"["a", "b"]"#, "ab", [0, 0]), (#"["<s>", "b"]"#, "<s>b", [0, 0]),
    (#"["<s>", "c"]"#, "b", [0, 0]), (#"["<s>", "</s>"]"#, "", [2, 0]),
  ])
  func `tokens put around the prompt are seen where the trace does not name them`(
    tokens: String,
    prompt: String,
    put: [Int]
  ) throws {
    var metadata = metadata
    metadata["tokens"] = tokens
    metadata["prompt"] = prompt
    let trace = try open(tensors(), metadata)
    #expect([trace.put.before, trace.put.after] == put)
  }

  @Test(arguments: [
    ("format", "explain-trace/99"), ("token_ids", "[5]"), ("token_ids", "five"),
    ("token_ids", "[-1, 2]"), ("tokens", #"["a"]"#), ("tokens", "[1, 2]"), ("vocabulary", "{}"),
    ("merges", #"{"position": 7, "states": [["a"]], "ranks": []}"#), ("continuation", "[]"),
    ("merges", #"{"position": 0, "states": [["ENDLESS"]], "ranks": []}"#),
    ("pieces", #"[{"text": "a", "tokens": 9}]"#), ("pieces", "[]"), ("pieces", "[7]"),
    ("tokens", #"["a", "ENDLESS"]"#), ("vocabulary", #"["ENDLESS"]"#),
    ("parameters", parameters(rows: 1 << 62, columns: 2)),
    ("parameters", parameters(rows: 1 << 40, columns: 1 << 40, matrices: 0)),
    ("parameters", parameters(rows: -1, columns: 1)),
  ])
  func `metadata that does not fit is an error that names its key`(key: String, value: String)
    throws
  {
    var metadata = metadata
    metadata[key] = lengthened(value)
    let error = #expect(throws: TraceError.self) { try open(tensors(), metadata) }
    #expect(error?.description.contains(key == "format" ? value : key) == true)
  }

  @Test func `a file without activations is no trace`() throws {
    let error = #expect(throws: TraceError.self) {
      try open([("wte.weight", Tensor(shape: [1], values: [0]))], metadata)
    }
    #expect(error?.description.contains("hook point") == true)
  }

  @Test func `positions that differ between tensors are an error that names one`() throws {
    let longer = Tensor(shape: [3, 2], values: [0, 0, 0, 0, 0, 0])
    let error = #expect(throws: TraceError.self) {
      try open(tensors() + [(HookPoint.residMid(0).name, longer)], metadata)
    }
    #expect(error?.description.contains(HookPoint.residMid(0).name) == true)
  }

  @Test(arguments: [
    (Fact.neighbourID.name, [3, 2]), (Fact.lensID.name, [1, 2, 5]), (Fact.gain(.final).name, [3]),
    (Fact.sample(of: .embedding).name, [4]), (Fact.neuronLength.name, [1, 2, 5]),
    (Fact.neuronIndex.name, [1, 6]), (Fact.unembedID.name, [5]), (Fact.promotedID.name, [1, 6, 5]),
  ])
  func `a fact of another shape is an error that names it`(name: String, shape: [Int]) throws {
    let fact = Tensor(shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *)))
    let error = #expect(throws: TraceError.self) { try open(tensors() + [(name, fact)], metadata) }
    #expect(error?.description.contains(name) == true)
  }

  @Test func `a trace that tells of the last position's neurons alone is refused with what to do`()
    throws
  {
    let old = [
      (Fact.neuronIndex.name, [1, 6]), ("facts.neurons.W_out", [1, 6, 2]),
      (Fact.promotedID.name, [1, 6, 5]), (Fact.promotedLogit.name, [1, 6, 5]),
    ].map { name, shape in
      (name, Tensor(shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *))))
    }
    let error = #expect(throws: TraceError.self) { try open(tensors() + old, metadata) }
    #expect(error?.description.contains("record the run again") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test func `a number of layers no model has is not taken at its word`() throws {
    let far = ("blocks.999999999999.hook_resid_pre", Tensor(shape: [2, 2], values: [0, 0, 0, 0]))
    #expect(try open(tensors() + [far], metadata).layerCount == 1)
  }
}

/// The text with ENDLESS spelled out: no token is as long as that.
private func lengthened(_ text: String) -> String {
  text.replacing("ENDLESS", with: String(repeating: "x", count: 5000))
}

private func parameters(
  rows: Int,
  columns: Int,
  matrices: Int = 1,
  total: Int = 1
) -> String {
  let category =
    #"{"name": "key", "rows": \#(rows), "columns": \#(columns), "matrices": \#(matrices)}"#
  return #"{"categories": [\#(category)], "parameters": \#(total)}"#
}
