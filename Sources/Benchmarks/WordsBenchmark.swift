import Embeddings
import Files
import Foundation
import Tensors

/// Measures word vectors: reading files, a search over all words, principal components.
///
/// Without a file it makes one as large as GloVe's, 400,000 words of 50 numbers. `BENCHMARK_PYTHON`
/// may name a Python with gensim: it then does the same in the same run.
enum WordsBenchmark {
  static func run(file: String?) throws {
    if let file { return try measure(file, matrix: nil) }
    let folder = FileManager.default.temporaryDirectory.path + "/explain-words-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write(to: folder)
    try measure("\(folder)/vectors.txt", matrix: "\(folder)/vectors.npy")
  }

  private static func measure(_ text: String, matrix: String?) throws {
    let clock = ContinuousClock()
    func best<Value>(_ body: () throws -> Value) rethrows -> (value: Value, seconds: Double) {
      var result: (value: Value, seconds: Double)?
      for _ in 0..<3 {
        let start = clock.now
        let value = try body()
        let seconds = (clock.now - start) / .seconds(1)
        if seconds < result?.seconds ?? .infinity { result = (value, seconds) }
      }
      guard let result else { preconditionFailure("it was done three times") }
      return result
    }
    let read = try best { try WordVectors(contentsOf: text) }
    let vectors = read.value
    print("  \(vectors.words.count) words of \(vectors.dimensions) numbers; best of three")
    report("reading \(text.split(separator: "/").last ?? "")", read.seconds)
    if let matrix {
      let mapped = try best { try WordVectors(contentsOf: matrix) }
      guard mapped.value.vectors.values == vectors.vectors.values else {
        throw WrongResult(description: "the text and the matrix hold different numbers")
      }
      report("the same as .npy, mapped, with its words", mapped.seconds)
    }
    let search = best { Neighbours(in: vectors.vectors) }
    report("the lengths of all vectors", search.seconds)
    let row = vectors.words.count / 3
    let nearest = best {
      search.value.nearest(to: vectors.vector(row), count: 10, excluding: Set([row]))
    }
    try check(nearest.value, of: row, in: vectors)
    report("ten nearest among all", nearest.seconds)
    let components = best { PrincipalComponents(of: vectors.vectors, axes: 3) }
    report("three principal components of all", components.seconds)
    guard let peer = try peer(file: text, word: vectors.words[row]) else { return }
    print(
      "  gensim: reading \(peer.read.padded(to: 0, decimals: 2)) s, ten nearest "
        + "\((peer.nearest * 1e3).padded(to: 0)) ms; ours take "
        + "\((read.seconds / peer.read).padded(to: 0, decimals: 3)) and "
        + "\((nearest.seconds / peer.nearest).padded(to: 0, decimals: 2)) times that"
    )
  }

  private static func report(_ what: String, _ seconds: Double) {
    print("  \(what.filled(to: 44)) \((seconds * 1e3).padded(to: 8)) ms")
  }

  /// A search in 64 bits, one word after another, finds the same.
  private static func check(_ found: [Neighbour], of row: Int, in vectors: WordVectors) throws {
    let width = vectors.dimensions
    let cosines: [Double] = vectors.vectors.withValues { values in
      func dot(_ a: Int, _ b: Int) -> Double {
        (0..<width).reduce(0) {
          $0 + Double(values[a * width + $1]) * Double(values[b * width + $1])
        }
      }
      let length = dot(row, row).squareRoot()
      return (0..<vectors.words.count).map { other in
        other == row
          ? -.infinity : dot(row, other) / max(1e-300, dot(other, other).squareRoot() * length)
      }
    }
    let best = cosines.sorted(by: >).prefix(found.count)
    guard zip(found, best).allSatisfy({ abs(Double($0.cosine) - $1) < 1e-5 }) else {
      throw WrongResult(description: "the nearest words are not those of a plain search")
    }
  }

  // MARK: - Files

  /// Writes made-up vectors as GloVe's text, and as a matrix with a list of words.
  private static func write(to folder: String) throws {
    let (count, width) = (400_000, 50)
    var state: UInt64 = 1
    var text: [UInt8] = []
    text.reserveCapacity(count * width * 9)
    var matrix: [UInt8] = []
    matrix.reserveCapacity(count * width * 4 + 128)
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(count), \(width)), }"
    let padded = header.padding(toLength: 117, withPad: " ", startingAt: 0) + "\n"
    matrix += [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
    var words = ""
    for row in 0..<count {
      text += Array("word\(row)".utf8)
      words += "word\(row)\n"
      for _ in 0..<width {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let number = Int(state >> 47) - 65536
        text.append(UInt8(ascii: " "))
        append(number, to: &text)
        let value = Float(Double(number) / 1e5)
        withUnsafeBytes(of: value.bitPattern.littleEndian) { matrix += $0 }
      }
      text.append(UInt8(ascii: "\n"))
    }
    try Data(text).write(to: URL(fileURLWithPath: "\(folder)/vectors.txt"))
    try Data(matrix).write(to: URL(fileURLWithPath: "\(folder)/vectors.npy"))
    try Data(words.utf8).write(to: URL(fileURLWithPath: "\(folder)/vectors.words.txt"))
  }

  /// Writes `number` / 100,000 with five decimals.
  private static func append(_ number: Int, to text: inout [UInt8]) {
    if number < 0 { text.append(UInt8(ascii: "-")) }
    var divisor = 100_000
    for place in 0..<6 {
      text.append(UInt8(ascii: "0") + UInt8(abs(number) / divisor % 10))
      if place == 0 { text.append(UInt8(ascii: ".")) }
      divisor /= 10
    }
  }

  // MARK: - The peer

  /// The seconds gensim takes to read the file and to find the ten nearest, if there is one.
  private static func peer(
    file: String,
    word: String
  ) throws -> (read: Double, nearest: Double)? {
    guard let python = ProcessInfo.processInfo.environment["BENCHMARK_PYTHON"] else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", script, file, word]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let numbers = output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    guard numbers.count == 2 else {
      throw WrongResult(description: "\(python) could not read the vectors with gensim")
    }
    return (numbers[0], numbers[1])
  }

  private static let script = """
    import sys, time
    from gensim.models import KeyedVectors
    first = open(sys.argv[1], errors="replace").readline().split()
    start = time.perf_counter()
    vectors = KeyedVectors.load_word2vec_format(sys.argv[1], no_header=len(first) != 2)
    print(time.perf_counter() - start)
    vectors.fill_norms()
    def run():
        start = time.perf_counter()
        vectors.most_similar(sys.argv[2], topn=10)
        return time.perf_counter() - start
    print(min(run() for _ in range(5)))
    """
}
