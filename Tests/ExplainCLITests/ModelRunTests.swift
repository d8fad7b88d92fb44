import Files
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ModelRunTests {
  @Test func `a prompt of which the vocabulary knows no byte is an error, not a crash`() throws {
    let explain = try ExplainProcess()
    let folder = explain.path("small")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in ["config.json", "model.safetensors"] {
      try FileManager.default.copyItem(
        atPath: "\(Fixtures.tinyGPT2)/\(name)",
        toPath: "\(folder)/\(name)"
      )
    }
    try #"{"a": 0, "b": 1}"#.write(
      toFile: "\(folder)/vocab.json",
      atomically: true,
      encoding: .utf8
    )
    try "#version: 0.2\n".write(toFile: "\(folder)/merges.txt", atomically: true, encoding: .utf8)

    let unknown = try explain("é", "--model", folder, "-o", "page")
    #expect(unknown.code == 65)
    #expect(unknown.errorLines.count == 1)
    #expect(explain.names().contains("page") == false)

    let known = try explain("ab", "--model", folder, "-o", "page")
    #expect(known.code == 0, "\(known.errors)")
  }

  @Test(arguments: [
    ["page"], ["steps"], ["heatmap"], ["trace", "-o", "t"], ["generate"], ["score"],
  ])
  func `weights so large that a run overflows are an error, not a page of no numbers`(
    command: [String]
  ) throws {
    let explain = try ExplainProcess()
    let folder = explain.path("huge")
    try FileManager.default.copyItem(atPath: Fixtures.tinyGPT2, toPath: folder)
    let file = try SafetensorsFile(contentsOf: "\(Fixtures.tinyGPT2)/model.safetensors")
    let tensors = try file.entries.map { entry in
      let tensor = try file.tensor(named: entry.name)
      let isHuge = entry.name.hasSuffix("wte.weight")
      return (name: entry.name, tensor: isHuge ? tensor.map { $0 < 0 ? -3e38 : 3e38 } : tensor)
    }
    try Safetensors.write(tensors, metadata: [:], to: "\(folder)/model.safetensors")

    let outcome = try explain.run(command + ["The king", "--model", folder])
    #expect(outcome.code == 65)
    #expect(outcome.errors == "explain: huge: the model's logits are not finite numbers\n")
    #expect(explain.names() == ["huge"])
  }
}
