import Files
import Foundation
import Tensors
import Tokenization
import Traces
import Transformer

/// Measures loading a model and running it on 12 to 1024 tokens, beside a peer and what the machine can
/// do at most.
///
/// `BENCHMARK_PYTHON` may name a Python with torch and transformers: Hugging Face's model is then run
/// in turn with ours.
///
/// - Parameter folder: A model folder; without one, a model of GPT-2 small's size is made of random
///   weights.
/// - Throws: What is wrong with the folder, or ``WrongResult``.
func benchmarkForward(folder: String?) throws {
  try withModelFolder(folder, measureForward)
}

/// Calls `body` with a model folder: the one given, or one of GPT-2 small's size that is made.
///
/// - Throws: What cannot be written, or what `body` throws.
func withModelFolder(_ folder: String?, _ body: (String) throws -> Void) throws {
  if let folder { return try body(folder) }
  let made = FileManager.default.temporaryDirectory.appending(path: "benchmark-\(UUID())")
  try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: made) }
  try RandomModel.small.write(to: made.path)
  try body(made.path)
}

private func measureForward(folder: String) throws {
  var failure: (any Error)?
  let loading = Timing {
    do { _ = try Model(folder: folder) } catch { failure = error }
  }
  if let failure { throw failure }
  let model = try Model(folder: folder)
  let vocabulary = model.transformer.configuration.dVocab
  let tokens = (0..<12).map { $0 * 4001 % vocabulary }
  var nothing = NoRecorder()
  let logits = model.transformer.logits(for: tokens, hook: &nothing)
  guard logits.shape == [12, vocabulary], logits.firstNonFinite == nil else {
    throw WrongResult(description: "the logits are not 12 × \(vocabulary) finite numbers")
  }
  let first = model.transformer.logits(for: [tokens[0]], hook: &nothing)
  guard zip(first.values, logits.slice(0).values).allSatisfy({ abs($0 - $1) < 1e-4 }) else {
    throw WrongResult(description: "the first token's logits depend on the tokens after it")
  }

  let peak = Limits.operationsPerSecond()
  let bandwidth = Limits.bytesPerSecond()
  print(
    "  peak: \((peak * 1e-9).padded(to: 0)) GFLOP/s of multiply-adds in registers, "
      + "\((bandwidth * 1e-9).padded(to: 0)) GB/s of reading, on all cores"
  )
  Results.add("forward", "peak of multiply-adds", peak, "FLOP/s")
  Results.add("forward", "peak of reading", bandwidth, "B/s")
  print("  \("".filled(to: 34)) min ms  median ms  of the peak  peer's min ms  ratio")
  print("  \("load, mapped and checked".filled(to: 34)) \(columns(of: loading))")
  Results.add("forward", "load", loading.minimum, "s")
  let lengths = [12, 64, 256, 1024].filter { $0 <= model.transformer.configuration.contextLength }
  for length in lengths {
    try measureForward(of: model.transformer, folder: folder, length, (peak, bandwidth))
  }
}

private func columns(of timing: Timing) -> String {
  "\((timing.minimum * 1e3).padded(to: 6))  \((timing.median * 1e3).padded(to: 9))"
}

/// Measures passes of one length, with nothing recorded and with everything; the peer's in between.
private func measureForward(
  of transformer: Transformer,
  folder: String,
  _ length: Int,
  _ limits: (operations: Double, bandwidth: Double)
) throws {
  let tokens = (0..<length).map { $0 * 4001 % transformer.configuration.dVocab }
  func nothing() {
    var recorder = NoRecorder()
    transformer.logits(for: tokens, hook: &recorder)
  }
  func everything() {
    var recorder = ActivationRecorder()
    transformer.logits(for: tokens, hook: &recorder)
  }
  let ours = [Timing(budget: 2, nothing), Timing(budget: 2, everything)]
  let theirs = try PythonPeer.numbers(
    from: peerScript,
    [folder, "\(length)"],
    doing: "run transformers' GPT-2"
  )
  // Before and after the peer, since other work on the machine comes and goes.
  let again = [Timing(budget: 2, nothing), Timing(budget: 2, everything)]
  // What no pass can do without: its multiply-adds, and reading the weights once.
  let c = transformer.configuration
  let block = 4 * c.dModel * c.dModel + 2 * c.dModel * c.dMLP
  let weights = c.layerCount * block + c.dVocab * c.dModel
  let least = max(
    Double(2 * weights * length) / limits.operations,
    Double(4 * weights) / limits.bandwidth
  )
  for (index, kind) in ["nothing", "everything"].enumerated() {
    let best = ours[index].minimum < again[index].minimum ? ours[index] : again[index]
    let name = "\(length) tokens, \(kind) recorded"
    var line = "  \(name.filled(to: 34)) \(columns(of: best))"
    line += "  \((100 * least / best.minimum).padded(to: 9)) %"
    Results.add("forward", name, best.minimum, "s")
    if let theirs, theirs.count == 2 {
      line += "  \((theirs[index] * 1e3).padded(to: 13))"
      line += "  \((best.minimum / theirs[index]).padded(to: 5, decimals: 2))"
      Results.add("forward", "\(name), peer", theirs[index], "s")
    }
    print(line)
  }
}

/// Prints how long a pass of so many tokens takes at least, without and with attentions and hidden
/// states returned.
private let peerScript = """
  import sys, time, torch
  from transformers import GPT2LMHeadModel
  model = GPT2LMHeadModel.from_pretrained(sys.argv[1], attn_implementation="eager").eval()
  ids = torch.tensor([[i * 4001 % model.config.vocab_size for i in range(int(sys.argv[2]))]])
  def best(recorded):
      times = []
      while len(times) < 6 or sum(times) < 3 and len(times) < 200:
          start = time.perf_counter()
          model(ids, use_cache=False, output_attentions=recorded, output_hidden_states=recorded)
          times.append(time.perf_counter() - start)
      return min(times[1:])
  with torch.no_grad():
      print(best(False), best(True))
  """
