import Foundation
import Testing

/// The rooms of the house and the walls between them, read from the source.
@Suite struct ArchitectureTests {
  /// From prompt to page: what each target may import of the package's own.
  static let core: [String: Set<String>] = [
    "Platform": ["CPlatform"],
    "Formats": [],
    "Tensors": ["CKernels", "CSystem", "Platform", "Formats"],
    "Tokenization": ["Platform", "Formats"],
    "Embeddings": ["Platform", "Formats", "Tensors"],
    "Sampling": ["Platform", "Tensors"],
    "Traces": ["Platform", "Formats", "Tensors"],
    "Transformer": [
      "Platform", "Formats", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces",
    ],
    "Attribution": ["Platform", "Tensors", "Tokenization", "Traces", "Transformer"],
    "Graphics": ["Platform"],
    "Packing": ["Platform"],
    "Walkthrough": ["Platform", "Traces", "Tensors", "Embeddings", "Graphics"],
    "Pages": [
      "Platform", "Formats", "Traces", "Walkthrough", "Graphics", "Packing", "CAssets",
    ],
    "Engine": [
      "Platform", "Formats", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces",
      "Transformer", "Attribution", "Walkthrough", "Pages", "Calls",
    ],
    "Calls": ["Formats", "Walkthrough"],
    "Training": [
      "Platform", "Formats", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces",
      "Transformer",
    ],
    "LessonEngine": [
      "Formats", "Tensors", "Tokenization", "Sampling", "Transformer", "Training", "Walkthrough",
      "Pages", "Calls",
    ],
  ]

  /// Likewise of what brings bytes in and carries results out.
  static let edges: [String: Set<String>] = [
    "ChatTemplates": ["Formats", "Tokenization"],
    "Files": [
      "CSystem", "Platform", "Formats", "Tensors", "Tokenization", "Embeddings", "Traces",
      "Transformer", "ChatTemplates",
    ],
    "TrainingFiles": [
      "Platform", "Formats", "Tensors", "Traces", "Transformer", "Training", "Files",
    ],
    "Lessons": [
      "Platform", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces", "Transformer",
      "Training", "LessonEngine", "Graphics", "Walkthrough",
    ],
    "ExplainCLI": [
      "Platform", "Formats", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces",
      "Transformer", "Attribution", "Training", "TrainingFiles", "LessonEngine", "Lessons",
      "Graphics", "Walkthrough", "Pages", "Engine",
      "Files",
      "ChatTemplates",
      "CAssets", "CSystem",
    ],
    "explain": ["ExplainCLI", "Platform"],
  ]

  static let allowed = core.merging(edges) { core, _ in core }
  private static let c: Set<String> = ["CKernels", "CAssets", "CSystem", "CPlatform"]

  static let sources = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources")

  private func files(below folder: URL, _ endings: Set<String>) -> [URL] {
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (all?.allObjects as? [URL] ?? []).filter { endings.contains($0.pathExtension) }
  }

  @Test(arguments: allowed.keys.sorted())
  func `a target imports only what stands to its left`(target: String) throws {
    let own = Set(Self.allowed.keys).union(Self.c)
    let files = files(below: Self.sources.appending(path: target), ["swift"])
    #expect(!files.isEmpty)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      // An import stands on one line: the next line's may follow it at once.
      let imports = /(?m)^[ \t]*(?:[@a-z()]+[ \t]+)*import[ \t]+(?:[a-z]+[ \t]+)?(\w+)/
      for match in text.matches(of: imports) {
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

  @Test(arguments: core.keys.sorted())
  func `the core opens no file and asks no system which one it is`(target: String) throws {
    for file in files(below: Self.sources.appending(path: target), ["swift"]) {
      let text = try String(contentsOf: file, encoding: .utf8)
      let name = file.lastPathComponent
      for library in ["Foundation", "FoundationEssentials", "Glibc", "Darwin"]
      where target != "Platform" {
        #expect(!text.contains("import \(library)"), "\(name): \(library)")
      }
      #expect(target == "Platform" || !text.contains("canImport("), "\(name)")
      let words = text.split(separator: "\n").filter { !$0.trimmingPrefix(/\s*/).hasPrefix("//") }
      for forbidden in ["Mutex(", "fopen(", " mmap(", " as? any ", "try! ", "fatalError("] {
        #expect(!words.contains { $0.contains(forbidden) }, "\(name): \(forbidden)")
      }
    }
  }

  @Test func `every Swift target is known here`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
    let known = Set(Self.allowed.keys).union(Self.c).union(["Benchmarks", "CBenchmarks"])
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
