public import Tensors
public import Traces

/// Counts the elements of a checkpoint's tensors from the headers of its files.
public struct TensorCensus: Sendable {
  private let configuration: Configuration
  private let files: [(name: String, contents: SafetensorsFile)]
  private let prefix: String

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
    self.files = files
    let isPrefixed = files.contains { $0.contents.entry(named: "transformer.wte.weight") != nil }
    prefix = isPrefixed ? "transformer." : ""
  }

  /// Counts the tensors, and holds the shape of each against the configuration.
  ///
  /// - Throws: ``CheckpointError/tensorMissing(file:name:)`` or
  ///   ``CheckpointError/tensorShape(file:name:expected:found:)``.
  public func count() throws(CheckpointError) -> StoredTensors {
    var rest: [String: (file: String, shape: [Int])] = [:]
    for file in files {
      for entry in file.contents.entries { rest[entry.name] = (file.name, entry.shape) }
    }
    let names = files.flatMap { $0.contents.entries.map(\.name) }
    var stored = StoredTensors(
      tensors: rest.count,
      elements: rest.values.reduce(0) { $0 + $1.shape.reduce(1, *) }
    )
    try eachExpected { (name, shape) throws(CheckpointError) in
      guard let found = rest.removeValue(forKey: name) else {
        throw .tensorMissing(file: files.first?.name ?? "model.safetensors", name: name)
      }
      guard found.shape == shape else {
        throw .tensorShape(file: found.file, name: name, expected: shape, found: found.shape)
      }
    }
    // In the order of the files, so that the same checkpoint gives the same words.
    for name in names {
      guard let found = rest.removeValue(forKey: name) else { continue }
      let elements = found.shape.reduce(1, *)
      let extra = StoredTensors.Extra(name: name, tensors: 1, elements: elements)
      if isMask(name) {
        stored.masks = extra.added(to: stored.masks)
      } else if configuration.isTied, name == Self.unembedding {
        stored.repeated = extra.added(to: stored.repeated)
      } else {
        stored.others = extra.added(to: stored.others)
      }
    }
    return stored
  }

  private static let unembedding = "lm_head.weight"

  /// Whether a name is that of a causal mask or of what stands in it: constants of old checkpoints.
  private func isMask(_ name: String) -> Bool {
    let parts = name.dropFirst(name.hasPrefix(prefix) ? prefix.count : 0).split(separator: ".")
    return parts.count == 4 && parts[0] == "h" && Int(parts[1]) != nil && parts[2] == "attn"
      && (parts[3] == "bias" || parts[3] == "masked_bias")
  }

  /// Goes through the tensors that a GPT-2 of the configuration has.
  private func eachExpected(
    _ check: (_ name: String, _ shape: [Int]) throws(CheckpointError) -> Void
  ) throws(CheckpointError) {
    let c = configuration
    try check(prefix + "wte.weight", [c.dVocab, c.dModel])
    try check(prefix + "wpe.weight", [c.contextLength, c.dModel])
    for layer in 0..<c.layerCount {
      let block = prefix + "h.\(layer)"
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
    try check(prefix + "ln_f.weight", [c.dModel])
    try check(prefix + "ln_f.bias", [c.dModel])
    if !c.isTied { try check(Self.unembedding, [c.dVocab, c.dModel]) }
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
