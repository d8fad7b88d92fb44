import Tensors

/// The keys and values of all positions the model has seen, so that none is computed twice.
///
/// Nobody may look ahead, so what a position computes does not depend on what comes after it. When a
/// text grows by a token, its earlier positions would compute what they computed before. All that a
/// new position needs of them are the keys it compares its query with, and the values it gathers.
///
/// A cache is a value: a copy can go on with another text. Positions are counted from the beginning of what was
/// seen, so a cache is of no use once the beginning of the text is forgotten: make a new one then.
public struct KeyValueCache: Sendable {
  /// What one layer's attention remembers.
  struct Layer: Sendable {
    private var keysOfHead: [GrowingMatrix]
    private var valuesOfHead: [GrowingMatrix]

    init(headCount: Int, dHead: Int) {
      keysOfHead = Array(repeating: GrowingMatrix(columns: dHead), count: headCount)
      valuesOfHead = keysOfHead
    }

    /// The number of positions seen.
    var length: Int { keysOfHead[0].rows }

    /// Remembers the keys, turned already where positions turn them, and values of new positions, `[T, KV, d]` each.
    mutating func append(keys: Tensor, values: Tensor) {
      let dHead = keys.columns
      let (keys, values) = (keys.joiningHeads(), values.joiningHeads())
      for head in keysOfHead.indices {
        let columns = head * dHead..<(head + 1) * dHead
        keysOfHead[head].append(keys, columns: columns)
        valuesOfHead[head].append(values, columns: columns)
      }
    }

    /// Each head's keys of every position seen: `[S, d]`.
    var keys: [Tensor] { keysOfHead.map { $0.tensor } }

    /// Each head's values of every position seen: `[S, d]`.
    var values: [Tensor] { valuesOfHead.map { $0.tensor } }
  }

  var layers: [Layer]

  /// The number of positions seen.
  public var length: Int { layers[0].length }

  /// Makes a cache that remembers nothing yet.
  public init(for configuration: Configuration) {
    let layer = Layer(headCount: configuration.keyValueHeadCount, dHead: configuration.dHead)
    layers = Array(repeating: layer, count: configuration.layerCount)
  }
}
