import Files
import Formats
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer

/// GGUF files of several families and types, against float64 numpy on the numbers that their blocks stand for.
@Suite struct GGUFModelTests {
  static let files = [
    "llama-Q4_1", "llama-Q5_0", "llama-Q8_0", "llama-sentencepiece-Q8_0", "llama-tied-scaled-F16",
    "qwen2-Q4_0", "qwen2-Q5_1", "qwen2-BF16",
  ]
  /// The tokens of a file's two prompts: those of the family that it was made of.
  static func prompts(_ name: String) -> [[Int]] {
    let family =
      name.contains("sentencepiece")
      ? "mistral" : String(name[..<(name.lastIndex(of: "-") ?? name.endIndex)])
    return FamilyCase.all.filter { $0.folder == family }.map { $0.ids }
  }

  static func path(_ name: String) -> String { Fixtures.path("gguf/\(name).gguf") }
  static func model(_ name: String) throws -> Model { try Model(folder: path(name)) }

  @Test(arguments: files)
  func `a file gives the reference's numbers, and its weights stay packed`(name: String) throws {
    let model = try Self.model(name)
    let reference = try SafetensorsFile(
      contentsOf: Self.path(name) + ".reference.safetensors"
    )
    let prompts = Self.prompts(name)
    #expect(prompts.count == 2)
    for (number, tokens) in prompts.enumerated() {
      var recorder = ActivationRecorder()
      model.transformer.logits(for: tokens, hook: &recorder)
      for entry in reference.entries where entry.name.hasPrefix("\(number).") {
        let value = try #require(recorder.activations[String(entry.name.dropFirst(2))])
        let expected = try reference.tensor(named: entry.name)
        #expect(largestDifference(value, expected) < 1e-4, "\(entry.name)")
      }
    }
    #expect(model.name == name)
    #expect(model.transformer.weights.blocks[0].mlp.up.weight.packing != nil)
    #expect(model.transformer.weights.embedding.packing != nil)
    #expect(model.transformer.weights.blocks[0].attention.queryKeyValue[0].weight.packing != nil)
  }

  @Test func `texts begin and end as the file says`() throws {
    let llama = try Self.model("llama-Q8_0")
    #expect(llama.tokenizer.surrounding.before == [317] && llama.endTokens == [318])
    #expect(try llama.prompt("The baker reads").tokens == [317, 283, 265, 298, 274, 291, 284, 82])
    let qwen = try Self.model("qwen2-Q4_0")
    #expect(qwen.tokenizer.surrounding.before.isEmpty && qwen.endTokens == [319])
  }

  @Test func `Llama 3's scaling is found behind the speeds that it divides`() throws {
    let rotary = try #require(
      try Self.model("llama-tied-scaled-F16").transformer.configuration.architecture.rotary
    )
    // As config.json of the folder that the file was made of has it.
    #expect(
      rotary
        == Rotary(
          dimensions: 16,
          base: 500_000,
          scaling: .llama3(factor: 8, low: 1, high: 4, original: 64)
        )
    )
  }

  @Test(arguments: [
    (128, 500_000.0, 8.0, 1.0, 4.0, 8192.0), (64, 500_000, 32, 1, 4, 8192),
    (64, 500_000, 8, 1, 4, 512), (16, 10_000, 8, 2, 3, 1000),
  ])
  func `whatever Llama 3's scaling was, the same speeds come of it`(
    dimensions: Int,
    base: Double,
    factor: Double,
    low: Double,
    high: Double,
    original: Double
  ) throws {
    let plain = Rotary(dimensions: dimensions, base: base)
    var scaled = plain
    scaled.scaling = .llama3(factor: factor, low: low, high: high, original: original)
    let divisors = zip(plain.speeds, scaled.speeds).map { Double(Float($0 / $1)) }
    var found = plain
    found.scaling = Rotary.Scaling(dividing: plain.speeds, by: divisors)
    for (speed, expected) in zip(found.speeds, scaled.speeds) {
      #expect(abs(speed / expected - 1) < 1e-5)
    }
    #expect(Rotary.Scaling(dividing: plain.speeds, by: divisors.map { $0 * $0 + 0.5 }) == nil)
  }

  @Test func `a tensor that is missing, or not finite, is named`() throws {
    var bytes = try Data(contentsOf: URL(filePath: Self.path("qwen2-Q4_0")))
    func failure(_ bytes: Data) -> String? {
      do throws(CheckpointError) {
        _ = try Model(gguf: Bytes(copying: bytes), file: "x.gguf", name: "x")
        return nil
      } catch { return error.description }
    }
    let whole = bytes
    let name = try #require(bytes.range(of: Data("blk.1.ffn_up.weight".utf8)))
    bytes.replaceSubrange(name, with: Data("blk.1.ffn_uq.weight".utf8))
    #expect(failure(bytes) == "x.gguf: tensor blk.1.ffn_up.weight is missing")
    bytes = whole
    let checkpoint = try GGUFCheckpoint(Bytes(copying: whole), name: "x.gguf")
    let entry = try #require(checkpoint.file.header.entry(named: "blk.0.ffn_down.weight"))
    // The scale of the third block becomes infinite.
    bytes[entry.bytes.lowerBound + 2 * 18 + 1] = 0x7C
    bytes[entry.bytes.lowerBound + 2 * 18] = 0
    #expect(
      failure(bytes)
        == "x.gguf: tensor blk.0.ffn_down.weight holds a value that is not finite (element 64)"
    )
    let kind = try #require(whole.range(of: Data("qwen2".utf8)))
    bytes = whole
    bytes.replaceSubrange(kind, with: Data("qwen9".utf8))
    #expect(failure(bytes)?.contains("qwen9") == true)
  }

  @Test func `a file with any byte of its header changed opens, or says what is wrong`() throws {
    let whole = try Data(contentsOf: URL(filePath: Self.path("qwen2-Q4_0")))
    let checkpoint = try GGUFCheckpoint(Bytes(copying: whole), name: "x.gguf")
    let end = checkpoint.file.header.entries.map(\.bytes.lowerBound).min() ?? 0
    var opened = 0
    for place in stride(from: 4, to: end, by: 7) {
      for value: UInt8 in [0, 0xFF, whole[place] ^ 1] {
        var bytes = whole
        bytes[place] = value
        guard let model = try? Model(gguf: Bytes(copying: bytes), file: "x.gguf", name: "x") else {
          continue
        }
        opened += 1
        guard opened.isMultiple(of: 20), let tokens = try? model.prompt("The baker").tokens else {
          continue
        }
        #expect(
          model.transformer.nextLogits(after: tokens).count
            == model.transformer.configuration.dVocab
        )
      }
    }
    #expect(opened > 0)
  }

  @Test func `parameters are counted as they are stored`() throws {
    for name in Self.files {
      let checkpoint = try GGUFCheckpoint(Self.path(name))
      let stored = try checkpoint.count()
      let other = name == "llama-tied-scaled-F16" ? Int64(8) : 0
      #expect((stored.others?.elements ?? 0) == other)
      #expect(checkpoint.configuration.parameterCount?.parameters == stored.elements - other)
    }
  }
}
