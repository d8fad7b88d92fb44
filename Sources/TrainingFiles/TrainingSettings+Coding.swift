package import Training

// What a checkpoint keeps of a run beside its numbers, as JSON has it.

extension TrainingSettings: Codable {
  private enum Key: CodingKey {
    case layers, heads, width, context, batch, steps, learningRate, weightDecay, clipping, seed
    case storesHalf, source, fingerprint
  }

  package init(from decoder: any Decoder) throws {
    self.init()
    let saved = try decoder.container(keyedBy: Key.self)
    layers = try saved.decode(Int.self, forKey: .layers)
    heads = try saved.decode(Int.self, forKey: .heads)
    width = try saved.decode(Int.self, forKey: .width)
    context = try saved.decode(Int.self, forKey: .context)
    batch = try saved.decode(Int.self, forKey: .batch)
    steps = try saved.decode(Int.self, forKey: .steps)
    learningRate = try saved.decode(Double.self, forKey: .learningRate)
    weightDecay = try saved.decode(Double.self, forKey: .weightDecay)
    clipping = try saved.decode(Double.self, forKey: .clipping)
    seed = try saved.decode(UInt64.self, forKey: .seed)
    storesHalf = try saved.decode(Bool.self, forKey: .storesHalf)
    source = try saved.decode(TrainingSource.self, forKey: .source)
    fingerprint = try saved.decode(UInt64.self, forKey: .fingerprint)
  }

  package func encode(to encoder: any Encoder) throws {
    var saved = encoder.container(keyedBy: Key.self)
    try saved.encode(layers, forKey: .layers)
    try saved.encode(heads, forKey: .heads)
    try saved.encode(width, forKey: .width)
    try saved.encode(context, forKey: .context)
    try saved.encode(batch, forKey: .batch)
    try saved.encode(steps, forKey: .steps)
    try saved.encode(learningRate, forKey: .learningRate)
    try saved.encode(weightDecay, forKey: .weightDecay)
    try saved.encode(clipping, forKey: .clipping)
    try saved.encode(seed, forKey: .seed)
    try saved.encode(storesHalf, forKey: .storesHalf)
    try saved.encode(source, forKey: .source)
    try saved.encode(fingerprint, forKey: .fingerprint)
  }
}

extension TrainingSource: Codable {
  private enum Key: CodingKey { case files, world, worldTexts, vocabularySize }

  package init(from decoder: any Decoder) throws {
    let saved = try decoder.container(keyedBy: Key.self)
    self.init(
      files: try saved.decode([String].self, forKey: .files),
      world: try saved.decodeIfPresent(String.self, forKey: .world),
      worldTexts: try saved.decode(Int.self, forKey: .worldTexts),
      vocabularySize: try saved.decode(Int.self, forKey: .vocabularySize)
    )
  }

  package func encode(to encoder: any Encoder) throws {
    var saved = encoder.container(keyedBy: Key.self)
    try saved.encode(files, forKey: .files)
    try saved.encodeIfPresent(world, forKey: .world)
    try saved.encode(worldTexts, forKey: .worldTexts)
    try saved.encode(vocabularySize, forKey: .vocabularySize)
  }
}

extension TrainingRun.Validation: Codable {
  private enum Key: CodingKey { case step, loss }

  package init(from decoder: any Decoder) throws {
    let saved = try decoder.container(keyedBy: Key.self)
    self.init(
      step: try saved.decode(Int.self, forKey: .step),
      loss: try saved.decode(Double.self, forKey: .loss)
    )
  }

  package func encode(to encoder: any Encoder) throws {
    var saved = encoder.container(keyedBy: Key.self)
    try saved.encode(step, forKey: .step)
    try saved.encode(loss, forKey: .loss)
  }
}
