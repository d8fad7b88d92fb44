import Files
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer

/// Folders as others wrote them, and what transformers 5.24 makes of them.
@Suite struct CheckpointFolderTests {
  /// A folder of the small checkpoint with some files of its own.
  private func folder(
    _ texts: [String: String] = [:],
    weights: String? = "model.safetensors"
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in ["config.json", "vocab.json", "merges.txt"] where texts[name] == nil {
      try FileManager.default.copyItem(
        atPath: "\(Fixtures.smallGPT2)/\(name)",
        toPath: "\(folder.path)/\(name)"
      )
    }
    if let weights {
      try FileManager.default.copyItem(
        atPath: "\(Fixtures.smallGPT2)/\(weights)",
        toPath: "\(folder.path)/model.safetensors"
      )
    }
    for (name, text) in texts {
      try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/\(name)"))
    }
    return folder
  }

  private func next(after text: String, in model: Model) -> Int {
    let logits = model.transformer.nextLogits(after: model.tokenizer.encode(text)).values
    return logits.indices.max { logits[$0] < logits[$1] } ?? -1
  }

  @Test func `an unembedding that differs is not tied, and that is said`() throws {
    let folder = try folder(weights: "lm-head-differs.safetensors")
    let model = try Model(folder: folder.path)
    #expect(!model.transformer.configuration.isTied)
    #expect(next(after: "To be", in: model) == 192)
    #expect(model.notes.count == 1)
    #expect(model.notes.first?.contains("lm_head.weight differs from wte.weight") == true)
    let checkpoint = try CheckpointFolder(folder.path)
    let census = TensorCensus(of: checkpoint.configuration, in: checkpoint.files)
    #expect(try census.count().others == nil && census.count().repeated == nil)
  }

  /// The small checkpoint's tensors.
  private func tensors() throws -> [(name: String, tensor: Tensor)] {
    let file = try SafetensorsFile(contentsOf: "\(Fixtures.smallGPT2)/model.safetensors")
    return try file.entries.map { (name: $0.name, tensor: try file.tensor(named: $0.name)) }
  }

  private func model(of tensors: [(name: String, tensor: Tensor)]) throws -> Model {
    let folder = try folder(weights: nil)
    try Safetensors.write(tensors, metadata: [:], to: "\(folder.path)/model.safetensors")
    return try Model(folder: folder.path)
  }

  @Test func `an unembedding that is the embedding is tied, also where its zeros are negative`()
    throws
  {
    var tensors = try tensors()
    let embedding = try #require(tensors.first { $0.name.hasSuffix("wte.weight") }?.tensor)
    var values = embedding.values
    values[3] = 0
    tensors = tensors.map {
      $0.name.hasSuffix("wte.weight")
        ? ($0.name, Tensor(shape: embedding.shape, values: values)) : $0
    }
    values[3] = -0.0
    tensors.append(("lm_head.weight", Tensor(shape: embedding.shape, values: values)))
    let same = try model(of: tensors)
    #expect(same.transformer.configuration.isTied && same.notes.isEmpty)
    values[values.count - 1] += 1
    tensors[tensors.count - 1].tensor = Tensor(shape: embedding.shape, values: values)
    #expect(try !model(of: tensors).transformer.configuration.isTied)
  }

