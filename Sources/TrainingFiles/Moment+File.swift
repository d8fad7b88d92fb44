import Files
import Tensors
import Traces
package import Training
import Transformer

extension Moment {
  private static let writtenName = "written"

  /// Writes the moment to a file.
  ///
  /// - Throws: ``TrainingError/file(_:)`` if it cannot be written.
  package func write(to path: String) throws(TrainingError) {
    var tensors = [
      (name: "probabilities", tensor: probabilities), (name: "words", tensor: vectors),
    ]
    let ids = written.map { Float($0) }
    tensors.append((name: Self.writtenName, tensor: Tensor(shape: [ids.count], values: ids)))
    for (layer, pattern) in patterns.enumerated() {
      tensors.append((name: HookPoint.pattern(layer).name, tensor: pattern))
    }
    do {
      try Safetensors.write(tensors, metadata: ["step": "\(step)"], to: path)
    } catch {
      throw .file(error)
    }
  }

  /// Reads a moment from a file.
  ///
  /// - Throws: ``TrainingError`` if the file is missing or not of this kind.
  package init(contentsOf path: String) throws(TrainingError) {
    do {
      let file = try SafetensorsFile(contentsOf: path)
      guard let step = file.metadata["step"].flatMap({ Int($0) }) else {
        throw TrainingError.checkpoint(path: path, problem: "is no moment of a training run")
      }
      let names = file.entries.map(\.name)
      // Runs of before there was this have none.
      let written =
        names.contains(Self.writtenName) ? try file.tensor(named: Self.writtenName).values : []
      guard written.allSatisfy({ 0..<Float(1 << 24) ~= $0 }) else {
        throw TrainingError.checkpoint(path: path, problem: "is no moment of a training run")
      }
      self.init(
        step: step,
        probabilities: try file.tensor(named: "probabilities"),
        patterns: try names.filter { $0.hasSuffix("hook_pattern") }.map(file.tensor),
        vectors: try file.tensor(named: "words"),
        written: written.map { Int($0) }
      )
    } catch let error as SafetensorsError {
      throw .file(error)
    } catch let error as TrainingError {
      throw error
    } catch {
      throw .checkpoint(path: path, problem: "cannot be read: \(error)")
    }
  }
}
