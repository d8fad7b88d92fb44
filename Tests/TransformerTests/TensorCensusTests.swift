import Files
import Foundation
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

@Suite struct TensorCensusTests {
  /// What PyTorch counts in this checkpoint.
  private static let parameters = 111_360

  private func count(
    _ change: (inout [(name: String, tensor: Tensor)]) -> Void = { _ in },
    configuration edit: (inout Configuration) -> Void = { _ in }
  ) throws -> StoredTensors {
    let folder = try CheckpointFolder(Fixtures.tinyGPT2)
    let file = folder.files[0].contents
    var tensors = try file.entries.map { (name: $0.name, tensor: try file.tensor(named: $0.name)) }
    change(&tensors)
    let temporary = try TemporaryFolder()
    let path = temporary.path + "/model.safetensors"
    try Safetensors.write(tensors, metadata: [:], to: path)
    var configuration = folder.configuration
    edit(&configuration)
    let files = [(name: "model.safetensors", contents: try SafetensorsFile(contentsOf: path))]
    return try TensorCensus(of: configuration, in: files).count()
  }

  private func zeros(_ shape: Int...) -> Tensor {
    Tensor(shape: shape, values: [Float](repeating: 0, count: shape.reduce(1, *)))
  }

  @Test func `a checkpoint's elements are what its sizes come to`() throws {
    let stored = try count()
    #expect(stored.elements == Self.parameters)
    #expect(stored.parameters == Self.parameters)
    #expect(stored.masks == nil && stored.repeated == nil && stored.others == nil)
  }

  @Test func `causal masks are no parameters`() throws {
    let stored = try count { tensors in
      for layer in 0..<3 {
        tensors.append(("transformer.h.\(layer).attn.bias", zeros(1, 1, 64, 64)))
        tensors.append(("transformer.h.\(layer).attn.masked_bias", zeros(1)))
      }
    }
    #expect(stored.masks?.elements == Int64(3 * (64 * 64 + 1)))
    #expect(stored.elements == Self.parameters + 3 * (64 * 64 + 1))
    #expect(stored.parameters == Self.parameters)
  }

  @Test func `a tied unembedding that is stored is counted once`() throws {
    let stored = try count { $0.append(("lm_head.weight", zeros(487, 48))) }
    #expect(stored.repeated?.elements == Int64(487 * 48))
    #expect(stored.parameters == Self.parameters)
  }

  @Test func `an unembedding of its own is counted`() throws {
    let stored = try count {
      $0.append(("lm_head.weight", zeros(487, 48)))
    } configuration: {
      $0.isTied = false
    }
    #expect(stored.parameters == Self.parameters + 487 * 48)
  }

  @Test func `other tensors are counted, and named`() throws {
    let stored = try count { $0.append(("score.weight", zeros(5, 48))) }
    #expect(stored.others == StoredTensors.Extra(name: "score.weight", tensors: 1, elements: 240))
    #expect(stored.parameters == Self.parameters + 240)
  }

  @Test func `names without the language model's prefix are known`() throws {
    let stored = try count { tensors in
      tensors = tensors.map { ($0.name.replacing("transformer.", with: ""), $0.tensor) }
    }
    #expect(stored.parameters == Self.parameters)
  }

  @Test func `a missing tensor is named`() throws {
    let name = "transformer.h.1.mlp.c_fc.bias"
    #expect(throws: CheckpointError.tensorMissing(file: "model.safetensors", name: name)) {
      try count { $0.removeAll { $0.name == name } }
    }
  }

  @Test func `a tensor of another shape is named`() throws {
    #expect(
      throws: CheckpointError.tensorShape(
        file: "model.safetensors",
        name: "transformer.h.0.mlp.c_fc.weight",
        expected: [48, 100],
        found: [48, 192]
      )
    ) {
      try count(configuration: { $0.dMLP = 100 })
    }
  }
}
