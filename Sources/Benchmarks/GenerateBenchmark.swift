import Foundation
import Tensors
import Tokenization
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
    if let peer = try peer(folder: folder) {
      // Once more, since other work on the machine comes and goes.
      let again = measure(transformer, at: 16).seconds
      let ours = 1 / min(again, measured.first?.seconds ?? again)
      print(
        "  transformers' generate, 2 to 17 tokens: \(peer.padded(to: 0)) tokens/s; "
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

  /// The time of a token and the speed of memory, taken in turns, since other work on the machine
  /// comes and goes: of seven rounds the best of each, where a round's time is the median over the
  /// tokens that end where the text has `length` tokens.
  private static func measure(
    _ transformer: Transformer,
    at length: Int
  ) -> (seconds: Double, bandwidth: Double) {
    let count = min(16, length - 1)
    let prompt = (0..<length - count).map { $0 * 4001 % transformer.configuration.dVocab }
    var start = Generation(of: prompt, by: transformer, SamplingOptions())
    _ = start.next()
    let clock = ContinuousClock()
    var (seconds, bandwidth) = (Double.infinity, 0.0)
    for _ in 0..<7 {
      bandwidth = max(bandwidth, Self.bandwidth())
      var generation = start
      let times = (1..<count).map { _ in clock.measure { _ = generation.next() } / .seconds(1) }
      seconds = min(seconds, times.sorted()[times.count / 2])
    }
    return (seconds, bandwidth)
  }

  /// The numbers that a token's forward pass multiplies by: all but the rows that it looks up.
  private static func weightsRead(by c: Configuration) -> Int {
    c.layerCount * (4 * c.dModel * c.dModel + 2 * c.dModel * c.dMLP) + c.dVocab * c.dModel
  }

  /// How fast all cores together read memory, in bytes a second: the best of four times 256 MB.
  private static func bandwidth() -> Double {
    let clock = ContinuousClock()
    let seconds = (0..<4).map { _ in
      clock.measure {
        ones.withUnsafeBufferPointer { ones in
          inParallel(count: ones.count, granule: 2, work: 16 * ones.count) { part in
            var sums = (SIMD16<Float>.zero, SIMD16<Float>.zero)
            for i in stride(from: part.lowerBound, to: part.upperBound, by: 2) {
              sums.0 += ones[i]
              sums.1 += ones[i + 1]
            }
            // The sum is looked at, so that it has to be computed.
            if (sums.0 + sums.1).sum() == 0 { print("no sum") }
          }
        }
      } / .seconds(1)
    }
    return Double(64 * ones.count) / (seconds.min() ?? .infinity)
  }

  private static let ones = [SIMD16<Float>](repeating: .one, count: 4 << 20)

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
        print(16 / min(run(17) - run(1) for _ in range(3)))
    """
}
