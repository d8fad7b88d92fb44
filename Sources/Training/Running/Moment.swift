import Files
package import Tensors
import Traces
import Transformer

/// The model at one moment of a run, as far as the page of the run shows it.
package struct Moment: Sendable {
  /// After how many steps.
  package let step: Int
  /// The probabilities of the next token after the prompt, `[V]`.
  package let probabilities: Tensor
  /// The attention pattern of each layer on the prompt, `[head, query, key]`.
  package let patterns: [Tensor]
  /// The rows of W_E of some words, `[word, D]`.
  package let vectors: Tensor

  /// Looks at a run as it is now.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - prompt: Token ids.
  ///   - words: Token ids whose rows of W_E are kept.
  package init(of run: TrainingRun, prompt: [Int], words: [Int]) {
    let transformer = run.transformer
    let hooks = (0..<transformer.configuration.layerCount).map { HookPoint.pattern($0) }
    var recorder = ActivationRecorder { hooks.contains($0) || $0 == .probabilities }
    transformer.logits(for: prompt, hook: &recorder)
    step = run.step
    patterns = hooks.compactMap { recorder.activations[$0.name] }
    probabilities =
      recorder.activations[HookPoint.probabilities.name].map { $0.slice($0.rows - 1) }
      ?? Tensor(shape: [0], values: [])
    vectors = transformer.weights.embedding.rows(words)
  }

  /// The steps at which a run is looked at: the start, 1 %, 10 % and all of the way.
  package static func steps(of settings: TrainingSettings) -> [Int] {
    let shares = [0, max(1, settings.steps / 100), settings.steps / 10, settings.steps]
    return Set(shares).sorted()
  }

  /// Writes the moment to a file.
  ///
  /// - Throws: ``TrainingError/file(_:)`` if it cannot be written.
  package func write(to path: String) throws(TrainingError) {
    var tensors = [
      (name: "probabilities", tensor: probabilities), (name: "words", tensor: vectors),
    ]
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
      self.step = step
      probabilities = try file.tensor(named: "probabilities")
      vectors = try file.tensor(named: "words")
      let names = file.entries.map(\.name)
      patterns = try names.filter { $0.hasSuffix("hook_pattern") }.map(file.tensor)
    } catch let error as SafetensorsError {
      throw .file(error)
    } catch let error as TrainingError {
      throw error
    } catch {
      throw .checkpoint(path: path, problem: "cannot be read: \(error)")
    }
  }
}
