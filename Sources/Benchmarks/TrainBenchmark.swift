import Foundation
import Tensors
import Training
import Transformer

/// Measures training: 4 layers × 4 heads × 128, batches of 16 × 128 tokens.
///
/// `BENCHMARK_PYTHON` may name a Python with torch and transformers: the same model is then trained
/// by it in the same run.
enum TrainBenchmark {
  private static let (batchSize, length, stepCount) = (16, 128, 12)

  static func run() throws {
    let configuration = Configuration(
      layers: 4,
      heads: 4,
      width: 128,
      vocabulary: 1024,
      context: length,
      isTied: true
    )
    let layout = ParameterLayout(of: configuration)
    try check(configuration, layout)
    // Before and after the peer, since other work on the machine comes and goes.
    var ours = speed(configuration, layout)
    let peer = try peer()
    ours = max(ours, speed(configuration, layout))
    print("  \(layout.count) parameters, batch \(batchSize) × \(length)")
    print("  tokens/s: \(ours.padded(to: 0))")
    Results.add("train", "training", ours, "tokens/s")
    if let peer {
      Results.add("train", "training, peer", peer, "tokens/s")
      print(
        "  PyTorch: \(peer.padded(to: 0)) tokens/s; "
          + "ours are \((ours / peer).padded(to: 0, decimals: 2)) times that"
      )
    }
  }

  private static func batch() -> Sequences {
    Sequences(
      (0..<batchSize).map { sequence in (0...length).map { ($0 * 401 + sequence * 37) % 1024 } }
    )
  }

  /// A small step against the gradient lowers the loss by what the gradient says.
  private static func check(_ configuration: Configuration, _ layout: ParameterLayout) throws {
    let parameters = layout.initialParameters(seed: 0, layerCount: configuration.layerCount)
    let gradient = Gradient(of: batch(), at: parameters, layout, configuration)
    let step: Float = 1e-2 / Float(gradient.norm)
    let moved = parameters - gradient.values.map { $0 * step }
    let loss = Gradient.loss(of: batch(), at: moved, layout, configuration)
    let expected = Double(step) * gradient.norm * gradient.norm
    guard abs(gradient.loss - loss - expected) < 0.1 * expected else {
      throw WrongResult(description: "the loss fell by \(gradient.loss - loss), not \(expected)")
    }
  }

  /// Tokens a second, with everything that belongs to a step; the median of the steps.
  private static func speed(_ configuration: Configuration, _ layout: ParameterLayout) -> Double {
    var parameters = layout.initialParameters(seed: 0, layerCount: configuration.layerCount)
    var optimizer = AdamW(for: layout, AdamW.Settings())
    let batch = batch()
    let clock = ContinuousClock()
    let times = (0..<stepCount).map { _ in
      clock.measure {
        var gradient = Gradient(of: batch, at: parameters, layout, configuration)
        gradient.clip(to: 1)
        parameters = optimizer.step(parameters, along: gradient.values, learningRate: 1e-3)
      } / .seconds(1)
    }
    return Double(batchSize * length) / times.sorted()[times.count / 2]
  }

  /// The tokens a second of PyTorch, if there is a Python that has it.
  private static func peer() throws -> Double? {
    try PythonPeer.number(
      from: script,
      ["\(batchSize)", "\(length)", "\(stepCount)"],
      doing: "train with PyTorch"
    )
  }

  private static let script = """
    import sys, time, torch
    from transformers import GPT2Config, GPT2LMHeadModel
    batch, length, steps = map(int, sys.argv[1:])
    config = GPT2Config(vocab_size=1024, n_positions=length, n_embd=128, n_layer=4, n_head=4,
                        resid_pdrop=0., embd_pdrop=0., attn_pdrop=0.)
    model = GPT2LMHeadModel(config).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.95), weight_decay=0.1)
    ids = torch.randint(1024, (batch, length + 1))
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        logits = model(ids[:, :-1], use_cache=False).logits
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        times.append(time.perf_counter() - start)
    print(batch * length / sorted(times)[steps // 2])
    """
}
