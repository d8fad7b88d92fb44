public import Tensors
import Traces

/// How strongly each head of a model has the habits that the literature has names for, measured on random tokens that are
/// repeated: nothing but the repetition tells what comes next.
///
/// A score is the mean share of attention that a head spends on the habit; the baseline is that of a head which spreads its
/// attention evenly over all that it sees.
///
/// - SeeAlso: Olsson et al. 2022, <https://arxiv.org/abs/2209.11895>, appendix on head activation evaluators.
public struct HeadScores: Sendable {
  /// One head's scores.
  public struct Head: Sendable, Equatable {
    /// Layer and head, counted from 0.
    public var layer: Int, head: Int
    /// The share of attention for each of ``HeadScores/habits``, 0 to 1.
    public var scores: [Double]
  }

  /// The habits' names, in the order of the scores.
  public static let habits = ["previous_token", "duplicate_token", "induction", "attention_sink"]

  /// What the model is called.
  public let model: String
  /// The token ids of the sequences that the scores are means over; each is a half, repeated.
  public let sequences: [[Int]]
  /// How many tokens stand before the random ones: those that the tokenizer puts there.
  public let before: Int
  /// What attention spread evenly scores, for each habit, where a head sees everything before it.
  public let baselines: [Double]
  /// What such a head must score to be said to have a habit.
  public let bars: [Double]
  /// How far back the heads of each layer look, their own position counted; `nil` for those that see everything.
  public let windows: [Int?]
  /// The heads, layer by layer.
  public private(set) var heads: [Head] = []

  private let probes: [[HabitProbe]]

  /// Prepares to score heads on sequences.
  ///
  /// - Parameters:
  ///   - model: What the model is called.
  ///   - sequences: The token ids of each.
  ///   - before: How many of them stand before the random ones.
  ///   - windows: How far back each layer's heads look, if not at everything.
  public init(model: String, sequences: [[Int]], before: Int, windows: [Int?] = []) {
    (self.model, self.sequences, self.before) = (model, sequences, before)
    self.windows = windows
    probes = sequences.map { ids in HeadHabit.allCases.map { HabitProbe($0, in: ids) } }
    baselines = Self.baselines(probes, window: nil)
    bars = baselines.map(HabitProbe.bar)
  }

  /// What attention spread evenly over all that a layer sees scores, for each habit.
  public func baselines(ofLayer layer: Int) -> [Double] {
    Self.baselines(probes, window: layer < windows.count ? windows[layer] : nil)
  }

  private static func baselines(_ probes: [[HabitProbe]], window: Int?) -> [Double] {
    HeadHabit.allCases.indices.map { habit in
      probes.reduce(0) { $0 + $1[habit].baseline(window: window) } / Double(max(1, probes.count))
    }
  }

  /// Adds the heads of a layer.
  ///
  /// - Parameters:
  ///   - layer: The layer.
  ///   - patterns: Its attention patterns on each of the sequences, `[head, query, key]` each.
  public mutating func add(_ layer: Int, _ patterns: [Tensor]) {
    guard let count = patterns.first?.shape[0], patterns.count == probes.count else { return }
    for head in 0..<count {
      let scores = HeadHabit.allCases.indices.map { habit in
        zip(patterns, probes).reduce(0) { $0 + $1.1[habit].score($1.0, head: head) }
          / Double(patterns.count)
      }
      heads.append(Head(layer: layer, head: head, scores: scores))
    }
  }

  /// Whether a head has a habit; one of layer 0 is no induction head, since its keys do not know what stood before them.
  public func has(_ head: Head, _ habit: Int) -> Bool {
    head.layer >= HeadHabit.allCases[habit].firstLayer
      && head.scores[habit] >= HabitProbe.bar(baselines(ofLayer: head.layer)[habit])
  }
}
