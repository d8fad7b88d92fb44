import Formats
import Tensors
import Traces

extension Configuration {
  /// Reads what a GGUF file says of its model.
  ///
  /// - Throws: ``CheckpointError`` that names what it asks for that is not done here.
  init(_ given: GGUFSettings, _ file: GGUFFile) throws(CheckpointError) {
    let path = file.header.name
    func unsupported(_ what: String) -> CheckpointError { .unsupported(file: path, what: what) }
    guard let family = Family.all.first(where: { $0.ggufName == given.architecture }) else {
      throw unsupported("general.architecture is “\(given.architecture)”")
    }
    guard given.experts < 2 else { throw unsupported("the model has experts") }
    guard let embedding = file.header.entry(named: "token_embd.weight"), embedding.shape.count == 2
    else { throw .tensorMissing(file: path, name: "token_embd.weight") }
    (layerCount, headCount, keyValueHeadCount) = (given.layers, given.heads, given.keyHeads)
    (dModel, dHead, dMLP) = (given.width, given.headWidth, given.neurons)
    (dVocab, contextLength) = (embedding.shape[0], given.context)
    let largest = [layerCount, headCount, dModel, dHead, dMLP, dVocab, contextLength].max() ?? 0
    guard largest <= 1 << 20 else { throw unsupported("one of its sizes is \(largest)") }
    epsilon = Float(given.normEpsilon)
    activation = family.activation
    isTied = file.header.entry(named: "output.weight") == nil
    architecture = family.architecture
    // The file has the gains as they are multiplied by.
    architecture.gainOffset = 0
    try architecture.choose(given, family, file.header, layers: layerCount)
    for (role, bias) in biasesOfTensors {
      let isThere = file.header.entry(named: "blk.0.\(role.rawValue).bias") != nil
      architecture.biases.choose(bias, isThere)
    }
    if let rotary = architecture.rotary {
      architecture.rotary = try rotary.scaled(given, file)
    }
  }

  /// A file has the biases that it has.
  private var biasesOfTensors: [(Parameter.Role, Biases)] {
    guard architecture.rotary != nil, !architecture.isParallel else { return [] }
    return [
      (.query, ["b_Q"]), (.key, ["b_K"]), (.value, ["b_V"]), (.output, ["b_O"]),
      (.gate, ["b_gate"]), (.up, ["b_in"]), (.down, ["b_out"]),
    ]
  }
}

extension Family {
  /// What GGUF files call it; Mistral's are Llamas there.
  fileprivate var ggufName: String? {
    switch type {
    case "gpt_neox": "gptneox"
    case "mistral": nil
    default: type
    }
  }
}

extension Architecture {
  fileprivate mutating func choose(
    _ given: GGUFSettings,
    _ family: Family,
    _ header: GGUFHeader,
    layers: Int
  ) throws(CheckpointError) {
    if rotary != nil {
      guard given.rotaryWidth <= given.headWidth, given.rotaryWidth.isMultiple(of: 2),
        given.headWidth.isMultiple(of: 2), given.rotaryBase > 1,
        family.rotaryShare != nil || given.rotaryWidth == given.headWidth
      else {
        throw .unsupported(
          file: header.name,
          what:
            "\(given.rotaryWidth) of \(given.headWidth) numbers of each head are rotated, with θ = "
            + "\(given.rotaryBase)"
        )
      }
      rotary = Rotary(dimensions: given.rotaryWidth, base: given.rotaryBase)
    }
    if isParallel { isParallel = given.isParallel }
    if family.scalesEmbedding { embeddingScale = Float(given.width).squareRoot() }
    if family.capsScores {
      // What llama.cpp takes, which the file does not say: 27B divides by √(D / H), the others by √d.
      scoreDivisor = Float(layers == 46 ? given.width / given.heads : given.headWidth).squareRoot()
      scoreCap = Float(given.scoreCap ?? 50)
      logitCap = Float(given.logitCap ?? 30)
    }
    if case .inEvenLayers = family.windows, layers <= LayerSet.layers.count {
      window = given.window ?? 4096
      for layer in stride(from: 0, to: layers, by: 2) { windowed.insert(layer) }
    } else if let window = given.window {
      throw .unsupported(file: header.name, what: "“attention.sliding_window” is \(window)")
    }
  }
}

extension Rotary {
  /// With the scaling that a file asks for.
  fileprivate func scaled(
    _ given: GGUFSettings,
    _ file: GGUFFile
  ) throws(CheckpointError) -> Rotary {
    var rotary = self
    let path = file.header.name
    switch given.rotaryScaling {
    case nil: break
    case "linear":
      guard given.rotaryFactor > 0 else {
        throw .unsupported(file: path, what: "“rope.scaling.factor” is \(given.rotaryFactor)")
      }
      rotary.scaling = .linear(factor: given.rotaryFactor)
    case let other?: throw .unsupported(file: path, what: "“rope.scaling.type” is “\(other)”")
    }
    for name in ["rope_factors_long.weight", "rope_factors_short.weight"]
    where file.header.entry(named: name) != nil {
      throw .unsupported(file: path, what: "the model has “\(name)”")
    }
    guard let divisors = file.tensor(named: "rope_freqs.weight")?.values.map({ Double($0) }) else {
      return rotary
    }
    if divisors.allSatisfy({ $0 == 1 }), divisors.count == dimensions / 2 { return rotary }
    guard rotary.scaling == nil, let scaling = Scaling(dividing: speeds, by: divisors) else {
      throw .unsupported(file: path, what: "“rope_freqs.weight” is not Llama 3's scaling")
    }
    rotary.scaling = scaling
    return rotary
  }
}
