import Files
import Foundation
import TestSupport
import Testing
import Tensors
import Traces

/// What the commands that print results print.
@Suite struct CommandOutputTests {
  struct Head: Decodable {
    var layer: Int
    var head: Int
    var tokens: [String]
    var pattern: [[Float]]
  }

  private func decode<T: Decodable>(_ type: T.Type, _ outcome: Outcome) throws -> T {
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    return try JSONDecoder().decode(type, from: Data(outcome.output.utf8))
  }

  // MARK: heatmap

  @Test(arguments: ["en", "ja"])
  func `one blank line stands between a step's blocks`(language: String) throws {
    let result = try ExplainProcess()("steps", "Hello", "--language", language)
    #expect(result.code == 0 && result.output.contains("\n\n"))
    #expect(!result.output.contains("\n\n\n"))
  }

  @Test func `heatmaps as JSON are the patterns of every head`() throws {
    let explain = try ExplainProcess()
    let heads = try decode(
      [Head].self,
      try explain("heatmap", "O Romeo, Romeo", "--format", "json")
    )
    #expect(heads.count == 16)
    #expect(heads.map { [$0.layer, $0.head] } == (0..<16).map { [$0 / 4, $0 % 4] })
    for head in heads {
      #expect(head.tokens.joined() == "O Romeo, Romeo")
      for (query, row) in head.pattern.enumerated() {
        #expect(abs(row.reduce(0, +) - 1) < 1e-5)
        #expect(row[(query + 1)...].allSatisfy { $0 == 0 })
      }
    }
  }

  @Test func `layer and head choose`() throws {
    let explain = try ExplainProcess()
    let one = try decode(
      [Head].self,
      try explain("heatmap", "Hello", "--format", "json", "--layer", "2", "--head", "3")
    )
    #expect(one.map { [$0.layer, $0.head] } == [[2, 3]])
    let four = try decode(
      [Head].self,
      try explain("heatmap", "Hello", "--format", "json", "--head", "1")
    )
    #expect(four.map { [$0.layer, $0.head] } == [[0, 1], [1, 1], [2, 1], [3, 1]])
  }

  @Test func `heatmaps as CSV hold the same numbers as JSON`() throws {
    let explain = try ExplainProcess()
    let prompt = "a \"b\", c"
    let heads = try decode([Head].self, try explain("heatmap", prompt, "--format", "json"))
    let csv = try explain("heatmap", prompt, "--format", "csv").output
    let rows = csv.split(separator: "\r\n").dropFirst()
    let numbers = rows.compactMap { $0.split(separator: ",").last.flatMap { Float($0) } }
    #expect(numbers == heads.flatMap { $0.pattern.joined() })
  }

  @Test func `heatmaps as SVG are a file a head and an overview`() throws {
    let explain = try ExplainProcess()
    let result = try explain("heatmap", "O Romeo", "-o", "maps")
    #expect(result.code == 0)
    let names = explain.names(in: "maps").filter { $0.hasSuffix(".svg") }
    let heads = (0..<4).flatMap { layer in (0..<4).map { "layer\(layer)-head\($0).svg" } }
    #expect(names == heads + ["overview.svg"])
    #expect(result.output.split(separator: "\n").count == 17)
    let single = try explain("heatmap", "O Romeo", "--layer", "0", "--head", "1", "-o", "-")
    #expect(try explain.text("maps/layer0-head1.svg") == single.output)
  }

  // MARK: trace, render

  @Test func `rendering a trace gives the page that the run gave`() throws {
    let explain = try ExplainProcess()
    #expect(try explain("O Romeo", "--still", "-o", "a").code == 0)
    #expect(try explain("render", "--still", "a/trace.safetensors", "-o", "b").code == 0)
    #expect(try explain("trace", "O Romeo", "-o", "t").code == 0)
    #expect(try explain.shell("diff -r a b && cmp t a/trace.safetensors").code == 0)
  }