  @Test(arguments: [
    ["_orig_mod.transformer."], ["module.transformer."], ["module._orig_mod.transformer."],
    ["transformer._orig_mod."], ["_orig_mod."], ["module."], ["transformer."], [""],
  ])
  func `wrappers before names change nothing`(prefix: [String]) throws {
    let plain = try Model(folder: Fixtures.smallGPT2)
    let renamed = try tensors().map { tensor in
      let bare =
        tensor.name.hasPrefix("transformer.")
        ? String(tensor.name.dropFirst("transformer.".count)) : tensor.name
      return (name: prefix[0] + bare, tensor: tensor.tensor)
    }
    let model = try model(of: renamed)
    let tokens = plain.tokenizer.encode("To be")
    #expect(
      model.transformer.nextLogits(after: tokens).values
        == plain.transformer.nextLogits(after: tokens).values
    )
  }

  @Test func `of two tied matrices the unembedding may be the one that is stored`() throws {
    let renamed = try tensors().map {
      (name: $0.name.hasSuffix("wte.weight") ? "lm_head.weight" : $0.name, tensor: $0.tensor)
    }
    let plain = try Model(folder: Fixtures.smallGPT2)
    #expect(try next(after: "To be", in: model(of: renamed)) == next(after: "To be", in: plain))
  }

  @Test func `sizes may have the names of other models`() throws {
    let text = try String(contentsOfFile: "\(Fixtures.smallGPT2)/config.json", encoding: .utf8)
    var renamed = text
    for (name, other) in [
      ("n_layer", "num_hidden_layers"), ("n_head", "num_attention_heads"),
      ("n_embd", "hidden_size"), ("n_positions", "max_position_embeddings"),
    ] { renamed = renamed.replacing("\"\(name)\"", with: "\"\(other)\"") }
    #expect(renamed != text)
    let marked = "\u{FEFF}" + renamed
    let given = try Configuration(json: Array(text.utf8), file: "config.json")
    #expect(try Configuration(json: Array(marked.utf8), file: "config.json") == given)
  }

  @Test(
    arguments: [
      ([:], "eos_token_id", [7]),
      (["generation_config.json": #"{"eos_token_id": [0, 232]}"#], "eos_token_id", [0, 232]),
      (["generation_config.json": #"{"eos_token_id": 5}"#], "eos_token_id", [5]),
      (["generation_config.json": #"{"eos_token_id": null}"#], "eos_token_id", [7]),
      (["generation_config.json": "\u{FEFF}{}"], "eos_token_id", [7]),
      ([:], "other", [0]),
    ] as [([String: String], String, [Int])]
  )
  func `the tokens that end a text are those of generation_config.json, else of config.json`(
    files: [String: String],
    key: String,
    expected: [Int]
  ) throws {
    let text = try String(contentsOfFile: "\(Fixtures.smallGPT2)/config.json", encoding: .utf8)
    var settings = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
    settings["eos_token_id"] = nil
    settings[key] = 7
    let config = String(
      decoding: try JSONSerialization.data(withJSONObject: settings),
      as: UTF8.self
    )
    let folder = try folder(files.merging(["config.json": config]) { $1 })
    #expect(try Model(folder: folder.path).endTokens == Set(expected))
  }

  @Test func `ids that are no ids are named`() throws {
    let folder = try folder(["generation_config.json": #"{"eos_token_id": "</s>"}"#])
    let error = #expect(throws: CheckpointError.self) { try Model(folder: folder.path) }
    #expect(error?.description.contains("“eos_token_id” is neither a token's id") == true)
  }

  @Test func `a recorded text stops at the token that ends it`() throws {
    let folder = try folder(["generation_config.json": #"{"eos_token_id": [232]}"#])
    let model = try Model(folder: folder.path)
    var options = RecordingOptions()
    options.continuationLength = 8
    options.temperature = 0
    let tokens = model.tokenizer.encode("To be")
    let trace = try model.record("To be", tokens: tokens, options)
    // transformers' generate gives [264, 263, 232].
    #expect(trace.continuation?.steps.map(\.tokenID) == [232])
    #expect(trace.continuation?.endedBy == 232)
  }

  @Test(arguments: [
    ("pytorch_model.bin", "a Python pickle, which is not read here"),
    ("model.gguf", "a model by itself"),
    ("checkpoint.pt", "a Python pickle, which is not read here"),
    ("tf_model.h5", "an HDF5 file, which is not read here"),
  ])
  func `weights in another format are named where there are no others`(
    name: String,
    what: String
  ) throws {
    let folder = try folder([name: "x"], weights: nil)
    let error = #expect(throws: CheckpointError.self) { try Model(folder: folder.path) }
    guard case .missing = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(error?.description.contains("\(name) is \(what)") == true)
  }
}
