import Foundation

/// A group of measurements under one name.
struct Suite {
  let name: String
  let summary: String
  /// Measures and prints; may be given a model folder, or a file.
  let measure: @Sendable (_ folder: String?) throws -> Void
}

extension Suite {
  static let all = [
    Suite(name: "kernels", summary: "matrix products and row functions") { _ in
      try benchmarkKernels()
    },
    Suite(name: "forward", summary: "a GPT-2-small-sized forward pass, or a model folder's") {
      try benchmarkForward(folder: $0)
    },
    Suite(name: "generate", summary: "tokens with a key–value cache, against memory and a peer") {
      try GenerateBenchmark.run(folder: $0)
    },
    Suite(
      name: "growth",
      summary: "the page over 4 to 1024 tokens, and 1 million to 1.5 billion parameters"
    ) {
      try GrowthBenchmark.run(folder: $0)
    },
    Suite(name: "words", summary: "word vectors: reading, neighbours, principal components") {
      try WordsBenchmark.run(file: $0)
    },
    Suite(name: "train", summary: "learning: tokens a second, against a peer") { _ in
      try TrainBenchmark.run()
    },
    Suite(name: "tokenization", summary: "text to tokens, the built-in model's or a folder's") {
      try TokenizationBenchmark.run(folder: $0 ?? builtInModel)
    },
  ]

  /// Where the built-in model's files lie in this package.
  private static let builtInModel = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "CAssets/Files/model").path

  /// Runs what `requests` name, `suite` or `suite=folder`; everything if they name nothing, or `all`,
  /// which writes what was measured to `output/benchmarks.json` too.
  static func run(_ requests: [String]) {
    guard requests != ["all"] else {
      run([])
      let path = "output/benchmarks.json"
      do { try Results.write(to: path) } catch { stop("\(path): \(error)", code: 73) }
      return print("written to \(path)")
    }
    var folders: [String: String?] = [:]
    for request in requests {
      let parts = request.split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = parts.first, all.contains(where: { $0.name == name }) else {
        let list = all.map { "\n  \($0.name): \($0.summary)" }.joined()
        stop("no suite named “\(request)”; there are:\(list)", code: 64)
      }
      folders[name] = parts.count == 2 ? parts[1] : .some(nil)
    }
    for suite in all where folders.isEmpty || folders[suite.name] != nil {
      print("\(suite.name): \(suite.summary)")
      do {
        try suite.measure(folders[suite.name] ?? nil)
      } catch {
        stop("\(suite.name): \(error)", code: 1)
      }
    }
  }
}

/// Ends the program with a message.
func stop(_ complaint: String, code: Int32) -> Never {
  FileHandle.standardError.write(Data("Benchmarks: \(complaint)\n".utf8))
  exit(code)
}
