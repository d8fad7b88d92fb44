import Files
import Formats
import Foundation
import Tensors
import TestSupport
import Testing

/// `explain inspect FILE.gguf`.
@Suite struct InspectGGUFTests {
  private let explain: ExplainProcess

  init() throws { explain = try ExplainProcess() }

  @Test(arguments: ["F16", "BF16", "Q8_0", "Q4_1", "Q2_K", "Q6_K", "IQ4_NL"])
  func `weights are those that the blocks stand for`(type: String) throws {
    let path = Fixtures.path("gguf/blocks-\(type)")
    let reference = try SafetensorsFile(contentsOf: "\(path).reference.safetensors")
    let listed = try explain.run(["inspect", "\(path).gguf", "--format", "json"])
    let summary = try #require(JSONValue(parsing: listed.output), "\(listed.errors)")
    let tensors = try #require(summary["tensors"]?.array)
    #expect(tensors.count == reference.entries.count)
    for tensor in tensors {
      let name = try #require(tensor["name"]?.string)
      #expect(tensor["dtype"]?.string == type)
      let shown = try explain.run(["inspect", "\(path).gguf", "--tensor", name, "--format", "csv"])
      let values = shown.output.split { $0.isNewline || $0 == "," }.compactMap { Float($0) }
      #expect(try reference.tensor(named: name).values == values, "\(type) \(name)")
    }
  }

  @Test func `the metadata is told, lists by their lengths`() throws {
    let result = try explain("inspect", Fixtures.path("gguf/llama-Q4_1.gguf"), "--width", "100")
    #expect(result.code == 0)
    #expect(result.output.contains("general.architecture: llama"))
    #expect(result.output.contains(/tokenizer\.ggml\.tokens: \d+: \[.*…/))
    #expect(result.output.contains("token_embd.weight"))
  }

  @Test func `a damaged file is refused in a line`() throws {
    let bytes = try Data(contentsOf: URL(filePath: Fixtures.path("gguf/blocks-Q4_1.gguf")))
    try bytes.prefix(100).write(to: URL(filePath: explain.path("short.gguf")))
    let result = try explain("inspect", "short.gguf")
    #expect(result.code == 65)
    #expect(result.errorLines.count == 1)
  }
}
