public import Embeddings
import Formats
import Platform
import Tensors

extension WordVectors {
  /// Reads word vectors from a file, whatever its format: GloVe's text, word2vec's text and binary,
  /// fastText's `.vec`, or a matrix saved by NumPy as `.npy` with its words in a list.
  ///
  /// The contents tell the format, not the name.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - words: For a matrix: a file with one word a line. If not given, it is looked for beside it.
  ///   - skips: Whether bad lines of a text and bad words of a binary file are left out, of equal
  ///     words all but the first: some published files have a few.
  /// - Throws: ``WordVectorsError`` naming the file, and the line where there are lines.
  public init(
    contentsOf path: String,
    words: String? = nil,
    skippingBadLines skips: Bool = false
  ) throws(WordVectorsError) {
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch { throw .file(error) }
    guard !file.bytes.isEmpty else { throw .malformed(file: path, reason: "is empty") }
    if file.bytes.starts(with: NumPyFile.magic) {
      self = try Self.matrix(file, name: path, words: words)
      return
    }
    guard words == nil else {
      throw .malformed(file: path, reason: "has words of its own; --words goes with a .npy matrix")
    }
    if let other = Self.otherFormat(file.bytes) { throw .malformed(file: path, reason: other) }
    if let binary = BinaryVectors(file, name: path) {
      self = try binary.read(skipping: skips)
    } else {
      self = try TextVectors(file, name: path).read(skipping: skips)
    }
  }

  private static func matrix(
    _ file: MappedFile,
    name: String,
    words: String?
  ) throws(WordVectorsError) -> WordVectors {
    let vectors = try NumPyFile(file, name: name).matrix()
    let tried = WordListFile.paths(beside: name)
    guard let list = words ?? tried.first(where: { access($0, F_OK) == 0 }) else {
      throw .noWords(file: name, tried: tried)
    }
    let words = try WordListFile.read(list, rows: vectors.rows, of: name)
    if let position = vectors.firstNonFinite {
      let (row, column) = position.quotientAndRemainder(dividingBy: vectors.columns)
      throw .malformed(
        file: name,
        reason: "number \(column + 1) of row \(row + 1), “\(words[row].printable)”, is not finite: "
          + "\(vectors[row, column])"
      )
    }
    return WordVectors(name: name, words: words, vectors: vectors, firstLine: 1, in: list)
  }

  /// What the file is, if it is something that others keep word vectors in.
  private static func otherFormat(_ bytes: UnsafeRawBufferPointer) -> String? {
    if let file = ForeignFile(bytes), [.gitLFSPointer, .gguf, .html].contains(file) {
      return file.advice
    }
    let known: [([UInt8], String)] = [
      (Array("PK\u{3}\u{4}".utf8), "is a zip archive; unpack it and give the file within"),
      ([0x1F, 0x8B], "is compressed by gzip; unpack it first"),
      (
        Array("PAR1".utf8), "is a Parquet file; write its words one a line, and its vectors as .npy"
      ),
      ([0x80, 0x02], pickle), ([0x80, 0x03], pickle), ([0x80, 0x04], pickle),
      ([0x80, 0x05], pickle),
      ([0xBA, 0x16, 0x4F, 0x2F], "is a whole fastText model; give its .vec file"),
      (Array("\u{89}HDF".utf8), "is an HDF5 file; save its matrix with NumPy as .npy"),
    ]
    if let (_, name) = known.first(where: { bytes.starts(with: $0.0) }) { return name }
    if bytes.count > 9, bytes[8] == UInt8(ascii: "{"), bytes[6] == 0, bytes[7] == 0 {
      return "is a safetensors file; give a checkpoint's folder with --model"
    }
    return nil
  }

  private static let pickle =
    "is a Python pickle; let gensim write it with save_word2vec_format"
}
