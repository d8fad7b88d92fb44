import Embeddings
import Files
import Tensors
import TestSupport
import Testing

@Suite struct WordVectorsFileTests {
  @Test(
    arguments: [
      "glove.txt", "word2vec.txt", "fasttext.vec", "word2vec.bin", "word2vec-c.bin", "matrix.npy",
      "fortran.npy", "double.npy",
    ]
  )
  func `every format holds the same words and numbers`(file: String) throws {
    let expected = try WordFixture.load()
    let read = try WordVectors(contentsOf: WordFixture.path(file))
    #expect((0..<read.words.count).map { read.words[$0] } == expected.words)
    #expect(read.vectors.shape == [12, 6])
    #expect(read.vectors.values == expected.vectors.flatMap { $0 })
    for (row, word) in expected.words.enumerated() { #expect(read.words.row(of: word) == row) }
    #expect(read.words.row(of: "kings") == nil)
  }

  @Test func `halves are rounded as NumPy rounds them`() throws {
    let expected = try WordFixture.load()
    let read = try WordVectors(contentsOf: WordFixture.path("half.npy"))
    for (value, exact) in zip(read.vectors.values, expected.vectors.flatMap { $0 }) {
      #expect(abs(value - exact) <= abs(exact) / 2048)
    }
  }

  @Test func `blanks at ends, tabs, line ends of Windows and a missing last one are read`() throws {
    let folder = try TemporaryFolder()
    let texts = [
      "a 1 2\nb 3 4", "a 1 2\r\nb 3 4\r\n", "a\t1\t2 \nb  3  4\n\n", "\u{FEFF}a 1 2\nb 3 4\n",
    ]
    for text in texts {
      let read = try WordVectors(contentsOf: folder.write(text.utf8))
      #expect(read.words.row(of: "b") == 1, "\(text)")
      #expect(read.words.row(of: "a") == 0, "\(text)")
      #expect(read.vectors.values == [1, 2, 3, 4], "\(text)")
    }
  }

  @Test func `many parts read at once keep their order`() throws {
    let folder = try TemporaryFolder()
    // Some 9 MB, more than two parts.
    let count = 300_000
    var text = ""
    for row in 0..<count { text += "w\(row) \(row).5 -0.25 1e-3 \(row % 7)\n" }
    let read = try WordVectors(contentsOf: folder.write(text.utf8))
    #expect(read.vectors.shape == [count, 4])
    for row in stride(from: 0, to: count, by: 997) {
      #expect(read.words[row] == "w\(row)")
      #expect(read.vectors.slice(row).values == [Float(row) + 0.5, -0.25, 0.001, Float(row % 7)])
    }
    text += "x 1 2 3\n"
    let error = #expect(throws: WordVectorsError.self) {
      try WordVectors(contentsOf: folder.write(text.utf8))
    }
    #expect(error?.description.contains("line \(count + 1):") == true)
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    var text: String
    var complaint: String
    init(_ text: String, _ complaint: String) { (self.text, self.complaint) = (text, complaint) }
    var testDescription: String { complaint }
  }

