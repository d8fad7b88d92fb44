#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Files
import Tensors
package import Training
import Transformer

/// A run as a file: everything it needs to go on as if it had never stopped.
///
/// One safetensors file holds θ, the two means of the optimizer, and as notes the settings and the
/// losses so far. It appears under its name only when it is complete.
package enum Checkpoint {
  private static let format = "explain-training/1"
  private static let rows = ["parameters", "optimizer.mean", "optimizer.square"]

  /// Writes a run.
  ///
  /// - Throws: ``TrainingError/file(_:)`` if the file cannot be written; what stood there stays.
  package static func write(_ run: TrainingRun, to path: String) throws(TrainingError) {
    let tensors = [run.parameters, run.optimizer.mean, run.optimizer.square]
    let notes: [String: String]
    do {
      notes = [
        "format": format,
        "settings": try json(run.settings),
        "vocabulary": "\(run.configuration.dVocab)",
        "losses": try json(run.losses),
        "validations": try json(run.validations),
      ]
    } catch {
      throw .checkpoint(path: path, problem: "cannot be written: \(error)")
    }
    do {
      try Safetensors.write(Array(zip(rows, tensors)), metadata: notes, to: path)
    } catch {
      throw .file(error)
    }
  }

  /// Reads a run.
  ///
  /// - Throws: ``TrainingError`` if the file is missing, cut off, or not of this kind.
  package static func read(_ path: String) throws(TrainingError) -> TrainingRun {
    let file: SafetensorsFile
    do { file = try SafetensorsFile(contentsOf: path) } catch { throw .file(error) }
    guard file.metadata["format"] == format,
      let settings: TrainingSettings = value("settings", in: file),
      let losses: [Double] = value("losses", in: file),
      let validations: [TrainingRun.Validation] = value("validations", in: file),
      let vocabulary = file.metadata["vocabulary"].flatMap({ Int($0) }),
      settings.isSound, 1...1 << 22 ~= vocabulary, losses.count <= settings.steps
    else { throw .checkpoint(path: path, problem: "is no checkpoint of a training run") }
    let configuration = settings.configuration(vocabulary: vocabulary)
    let layout = ParameterLayout(of: configuration)
    var tensors: [Tensor] = []
    for row in rows {
      do { tensors.append(try file.tensor(named: row)) } catch { throw .file(error) }
      guard tensors[tensors.count - 1].shape == [layout.count] else {
        throw .checkpoint(
          path: path,
          problem: "tensor \(row) has shape \(tensors[tensors.count - 1].shape), "
            + "expected [\(layout.count)]"
        )
      }
    }
    let optimizer = AdamW(
      for: layout,
      settings.optimizer,
      mean: tensors[1],
      square: tensors[2],
      stepCount: losses.count
    )
    return TrainingRun(
      settings,
      configuration,
      parameters: tensors[0],
      optimizer: optimizer,
      losses: losses,
      validations: validations
    )
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func value<Value: Decodable>(_ name: String, in file: SafetensorsFile) -> Value? {
    guard let text = file.metadata[name] else { return nil }
    return try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }
}
