import Platform
import Tensors

/// The difference that comes nearest to what is allowed, or exceeds it most.
struct Deviation {
  var found: Double
  var allowed: Double
  var tensor: String

  init(_ found: Double, allowed: Double, _ hook: HookPoint) {
    self.found = found
    self.allowed = allowed
    tensor = hook.name
  }

  /// How many times what is allowed was found.
  var excess: Double { found.isFinite ? found / allowed : .infinity }
}

/// The difference between two tensors that is largest beside what is allowed there: the tolerance, and the rounding of the
/// terms.
func compare(
  _ a: Tensor,
  _ b: Tensor,
  rounding: Tensor,
  _ hook: HookPoint
) -> Deviation? {
  guard a.shape == b.shape, a.shape == rounding.shape else { return nil }
  return a.withValues { a in
    b.withValues { b in
      rounding.withValues { rounding in
        let base =
          TraceCheck.tolerance
          * Double(b.reduce(Float(1)) { $1.isFinite ? max($0, abs($1)) : $0 })
        var worst = Deviation(0, allowed: base, hook)
        for i in a.indices where a[i] != b[i] {
          let difference = Double(abs(a[i] - b[i]))
          guard difference.isFinite else { return Deviation(.infinity, allowed: base, hook) }
          let next = Deviation(difference, allowed: base + Double(rounding[i]), hook)
          if next.excess > worst.excess { worst = next }
        }
        return worst
      }
    }
  }
}

/// The largest share that a pattern gives to a later position.
func aheadOfTime(in pattern: Tensor, at hook: HookPoint) -> Deviation {
  var worst = 0.0
  pattern.withValues { values in
    let length = pattern.columns
    // The queries may be the last positions alone.
    let queries = max(1, pattern.shape[1])
    for row in 0..<pattern.rows {
      let query = length - queries + row % queries
      for key in query + 1..<max(length, query + 1) {
        let share = Double(abs(values[row * length + key]))
        worst = share.isNaN ? .infinity : max(worst, share)
      }
    }
  }
  return Deviation(worst, allowed: TraceCheck.tolerance, hook)
}

extension Tensor {
  /// `[position, head, n]` to `[position, n]`: what is made of the elements, summed over the heads.
  func summedOverHeads(_ make: (Float) -> Float) -> Tensor {
    let (positions, heads, width) = (shape[0], shape[1], shape[2])
    return Tensor(shape: [positions, width]) { sum in
      withValues { values in
        for position in 0..<positions {
          for head in 0..<heads {
            for i in 0..<width {
              sum[position * width + i] += make(values[(position * heads + head) * width + i])
            }
          }
        }
      }
    }
  }
}

/// e to the power of x.
func expOf(_ x: Float) -> Float { exp(x) }
