import Platform
import Tensors
public import Traces
import Transformer

extension Attribution {
  /// Direct logit attribution: the stream at the position is a sum, and each of its parts is read out by itself.
  ///
  /// The last norm is linear but for its scale, which is taken as it was on this run: of each part its mean is taken
  /// away, the rest is multiplied by the gain and divided by the scale, and multiplied by the contrast's direction in
  /// W_U. Where a part was set from outside, what it was set to counts; where the stream itself was set, what made it
  /// up before does not; what was only added to the stream is a part of its own.
  ///
  /// - Parameter contrast: The token, and the one that it is compared with.
  /// - Returns: The parts in falling order of size; together they are the difference.
  /// - SeeAlso: Elhage et al. 2021, *A Mathematical Framework for Transformer Circuits*, on direct paths.
  public func terms(of contrast: Contrast) -> [Reasons.Term] {
    var reader = Reader(self, contrast)
    if isSet(.logits) {
      return [Reasons.Term(.hook(.logits), difference(of: contrast))]
    }
    if isSet(.normOut(.final)) {
      return [
        Reasons.Term(.hook(.normOut(.final)), reader.atOutput(recorded(.normOut(.final))))
      ]
    }
    var terms: [Reasons.Term] = []
    if let bias = transformer.weights.finalNorm.bias {
      let value = isWithout(.finalNormBias) ? 0 : reader.atOutput(bias)
      terms.append(Reasons.Term(.finalNormBias, value))
    }
    if isSet(.normalized(.final)) {
      let point = HookPoint.normalized(.final)
      terms.append(Reasons.Term(.hook(point), reader.beforeGain(recorded(point))))
      return Self.sorted(terms)
    }
    return Self.sorted(parts(&reader) + terms)
  }

  /// What each neuron adds directly, in falling order of size.
  ///
  /// - Parameter contrast: The token, and the one that it is compared with.
  /// - Returns: One term for each neuron of each layer whose MLP's output was not set from outside.
  public func neurons(of contrast: Contrast) -> [Reasons.Term] {
    let reader = Reader(self, contrast)
    var terms: [Reasons.Term] = []
    for (layer, block) in transformer.weights.blocks.enumerated() where !isSet(.mlpOut(layer)) {
      let activations = row(.mlpPost(layer)).values
      let after = reader.after(self, block.normsAfter.last, .afterMLP(layer: layer))
      let rows = after.inStream(rowsOf: block.mlp.down.inputsInRows)
      for (neuron, activation) in activations.enumerated() {
        let site = Site.neuron(layer: layer, neuron: neuron)
        terms.append(Reasons.Term(site, Double(activation) * rows[neuron]))
      }
    }
    return Self.sorted(terms)
  }

  /// The parts of the stream after the last block, since it was last set from outside.
  private func parts(_ reader: inout Reader) -> [Reasons.Term] {
    var terms = [Reasons.Term(.embed, reader.inStream(row(.embed)))]
    if transformer.weights.position != nil {
      terms.append(Reasons.Term(.posEmbed, reader.inStream(row(.posEmbed))))
    }
    /// Begins anew where the stream was set from outside, and goes on where something was added to it.
    func beginAnew(_ point: HookPoint) {
      if isReplaced(point) {
        terms = [Reasons.Term(.hook(point), reader.inStream(row(point)))]
      } else {
        add(.hook(point))
      }
    }
    /// What was added there from outside.
    func add(_ site: Site) {
      guard let vector = added(site.point) else { return }
      terms.append(Reasons.Term(site, reader.inStream(vector)))
    }
    for (layer, block) in transformer.weights.blocks.enumerated() {
      beginAnew(.residPre(layer))
      if isReplaced(.attnOut(layer)) {
        terms.append(
          Reasons.Term(.attention(layer: layer), reader.inStream(row(.attnOut(layer))))
        )
      } else {
        let result = row(.result(layer))
        let after = reader.after(self, block.normsAfter.first, .afterAttention(layer: layer))
        for head in 0..<transformer.configuration.headCount {
          let site = Site.head(layer: layer, head: head)
          terms.append(Reasons.Term(site, after.inStream(result.slice(head))))
        }
        if let written = block.attention.output.bias {
          let bias = Site.attentionBias(layer: layer)
          terms.append(Reasons.Term(bias, isWithout(bias) ? 0 : after.inStream(written)))
        }
        add(.attention(layer: layer))
      }
      if !transformer.configuration.architecture.isParallel { beginAnew(.residMid(layer)) }
      terms.append(Reasons.Term(.mlp(layer: layer), reader.inStream(row(.mlpOut(layer)))))
      beginAnew(.residPost(layer))
    }
    return terms
  }

  /// Falling by size; equal ones stay in their order.
  private static func sorted(_ terms: [Reasons.Term]) -> [Reasons.Term] {
    terms.rising { -abs($0.contribution) }
  }
}

/// Reads vectors out in the direction of a contrast.
private struct Reader {
  /// The contrast's direction after the last norm.
  private let direction: [Double]
  /// The same before the gain.
  private let ahead: [Double]
  /// The same in the stream, through the norm with the scale that it had.
  private var through: [Double]

  init(_ attribution: Attribution, _ contrast: Contrast) {
    let scale = Double(attribution.recorded(.scale(.final)).values[0])
    direction = attribution.direction(of: contrast)
    ahead = zip(direction, attribution.transformer.weights.finalNorm.gain.values).map {
      $0 * Double($1)
    }
    through = Self.through(attribution, ahead, scale)
  }

  /// From before a norm's gain to before the norm: its scale is taken as it was.
  private static func through(
    _ attribution: Attribution,
    _ ahead: [Double],
    _ scale: Double
  ) -> [Double] {
    // To take its mean from a vector and then multiply is to multiply by what is without its mean.
    let takesMeanAway = attribution.transformer.configuration.architecture.norm.takesMeanAway
    let mean = takesMeanAway ? ahead.reduce(0, +) / Double(ahead.count) : 0
    return ahead.map { ($0 - mean) / scale }
  }

  /// A reader of what passes a norm on its way to the stream.
  func after(_ attribution: Attribution, _ norm: Weights.Norm?, _ site: NormSite) -> Reader {
    guard let norm else { return self }
    var reader = self
    let gained = zip(through, norm.gain.values).map { $0 * Double($1) }
    let scale = Double(attribution.row(.scale(site)).values[0])
    reader.through = Self.through(attribution, gained, scale)
    return reader
  }

  /// What a vector of the stream adds.
  func inStream(_ vector: Tensor) -> Double { Self.dot(vector, through) }
  /// What a vector between the norm and its gain adds.
  func beforeGain(_ vector: Tensor) -> Double { Self.dot(vector, ahead) }
  /// What a vector after the norm adds.
  func atOutput(_ vector: Tensor) -> Double { Self.dot(vector, direction) }

  /// What each row of a matrix would add to the stream's reading.
  func inStream(rowsOf matrix: Tensor) -> [Double] {
    let width = matrix.columns
    return matrix.withValues { values in
      (0..<matrix.rows).map { row in
        var sum = 0.0
        for i in 0..<width { sum += Double(values[row * width + i]) * through[i] }
        return sum
      }
    }
  }

  private static func dot(_ vector: Tensor, _ direction: [Double]) -> Double {
    vector.withValues { values in
      var sum = 0.0
      for i in values.indices { sum += Double(values[i]) * direction[i] }
      return sum
    }
  }
}
