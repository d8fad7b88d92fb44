import Files
import Attribution
import Foundation
import TestSupport
import Testing
import Traces
import Transformer

@Suite struct ActivationPatchingTests {
  /// What PyTorch found by `Tests/Fixtures/make_attribution.py`.
  private struct Reference: Decodable {
    var a: [Int], b: [Int], token: Int, against: Int
    var clean: Double, corrupted: Double
    var grids: [String: [[Double]]]
  }

  private func reference() throws -> Reference {
    let file = URL(filePath: Fixtures.path("patching.json"))
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  @Test(arguments: Patching.Part.allCases)
  func `each patched run is PyTorch's`(_ part: Patching.Part) throws {
    let reference = try reference()
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    let grid = ActivationPatching(of: reference.a, into: reference.b, by: model)
      .grid(part, Contrast(reference.token, against: reference.against))
    let expected = try #require(reference.grids[part.rawValue])
    #expect(grid.map(\.count) == expected.map(\.count))
    for (row, line) in zip(grid, expected) {
      #expect(zip(row, line).allSatisfy { agree($0, $1) }, "\(row) \(line)")
    }
  }

  @Test func `the whole stream at the last position brings the whole answer back`() throws {
    let reference = try reference()
    let model = try Model(folder: Fixtures.tinyGPT2).transformer
    // Of two prompts that differ in their last token alone, everything before it is the same.
    let b = Array(reference.a.dropLast()) + [9]
    let contrast = Contrast(reference.token, against: reference.against)
    let grid = ActivationPatching(of: reference.a, into: b, by: model).grid(.residPre, contrast)
    for row in grid { #expect(agree(row[row.count - 1], reference.clean)) }
  }
}
