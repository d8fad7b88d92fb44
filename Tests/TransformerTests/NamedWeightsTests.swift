import Files
import TestSupport
import Tensors
import Testing
import Tokenization
import Traces
import Transformer

/// Weights under TransformerLens's names, held against what PyTorch made of them.
@Suite struct NamedWeightsTests {
  /// `result[row, column] = Σ read[i] · weight[at(i)]`, with a bias, for one place.
  private func product(
    _ read: [Float],
    _ weight: Numbers,
    from start: Int,
    step: Int
  ) -> Float {
    read.enumerated().reduce(0) { $0 + $1.element * weight[place: start + $1.offset * step] }
  }

  private func bias(_ weight: Numbers, _ place: Int) -> Float {
    weight[place: place]
  }

  @Test func `each head's queries, results, neurons and logits are products with them`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let t = model.transformer
    var options = RecordingOptions()
    options.recordsFacts = false
    let trace = try model.record("The king", tokens: model.tokenizer.encode("The king"), options)
    func weight(_ name: String) throws -> Numbers { try #require(t.parameter(named: name)) }
    let (width, d) = (t.configuration.dModel, t.configuration.dHead)
    for layer in 0..<t.configuration.layerCount {
      let read = try #require(trace[.normOut(.beforeAttention(layer: layer))]).slice(1).values
      let parts: [(String, HookPoint)] = [("Q", .q(layer)), ("K", .k(layer)), ("V", .v(layer))]
      for (letter, hook) in parts {
        let recorded = try #require(trace[hook])
        let matrix = try weight("blocks.\(layer).attn.W_\(letter)")
        let added = try weight("blocks.\(layer).attn.b_\(letter)")
        #expect(matrix.shape == [t.configuration.headCount, width, d])
        for head in 0..<t.configuration.headCount {
          let sum = product(read, matrix, from: head * width * d + 3, step: d)
          #expect(abs(sum + bias(added, head * d + 3) - recorded[1, head, 3]) < 1e-4)
          let z = try #require(trace[.z(layer)]).slice(1, head).values
          let output = try weight("blocks.\(layer).attn.W_O")
          let written = product(z, output, from: head * d * width + 5, step: width)
          #expect(abs(written - (try #require(trace[.result(layer)]))[1, head, 5]) < 1e-4)
        }
      }
      let neurons = t.configuration.dMLP
      let into = try #require(trace[.normOut(.beforeMLP(layer: layer))]).slice(1).values
      let up = product(into, try weight("blocks.\(layer).mlp.W_in"), from: 7, step: neurons)
      let pre = try #require(trace[.mlpPre(layer)])[1, 7]
      #expect(abs(up + bias(try weight("blocks.\(layer).mlp.b_in"), 7) - pre) < 1e-4)
    }
    let last = try #require(trace[.normOut(.final)]).slice(1).values
    let unembedding = try weight("unembed.W_U")
    #expect(unembedding.shape == [width, t.configuration.dVocab])
    let logit = product(last, unembedding, from: 11, step: t.configuration.dVocab)
    #expect(abs(logit - (try #require(trace[.logits]))[1, 11]) < 1e-4)
  }

  @Test(arguments: [
    "", "blocks", "blocks.9.attn.W_Q", "blocks.0.attn.W_X", "blocks.x.attn.W_Q", "embed.W_U",
    "blocks.0.attn.W_Q.0",
  ])
  func `what is no weight has no numbers`(name: String) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    #expect(model.transformer.parameter(named: name) == nil)
  }
}
