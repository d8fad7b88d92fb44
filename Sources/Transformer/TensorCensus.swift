public import Tensors
public import Traces

/// Counts the elements of a checkpoint's tensors from the headers of its files.
public struct TensorCensus: Sendable {
  private let configuration: Configuration
  private let index: TensorIndex

  /// Prepares to count.
  ///
  /// - Parameters:
  ///   - configuration: What the checkpoint says of itself.
  ///   - files: Its files, each with the name it goes by in messages.
  public init(
    of configuration: Configuration,
    in files: [(name: String, contents: SafetensorsFile)]
  ) {
    self.configuration = configuration
    index = TensorIndex(files)
  }

  /// Counts the tensors, and holds the shape of each against the configuration.
  ///
  /// - Throws: ``CheckpointError/tensorMissing(file:name:)`` or
  ///   ``CheckpointError/tensorShape(file:name:expected:found:)``.
  public func count() throws(CheckpointError) -> StoredTensors {
    var rest: [String: (file: String, shape: [Int])] = [:]
    for file in index.files {
      for entry in file.contents.entries { rest[entry.name] = (file.name, entry.shape) }
    }
    let names = index.files.flatMap { $0.contents.entries.map { $0.name } }
    var stored = StoredTensors(
      tensors: rest.count,
      elements: rest.values.reduce(0) { $0 + Self.elements(of: $1.shape) }
    )
    try eachExpected { (name, shape) throws(CheckpointError) in
      guard let place = index[name], let found = rest.removeValue(forKey: place.name) else {
        let file = index.files.first?.name ?? "model.safetensors"
        throw .tensorMissing(file: file, name: index.name(name))
      }
      guard found.shape == shape else {
        throw .tensorShape(file: found.file, name: place.name, expected: shape, found: found.shape)
      }
    }
    // In the order of the files, so that the same checkpoint gives the same words.
    for name in names {
      guard let found = rest.removeValue(forKey: name) else { continue }
      let elements = Self.elements(of: found.shape)
      let extra = StoredTensors.Extra(name: name, tensors: 1, elements: elements)
      if isMask(name) {
        stored.masks = extra.added(to: stored.masks)
      } else if configuration.isTied, index.bareName(name) == TensorIndex.unembedding {
        stored.repeated = extra.added(to: stored.repeated)
      } else {
        stored.others = extra.added(to: stored.others)
      }
    }
    return stored
  }

  private static func elements(of shape: [Int]) -> Int64 {
    shape.reduce(1) { $0 * Int64($1) }
  }

  /// Whether a name is that of a causal mask or of what stands in it: constants of old checkpoints.
  private func isMask(_ name: String) -> Bool {
    let parts = index.bareName(name).split(separator: ".")
    return parts.count == 4 && parts[0] == "h" && Int(parts[1]) != nil && parts[2] == "attn"
      && (parts[3] == "bias" || parts[3] == "masked_bias")
  }

  /// Goes through the tensors that a GPT-2 of the configuration has.
  private func eachExpected(
    _ check: (_ name: String, _ shape: [Int]) throws(CheckpointError) -> Void
  ) throws(CheckpointError) {
    let c = configuration
    // Of two that are tied, either may be the one that is stored.
    let isElsewhere =
      c.isTied && index["wte.weight"] == nil && index[TensorIndex.unembedding] != nil
    try check(isElsewhere ? TensorIndex.unembedding : "wte.weight", [c.dVocab, c.dModel])
    try check("wpe.weight", [c.contextLength, c.dModel])
    for layer in 0..<c.layerCount {
      let block = "h.\(layer)"
      for norm in ["ln_1", "ln_2"] {
        try check("\(block).\(norm).weight", [c.dModel])
        try check("\(block).\(norm).bias", [c.dModel])
      }
      for (matrix, rows, columns) in [
        ("attn.c_attn", c.dModel, 3 * c.dModel), ("attn.c_proj", c.dModel, c.dModel),
        ("mlp.c_fc", c.dModel, c.dMLP), ("mlp.c_proj", c.dMLP, c.dModel),
      ] {
        try check("\(block).\(matrix).weight", [rows, columns])
        try check("\(block).\(matrix).bias", [columns])
      }
    }
    try check("ln_f.weight", [c.dModel])
    try check("ln_f.bias", [c.dModel])
    if !c.isTied { try check(TensorIndex.unembedding, [c.dVocab, c.dModel]) }
  }
}

extension StoredTensors.Extra {
  /// The tensors of both, under the name of those that were found first.
  fileprivate func added(to others: StoredTensors.Extra?) -> StoredTensors.Extra {
    guard var sum = others else { return self }
    sum.tensors += tensors
    sum.elements += elements
    return sum
  }
}
