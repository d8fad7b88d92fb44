import Files
import Foundation
import Tensors
import TestSupport
import Training
import Transformer

/// What PyTorch found for the tiny GPT-2 in float64: a batch's loss, every gradient, and every
/// parameter after three steps of AdamW.
struct TrainingReference {
  func load() throws -> Loaded {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let file = try SafetensorsFile(
      contentsOf: "\(Fixtures.tinyGPT2)/reference-training.safetensors"
    )
    return try Loaded(transformer: model.transformer, file: file)
  }

  struct Loaded {
    let file: SafetensorsFile
    let configuration: Configuration
    let layout: ParameterLayout
    let parameters: Tensor
    let batch: Sequences
    let loss: Double
    let gradientNorm: Double
    let losses: [Double]

    init(transformer: Transformer, file: SafetensorsFile) throws {
      func note<Value: Decodable>(_ name: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data((file.metadata[name] ?? "").utf8))
      }
      self.file = file
      configuration = transformer.configuration
      layout = ParameterLayout(of: configuration)
      parameters = layout.row(of: transformer.weights)
      batch = Sequences(try note("input_ids") as [[Int]])
      loss = try note("loss")
      gradientNorm = try note("gradient_norm")
      losses = try note("losses_of_3_steps")
    }

    func gradient(at parameters: Tensor? = nil) -> Gradient {
      Gradient(of: batch, at: parameters ?? self.parameters, layout, configuration)
    }
  }
}
