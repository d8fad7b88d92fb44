import Foundation
import Testing

/// The rooms of the house and the walls between them, read from the source.
@Suite struct ArchitectureTests {
  /// What each target may import of the package's own.
  static let allowed: [String: Set<String>] = [
    "Tensors": ["CKernels", "CSystem"],
    "Tokenization": [],
    "Embeddings": ["Tensors"],
    "Traces": ["Tensors"],
    "Transformer": ["Tensors", "Tokenization", "Embeddings", "Traces"],
    "Attribution": ["Tensors", "Traces", "Transformer"],
    "Training": ["Tensors", "Tokenization", "Embeddings", "Traces", "Transformer"],
    "Graphics": [],
    "Packing": [],
    "Walkthrough": ["Traces", "Tensors", "Embeddings", "Graphics"],
    "Pages": ["Traces", "Walkthrough", "Graphics", "Packing", "CAssets"],
    "ExplainCLI": [
      "Tensors", "Tokenization", "Embeddings", "Traces", "Transformer", "Attribution", "Training",
      "Graphics",
      "Walkthrough", "Pages", "CAssets", "CSystem",
    ],
    "explain": ["ExplainCLI"],
  ]

  static let sources = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources")

  private func files(below folder: URL, _ endings: Set<String>) -> [URL] {
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (all?.allObjects as? [URL] ?? []).filter { endings.contains($0.pathExtension) }
  }

  @Test(arguments: allowed.keys.sorted())
  func `a target imports only what stands to its left`(target: String) throws {
    let own = Set(Self.allowed.keys).union(["CKernels", "CAssets", "CSystem"])
    let files = files(below: Self.sources.appending(path: target), ["swift"])
    #expect(!files.isEmpty)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /(?m)^\s*(?:[@a-z()]+\s+)*import\s+(?:\w+\s+)?(\w+)/) {
        let name = String(match.1)
        if own.contains(name) {
          #expect(
            Self.allowed[target]?.contains(name) == true,
            "\(file.lastPathComponent): \(name)"
          )
        }
      }
    }
  }

  @Test func `every Swift target is known here`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
    let known = Set(Self.allowed.keys).union([
      "CKernels", "CAssets", "CSystem", "Benchmarks", "CBenchmarks",
    ])
    #expect(Set(folders.filter { !$0.hasPrefix(".") }) == known)
  }

  @Test func `no source file has more than 400 lines`() throws {
    for file in files(below: Self.sources, ["swift", "c", "h", "css", "js"]) {
      let lines = try String(contentsOf: file, encoding: .utf8).split(
        separator: "\n",
        omittingEmptySubsequences: false
      )
      #expect(lines.count <= 400, "\(file.lastPathComponent)")
    }
  }
}
