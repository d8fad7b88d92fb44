public import Tensors

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Trace {
  /// Opens a trace file: one safetensors file, mapped, not loaded.
  ///
  /// Tensors under a hook point's name may have a leading batch axis of length 1, as Python records them.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: ``TraceError`` if the file cannot be read or its parts do not fit each other.
  public init(contentsOf path: String) throws(TraceError) {
    let file: SafetensorsFile
    do { file = try SafetensorsFile(contentsOf: path) } catch { throw .file(error) }
    try self.init(file, path: path)
  }

  init(_ file: SafetensorsFile, path: String) throws(TraceError) {
    let metadata = TraceMetadata(file: path, entries: file.metadata)
    try metadata.checkFormat()

    var tensors: [String: Tensor] = [:]
    var coarse: [String: ElementType] = [:]
    let layers = Self.layerCount(in: file.entries.map(\.name))
    let needed = Set(HookPoint.all(layerCount: layers).map(\.name))
    for entry in file.entries where entry.elementType != nil || needed.contains(entry.name) {
      do { tensors[entry.name] = try file.tensor(named: entry.name) } catch { throw .file(error) }
      if let type = entry.elementType, type.unitRoundoff > ElementType.float32.unitRoundoff {
        coarse[entry.name] = type
      }
    }
    let layerCount = Self.layerCount(in: tensors.keys)
    let lastPositions = try metadata.lastPositions()
    var sizes = AxisSizes(file: path, lastPositions: lastPositions)
    for hook in HookPoint.readable(layerCount: layerCount) {
      guard let tensor = tensors[hook.name] else { continue }
      tensors[hook.name] = try sizes.admit(tensor, at: hook)
    }
    guard sizes.sawAnything else { throw .noActivations(file: path) }

    let vocabulary = try metadata.strings("vocabulary")
    let tokens = try metadata.tokens(vocabulary: vocabulary)
    try sizes.check(tokens: tokens.count)
    try sizes.checkHeads()
    self.init(
      prompt: file.metadata["prompt"] ?? tokens.map(\.text).joined(),
      tokens: tokens,
      model: sizes.complete(metadata.model, layerCount: layerCount),
      tensors: tensors
    )
    coarseTypes = coarse
    self.vocabulary = vocabulary
    if let put = try metadata.decode([Int].self, "tokens_put"), put.count == 2,
      put.allSatisfy({ 0...tokens.count ~= $0 }), put[0] + put[1] <= tokens.count
    {
      self.put = (put[0], put[1])
    }
    self.lastPositions = lastPositions
    merges = try metadata.decode(MergeSteps.self, "merges")
    pieces = try metadata.decode([TextPiece].self, "pieces")
    continuation = try metadata.decode(Continuation.self, "continuation")
    trainingCounts = try metadata.trainingCounts(length: tokens.count)
    parameters = try metadata.decode(ParameterCount.self, "parameters")
    if let isTied = model.isTied { parameters?.isTied = isTied }
    try checkFacts(file: path)
  }

  /// Writes the trace as one safetensors file.
  ///
  /// The same trace gives the same bytes.
  ///
  /// - Parameter path: The file's path; an older file is replaced once the new one is complete.
  /// - Throws: ``SafetensorsError`` if the file cannot be written.
  public func write(to path: String) throws(SafetensorsError) {
    try Safetensors.write(orderedTensors, metadata: metadata, to: path)
  }

  /// The tensors in the order of the forward pass, then the rest by name.
  public var orderedTensors: [(name: String, tensor: Tensor)] {
    let hooks = HookPoint.readable(layerCount: layerCount).map(\.name)
    let known = Set(hooks)
    let names = hooks + tensors.keys.filter { !known.contains($0) }.sorted()
    return names.compactMap { name in tensors[name].map { (name, $0) } }
  }

  /// The metadata as it stands in a trace file: plain text, or JSON with sorted keys.
  public var metadata: [String: String] {
    var entries = [
      "format": Self.format,
      "prompt": prompt,
      "token_ids": jsonText(tokens.map(\.id)),
      "tokens": jsonText(tokens.map(\.text)),
      "model": model.json.text,
    ]
    if put != (0, 0) { entries["tokens_put"] = jsonText([put.before, put.after]) }
    entries["vocabulary"] = vocabulary.map(jsonText)
    entries["last_positions"] = lastPositions.map { "\($0)" }
    entries["merges"] = merges.map(jsonText)
    entries["pieces"] = pieces.map(jsonText)
    entries["continuation"] = continuation.map(jsonText)
    entries["training_counts"] = trainingCounts.map(jsonText)
    entries["parameters"] = parameters.map(jsonText)
    return entries
  }

  /// One more than the highest block number in the names.
  private static func layerCount(in names: some Sequence<String>) -> Int {
    let layers = names.compactMap { name -> Int? in
      let parts = name.split(separator: ".", maxSplits: 2)
      guard parts.count == 3, parts[0] == "blocks" else { return nil }
      return Int(parts[1]).flatMap { 0..<maximumLayerCount ~= $0 ? $0 : nil }
    }
    return (layers.max() ?? -1) + 1
  }

  /// No model has more blocks; a file that claims so is not taken at its word.
  static let maximumLayerCount = 10_000
}

private func jsonText(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  // Strings, whole numbers and finite floats always encode.
  return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
}
