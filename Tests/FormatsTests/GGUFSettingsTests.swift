import Formats
import Testing

@Suite struct GGUFSettingsTests {
  static func settings(_ name: String) throws -> GGUFSettings {
    try GGUFSettings(GGUFHeaderTests.header(GGUFHeaderTests.bytes(name)))
  }

  @Test func `sizes are those of the model that the file was made of`() throws {
    let llama = try Self.settings("llama-tied-scaled-F16")
    #expect(llama.architecture == "llama" && llama.name == "tiny llama")
    #expect([llama.layers, llama.width, llama.neurons, llama.context] == [2, 32, 64, 128])
    #expect([llama.heads, llama.keyHeads, llama.headWidth, llama.rotaryWidth] == [4, 2, 16, 16])
    #expect(llama.rotaryBase == 500_000 && llama.normEpsilon == Double(Float(1e-5)))
    #expect(llama.window == nil && llama.rotaryScaling == nil && llama.chatTemplate == nil)
    let qwen = try Self.settings("qwen2-Q4_0")
    #expect(qwen.architecture == "qwen2" && qwen.rotaryBase == 1_000_000)
    // Neither is in the file: a head is as wide as 32 over 4, and all of it is turned.
    #expect(qwen.headWidth == 8 && qwen.rotaryWidth == 8)
  }

  @Test func `what is missing or no count is named`() throws {
    func failure(_ change: (inout GGUFHeaderTests.Writer) -> Void) -> String? {
      var writer = GGUFHeaderTests.Writer(tensors: 0, values: 2)
      writer.add("general.architecture")
      writer.add(UInt32(8))
      writer.add("llama")
      change(&writer)
      do throws(GGUFError) {
        _ = try GGUFSettings(GGUFHeaderTests.header(writer.bytes))
        return nil
      } catch { return error.description }
    }
    #expect(
      failure {
        $0.add("llama.block_count")
        $0.add(UInt32(4))
        $0.add(UInt32(0))
      } == "model.gguf: “llama.block_count” is no count from 1 to 16777216"
    )
    #expect(
      failure {
        $0.add("x")
        $0.add(UInt32(7))
        $0.add(UInt8(1))
      } == "model.gguf: “llama.block_count” is missing"
    )
  }
}
