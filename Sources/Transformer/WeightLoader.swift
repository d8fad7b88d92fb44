public import Tensors
import Traces

/// Takes a model's tensors out of one or more safetensors files, each checked for presence, shape and finiteness.
struct WeightLoader {
  private let index: TensorIndex
  private let table: ParameterTable

  init(_ files: [(name: String, contents: SafetensorsFile)], _ table: ParameterTable) {
    index = TensorIndex(files, table)
    self.table = table
  }

  func weights() throws(CheckpointError) -> Weights {
    let offset = table.sizes.architecture.gainOffset
    var tensors: [String: Tensor] = [:]
    for parameter in table.all {
      let tensor = try tensor(parameter)
      tensors[parameter.name] =
        offset != 0 && parameter.role.isNorm ? tensor.map { $0 + offset } : tensor
    }
    try checkNothingFollows()
    return Weights(table, named: tensors)
  }

  /// A model of which only the first blocks run would give numbers that are not its own.
  private func checkNothingFollows() throws(CheckpointError) {
    let count = Int(table.sizes.layers)
    guard let next = table.parameter(.norm1, count), let place = index[next] else { return }
    let file = index.files[place.file].name
    throw .blockLeftOver(file: file, name: place.name, layerCount: count)
  }

  private func tensor(_ parameter: Parameter) throws(CheckpointError) -> Tensor {
    let place = try index.place(of: parameter)
    let file = index.files[place.file]
    let tensor: Tensor
    do { tensor = try file.contents.tensor(named: place.name) } catch { throw .weights(error) }
    guard tensor.shape == parameter.shape else {
      throw .tensorShape(
        file: file.name,
        name: place.name,
        expected: parameter.shape,
        found: tensor.shape
      )
    }
    if let index = tensor.firstNonFinite {
      throw .tensorNotFinite(file: file.name, name: place.name, index: index)
    }
    return tensor
  }
}

extension Transformer {
  /// Makes a model of its configuration and its safetensors files, each with the name it goes by in messages.
  ///
  /// - Throws: ``CheckpointError`` if a tensor is missing, misshapen or not finite.
  public init(
    configuration: Configuration,
    files: [(name: String, contents: SafetensorsFile)]
  ) throws(CheckpointError) {
    let weights = try WeightLoader(files, configuration.parameters).weights()
    self.init(configuration: configuration, weights: weights)
  }
}
