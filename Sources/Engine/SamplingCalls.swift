import Calls
import Formats
import Sampling
import Tensors
import Tokenization
import Traces
import Transformer

// What may come next, and the draw that decides.

extension Engine {
  /// `distribution`: the likeliest next tokens at a `temperature`, among `top_k`, up to `top_p`; `count` of them.
  ///
  /// Each candidate has its share of the line from 0 to 1, `low` to `high`.
  func distribution(_ call: EngineCall) throws(EngineError) -> JSON {
    let (run, distribution) = try self.distribution(call, position: call.count("position"))
    let count = try call.count("count") ?? 10
    var low = 0.0
    let candidates = zip(distribution.tokens, distribution.probabilities).prefix(count).map {
      token,
      probability -> JSON in
      defer { low += probability }
      return [
        "token_id": .integer(token),
        "token": .string(run.trace.text(ofToken: token) ?? "#\(token)"),
        "probability": .number(probability), "low": .number(low),
        "high": .number(low + probability),
      ]
    }
    return ["kept": .integer(distribution.tokens.count), "candidates": .array(candidates)]
  }

  /// `draw`: the token on whose share a random number falls: the `turn`th one, from 0, that `seed` gives.
  func draw(_ call: EngineCall) throws(EngineError) -> JSON {
    let (run, distribution) = try self.distribution(call, position: nil)
    var generator = SeededGenerator(seed: UInt64(try call.count("seed") ?? 0))
    let turn = try call.index("turn", below: 1_000_000) ?? 0
    for _ in 0..<turn { _ = generator.next() }
    let draw = generator.unit()
    let hit = distribution.token(at: draw)
    let token = distribution.tokens[hit.rank]
    return [
      "draw": .number(draw), "token_id": .integer(token),
      "token": .string(run.trace.text(ofToken: token) ?? "#\(token)"), "rank": .integer(hit.rank),
      "probability": .number(distribution.probabilities[hit.rank]), "low": .number(hit.low),
      "high": .number(hit.high),
    ]
  }

  /// What may come after a position, the last by default, as the call wants it drawn.
  private func distribution(
    _ call: EngineCall,
    position: Int?
  ) throws(EngineError) -> (run: Run, distribution: Distribution) {
    let run = try shown()
    let options = try samplingOptions(call)
    guard let logits = run.trace[.logits] else { throw EngineError("no logits were recorded") }
    let row = position ?? logits.rows - 1
    guard row < logits.rows else {
      throw EngineError("“position” is \(row), not below \(logits.rows)")
    }
    return (run, Distribution(logits: logits.slice(row), options))
  }

  /// How a call wants tokens picked.
  func samplingOptions(_ call: EngineCall) throws(EngineError) -> SamplingOptions {
    var options = SamplingOptions()
    options.temperature = try call.number("temperature") ?? 1
    options.topK = try call.count("top_k")
    options.topP = try call.number("top_p")
    guard options.temperature >= 0, options.topK != 0,
      options.topP.map({ $0 > 0 && $0 <= 1 }) ?? true
    else {
      throw EngineError("“temperature” is 0 or more, “top_k” 1 or more, “top_p” above 0, to 1")
    }
    return options
  }
}
