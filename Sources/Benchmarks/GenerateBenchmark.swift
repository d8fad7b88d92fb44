import Dispatch
import Foundation
import Synchronization
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

    let bytes = 4 * weightsRead(by: transformer.configuration)
    // Before and after, since other work on the machine comes and goes.
    let before = bandwidth()
    let lengths = [16, 64, 256, 512, 1024].filter { $0 <= transformer.configuration.contextLength }
    let perToken = lengths.map { (length: $0, seconds: secondsPerToken(transformer, at: $0)) }
    let bandwidth = max(before, bandwidth())

    print(
      "  memory: \((bandwidth / 1e9).padded(to: 0)) GB/s; weights read for a token: "
        + "\((Double(bytes) / 1e6).padded(to: 0)) MB"
    )
    let bound = Double(bytes) / bandwidth
    print("  tokens in the text   ms a token   tokens/s   share of what reading the weights allows")
    for (length, seconds) in perToken {
      print(
        "  \("\(length)".padded(to: 18))   \((seconds * 1e3).padded(to: 10, decimals: 3))"
          + "   \((1 / seconds).padded(to: 8))   \((100 * bound / seconds).padded(to: 5)) %"
      )
    }
    if let peer = try peer(folder: folder), let first = perToken.first {
      print(
        "  transformers' generate: \(peer.padded(to: 0)) tokens/s; "
          + "ours are \((1 / first.seconds / peer).padded(to: 0, decimals: 2)) times that"
      )
    }
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

  /// The median over the 16 tokens that end where the text has `length` tokens, best of three.
  private static func secondsPerToken(_ transformer: Transformer, at length: Int) -> Double {
    let count = min(16, length - 1)
    let prompt = (0..<length - count).map { $0 * 4001 % transformer.configuration.dVocab }
    let clock = ContinuousClock()
    let medians = (0..<3).map { _ in
      var generation = Generation(of: prompt, by: transformer, SamplingOptions())
      _ = generation.next()
      let times = (1..<count).map { _ in clock.measure { _ = generation.next() } / .seconds(1) }
      return times.sorted()[times.count / 2]
    }
    return medians.min() ?? 0
  }

  /// The numbers that a token's forward pass multiplies by: all but the rows that it looks up.
  private static func weightsRead(by c: Configuration) -> Int {
    c.layerCount * (4 * c.dModel * c.dModel + 2 * c.dModel * c.dMLP) + c.dVocab * c.dModel
  }

  /// How fast all cores together read memory, in bytes a second: the best of ten times 256 MB.
  private static func bandwidth() -> Double {
    let numbers = [SIMD16<Float>](repeating: .one, count: 4 << 20)
    let parts = 8
    let clock = ContinuousClock()
    let seconds = (0..<10).map { _ in
      clock.measure {
        let total = Atomic(0)
        numbers.withUnsafeBufferPointer { numbers in
          nonisolated(unsafe) let numbers = numbers
          DispatchQueue.concurrentPerform(iterations: parts) { part in
            let range = numbers.count / parts * part..<numbers.count / parts * (part + 1)
            var sums = (SIMD16<Float>.zero, SIMD16<Float>.zero)
            for i in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
              sums.0 += numbers[i]
              sums.1 += numbers[i + 1]
            }
            total.add(Int((sums.0 + sums.1).sum()), ordering: .relaxed)
          }
        }
        // The sum is looked at, so that it has to be computed.
        if total.load(ordering: .relaxed) == 0 { print("no sum") }
      } / .seconds(1)
    }
    return Double(numbers.count * 64) / (seconds.min() ?? .infinity)
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
        print(16 / min(run(17) - run(1) for _ in range(3)))
    """
}
