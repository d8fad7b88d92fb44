package import Tensors
package import Traces

/// Several sequences of one length, one below the other, and the heads that read them.
package struct AttentionShape {
  /// How many sequences, S.
  let sequenceCount: Int
  /// The length of each, T.
  let length: Int
  /// How many heads, H.
  let headCount: Int
  /// The width of a head, d.
  let dHead: Int
  /// What scores are divided by, √d.
  let divisor: Float

  /// Takes the sizes as they are.
  package init(
    sequenceCount: Int,
    length: Int,
    headCount: Int,
    dHead: Int,
    divisor: Float
  ) {
    (self.sequenceCount, self.length, self.headCount) = (sequenceCount, length, headCount)
    (self.dHead, self.divisor) = (dHead, divisor)
  }
}

/// The attention of all heads, between W_Q, W_K, W_V and W_O, forward and backward.
///
/// - SeeAlso: Vaswani et al. 2017, eq. 1, <https://arxiv.org/abs/1706.03762>.
package enum Attention {
  /// What the way back needs to know: for each head of each sequence, q/√d, k, v and the pattern.
  package struct Saved {
    /// The queries over √d, `[T, d]`.
    let q: Tensor
    /// The keys, `[T, d]`.
    let k: Tensor
    /// The values, `[T, d]`.
    let v: Tensor
    /// Who looks at whom, `[T, T]`.
    let pattern: Tensor

    /// Takes what was computed, or recorded, on the way there.
    package init(q: Tensor, k: Tensor, v: Tensor, pattern: Tensor) {
      (self.q, self.k, self.v, self.pattern) = (q, k, v, pattern)
    }
  }

  /// Computes `pattern = softmax(mask(q·kᵀ / √d))` and `z = pattern · v`.
  ///
  /// - Parameters:
  ///   - qkv: Queries, keys and values of all heads side by side, `[S·T, 3D]`.
  ///   - shape: The sequences and the heads.
  /// - Returns: z of all heads side by side, `[S·T, D]`.
  package static func forward(
    _ qkv: Tensor,
    _ shape: AttentionShape
  ) -> (z: Tensor, saved: [Saved]) {
    let heads = shape.headCount
    let saved = shape.eachHead.map { sequence, head -> Saved in
      let q = shape.part(of: qkv, sequence, head) / shape.divisor
      let k = shape.part(of: qkv, sequence, heads + head)
      let v = shape.part(of: qkv, sequence, 2 * heads + head)
      return Saved(q: q, k: k, v: v, pattern: causalSoftmax(product(q, k.transposed())))
    }
    let z = saved.map { product($0.pattern, $0.v) }
    return (Tensor.tiled(z, across: heads), saved)
  }

  /// Computes `dv = patternᵀ · dz` and `dPattern = dz · vᵀ`; through the softmax,
  /// `dScores = pattern · (dPattern − Σ pattern · dPattern)`; and then `dq = dScores · k / √d` and
  /// `dk = dScoresᵀ · q / √d`.
  ///
  /// - Parameters:
  ///   - dz: `[S·T, D]`.
  ///   - saved: What the way there left.
  ///   - shape: The sequences and the heads.
  ///   - layer: The layer it belongs to.
  ///   - hook: Is handed the gradients of each head on their way; sees one sequence.
  /// - Returns: dq, dk and dv of all heads side by side, `[S·T, 3D]`.
  package static func backward<H: Hook>(
    _ dz: Tensor,
    _ saved: [Saved],
    _ shape: AttentionShape,
    _ layer: Int,
    _ hook: inout H
  ) -> Tensor {
    let (square, row) = (
      [1, shape.length, shape.length], [shape.length, 1, shape.dHead]
    )
    let parts = zip(shape.eachHead, saved).map { place, saved in
      let dz = shape.part(of: dz, place.sequence, place.head)
      let pattern = saved.pattern
      let dPattern = product(dz, saved.v.transposed())
        .hooked(by: &hook, .pattern(layer), as: square)
      let dScores = (pattern * (dPattern - (pattern * dPattern).rowSums()))
        .hooked(by: &hook, .attnScores(layer), as: square)
        .hooked(by: &hook, .attnScoresUnmasked(layer), as: square)
      return (
        dq: (product(dScores, saved.k) / shape.divisor).hooked(by: &hook, .q(layer), as: row),
        dk: product(transposed: dScores, saved.q).hooked(by: &hook, .k(layer), as: row),
        dv: product(transposed: pattern, dz).hooked(by: &hook, .v(layer), as: row)
      )
    }
    // Of each sequence: the queries of all heads, then the keys, then the values.
    let tiles = (0..<shape.sequenceCount).flatMap { sequence in
      let heads = parts[sequence * shape.headCount..<(sequence + 1) * shape.headCount]
      return heads.map { $0.dq } + heads.map { $0.dk } + heads.map { $0.dv }
    }
    return Tensor.tiled(tiles, across: 3 * shape.headCount)
  }
}

extension Tensor {
  /// The gradient as a hook gives it back, which sees it in another shape.
  fileprivate func hooked<H: Hook>(
    by hook: inout H,
    _ point: @autoclosure () -> HookPoint,
    as shape: [Int]
  ) -> Tensor {
    hook.isIdle ? self : hook(point(), reshaped(to: shape)).reshaped(to: self.shape)
  }
}

extension AttentionShape {
  /// Every head of every sequence, in order.
  fileprivate var eachHead: [(sequence: Int, head: Int)] {
    (0..<sequenceCount).flatMap { sequence in (0..<headCount).map { (sequence, $0) } }
  }

  /// What stands in one sequence's rows and in d columns, `[T, d]`.
  ///
  /// A head's place is its number; of queries, keys and values side by side, its key stands H places
  /// further and its value 2H.
  fileprivate func part(of x: Tensor, _ sequence: Int, _ place: Int) -> Tensor {
    x.tile(
      rows: sequence * length..<(sequence + 1) * length,
      columns: place * dHead..<(place + 1) * dHead
    )
  }
}
