public import Formats
public import Tensors
import Tokenization
public import Traces

/// A GGUF file: a model's configuration, its weights with none read yet, and its tokenizer in one.
public struct GGUFCheckpoint: Sendable {
  /// The file.
  public let file: GGUFFile
  /// What the file says of the model.
  public let settings: GGUFSettings
  /// The same as the forward pass reads it.
  public let configuration: Configuration

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - content: The whole file, mapped or in memory.
  ///   - name: What errors call it.
  /// - Throws: ``CheckpointError`` that says what is wrong with it, or what it asks for that is not done here.
  public init(_ content: Bytes, name: String) throws(CheckpointError) {
    do throws(GGUFError) {
      file = try GGUFFile(content, name: name)
      settings = try GGUFSettings(file.header)
    } catch { throw .gguf(error) }
    if let parts = file.header["split.count"]?.integer, parts > 1 {
      throw .malformed(
        file: name,
        problem:
          "is one of \(parts) parts of a model; `llama-gguf-split --merge` makes them one file"
      )
    }
    configuration = try Configuration(settings, file)
  }

  /// The parameters, under the names that the file has for them.
  var table: ParameterTable { ParameterTable(configuration.sizes, inGGUF: true) }

  /// Every weight, as it lies: packed ones stay packed.
  ///
  /// - Throws: ``CheckpointError`` if a tensor is missing, misshapen or not finite.
  func weights() throws(CheckpointError) -> Weights {
    let table = table
    var tensors: [String: Tensor] = [:]
    for parameter in table.all { tensors[parameter.name] = try tensor(parameter) }
    try checkNothingFollows(table)
    return Weights(table, named: tensors)
  }

  private func tensor(_ parameter: Parameter) throws(CheckpointError) -> Tensor {
    let (name, path) = (parameter.name, file.header.name)
    guard let tensor = file.tensor(named: name) else {
      throw .tensorMissing(file: path, name: name)
    }
    guard tensor.shape == parameter.shape else {
      throw .tensorShape(
        file: path,
        name: name,
        expected: parameter.shape,
        found: tensor.shape
      )
    }
    if let index = tensor.firstNonFinite {
      throw .tensorNotFinite(file: path, name: name, index: index)
    }
    // What is added to or multiplied by each number is small, and read number by number.
    if tensor.shape.count == 1 { return inOrder(tensor.unpacked(), parameter) }
    return inOrder(tensor, parameter)
  }

  /// Puts the rows of llama.cpp's Llama where the rotation expects them.
  private func inOrder(_ tensor: Tensor, _ parameter: Parameter) -> Tensor {
    guard settings.architecture == "llama" else { return tensor }
    return switch parameter.role {
    case .query: tensor.withRotaryHalvesApart(heads: configuration.headCount)
    case .key: tensor.withRotaryHalvesApart(heads: configuration.keyValueHeadCount)
    default: tensor
    }
  }

  /// A model of which only the first blocks run would give numbers that are not its own.
  private func checkNothingFollows(_ table: ParameterTable) throws(CheckpointError) {
    let count = configuration.layerCount
    guard let next = table.parameter(.norm1, count), file.header.entry(named: next.name) != nil
    else { return }
    throw .malformed(
      file: file.header.name,
      problem: "holds tensor \(next.name), but “\(settings.architecture).block_count” is \(count)"
    )
  }

  /// Counts the file's tensors, and holds the shape of each against the configuration.
  ///
  /// - Throws: ``CheckpointError/tensorMissing(file:name:)`` or
  ///   ``CheckpointError/tensorShape(file:name:expected:found:)``.
  public func count() throws(CheckpointError) -> StoredTensors {
    func elements(_ shape: [Int]) -> Int64 { shape.reduce(1) { $0 * Int64($1) } }
    let (entries, path) = (file.header.entries, file.header.name)
    var stored = StoredTensors(
      tensors: entries.count,
      elements: entries.reduce(0) { $0 + elements($1.shape) }
    )
    var known: Set<String> = []
    for parameter in table.all {
      guard let entry = file.header.entry(named: parameter.name) else {
        throw .tensorMissing(file: path, name: parameter.name)
      }
      guard entry.shape == parameter.shape else {
        throw .tensorShape(
          file: path,
          name: parameter.name,
          expected: parameter.shape,
          found: entry.shape
        )
      }
      known.insert(parameter.name)
    }
    for entry in entries where !known.contains(entry.name) {
      let extra = StoredTensors.Extra(name: entry.name, tensors: 1, elements: elements(entry.shape))
      stored.others = extra.added(to: stored.others)
    }
    return stored
  }
}

extension Model {
  /// Opens a GGUF file, which holds a model and its tokenizer.
  ///
  /// Weights stay in the file, packed as they are. Generation stops at the token that ends a text or a turn.
  ///
  /// - Parameters:
  ///   - content: The whole file, mapped or in memory.
  ///   - file: What errors call it.
  ///   - name: What the model is called.
  /// - Throws: ``CheckpointError`` that says what is wrong with the file.
  public init(gguf content: Bytes, file: String, name: String) throws(CheckpointError) {
    let checkpoint = try GGUFCheckpoint(content, name: file)
    let header = checkpoint.file.header
    let tokenizer: Tokenizer
    do throws(TokenizationError) { tokenizer = try Tokenizer(header) } catch {
      throw .tokenizer(error)
    }
    let configuration = checkpoint.configuration
    self.init(
      name: name,
      trainedOn: nil,
      transformer: Transformer(
        configuration: configuration,
        weights: try checkpoint.weights()
      ),
      tokenizer: tokenizer
    )
    // llama.cpp knows two more tokens at which a model has said what it had to say.
    for key in ["eot_token_id", "eom_token_id"] {
      if let id = header["tokenizer.ggml.\(key)"]?.integer, 0..<configuration.dVocab ~= id {
        endTokens.insert(id)
      }
    }
  }
}
