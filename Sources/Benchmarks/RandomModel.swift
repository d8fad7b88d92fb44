import Files
import Foundation
import Tensors
import Traces

/// A GPT-2 of random weights: as much work as a trained one of its size.
///
/// Each byte of a text is a token, so that a text of any number of tokens is easily made.
struct RandomModel {
  let layers: Int, heads: Int, width: Int
  var vocabulary = 50257
  var context = 1024

  /// GPT-2 small's size.
  static let small = RandomModel(layers: 12, heads: 12, width: 768)

  private var table: ParameterTable {
    ParameterTable(
      ModelSizes(
        layers: Int64(layers),
        heads: Int64(heads),
        width: Int64(width),
        mlpWidth: 4 * Int64(width),
        vocabulary: Int64(vocabulary),
        context: Int64(context),
        isTied: true
      )
    )
  }

  /// How many numbers it holds.
  var parameters: Int { table.all.reduce(0) { $0 + Int($1.count) } }

  /// Writes its files into a folder.
  ///
  /// - Throws: What cannot be written.
  func write(to folder: String) throws {
    let config = """
      {"model_type": "gpt2", "n_layer": \(layers), "n_head": \(heads), "n_embd": \(width), \
      "vocab_size": \(vocabulary), "n_positions": \(context)}
      """
    try Data(config.utf8).write(to: URL(fileURLWithPath: "\(folder)/config.json"))
    try Data("#version: 0.2\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/merges.txt"))
    try JSONEncoder().encode(Self.someVocabulary(of: vocabulary))
      .write(to: URL(fileURLWithPath: "\(folder)/vocab.json"))

    var generator = Numbers(state: 3)
    let tensors = table.all.map { parameter in
      let scale: Float = parameter.role.isNorm && !parameter.isBias ? 1 : 0.05
      return (parameter.name, Tensor.random(parameter.shape, &generator).map { $0 * scale })
    }
    try Safetensors.write(tensors, metadata: [:], to: "\(folder)/model.safetensors")
  }

  /// The 256 bytes under the characters GPT-2 writes them with, and names nobody will see.
  private static func someVocabulary(of count: Int) -> [String: Int] {
    var vocabulary: [String: Int] = [:]
    var others: UInt32 = 256
    for byte in UInt32(0)..<256 {
      let isShown = 33...126 ~= byte || 161...172 ~= byte || 174...255 ~= byte
      if !isShown { others += 1 }
      if let scalar = Unicode.Scalar(isShown ? byte : others - 1) {
        vocabulary[String(Character(scalar))] = Int(byte)
      }
    }
    for id in 256..<count { vocabulary["token\(id)"] = id }
    return vocabulary
  }
}
