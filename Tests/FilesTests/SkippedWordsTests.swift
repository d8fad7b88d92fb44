import Embeddings
import Files
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct SkippedWordsTests {
  private let rows: [(word: String, vector: [Float])] = [
    ("king", [1, 0, 0.5]), ("queen", [0.9, 0.1, 0.6]), ("", [9, 9, 9]),
    ("cat", [0.1, -1, 0.3]), ("nan", [.nan, 0, 0]), ("king", [-1, 0, -0.5]),
  ]

  private func binary(_ rows: [(word: String, vector: [Float])]) -> [UInt8] {
    var bytes = Array("\(rows.count) 3\n".utf8)
    for (word, vector) in rows {
      bytes += word.utf8 + [UInt8(ascii: " ")]
      for number in vector {
        bytes += withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  @Test func `of equal words in a binary file the first is kept, as gensim keeps it`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(binary(rows))
    let read = try WordVectors(contentsOf: path, skippingBadLines: true)
    #expect((0..<read.words.count).map { read.words[$0] } == ["king", "queen", "cat"])
    #expect(read.vectors.values == [1, 0, 0.5, 0.9, 0.1, 0.6, 0.1, -1, 0.3])
    #expect(read.skipped?.count == 3)
    #expect(read.skipped?.first.description.hasSuffix("word 3 is empty") == true)
  }

  @Test func `an empty or repeated word is named where nothing is skipped`() throws {
    let folder = try TemporaryFolder()
    let empty = #expect(throws: WordVectorsError.self) {
      try WordVectors(contentsOf: folder.write(binary(rows)))
    }
    #expect(empty?.description.hasSuffix("word 3 is empty") == true)
    let twice = #expect(throws: WordVectorsError.self) {
      try WordVectors(contentsOf: folder.write(binary([rows[0], rows[1], rows[5]])))
    }
    #expect(twice?.description.hasSuffix("word 3, “king”, is word 1 already") == true)
  }

  @Test func `of equal words in a text the first is kept, and it is said how many were not`() throws
  {
    let folder = try TemporaryFolder()
    let text = "6 2\nking 1 0\nqueen 1 1\nking 5 5\nbad 1\ncat 0 1\nking 7 7\n"
    let read = try WordVectors(contentsOf: folder.write(text.utf8), skippingBadLines: true)
    #expect((0..<read.words.count).map { read.words[$0] } == ["king", "queen", "cat"])
    #expect(read.vectors.values == [1, 0, 1, 1, 0, 1])
    #expect(read.skipped?.count == 3)
  }

  @Test func `a byte order mark before a list of words is no part of its first word`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/n.npy"
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
    bytes += header.utf8
    for number in [1, 0, 0, 1] as [Float] {
      bytes += withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
    }
    try Data(bytes).write(to: URL(filePath: path))
    try Data("\u{FEFF}king\nqueen".utf8).write(to: URL(filePath: "\(folder.path)/n.words.txt"))
    let read = try WordVectors(contentsOf: path)
    #expect(read.words.row(of: "king") == 0)
  }

  @Test func `a Git LFS pointer in place of vectors is said to be one`() throws {
    let folder = try TemporaryFolder()
    let text = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n"
    let error = #expect(throws: WordVectorsError.self) {
      try WordVectors(contentsOf: folder.write(text.utf8))
    }
    #expect(error?.description.contains("is a Git LFS pointer, not the file itself") == true)
  }
}
