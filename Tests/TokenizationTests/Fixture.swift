import Files
import Foundation
import Testing
import Tokenization

/// The files beside these tests; `Fixtures/make_references.py` says how they came to be.
enum Fixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures").path

  /// One text, and its tokens by Hugging Face's tokenizers.
  struct Case: Decodable {
    let text: String
    private let tiny, starter, prefixed, added: [Int]

    /// The tokens by a vocabulary; `starter, prefixed` is that with a space before the text.
    func ids(by name: String) -> [Int]? {
      ["tiny": tiny, "starter": starter, "starter, prefixed": prefixed, "tiny-added": added][name]
    }
  }

  static func cases() throws -> [Case] {
    let json = try Data(contentsOf: URL(filePath: folder + "/references.json"))
    return try JSONDecoder().decode([Case].self, from: json)
  }

  static func tokenizer(_ name: String) throws -> Tokenizer {
    try Tokenizer(folder: "\(folder)/\(name)")
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: "\(folder)/\(path)")))
  }
}

/// A folder with these files, gone when `body` is done.
func withFolder<Result>(
  _ files: [String: String],
  _ body: (String) throws -> Result
) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, text) in files {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }
  return try body(folder.path)
}

/// The error that files end in, its folder cut off.
func failure(of files: [String: String]) throws -> String {
  try withFolder(files) { folder in
    let error = #expect(throws: TokenizationError.self) { try Tokenizer(folder: folder) }
    return try #require(error).description.replacingOccurrences(of: folder + "/", with: "")
  }
}
