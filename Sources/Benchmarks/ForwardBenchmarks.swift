import Foundation
import Tensors
import Tokenization
import Traces
import Transformer

/// Measures loading and running a model on 12 tokens.
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
  try writeModel(to: made.path)
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
  let logits = model.transformer.logits(for: tokens, recording: &nothing)
  guard logits.shape == [12, vocabulary], logits.firstNonFinite == nil else {
    throw WrongResult(description: "the logits are not 12 × \(vocabulary) finite numbers")
  }
  let first = model.transformer.logits(for: [tokens[0]], recording: &nothing)
  guard zip(first.values, logits.slice(0).values).allSatisfy({ abs($0 - $1) < 1e-4 }) else {
    throw WrongResult(description: "the first token's logits depend on the tokens after it")
  }

  print("  \("".filled(to: 34)) min ms  median ms")
  func report(_ name: String, _ timing: Timing) {
    print(
      "  \(name.filled(to: 34)) \((timing.minimum * 1e3).padded(to: 6))"
        + "  \((timing.median * 1e3).padded(to: 9))"
    )
  }
  report("load, mapped and checked", loading)
  report(
    "12 tokens, nothing recorded",
    Timing(budget: 3) {
      var recorder = NoRecorder()
      model.transformer.logits(for: tokens, recording: &recorder)
    }
  )
  report(
    "12 tokens, everything recorded",
    Timing(budget: 3) {
      var recorder = ActivationRecorder()
      model.transformer.logits(for: tokens, recording: &recorder)
    }
  )
}

/// Writes a model folder in the Hugging Face layout.
private func writeModel(to folder: String) throws {
  let (layers, width, vocabulary, context) = (12, 768, 50257, 1024)
  let config = """
    {"model_type": "gpt2", "n_layer": \(layers), "n_head": 12, "n_embd": \(width), \
    "vocab_size": \(vocabulary), "n_positions": \(context)}
    """
  try Data(config.utf8).write(to: URL(fileURLWithPath: "\(folder)/config.json"))
  try Data("#version: 0.2\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/merges.txt"))
  try JSONEncoder().encode(someVocabulary(of: vocabulary))
    .write(to: URL(fileURLWithPath: "\(folder)/vocab.json"))

  var generator = Numbers(state: 3)
  var tensors: [(name: String, tensor: Tensor)] = []
  func add(_ name: String, _ shape: [Int], scale: Float = 0.05) {
    tensors.append((name, Tensor.random(shape, &generator).map { $0 * scale }))
  }
  add("wte.weight", [vocabulary, width])
  add("wpe.weight", [context, width])
  for layer in 0..<layers {
    for norm in ["ln_1", "ln_2"] {
      add("h.\(layer).\(norm).weight", [width], scale: 1)
      add("h.\(layer).\(norm).bias", [width])
    }
    let matrices = [
      ("attn.c_attn", width, 3 * width), ("attn.c_proj", width, width),
      ("mlp.c_fc", width, 4 * width), ("mlp.c_proj", 4 * width, width),
    ]
    for (name, inputs, outputs) in matrices {
      add("h.\(layer).\(name).weight", [inputs, outputs])
      add("h.\(layer).\(name).bias", [outputs])
    }
  }
  add("ln_f.weight", [width], scale: 1)
  add("ln_f.bias", [width])
  try Safetensors.write(tensors, metadata: [:], to: "\(folder)/model.safetensors")
}

/// The 256 bytes under the characters GPT-2 writes them with, and names nobody will see.
private func someVocabulary(of count: Int) -> [String: Int] {
  var vocabulary: [String: Int] = [:]
  var others: UInt32 = 256
  for byte in UInt32(0)..<256 {
    let isShown = 33...126 ~= byte || 161...172 ~= byte || 174...255 ~= byte
    if !isShown { others += 1 }
    if let scalar = Unicode.Scalar(isShown ? byte : others - 1) {
      vocabulary[String(Character(scalar))] = Int(byte)
    }
  }
  for id in 256..<count { vocabulary["token\(id)"] = id }
  return vocabulary
}
