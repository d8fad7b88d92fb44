import Foundation
import Testing

/// What the articles of the documentation's catalogue say of the sources.
@Suite struct CatalogueTests {
  static let catalogue = ShownCommand.root.appending(path: "Sources/explain/explain.docc")

  static let articles: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: catalogue.path)) ?? []
    return files.filter { $0.hasSuffix(".md") }.sorted()
  }()

  private func text(_ article: String) throws -> String {
    try String(contentsOf: Self.catalogue.appending(path: article), encoding: .utf8)
  }

  @Test func `every target of the house has a page`() throws {
    let files = FileManager.default
    let sources = ShownCommand.root.appending(path: "Sources").path
    let targets = try files.contentsOfDirectory(atPath: sources).filter { target in
      let inside = files.enumerator(atPath: "\(sources)/\(target)")?.compactMap { $0 as? String }
      return inside?.contains { $0.hasSuffix(".swift") } == true
        && !["explain", "Benchmarks"].contains(target)
    }
    let pages = try files.contentsOfDirectory(atPath: Self.catalogue.path + "/Modules")
    #expect(Set(pages) == Set(targets.map { $0 + ".md" }))
  }

  @Test(arguments: articles)
  func `a path that an article names is there`(article: String) throws {
    for path in try text(article).matches(of: /`((?:Sources|Tests|examples|\.ci)\/[^`\s]+)`/) {
      let file = ShownCommand.root.appending(path: String(path.1))
      #expect(FileManager.default.fileExists(atPath: file.path), "\(path.1)")
    }
  }

  @Test func `what the article on architectures quotes stands in the sources`() throws {
    let sources = try ["Traces", "Transformer", "Walkthrough"].flatMap { target -> [String] in
      let folder = ShownCommand.root.appending(path: "Sources/\(target)").path
      let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
      return try files.filter { $0.hasSuffix(".swift") }.map {
        try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
      }
    }
    let quotes = try text("AddingAnArchitecture.md").matches(of: /```swift\n((?s:.*?))```/)
    #expect(quotes.count >= 7)
    for quote in quotes {
      #expect(sources.contains { $0.contains(quote.1) }, "\(quote.1)")
    }
  }

  /// The table of a block's parameters, against the fixture that it is of.
  @Test func `the parameters that it lists are those of the checkpoint`() throws {
    let folder = ShownCommand.root.appending(path: "Tests/Fixtures/architectures/qwen3")
    let file = try Data(contentsOf: folder.appending(path: "model.safetensors"))
    let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let header = try JSONSerialization.jsonObject(with: file.dropFirst(8).prefix(length))
    let tensors = try #require(header as? [String: Any])
    var listed: [String: [Int]] = [:]
    for row in try text("AddingAnArchitecture.md").matches(
      of: /(?m)^\| `\w+` \| `([\w.]+)` \| ([0-9 ×]+) \| `[\w.]+` \|$/
    ) {
      listed[String(row.1)] = row.2.split(separator: " × ").compactMap { Int($0) }
    }
    let prefix = "model.layers.0."
    let stored = tensors.filter { $0.key.hasPrefix(prefix) }
    #expect(listed.count == stored.count)
    for (name, shape) in listed {
      let entry = tensors[prefix + name] as? [String: Any]
      #expect(entry?["shape"] as? [Int] == shape, "\(name)")
    }
  }
}
