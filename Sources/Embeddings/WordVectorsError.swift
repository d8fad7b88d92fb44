import Formats
public import Tensors

/// What can be wrong with a file of word vectors; each says which file, and where in it.
public enum WordVectorsError: Error, Equatable, CustomStringConvertible {
  /// The file is not there or cannot be read.
  case file(SafetensorsError)
  /// A line, counted from 1, is not what it should be.
  case line(file: String, Int, reason: String)
  /// The file as a whole is not what it should be.
  case malformed(file: String, reason: String)
  /// The vectors do not fit into this machine's memory.
  case tooLarge(file: String, bytes: Int, memory: Int)
  /// A matrix without words has no list of words beside it.
  case noWords(file: String, tried: [String])

  /// One lower-case sentence, safe to print on a terminal whatever the file holds.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .line(let file, let line, let reason):
      "\(file.printable): line \(line): \(reason)"
    case .malformed(let file, let reason): "\(file.printable): \(reason)"
    case .tooLarge(let file, let bytes, let memory):
      "\(file.printable): its vectors take \(Self.gigabytes(bytes)) GB, more than this machine's "
        + "memory of \(Self.gigabytes(memory)) GB; save them with NumPy as .npy, which is not loaded"
    case .noWords(let file, let tried):
      "\(file.printable): a matrix has no words; give a file with one word a line, in the order of "
        + "the rows: --words FILE (looked for \(tried.map { $0.printable }.joined(separator: ", ")))"
    }
  }

  private static func gigabytes(_ bytes: Int) -> String {
    let tenths = (Double(bytes) / 1e8).rounded()
    return tenths < 1e15 ? "\(Int(tenths) / 10).\(Int(tenths) % 10)" : "\(tenths / 10)"
  }
}
