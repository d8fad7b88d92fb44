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
