import Formats
public import Tensors

extension Trace {
  /// Reads a trace: one safetensors file, mapped or in memory.
  ///
  /// Tensors under a hook point's name may have a leading batch axis of length 1, as Python records them.
  ///
  /// - Throws: ``TraceError`` if its parts do not fit each other.
  public init(_ file: SafetensorsFile) throws(TraceError) {
    try self.init(file, path: file.name)
  }

  init(_ file: SafetensorsFile, path: String) throws(TraceError) {
    let metadata = TraceMetadata(file: path, entries: file.metadata)
    try metadata.checkFormat()

    var tensors: [String: Tensor] = [:]
    var coarse: [String: ElementType] = [:]
    let layers = Self.layerCount(in: file.entries.map { $0.name })
    let needed = Set(HookPoint.all(layerCount: layers).map { $0.name })
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
      prompt: file.metadata["prompt"] ?? tokens.map { $0.text }.joined(),
      tokens: tokens,
      model: sizes.complete(metadata.model, layerCount: layerCount),
      tensors: tensors
    )
    coarseTypes = coarse
    self.vocabulary = vocabulary
    try readRecords(metadata)
    try checkFacts(file: path)
  }

  /// Takes what stands in the metadata beside the prompt and its tokens.
  private mutating func readRecords(_ metadata: TraceMetadata) throws(TraceError) {
    let entries = metadata.entries
    if vocabulary == nil { shownTexts = try metadata.texts("vocabulary_part") }
    if let put = try metadata.record("tokens_put", { $0.list { $0.int } }), put.count == 2,
      put.allSatisfy({ 0...tokens.count ~= $0 }), put[0] + put[1] <= tokens.count
    {
      self.put = (put[0], put[1])
    } else if let prompt = entries["prompt"] {
      put = TokenSpelling.put(around: prompt, tokens.map { $0.text })
    }
    lastPositions = try metadata.lastPositions()
    unread = try metadata.unread()
    interventions = try metadata.interventions()
    mergesCharacters = entries["merge_unit"] == "character"
    merges = try metadata.record("merges", { MergeSteps($0) })
    pieces = try metadata.record("pieces", { $0.list { TextPiece($0) } })
    continuation = try metadata.record("continuation", { Continuation($0) })
    let trace = self
    reasons = try metadata.record("reasons", { Reasons($0, of: trace) })
    trainingCounts = try metadata.trainingCounts(length: tokens.count)
    parameters = try metadata.record("parameters", { ParameterCount($0) })
    quantization = try metadata.record("quantization", { Quantization($0) })
    if let isTied = model.isTied { parameters?.isTied = isTied }
  }

  /// The tensors in the order of the forward pass, then the rest by name.
  public var orderedTensors: [(name: String, tensor: Tensor)] {
    let hooks = HookPoint.readable(layerCount: layerCount).map { $0.name }
    let known = Set(hooks)
    let names = hooks + tensors.keys.filter { !known.contains($0) }.sorted()
    return names.compactMap { name in tensors[name].map { (name, $0) } }
  }

  /// The metadata as it stands in a trace file: plain text, or JSON with sorted keys.
  public var metadata: [String: String] {
    var entries = [
      "format": Self.format,
      "prompt": prompt,
      "token_ids": JSON.list(tokens) { .integer($0.id) }.compact,
      "tokens": JSON.list(tokens) { .string($0.text) }.compact,
      "model": model.json.compact,
    ]
    if put != (0, 0) {
      entries["tokens_put"] = JSON.list([put.before, put.after]) { .integer($0) }.compact
    }
    if !interventions.isEmpty { entries["interventions"] = JSON(interventions).compact }
    entries["vocabulary"] = vocabulary.map { JSON.list($0) { .string($0) }.compact }
    entries["vocabulary_part"] = shownTexts.map { texts in
      JSON.members(texts.map { JSON.Member("\($0.key)", .string($0.value)) }).compact
    }
    entries["last_positions"] = lastPositions.map { "\($0)" }
    if unread > 0 { entries["unread_tokens"] = "\(unread)" }
    if mergesCharacters { entries["merge_unit"] = "character" }
    entries["merges"] = merges.map { $0.json.compact }
    entries["pieces"] = pieces.map { JSON.list($0) { $0.json }.compact }
    entries["continuation"] = continuation.map { $0.json.compact }
    entries["reasons"] = reasons.map { $0.json.compact }
    entries["training_counts"] = trainingCounts.map { $0.json.compact }
    entries["quantization"] = quantization.map { $0.json.compact }
    entries["parameters"] = parameters.map { $0.json.compact }
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
