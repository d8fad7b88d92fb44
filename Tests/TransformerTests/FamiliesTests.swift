import Files
import Foundation
import Sampling
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

/// Every family in the one forward pass, against float64 numpy and transformers.
@Suite struct FamiliesTests {
  private func transformer(_ folder: String, config: String = "config.json") throws -> Transformer {
    let path = Fixtures.path("architectures/\(folder)")
    let json = try Data(contentsOf: URL(filePath: "\(path)/\(config)"))
    let configuration = try Configuration(json: Array(json), file: config)
    let name = "model.safetensors"
    let files = [(name: name, contents: try SafetensorsFile(contentsOf: "\(path)/\(name)"))]
    return try Transformer(configuration: configuration, files: files)
  }

  @Test func `there are two prompts for each of the eight`() {
    #expect(FamilyCase.all.count == 16)
  }

  @Test(arguments: FamilyCase.all)
  func `every activation is that of the reference`(_ reference: FamilyCase) throws {
    var recorder = ActivationRecorder()
    try transformer(reference.folder).logits(for: reference.ids, hook: &recorder)
    let expected = try reference.activations
    try expectActivations(recorder.activations, equal: expected)
  }

  @Test(arguments: FamilyCase.all)
  func `what nobody looks at comes to the same logits, to the bit`(_ reference: FamilyCase) throws {
    let model = try transformer(reference.folder)
    var (everything, nobody) = (ActivationRecorder(), NoRecorder())
    let recorded = model.logits(for: reference.ids, hook: &everything)
    #expect(model.logits(for: reference.ids, hook: &nobody).values == recorded.values)
  }

  @Test(arguments: FamilyCase.all)
  func `token by token, every activation is that of the reference`(
    _ reference: FamilyCase
  ) throws {
    let model = try transformer(reference.folder)
    let expected = try reference.activations
    var cache = KeyValueCache(for: model.configuration)
    for (position, token) in reference.ids.enumerated() {
      var recorder = ActivationRecorder()
      model.logits(for: [token], after: &cache, hook: &recorder)
      for entry in expected.entries {
        let value = try #require(recorder.activations[entry.name])
        let whole = try expected.tensor(named: entry.name)
        let isSquare = entry.name.contains("attn_scores") || entry.name.contains("pattern")
        let row =
          isSquare
          ? (0..<whole.shape[0]).flatMap { whole.slice($0, position).values[...position] }
          : whole.slice(position).values
        let difference = largestDifference(
          value,
          Tensor(shape: [row.count], values: row)
        )
        #expect(difference <= 1e-4, "\(entry.name) at \(position)")
      }
    }
  }

  @Test(arguments: FamilyCase.folders)
  func `greedy text is the same with a cache and without`(_ folder: String) throws {
    let model = try transformer(folder)
    let prompt = try #require(FamilyCase.all.first { $0.folder == folder }).ids
    var cache = KeyValueCache(for: model.configuration)
    var (text, new) = (prompt, prompt)
    for _ in 0..<20 {
      let cached = model.nextLogits(after: new, continuing: &cache)
      let whole = model.nextLogits(after: text)
      #expect(largestDifference(cached, whole) <= 1e-4)
      let best = cached.withValues { $0.indicesOfLargest(1)[0] }
      #expect(whole.withValues { $0.indicesOfLargest(1)[0] } == best)
      text.append(best)
      new = [best]
    }
  }

  @Test(arguments: FamilyCase.folders)
  func `both spellings of a configuration say the same`(_ folder: String) throws {
    let new = try transformer(folder).configuration
    #expect(try transformer(folder, config: "config-hub.json").configuration == new)
  }

  @Test(arguments: FamilyCase.folders)
  func `parameters are counted as they are stored`(_ folder: String) throws {
    let checkpoint = try CheckpointFolder(Fixtures.path("architectures/\(folder)"))
    let stored = try TensorCensus(of: checkpoint.configuration, in: checkpoint.files).count()
    let table = checkpoint.configuration.parameters
    #expect(stored.masks == nil && stored.repeated == nil && stored.others == nil)
    #expect(stored.tensors == table.all.count)
    #expect(stored.elements == table.all.reduce(0) { $0 + $1.count })
    #expect(checkpoint.configuration.parameterCount?.parameters == stored.elements)
  }

  @Test(arguments: FamilyCase.folders)
  func `each head's queries, keys, values and results are products with its weights`(
    _ folder: String
  ) throws {
    let model = try transformer(folder)
    let reference = try #require(FamilyCase.all.first { $0.folder == folder })
    let values = try reference.activations
    let c = model.configuration
    for layer in 0..<c.layerCount {
      let read = try values.tensor(named: "blocks.\(layer).ln1.hook_out").slice(1).values
      for (letter, heads) in [
        ("Q", c.headCount), ("K", c.keyValueHeadCount), ("V", c.keyValueHeadCount),
      ] {
        let name = "blocks.\(layer).attn"
        let matrix = try #require(model.parameter(named: "\(name).W_\(letter)"))
        let bias = model.parameter(named: "\(name).b_\(letter)")
        #expect(matrix.shape == [heads, c.dModel, c.dHead])
        #expect((bias != nil) == c.architecture.biases.contains("b_\(letter)"))
        let made = try values.tensor(named: "\(name).hook_\(letter.lowercased())")
        for head in 0..<heads {
          let sum = read.indices.reduce(bias?[[head, 3]] ?? 0) {
            $0 + Double(read[$1]) * (matrix[[head, $1, 3]] ?? .nan)
          }
          #expect(abs(sum - Double(made[1, head, 3])) < 1e-4)
        }
      }
      let output = try #require(model.parameter(named: "blocks.\(layer).attn.W_O"))
      #expect(output.shape == [c.headCount, c.dHead, c.dModel])
      let z = try values.tensor(named: "blocks.\(layer).attn.hook_z").slice(1, 0).values
      let written = z.indices.reduce(0) { $0 + Double(z[$1]) * (output[[0, $1, 5]] ?? .nan) }
      let result = try values.tensor(named: "blocks.\(layer).attn.hook_result")
      #expect(abs(written - Double(result[1, 0, 5])) < 1e-4)
      let gate = model.parameter(named: "blocks.\(layer).mlp.W_gate")
      #expect((gate != nil) == c.architecture.isGated)
      let up = try #require(model.parameter(named: "blocks.\(layer).mlp.W_in"))
      #expect(up.shape == [c.dModel, c.dMLP])
    }
    #expect(model.parameter(named: "W_pos") == nil)
    #expect(model.parameter(named: "unembed.W_U")?.shape == [c.dModel, c.dVocab])
  }
}
