import Graphics
import Platform
import Tensors
public import Traces

/// What a page needs so that its reader may follow another token, layer or head.
///
/// Steps that depend on the token, or on the token and the layer, are told again for each of them; those of a single
/// head the page's script works out from the queries, keys and values it carries, for there are too many to tell.
public struct Following: Sendable {
  let story: Story
  /// The positions that may be followed: all, or the last ones of a long prompt.
  public let positions: Range<Int>
  /// The layers that may be opened up, in order; the others were left out to keep the page small.
  public var layers: [Int]
  /// The layers whose attention patterns are carried, in order.
  public let patternLayers: [Int]
  /// What is followed first.
  public var followed: Int { story.followed }
  /// The layer that is opened up first.
  public var layer: Int { story.layer }
  /// The head that is opened up first.
  public var head: Int { story.head }
  /// How many layers the model has.
  public var layerCount: Int { story.trace.layerCount }
  /// How many heads each of them has.
  public let headCount: Int
  /// The language of the story.
  public var language: Language { story.language }
  /// The prompt's tokens.
  public var tokens: [Subject.Token] {
    story.trace.tokens.map { Subject.Token(id: $0.id, text: $0.text) }
  }
  /// The first position of which everything is recorded: 0, unless only the last ones are.
  public var recorded: Int { story.trace.recordedPositions.lowerBound }
  /// The positions that matrices show.
  public var drawnPositions: Range<Int> { story.drawnPositions }
  /// The name of the scores after the mask, with `{layer}` for the layer.
  public var scoresName: String { template(.attnScores(0)) }
  /// The name of the scores before the mask likewise.
  public var unmaskedScoresName: String {
    template(
      story.trace[.attnScoresUnmasked(layer)] == nil ? .attnScores(0) : .attnScoresUnmasked(0)
    )
  }
  private func template(_ hook: HookPoint) -> String {
    hook.name.swapping("blocks.0.", for: "blocks.{layer}.")
  }
  /// The seed of the draws that the story shows.
  public var seed: UInt64 { story.trace.continuation?.seed ?? 0 }
  /// Whether scores are q·k/√d, so that they need not be carried.
  public let scoresAreProducts: Bool

  /// At most so many positions of a prompt can be followed.
  static let positionLimit = 256
  /// The letters that patterns may take on a page, those of the layers nearest to the open one first.
  static let patternLimit = 13_000_000
  /// The letters that the insides of layers may take together with the patterns: so many, and some more for each head of
  /// the model, for who opens a larger model expects a larger page.
  static let (detailLimit, detailLimitPerHead) = (600_000, 6_000)

  /// Takes what can be followed from a trace; `nil` if it has no queries and keys of the open layer, or its sizes do not
  /// fit together.
  ///
  /// - Parameters:
  ///   - trace: What was recorded.
  ///   - language: The language of the story.
  ///   - layer: The layer opened up first, as for ``Walkthrough/init(of:in:layer:head:followed:)``.
  ///   - head: The head opened up first, likewise.
  ///   - isTold: Whether the program tells what is followed, so that nothing need be computed from what is carried.
  public init?(
    of trace: Trace,
    in language: Language,
    layer: Int? = nil,
    head: Int? = nil,
    isTold: Bool = false
  ) {
    self.init(of: Findings(of: trace), in: language, layer: layer, head: head, isTold: isTold)
  }

  /// The same of a trace that was looked through before.
  public init?(
    of findings: Findings,
    in language: Language,
    layer: Int? = nil,
    head: Int? = nil,
    isTold: Bool = false
  ) {
    let trace = findings.trace
    let choice = HeadChoice(trace: trace, layer: layer, head: head)
    let story = Story(findings, language: language, choice: choice)
    let length = trace.tokens.count
    let positions = max(trace.recordedPositions.lowerBound, length - Self.positionLimit)..<length
    let complete = (0..<trace.layerCount).filter { story.isComplete(layer: $0) }
    guard complete.contains(choice.layer) || isTold, let q = trace[.q(choice.layer)],
      q.shape.count == 3
    else { return nil }
    // What the program tells needs no queries and keys beside the patterns.
    let patterned =
      isTold ? (0..<trace.layerCount).filter { story.hasPattern(layer: $0) } : complete
    let nearest = patterned.rising { Double(abs($0 - choice.layer)) }
    // About as many letters as were measured: packed and written as text, four bytes of a number take 5, two take 2, a bar
    // takes 1, and what is told of a position in a layer 1,700.
    let numbers = q.columns * q.shape[1]
    let detail = length * numbers * 14 + positions.count * (5 * VectorStrip.drawnLimit + 1700)
    let pattern = q.shape[1] * positions.reduce(0) { $0 + $1 + 1 } * 5 / 2
    let patterns = min(patterned.count, max(1, Self.patternLimit / max(1, pattern)))
    let room =
      Self.detailLimit + Self.detailLimitPerHead * q.shape[1] * trace.layerCount - patterns
      * pattern
    self.story = story
    self.positions = positions
    self.headCount = q.shape[1]
    let opened = nearest.filter { complete.contains($0) }
    layers = opened.prefix(max(1, room / max(1, detail))).sorted()
    patternLayers = nearest.prefix(patterns).sorted()
    scoresAreProducts = complete.allSatisfy { story.with(layer: $0).isDividedByRoot }
  }

  /// The steps that depend on the token, as they are told of another.
  public func steps(at position: Int) -> [(stage: StageID, step: Step)] {
    steps(.token, layer: layer, position)
  }

  /// The steps that depend on the token and the layer, as they are told of others.
  public func steps(at position: Int, layer: Int) -> [(stage: StageID, step: Step)] {
    steps(.layer, layer: layer, position)
  }

  private func steps(
    _ scope: Step.Scope,
    layer: Int,
    _ position: Int
  ) -> [(stage: StageID, step: Step)] {
    let other = story.with(layer: layer, followed: position)
    return Walkthrough.tellers.filter { $0.scopes.contains(scope) }.flatMap { teller in
      teller.steps(other, scope).map { (teller.id, $0) }
    }
  }
}

extension Story {
  /// Whether a layer's attention was recorded in full, in shapes that fit the prompt.
  fileprivate func isComplete(layer: Int) -> Bool {
    guard let q = trace[.q(layer)], let k = trace[.k(layer)], let v = trace[.v(layer)],
      let z = trace[.z(layer)], q.shape.count == 3, let first = trace[.q(self.layer)]
    else { return false }
    return q.shape == first.shape && k.shape == q.shape && v.shape == q.shape && z.shape == q.shape
      && q.shape[0] == length && hasPattern(layer: layer)
      // The page's script multiplies queries and keys as they are, not as a norm or a rotation leaves them.
      && trace[.rotatedQ(layer)] == nil && trace[.qNormed(layer)] == nil
  }
  /// Whether the attention patterns of a layer's heads were recorded, in a shape that fits the prompt.
  fileprivate func hasPattern(layer: Int) -> Bool {
    guard let q = trace[.q(layer)], let pattern = trace[.pattern(layer)], q.shape.count == 3
    else { return false }
    return pattern.shape == [q.shape[1], trace.recordedPositions.count, length]
  }
}
