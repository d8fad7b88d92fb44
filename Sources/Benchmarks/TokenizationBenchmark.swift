import Files
import Tokenization

/// How fast text becomes tokens: prose, one long word, and loading.
enum TokenizationBenchmark {
  /// Prints the median and best of several runs each.
  ///
  /// - Parameters:
  ///   - folder: A folder with a tokenizer: GPT-2's own, or the built-in model's.
  ///   - prose: Text to encode; nil for sentences made of the vocabulary's own words.
  /// - Throws: `TokenizationError` if the folder has no tokenizer.
  static func run(folder: String, prose: String? = nil) throws {
    let tokenizer = try Tokenizer(folder: folder)
    report("load \(tokenizer.count) tokens", bytes: nil) { _ = try? Tokenizer(folder: folder) }
    let prose = prose ?? sentences(of: tokenizer, bytes: 2_000_000)
    precondition(tokenizer.decode(tokenizer.encode(prose)) == prose, "the round trip fails")
    report("encode prose", bytes: prose.utf8.count) { _ = tokenizer.encode(prose) }
    let ids = tokenizer.encode(prose)
    report("decode prose", bytes: prose.utf8.count) { _ = tokenizer.decode(ids) }
    for kilobytes in [50, 100, 200, 400] {
      let word = word(bytes: kilobytes * 1000)
      precondition(tokenizer.decode(tokenizer.encode(word)) == word, "the round trip fails")
      report("encode one word of \(kilobytes) KB", bytes: word.utf8.count) {
        _ = tokenizer.encode(word)
      }
    }
  }

  private static func report(_ name: String, bytes: Int?, _ body: () -> Void) {
    let clock = ContinuousClock()
    body()
    let seconds = (0..<9).map { _ in clock.measure(body) / .seconds(1) }.sorted()
    let (best, median) = (seconds[0], seconds[4])
    func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
    var line = "\(name): median \(rounded(median * 1000)) ms, best \(rounded(best * 1000)) ms"
    if let bytes { line += ", \(rounded(Double(bytes) / median / 1e6)) MB/s" }
    print(line)
  }

  /// Sentences of words that are tokens, with a comma or full stop here and there.
  private static func sentences(of tokenizer: Tokenizer, bytes: Int) -> String {
    let words = (0..<tokenizer.count).map { tokenizer.text(of: $0).string }
      .filter { $0.first == " " && $0.dropFirst().allSatisfy(\.isLetter) && $0.utf8.count > 3 }
    precondition(!words.isEmpty, "a vocabulary without words")
    var (text, state) = ("", UInt64(1))
    while text.utf8.count < bytes {
      text += words[next(&state, below: words.count)]
      if next(&state, below: 8) == 0 { text += [",", ".", ".\n", "'s"][next(&state, below: 4)] }
    }
    return text
  }

  private static func word(bytes: Int) -> String {
    var state = UInt64(1)
    let letters = (0..<bytes).map { _ in UInt8(97 + next(&state, below: 26)) }
    return String(decoding: letters, as: UTF8.self)
  }

  /// Numbers that look random and are the same on every run.
  private static func next(_ state: inout UInt64, below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}
