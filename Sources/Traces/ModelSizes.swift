/// The sizes of a GPT, from which every one of its weights can be counted.
///
/// L layers, H heads, D width, F MLP width, V vocabulary, C context.
public struct ModelSizes: Sendable, Equatable {
  /// The number of blocks, L.
  public var layers: Int64
  /// The number of attention heads in a block, H.
  public var heads: Int64
  /// The length of every vector in the residual stream, D.
  public var width: Int64
  /// The number of neurons in a block, F.
  public var mlpWidth: Int64
  /// The number of tokens in the vocabulary, V.
  public var vocabulary: Int64
  /// The most tokens the model can see at once, C.
  public var context: Int64
  /// Whether the unembedding is the transposed embedding, and so takes no weights of its own.
  public var isTied: Bool
  /// The heads of keys and values, where several attention heads share one.
  public var sharedHeads: Int64?
  /// A head's width, where it is not D / H.
  public var ownHeadWidth: Int64?
  /// The equations, which say what else there is to count.
  public var architecture = Architecture()

  /// Takes the sizes as they are; ``problem`` says what may be wrong with them.
  public init(
    layers: Int64,
    heads: Int64,
    width: Int64,
    mlpWidth: Int64,
    vocabulary: Int64,
    context: Int64,
    isTied: Bool
  ) {
    self.layers = layers
    self.heads = heads
    self.width = width
    self.mlpWidth = mlpWidth
    self.vocabulary = vocabulary
    self.context = context
    self.isTied = isTied
  }

  /// A head's width, d: as a rule D / H.
  public var headWidth: Int64 { ownHeadWidth ?? width / heads }
  /// The heads of keys and values: as a rule H.
  public var keyHeads: Int64 { sharedHeads ?? heads }
  /// The width of all heads side by side: as a rule D.
  public var headsWidth: Int64 { heads * headWidth }

  /// The same sizes with some of them another.
  public func with(_ change: (inout ModelSizes) -> Void) -> ModelSizes {
    var sizes = self
    change(&sizes)
    return sizes
  }
}

extension ModelSizes {
  /// Why a model cannot have such sizes.
  public enum Problem: Sendable, Equatable {
    /// A size is zero or less.
    case notPositive
    /// The heads cannot share the width evenly.
    case notShared
    /// The parameters, or what is counted of them (their bytes, the multiplications), exceed 64 bits.
    case tooLarge
  }

  /// What is wrong with the sizes; nothing if every count made of them fits into 64 bits.
  public var problem: Problem? {
    let sizes = [layers, heads, width, mlpWidth, vocabulary, context, keyHeads]
    guard sizes.allSatisfy({ $0 > 0 }), ownHeadWidth ?? 1 > 0 else { return .notPositive }
    guard ownHeadWidth != nil || width.isMultiple(of: heads), heads.isMultiple(of: keyHeads) else {
      return .notShared
    }
    // At most 4 bytes of 4 matrices are counted of one product, or of 9 gains and biases a layer.
    let products =
      [
        [16, vocabulary, width], [16, context, width], [16, layers, width, width],
        [16, layers, width, mlpWidth], [40, layers, width], [16, layers, mlpWidth],
        [16, layers, width, context],
      ] + (ownHeadWidth.map { [[16, layers, width, heads, $0]] } ?? [])
    var total: Int64 = 0
    for factors in products {
      guard let product = Self.product(factors), Self.add(product, to: &total) else {
        return .tooLarge
      }
    }
    return nil
  }

  private static func product(_ factors: [Int64]) -> Int64? {
    var product: Int64 = 1
    for factor in factors {
      let (next, overflow) = product.multipliedReportingOverflow(by: factor)
      guard !overflow else { return nil }
      product = next
    }
    return product
  }

  private static func add(_ part: Int64, to total: inout Int64) -> Bool {
    let (next, overflow) = total.addingReportingOverflow(part)
    total = next
    return !overflow
  }
}
