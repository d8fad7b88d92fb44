import Files
import Foundation
import Sampling
import Tensors
import Tokenization
import Traces
import Transformer

/// Measures generation, beside what reading the weights once a token would allow.
///
/// `BENCHMARK_PYTHON` may name a Python with torch and transformers: its `generate` is then measured
/// in the same run.
enum GenerateBenchmark {
  static func run(folder: String?) throws {
    try withModelFolder(folder, measure)
  }

  private static func measure(folder: String) throws {
    let model = try Model(folder: folder)
    let transformer = model.transformer
    try check(transformer)

    let configuration = transformer.configuration
    let weights = 4 * weightsRead(by: configuration)
    print("  weights read for a token: \((Double(weights) / 1e6).padded(to: 0)) MB")
    print("  tokens in   ms a               memory    share of what reading allows:")
    print("  the text    token   tokens/s   in GB/s   weights   weights and cache")
    let lengths = [16, 64, 256, 512, 1024].filter { $0 <= configuration.contextLength }
    var measured: [(length: Int, seconds: Double)] = []
    for length in lengths {
      let (seconds, bandwidth) = measure(transformer, at: length)
      measured.append((length, seconds))
      let cache = 4 * 2 * configuration.layerCount * configuration.dModel * length
      func share(_ bytes: Int) -> Double { 100 * Double(bytes) / bandwidth / seconds }
      print(
        "  \("\(length)".padded(to: 8))   \((seconds * 1e3).padded(to: 6, decimals: 2))"
          + "   \((1 / seconds).padded(to: 8))   \((bandwidth / 1e9).padded(to: 7))"
          + "   \(share(weights).padded(to: 5)) %   \(share(weights + cache).padded(to: 15)) %"
      )
    }
    report(line(through: measured), of: measured)
    reportPicking(with: transformer)
    let ours = tokensPerSecond(of: transformer)
    print("  2 to 17 tokens on end, with nothing read in between: \(ours.padded(to: 0)) tokens/s")
    Results.add("generate", "generation", ours, "tokens/s")
    if let peer = try peer(folder: folder) {
      Results.add("generate", "generation, peer", peer, "tokens/s")
      print(
        "  transformers' generate of as many: \(peer.padded(to: 0)) tokens/s; "
          + "ours are \((ours / peer).padded(to: 0, decimals: 2)) times that"
      )
    }
  }

  /// How a token's time grows with the text: the line nearest to what was measured.
  private static func line(
    through points: [(length: Int, seconds: Double)]
  ) -> (start: Double, slope: Double) {
    let count = Double(points.count)
    let meanLength = points.reduce(0) { $0 + Double($1.length) } / count
    let meanSeconds = points.reduce(0) { $0 + $1.seconds } / count
    let offsets = points.map { (Double($0.length) - meanLength, $0.seconds - meanSeconds) }
    let slope = offsets.reduce(0) { $0 + $1.0 * $1.1 } / offsets.reduce(0) { $0 + $1.0 * $1.0 }
    return (meanSeconds - slope * meanLength, slope)
  }

  private static func report(
    _ line: (start: Double, slope: Double),
    of points: [(length: Int, seconds: Double)]
  ) {
    let off = points.map { point in
      abs(line.start + line.slope * Double(point.length) - point.seconds) / point.seconds
    }
    print(
      "  a line: \((line.start * 1e3).padded(to: 0, decimals: 2)) ms and "
        + "\((line.slope * 1e6).padded(to: 0, decimals: 2)) ms for every 1000 tokens in the text; "
        + "no measurement is further from it than \(((off.max() ?? 0) * 100).padded(to: 0)) %"
    )
  }

  /// How long it takes to pick a token of those that the model predicts.
  private static func reportPicking(with transformer: Transformer) {
    let logits = transformer.nextLogits(after: [0])
    let picking = Timing { _ = Distribution(logits: logits, SamplingOptions()).token(at: 0.5) }
    print(
      "  picking a token of \(logits.count) takes "
        + "\((picking.median * 1e3).padded(to: 0, decimals: 2)) ms of that"
    )
  }

  /// With and without a cache, the logits are the same.
  private static func check(_ transformer: Transformer) throws {
    let tokens = (0..<12).map { $0 * 4001 % transformer.configuration.dVocab }
    var cache = KeyValueCache(for: transformer.configuration)
    var logits = Tensor(shape: [0], values: [])
    for token in tokens { logits = transformer.nextLogits(after: [token], continuing: &cache) }
    let whole = transformer.nextLogits(after: tokens)
    guard zip(logits.values, whole.values).allSatisfy({ abs($0 - $1) <= 1e-4 }) else {
      throw WrongResult(description: "with a cache, the logits differ by more than 1e-4")
    }
  }

  /// The time of a token and the speed of memory, both in the median of so many turns: memory is read
  /// before each token, so that other work on the machine slows down one as much as the other.
  ///
  /// Tokens are taken where the text has `length` tokens, or up to 16 fewer.
  private static func measure(
    _ transformer: Transformer,
    at length: Int
  ) -> (seconds: Double, bandwidth: Double) {
    let count = min(16, length - 1)
    let prompt = (0..<length - count).map { $0 * 4001 % transformer.configuration.dVocab }
    var start = Generation(of: prompt, by: transformer, SamplingOptions())
    _ = start.next()
    let clock = ContinuousClock()
    var (tokens, readings): ([Double], [Double]) = ([], [])
    for _ in 0..<7 {
      var generation = start
      // The first token is not measured: it copies the keys and values that it shares with `start`.
      _ = generation.next()
      for _ in 2..<count {
        readings.append(clock.measure(Limits.readMemory) / .seconds(1))
        tokens.append(clock.measure { _ = generation.next() } / .seconds(1))
      }
    }
    func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }
    return (median(tokens), Double(Limits.memorySize) / median(readings))
  }

  /// The numbers that a token's forward pass multiplies by: all but the rows that it looks up.
  private static func weightsRead(by c: Configuration) -> Int {
    let matrices = c.parameters.all.filter { $0.layer != nil && !$0.isBias && !$0.role.isNorm }
    return matrices.reduce(c.dVocab * c.dModel) { $0 + Int($1.count) }
  }

  /// The tokens a second, from the second to the seventeenth, of the best of ten times: as the peer
  /// is measured.
  private static func tokensPerSecond(of transformer: Transformer) -> Double {
    let times = (0..<10).map { _ in
      var generation = Generation(of: [0], by: transformer, SamplingOptions())
      _ = generation.next()
      return ContinuousClock().measure { for _ in 0..<16 { _ = generation.next() } } / .seconds(1)
    }
    return 16 / (times.min() ?? .infinity)
  }

  /// The tokens a second of Hugging Face's `generate`, if there is a Python that has it.
  private static func peer(folder: String) throws -> Double? {
    try PythonPeer.number(from: script, [folder], doing: "run transformers' generate")
  }

  private static let script = """
    import sys, time, torch
    from transformers import GPT2LMHeadModel
    model = GPT2LMHeadModel.from_pretrained(sys.argv[1]).eval()
    prompt = torch.tensor([[0]])
    def run(count):
        start = time.perf_counter()
        model.generate(prompt, min_new_tokens=count, max_new_tokens=count, do_sample=True,
                       top_k=0, pad_token_id=0)
        return time.perf_counter() - start
    with torch.no_grad():
        run(4)
        print(16 / min(run(17) - run(1) for _ in range(10)))
    """
}
