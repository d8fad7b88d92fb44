import Tensors

/// Takes a GPT-2's tensors out of one or more safetensors files, each checked for presence, shape and finiteness.
struct WeightLoader {
  /// The files, each with the name it goes by in messages.
  let files: [(name: String, contents: SafetensorsFile)]
  private let fileOfTensor: [String: Int]
  private let prefix: String

  init(_ files: [(name: String, contents: SafetensorsFile)]) {
    self.files = files
    var fileOfTensor: [String: Int] = [:]
    for (index, file) in files.enumerated() {
      for entry in file.contents.entries { fileOfTensor[entry.name] = index }
    }
    self.fileOfTensor = fileOfTensor
    // Saved from the language model, names begin with `transformer.`; saved from the bare model, they do not.
    prefix = fileOfTensor["transformer.wte.weight"] != nil ? "transformer." : ""
  }

  func weights(for c: Configuration) throws(CheckpointError) -> Weights {
    let embedding = try tensor("wte.weight", [c.dVocab, c.dModel])
    var blocks: [Weights.Block] = []
    for layer in 0..<c.layerCount { blocks.append(try block(layer, c)) }
    try checkNothingFollows(c.layerCount)
    return Weights(
      embedding: embedding,
      position: try tensor("wpe.weight", [c.contextLength, c.dModel]),
      blocks: blocks,
      finalNorm: try norm("ln_f", c),
      unembedding: Weights.Unembedding(
        columns: c.isTied
          ? embedding : try tensor("lm_head.weight", [c.dVocab, c.dModel], isPrefixed: false)
      )
    )
  }

  private func block(_ layer: Int, _ c: Configuration) throws(CheckpointError) -> Weights.Block {
    Weights.Block(
      norm1: try norm("h.\(layer).ln_1", c),
      attention: Weights.Attention(
        queryKeyValue: try linear("h.\(layer).attn.c_attn", c.dModel, 3 * c.dModel),
        output: try linear("h.\(layer).attn.c_proj", c.dModel, c.dModel)
      ),
      norm2: try norm("h.\(layer).ln_2", c),
      mlp: Weights.MLP(
        up: try linear("h.\(layer).mlp.c_fc", c.dModel, c.dMLP),
        down: try linear("h.\(layer).mlp.c_proj", c.dMLP, c.dModel)
      )
    )
  }

  /// A model of which only the first blocks run would give numbers that are not its own.
  private func checkNothingFollows(_ layerCount: Int) throws(CheckpointError) {
    let name = "\(prefix)h.\(layerCount).ln_1.weight"
    guard let index = fileOfTensor[name] else { return }
    throw .blockLeftOver(file: files[index].name, name: name, layerCount: layerCount)
  }

  private func norm(_ name: String, _ c: Configuration) throws(CheckpointError) -> Weights.Norm {
    Weights.Norm(
      gain: try tensor("\(name).weight", [c.dModel]),
      bias: try tensor("\(name).bias", [c.dModel])
    )
  }

  private func linear(
    _ name: String,
    _ inputs: Int,
    _ outputs: Int
  ) throws(CheckpointError) -> Weights.Linear {
    Weights.Linear(
      weight: try tensor("\(name).weight", [inputs, outputs]),
      bias: try tensor("\(name).bias", [outputs])
    )
  }

  private func tensor(
    _ bareName: String,
    _ shape: [Int],
    isPrefixed: Bool = true
  ) throws(CheckpointError) -> Tensor {
    let name = isPrefixed ? prefix + bareName : bareName
    guard let index = fileOfTensor[name] else {
      throw .tensorMissing(file: files.first?.name ?? "model.safetensors", name: name)
    }
    let file = files[index]
    let tensor: Tensor
    do { tensor = try file.contents.tensor(named: name) } catch { throw .weights(error) }
    guard tensor.shape == shape else {
      throw .tensorShape(file: file.name, name: name, expected: shape, found: tensor.shape)
    }
    if let index = tensor.firstNonFinite {
      throw .tensorNotFinite(file: file.name, name: name, index: index)
    }
    return tensor
  }
}
