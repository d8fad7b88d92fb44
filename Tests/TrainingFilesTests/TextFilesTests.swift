import Foundation
import TestSupport
import Testing
import Training
import TrainingFiles

/// Reading a corpus, and what cannot be one.
@Suite struct TextFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ bytes: some Sequence<UInt8>) throws -> String {
    let path = "\(folder.path)/corpus.txt"
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  @Test func `a mark ends a text`() throws {
    let path = try file("one\n<|endoftext|>two<|endoftext|>  \n<|endoftext|>".utf8)
    let texts = try TextFiles.texts(in: [path, path]).map { String(decoding: $0, as: UTF8.self) }
    #expect(texts == ["one\n", "two", "one\n", "two"])
  }

  private func split(_ texts: [[UInt8]]) -> (training: [[UInt8]], validation: [[UInt8]]) {
    let texts = TrainingSource.Texts(splitting: texts)
    return (texts.training, texts.validation)
  }

  @Test func `a part is kept back, and nothing is lost`() {
    let one = Array(String(repeating: "word ", count: 200).utf8)
    let (training, validation) = split([one])
    #expect(training[0] + validation[0] == one)
    #expect(20...80 ~= validation[0].count)
    let many = (0..<40).map { Array("text \($0)".utf8) }
    let parts = split(many)
    #expect(parts.training + parts.validation == many)
    #expect(parts.validation.count == 2)
    // Text without a space anywhere.
    #expect(split([Array("東京東京東京東京".utf8)]).training.count == 1)
  }

  @Test func `what is no corpus is named with what is wrong`() throws {
    #expect(throws: TrainingError.missing(path: "\(folder.path)/none")) {
      try TextFiles.texts(in: ["\(folder.path)/none"])
    }
    let path = try file([])
    #expect(throws: TrainingError.corpus(path: path, problem: "the file is empty")) {
      try TextFiles.texts(in: [path])
    }
    _ = try file([0x61, 0x62, 0xFF, 0x63])
    #expect(
      throws: TrainingError.corpus(
        path: path,
        problem: "byte 2 is not UTF-8; a corpus is a text file"
      )
    ) { try TextFiles.texts(in: [path]) }
    #expect(throws: TrainingError.self) { try TextFiles.texts(in: [folder.path]) }
  }

  @Test func `a corpus of 5 GB is refused before it is read`() throws {
    let path = try file([])
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    // A hole: it takes no room on the disk.
    try handle.truncate(atOffset: 5 << 30)
    try handle.close()
    #expect(throws: TrainingError.self) { try TextFiles.texts(in: [path]) }
  }
}
