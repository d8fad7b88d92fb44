import Files
import Foundation
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

/// Every number of every family, computed anew from those it was made of.
@Suite struct FamilyDerivationTests {
  @Test(arguments: FamilyCase.all)
  func `every number of the reference follows from the others`(_ reference: FamilyCase) throws {
    let checkpoint = try CheckpointFolder(reference.path)
    let model = try Transformer(configuration: checkpoint.configuration, files: checkpoint.files)
    let trace = try trace(reference, of: model)
    var count = 0
    for (name, tensor) in trace.orderedTensors {
      let found = try trace.rederive(name) {
        trace.numbers(named: $0) ?? model.parameter(named: $0)
      }
      #expect(found.count == tensor.count, "\(name)")
      #expect(found.deviation < 1e-4, "\(name)\(found.place)")
      count += found.count
    }
    #expect(count > 10_000)
    for check in trace.check() {
      if case .broken = check.outcome { Issue.record("\(check)") }
    }
  }

  /// What stands beside the activations, too: neighbours, the lens, neurons, samples of the weights, a quantised group.
  @Test(
    arguments: [
      "architectures/llama", "architectures/gemma2", "architectures/gpt-neox",
      "architectures/qwen2", "gguf/llama-Q4_1.gguf", "gguf/qwen2-Q4_0.gguf",
    ]
  )
  func `every recorded fact follows from the others`(_ place: String) throws {
    guard let model = try model(place) else { return }
    var options = RecordingOptions()
    options.continuationLength = 1
    let trace = try model.record("", tokens: [5, 9, 5, 200], options)
    var count = 0
    for (name, tensor) in trace.orderedTensors where name.hasPrefix("facts.") {
      guard (try? trace.derivations(of: name)) != nil else { continue }
      let found = try trace.rederive(name) {
        trace.numbers(named: $0) ?? model.transformer.parameter(named: $0)
      }
      #expect(found.count == tensor.count, "\(name)")
      #expect(found.deviation < 1e-4, "\(name)\(found.place)")
      count += 1
    }
    #expect(count > 10)
    #expect((trace.quantization != nil) == place.contains("gguf"))
    if let told = trace.quantization {
      let group = try #require(trace[.packedWeight])
      #expect(told.cells == "blocks.0.mlp.W_in[i,0]")
      let matrix = try #require(model.transformer.parameter(named: "blocks.0.mlp.W_in"))
      for i in 0..<group.count { #expect(matrix[[told.first + i, 0]] == Double(group[i])) }
      let folder = try TemporaryFolder()
      try trace.write(to: folder.path + "/trace.safetensors")
      let read = try Trace(contentsOf: folder.path + "/trace.safetensors")
      #expect(read.quantization == told)
      withExtendedLifetime(folder) {}
    }
  }

  /// A model; of a family's folder, whose tokenizer is not among the fixtures, with another's.
  private func model(_ place: String) throws -> Model? {
    if place.hasSuffix(".gguf") { return try Model(folder: Fixtures.path(place)) }
    let checkpoint = try CheckpointFolder(Fixtures.path(place))
    return Model(
      name: place,
      trainedOn: nil,
      transformer: try Transformer(
        configuration: checkpoint.configuration,
        files: checkpoint.files
      ),
      tokenizer: try Model(folder: GGUFModelTests.path("llama-Q8_0")).tokenizer
    )
  }

  /// What a trace says of its model is written into its file and read again.
  @Test(arguments: FamilyCase.folders)
  func `a trace's file tells of rotations, windows and caps as the configuration did`(
    _ family: String
  ) throws {
    let reference = try #require(FamilyCase.all.first { $0.folder == family })
    let checkpoint = try CheckpointFolder(reference.path)
    let model = try Transformer(configuration: checkpoint.configuration, files: checkpoint.files)
    let written = try trace(reference, of: model)
    let folder = try TemporaryFolder()
    let path = folder.path + "/trace.safetensors"
    try written.write(to: path)
    let read = try withExtendedLifetime(folder) { try Trace(contentsOf: path) }
    #expect(read.model == written.model)
  }

  private func trace(_ reference: FamilyCase, of model: Transformer) throws -> Trace {
    var trace = Trace(
      prompt: "",
      tokens: reference.ids.map { TraceToken(id: $0, text: "\($0)") },
      model: model.configuration.description(name: reference.folder, trainedOn: nil),
      tensors: [:]
    )
    let file = try reference.activations
    for entry in file.entries { trace.tensors[entry.name] = try file.tensor(named: entry.name) }
    return trace
  }
}
