public import Tensors
public import Traces

/// Counts the elements of a checkpoint's tensors from the headers of its files.
public struct TensorCensus: Sendable {
  private let table: ParameterTable
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
    table = configuration.parameters
    index = TensorIndex(files, table)
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
    for parameter in table.all {
      let place = try index.place(of: parameter)
      guard let found = rest.removeValue(forKey: place.name) else {
        throw .tensorMissing(file: index.files[place.file].name, name: place.name)
      }
      guard found.shape == parameter.shape else {
        throw .tensorShape(
          file: found.file,
          name: place.name,
          expected: parameter.shape,
          found: found.shape
        )
      }
    }
    // In the order of the files, so that the same checkpoint gives the same words.
    for name in names {
      guard let found = rest.removeValue(forKey: name) else { continue }
      let elements = Self.elements(of: found.shape)
      let extra = StoredTensors.Extra(name: name, tensors: 1, elements: elements)
      if isMask(name) {
        stored.masks = extra.added(to: stored.masks)
      } else if table.sizes.isTied, index.isUnembedding(name) {
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

  /// Whether a name is that of a causal mask or of what stands in it: constants of old checkpoints, beside an attention's
  /// matrices.
  private func isMask(_ name: String) -> Bool {
    let parts = index.bareName(name).split(separator: ".")
    guard parts.count == 4, let layer = Int(parts[1]), ["bias", "masked_bias"].contains(parts[3]),
      let output = table.parameter(.output, layer)?.name.split(separator: ".")
    else { return false }
    return output.prefix(3).elementsEqual(parts.prefix(3))
  }
}

extension StoredTensors.Extra {
  /// The tensors of both, under the name of those that were found first.
  func added(to others: StoredTensors.Extra?) -> StoredTensors.Extra {
    guard var sum = others else { return self }
    sum.tensors += tensors
    sum.elements += elements
    return sum
  }
}
