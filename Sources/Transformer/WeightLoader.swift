import Tensors

/// Takes a GPT-2's tensors out of one or more safetensors files, each checked for presence, shape and finiteness.
struct WeightLoader {
  private let index: TensorIndex

  init(_ files: [(name: String, contents: SafetensorsFile)]) { index = TensorIndex(files) }

  func weights(for c: Configuration) throws(CheckpointError) -> Weights {
    // Of two that are tied, either may be the one that is stored.
    let isElsewhere = c.isTied && index["wte.weight"] == nil
    let embedding = try tensor(
      isElsewhere && index[TensorIndex.unembedding] != nil ? TensorIndex.unembedding : "wte.weight",
      [c.dVocab, c.dModel]
    )
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
          ? embedding : try tensor(TensorIndex.unembedding, [c.dVocab, c.dModel])
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
    let name = "h.\(layerCount).ln_1.weight"
    guard let place = index[name] else { return }
    let file = index.files[place.file].name
    throw .blockLeftOver(file: file, name: place.name, layerCount: layerCount)
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

  private func tensor(_ bareName: String, _ shape: [Int]) throws(CheckpointError) -> Tensor {
    guard let place = index[bareName] else {
      let file = index.files.first?.name ?? "model.safetensors"
      throw .tensorMissing(file: file, name: index.name(bareName))
    }
    let file = index.files[place.file]
    let tensor: Tensor
    do { tensor = try file.contents.tensor(named: place.name) } catch { throw .weights(error) }
    guard tensor.shape == shape else {
      throw .tensorShape(file: file.name, name: place.name, expected: shape, found: tensor.shape)
    }
    if let index = tensor.firstNonFinite {
      throw .tensorNotFinite(file: file.name, name: place.name, index: index)
    }
    return tensor
  }
}
