public import Tensors
import Traces

/// The patterns of one head in two runs.
public struct ComparedPatterns: Sendable {
  /// The layer and the head, counted from 0.
  public let layer: Int, head: Int
  /// Whether it is the head whose attention differs most of all that both runs have.
  public let differsMost: Bool
  /// How much of an aligned token's attention goes elsewhere in the other run: half the sum of the absolute differences of
  /// its shares, those of tokens without a partner in full, averaged over the aligned tokens.
  ///
  /// 0 if the patterns are equal, 1 if no share is given to the same token. It is called the total variation distance.
  public let moved: Double
  /// The patterns: a row for each recorded position, shares of all positions.
  public let a: Tensor, b: Tensor

  /// Looks for the head.
  ///
  /// - Parameters:
  ///   - first: The one run.
  ///   - second: The other.
  ///   - alignment: Which tokens belong together.
  ///   - layer: The layer, if it is chosen.
  ///   - head: The head, if it is chosen.
  init?(_ first: Trace, _ second: Trace, _ alignment: Alignment, layer: Int?, head: Int?) {
    var best: ComparedPatterns?
    for candidate in 0..<min(first.layerCount, second.layerCount)
    where layer == nil || layer == candidate {
      guard let a = first[.pattern(candidate)], let b = second[.pattern(candidate)] else {
        continue
      }
      for number in 0..<min(a.shape[0], b.shape[0]) where head == nil || head == number {
        let (ofA, ofB) = (a.slice(number), b.slice(number))
        let compared = ComparedPatterns(
          layer: candidate,
          head: number,
          differsMost: layer == nil && head == nil,
          moved: Self.moved(ofA, ofB, alignment),
          a: ofA,
          b: ofB
        )
        if compared.moved > best?.moved ?? -1 { best = compared }
      }
    }
    guard let best else { return nil }
    self = best
  }

  private init(
    layer: Int,
    head: Int,
    differsMost: Bool,
    moved: Double,
    a: Tensor,
    b: Tensor
  ) {
    (self.layer, self.head, self.differsMost) = (layer, head, differsMost)
    (self.moved, self.a, self.b) = (moved, a, b)
  }

  /// The total variation distance, averaged over the aligned tokens whose rows were recorded.
  private static func moved(_ a: Tensor, _ b: Tensor, _ alignment: Alignment) -> Double {
    let (startOfA, startOfB) = (a.columns - a.rows, b.columns - b.rows)
    var sum = 0.0
    var count = 0
    for query in alignment.pairs where query.a >= startOfA && query.b >= startOfB {
      let (row, other) = (a.slice(query.a - startOfA).values, b.slice(query.b - startOfB).values)
      var (kept, apart) = (0.0, 0.0)
      for key in alignment.pairs {
        let (share, otherShare) = (Double(row[key.a]), Double(other[key.b]))
        kept += share + otherShare
        apart += abs(share - otherShare)
      }
      let all = row.reduce(0) { $0 + Double($1) } + other.reduce(0) { $0 + Double($1) }
      sum += (apart + max(0, all - kept)) / 2
      count += 1
    }
    return count > 0 ? sum / Double(count) : 0
  }
}
