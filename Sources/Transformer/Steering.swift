import Tensors
public import Traces

/// Why a site has no vector to be steered by.
public enum SteeringError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What stands at the site is not one vector for each position, or is not in this model.
  case noVector(site: String)
  /// A vector has another count of numbers than the site.
  case width(site: String, expected: Int, found: Int)

  /// One sentence that names the site.
  public var description: String {
    switch self {
    case .noVector(let site):
      "“\(site)” has no vector for each position, so that none can be added; blocks.0.hook_resid_pre has, for example"
    case .width(let site, let expected, let found):
      "the vector has \(found == 1 ? "1 number" : "\(found) numbers"), but “\(site)” has \(expected) at each position"
    }
  }
}

extension Model {
  /// A vector to steer by: what a site has at the last token of one prompt, minus what it has at that of another.
  ///
  /// Both prompts are run as they are, with nothing set from outside.
  ///
  /// - Parameters:
  ///   - site: The site that the vector is to be added to.
  ///   - plus: The tokens of the one prompt, at least one, at most a context window.
  ///   - minus: Those of the other; none for the vector of the one alone.
  /// - Returns: The difference, before it is multiplied by a scale.
  /// - Throws: ``SteeringError`` if the site has no vector for each position.
  public func difference(
    at site: Site,
    _ plus: [Int],
    minus: [Int]?
  ) throws(SteeringError) -> [Float] {
    let first = try transformer.lastVector(at: site, of: plus)
    guard let minus else { return first }
    return zip(first, try transformer.lastVector(at: site, of: minus)).map { $0 - $1 }
  }

  /// Checks that a vector can be added to a site.
  ///
  /// - Parameters:
  ///   - count: How many numbers the vector has.
  ///   - site: The site.
  ///   - tokens: Any tokens that the model takes.
  /// - Throws: ``SteeringError`` if the site has none, or another count of numbers.
  public func check(_ count: Int, at site: Site, on tokens: [Int]) throws(SteeringError) {
    let expected = try transformer.lastVector(at: site, of: Array(tokens.prefix(1))).count
    guard count == expected else {
      throw .width(site: site.name, expected: expected, found: count)
    }
  }
}

extension Transformer {
  /// What stands at a site at the last position of a prompt.
  fileprivate func lastVector(at site: Site, of tokens: [Int]) throws(SteeringError) -> [Float] {
    let point = site.point
    guard point.positionAxis == 0, !point.axes.contains(.key), point != .probabilities else {
      throw .noVector(site: site.name)
    }
    // The hooks of a recorded run: a pass with hooks of its own would be one more copy of it in the page's program.
    var hook = HookChain(InterventionHook(), ActivationRecorder { $0 == point })
    logits(for: tokens, hook: &hook)
    guard let value = hook.second.activations[point.name] else {
      throw .noVector(site: site.name)
    }
    let vector = value.slice(value.shape[0] - 1).values
    return part(of: site).map { Array(vector[$0]) } ?? vector
  }

  /// Which of the numbers that a position has at a site's hook point are the site's; all if not given.
  func part(of site: Site) -> Range<Int>? {
    switch site {
    case .head(_, let head):
      let width = configuration.dHead
      return head * width..<(head + 1) * width
    case .neuron(_, let neuron): return neuron..<neuron + 1
    case .attentionBias, .finalNormBias, .unembeddingBias, .embed, .posEmbed, .attention, .mlp,
      .hook:
      return nil
    }
  }
}