  @Test func `a trace of some names holds only these`() throws {
    let explain = try ExplainProcess()
    #expect(
      try explain("trace", "Hello", "-o", "t", "--names", "blocks.*.hook_pattern,logits").code == 0
    )
    let file = try SafetensorsFile(contentsOf: explain.path("t"))
    #expect(
      file.entries.map(\.name) == (0..<4).map { "blocks.\($0).attn.hook_pattern" } + ["logits"]
    )
  }

  // MARK: inspect

  struct Listing: Decodable {
    struct Entry: Decodable {
      var name: String
      var shape: [Int]
      var dtype: String
      var min: Float?
      var max: Float?
      var mean: Double?
    }
    var metadata: [String: String]
    var tensors: [Entry]
  }

  @Test func `inspect lists what NumPy finds`() throws {
    let file = Fixtures.tinyGPT2 + "/reference-0.safetensors"
    let listing = try decode(
      Listing.self,
      try ExplainProcess()("inspect", file, "--format", "json")
    )
    let entries = Dictionary(uniqueKeysWithValues: listing.tensors.map { ($0.name, $0) })
    // numpy: a.min(), a.max(), a.astype(float64).mean() of the same file.
    let embed = try #require(entries["hook_embed"])
    #expect(embed.dtype == "F32")
    #expect(embed.shape == [5, 48])
    #expect(embed.min == -0.4208643)
    #expect(embed.max == 0.30822855)
    #expect(abs((embed.mean ?? 0) - -0.015343226429831703) < 1e-12)
    let scores = try #require(entries["blocks.0.attn.hook_attn_scores"])
    #expect(scores.shape == [3, 5, 5])
    #expect(scores.min == nil && scores.mean == nil)
    #expect(scores.max == 2.0332303)
    let logits = try #require(entries["logits"])
    #expect(logits.shape == [5, 487])
    #expect(abs((logits.mean ?? 0) - 0.002768030838557525) < 1e-12)
  }

  @Test func `inspect prints one tensor with every digit`() throws {
    let explain = try ExplainProcess()
    let path = Fixtures.tinyGPT2 + "/reference-0.safetensors"
    let name = "blocks.0.attn.hook_pattern"
    struct Values: Decodable {
      var name: String
      var shape: [Int]
      var values: [[[Float]]]
    }
    let printed = try decode(
      Values.self,
      try explain("inspect", path, "--tensor", name, "--format", "json")
    )
    let tensor = try SafetensorsFile(contentsOf: path).tensor(named: name)
    #expect(printed.name == name)
    #expect(printed.shape == tensor.shape)
    #expect(printed.values.joined().flatMap { $0 } == tensor.values)
    let csv = try explain("inspect", path, "--tensor", name, "--format", "csv").output
    #expect(csv.split { ",\r\n".contains($0) }.compactMap { Float($0) } == tensor.values)
  }

  @Test func `what is infinite is null in JSON`() throws {
    let explain = try ExplainProcess()
    _ = try explain("trace", "O Romeo", "-o", "t")
    let result = try explain(
      "inspect",
      "t",
      "--tensor",
      "blocks.0.attn.hook_attn_scores",
      "--format",
      "json"
    )
    struct Values: Decodable { var values: [[[Float?]]] }
    let scores = try decode(Values.self, result).values
    for matrix in scores {
      for (query, row) in matrix.enumerated() {
        #expect(row.map { $0 == nil } == row.indices.map { $0 > query })
      }
    }
  }

  @Test func `checks hold for an honest trace and fail for another`() throws {
    let explain = try ExplainProcess()
    _ = try explain("trace", "O Romeo", "-o", "t")
    let honest = try explain("inspect", "t", "--check")
    #expect(honest.code == 0)
    #expect(!honest.output.contains("broken"))

    var trace = try Trace(contentsOf: explain.path("t"))
    let hook = HookPoint.residMid(2)
    let tensor = try #require(trace[hook])
    var values = tensor.values
    values[7] += 0.5
    trace[hook] = Tensor(shape: tensor.shape, values: values)
    try trace.write(to: explain.path("t"))
    let broken = try explain("inspect", "t", "--check", "--width", "100")
    #expect(broken.code == 65)
    #expect(broken.output.contains("broken"))
    #expect(broken.output.contains("blocks.2.hook_resid_mid"))
    #expect(broken.errors.contains("2 of 10 laws are broken"))
  }
}