  @Test(arguments: [
    Broken("a 1 2 3\nb 1 2\n", "line 2: “b” has 2 numbers; line 1 has 3"),
    Broken("a 1 2 3\nb 1 2 3 4\n", "line 2: “b” has 4 numbers; line 1 has 3"),
    Broken("a 1 2\nb\n", "line 2: “b” has 0 numbers; line 1 has 2"),
    Broken("5 2\na 1 2\nb 1 2\n", "line 1: the header promises 5 words; 2 lines follow"),
    Broken("2 3\na 1 2\nb 1 2\n", "line 2: “a” has 2 numbers; the header promises 3"),
    Broken("0 3\n", "line 1: the header promises no words or no numbers"),
    Broken("3 2\n", "line 1: the header promises 3 words; 0 lines follow"),
    Broken("99999999999999999999 2\na 1 2\n", "words; 1 lines follow"),
    Broken("a 1 2\nb 1 nan\n", "line 2: number 2 of “b” is not finite: nan"),
    Broken("a 1 -inf\n", "line 1: number 2 of “a” is not finite: -inf"),
    Broken("a 1 1e99\n", "line 1: number 2 of “a” is not finite: 1e99"),
    Broken("a 1 0x1\n", "line 1: number 2 of “a” is no number: “0x1”"),
    Broken("a 1 2\nb 1 2\na 3 4\n", "line 3: “a” stands on line 1 already"),
    Broken("a 1 2\nnew york 1 2\n", "line 2: “new york” is a word with spaces"),
    Broken("a 1 2\n\nb 1 2\n", "line 2: is empty"),
    Broken("a 1 2\n 1 2\n", "line 2: begins with a blank"),
    Broken("hello\n", "line 1: a word without numbers"),
    Broken(" \n\n", "has no words"),
    Broken("", "is empty"),
    Broken("PK\u{3}\u{4}", "is a zip archive"),
  ])
  func `what is wrong is said with its line`(broken: Broken) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(broken.text.utf8)
    let error = #expect(throws: WordVectorsError.self) { try WordVectors(contentsOf: path) }
    #expect(error?.description.contains(broken.complaint) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasPrefix(path) == true)
  }

  @Test func `a line that does not end is refused`() throws {
    let folder = try TemporaryFolder()
    let zeros = try folder.write([UInt8](repeating: 0, count: 3 << 20))
    let error = #expect(throws: WordVectorsError.self) { try WordVectors(contentsOf: zeros) }
    #expect(error?.description.contains("line 1: is longer than") == true)
    let late = "a 1 2\nb 1 2\nc" + String(repeating: " 1", count: 6 << 20)
    let path = try folder.write(late.utf8, to: "late")
    let other = #expect(throws: WordVectorsError.self) { try WordVectors(contentsOf: path) }
    #expect(other?.description.contains("line 3: is longer than") == true, "\(other as Any)")
  }

  @Test func `bad lines are left out where that is asked for`() throws {
    let folder = try TemporaryFolder()
    // Some megabytes, so that gaps between parts have to be closed too.
    var (text, kept) = ("", [Float]())
    for row in 0..<300_000 {
      let isBad = row % 1000 == 7
      text += isBad ? "new york \(row) 1.25 0.5 -3\n" : "word\(row) \(row) 1.25 0.5 -3\n"
      if !isBad { kept.append(Float(row)) }
    }
    let path = try folder.write(text.utf8)
    let read = try WordVectors(contentsOf: path, skippingBadLines: true)
    #expect(read.vectors.shape == [299_700, 4] && read.words.count == 299_700)
    #expect(read.skipped?.count == 300)
    #expect(read.skipped?.first.description.contains("line 8: “new york”") == true)
    for row in stride(from: 0, to: kept.count, by: 613) {
      #expect(read.vectors[row, 0] == kept[row] && read.vectors[row, 3] == -3)
      #expect(read.words[row] == "word\(Int(kept[row]))")
    }
    let late = try folder.write("a 1\nb c".utf8)
    #expect(try WordVectors(contentsOf: late, skippingBadLines: true).words.count == 1)
  }

  // MARK: Binary

  /// A binary file of two words with two numbers each.
  private func binary(header: String, words: [String], values: [Float]) -> [UInt8] {
    var bytes = Array("\(header)\n".utf8)
    for (row, word) in words.enumerated() {
      bytes += Array("\(word) ".utf8)
      for value in values[row * 2..<row * 2 + 2] {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
      }
    }
    return bytes
  }

  @Test(arguments: [
    ("3 2", ["a", "b"], [1, 2, 3, 4] as [Float], "no whole word follows after 2"),
    ("1 2", ["a", "b"], [1, 2, 3, 4], "promises 1 words, but 10 bytes follow"),
    ("2 3", ["a", "b"], [1, 2, 3, 4], "no whole word follows after 1"),
    ("99999999999 2", ["a"], [1, 2], "promises 99999999999 words"),
    ("2 2", ["a", "a"], [1, 2, 3, 4], "word 2, “a”, is word 1 already"),
    ("2 2", ["a", "b"], [1, 2, .nan, 4], "number 1 of word 2, “b”, is not finite: nan"),
  ])
  func `a binary file that lies is refused`(
    header: String,
    words: [String],
    values: [Float],
    complaint: String
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(binary(header: header, words: words, values: values))
    let error = #expect(throws: WordVectorsError.self) { try WordVectors(contentsOf: path) }
    #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
  }

  // MARK: NumPy

  private func numpy(_ header: String, _ data: [UInt8]) -> [UInt8] {
    [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + data
  }

  @Test(arguments: [
    ("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 2), }", "not “>f4”"),
    ("{'descr': '|O', 'fortran_order': False, 'shape': (1, 2), }", "not “|O”"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "not of shape 2"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (9, 2), }", "9 × 2 numbers of 4 bytes; 8"),
    (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 9), }",
      "9223372036854775807 × 9"
    ),
    ("{}", "must be floats"),
  ])
  func `a matrix that is none is refused`(header: String, complaint: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(numpy(header, [UInt8](repeating: 0, count: 8)))
    let error = #expect(throws: WordVectorsError.self) { try WordVectors(contentsOf: path) }
    #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
  }

  @Test func `the words of a matrix are looked for beside it, or named`() throws {
    let folder = try TemporaryFolder()
    let data = [Float(1), 2].flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }"
    let path = try folder.write(numpy(header, data), to: "m.npy")
    let missing = #expect(throws: WordVectorsError.self) { try WordVectors(contentsOf: path) }
    #expect(missing?.description.contains("m.words.txt") == true)
    let list = try folder.write("a\nb\n".utf8, to: "list")
    #expect(try WordVectors(contentsOf: path, words: list).words.row(of: "b") == 1)
    for (name, other) in [("vocab.txt", "c"), ("m.words", "d"), ("m.words.txt", "e")] {
      _ = try folder.write("a\n\(other)\n".utf8, to: name)
      #expect(try WordVectors(contentsOf: path).words.row(of: other) == 1)
    }
    for (text, complaint) in [
      ("a\nb c\n", "line 2: “b c” has a blank"), ("a\n\n", "line 2: is empty"),
      ("a\n", "has 1 words"), ("a\na\n", "line 2: “a” stands on line 1 already"),
    ] {
      let list = try folder.write(text.utf8, to: "list")
      let error = #expect(throws: WordVectorsError.self) {
        try WordVectors(contentsOf: path, words: list)
      }
      #expect(error?.description.contains(complaint) == true, "\(error as Any)")
    }
  }
}
