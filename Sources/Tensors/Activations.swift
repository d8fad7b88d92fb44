import CKernels
import Platform

/// The Gaussian error linear unit in GPT-2's tanh form: `½x(1 + tanh(√(2/π)(x + 0.044715x³)))`.
///
/// - SeeAlso: Hendrycks & Gimpel 2016, section 2, <https://arxiv.org/abs/1606.08415>.
public func gelu(_ x: Tensor) -> Tensor {
  let count = x.count
  return Tensor(uninitialized: x.shape) { y in
    x.withAddress { x in
      inParallel(count: count, granule: 8, work: count * 8) { part in
        kernels.gelu(part.count, x + part.lowerBound, y + part.lowerBound)
      }
    }
  }
}

/// The Gaussian error linear unit as defined: `x · Φ(x) = ½x(1 + erf(x / √2))`.
///
/// - SeeAlso: Hendrycks & Gimpel 2016, section 2, <https://arxiv.org/abs/1606.08415>.
public func exactGELU(_ x: Tensor) -> Tensor {
  let count = x.count
  return Tensor(uninitialized: x.shape) { y in
    x.withAddress { x in
      inParallel(count: count, work: count * 100) { part in
        // 1 + erf u = erfc −u, without the loss of digits where erf u is near −1.
        for i in part { y[i] = 0.5 * x[i] * erfc(x[i] * -Float(0.5).squareRoot()) }
      }
    }
  }
}

/// The sigmoid linear unit: `x · σ(x) = x / (1 + e⁻ˣ)`.
///
/// - SeeAlso: Elfwing et al. 2017, eq. 6, <https://arxiv.org/abs/1702.03118>.
public func silu(_ x: Tensor) -> Tensor {
  let count = x.count
  return Tensor(uninitialized: x.shape) { y in
    x.withAddress { x in
      inParallel(count: count, work: count * 20) { part in
        for i in part { y[i] = x[i] / (1 + exp(-x[i])) }
      }
    }
  }
}

/// Numbers kept between −c and c: `c · tanh(x / c)`.
///
/// - SeeAlso: Gemma Team 2024, section 2, <https://arxiv.org/abs/2408.00118>.
public func softCap(_ x: Tensor, at c: Float) -> Tensor {
  let count = x.count
  return Tensor(uninitialized: x.shape) { y in
    x.withAddress { x in
      inParallel(count: count, work: count * 40) { part in
        softCap(part.count, x + part.lowerBound, c, y + part.lowerBound)
      }
    }
  }
}

/// The same of some numbers, which may be written where they were read.
func softCap(
  _ count: Int,
  _ x: UnsafePointer<Float>,
  _ c: Float,
  _ y: UnsafeMutablePointer<Float>
) {
  for i in 0..<count { y[i] = c * Float(tanh(Double(x[i] / c))) }
}

/// The rectified linear unit: `max(0, x)`.
public func relu(_ x: Tensor) -> Tensor {
  // Written so that what is not a number stays visible.
  x.map { u in u < 0 ? 0 : u }
}

// MARK: - Slopes

/// What a change of ``gelu(_:)``'s result means for `x`: `dy · gelu′(x)`.
///
/// `gelu′(x) = s + x s (1 − s) p′`, where `gelu(x) = x s`, `s = 1 / (1 + e⁻ᵖ)` and
/// `p = 2√(2/π)(x + 0.044715x³)`.
public func geluSlope(at x: Tensor, times dy: Tensor) -> Tensor {
  precondition(x.shape == dy.shape, "\(x.shape) and \(dy.shape)")
  let count = x.count
  return Tensor(uninitialized: x.shape) { dx in
    x.withAddress { x in
      dy.withAddress { dy in
        inParallel(count: count, granule: 8, work: count * 10) { part in
          let start = part.lowerBound
          kernels.gelu_slope(part.count, x + start, dy + start, dx + start)
        }
      }
    }
  }
}

/// What a change of ``exactGELU(_:)``'s result means for `x`: `dy · (Φ(x) + x φ(x))`, with the
/// normal distribution's Φ and its density φ.
public func exactGELUSlope(at x: Tensor, times dy: Tensor) -> Tensor {
  let normalizer = 1 / (2 * Float.pi).squareRoot()
  return dy
    * x.map { x in
      0.5 * erfc(x * -Float(0.5).squareRoot()) + x * normalizer * exp(-0.5 * x * x)
    }
}

/// What a change of ``silu(_:)``'s result means for `x`: `dy · σ(x)(1 + x(1 − σ(x)))`.
public func siluSlope(at x: Tensor, times dy: Tensor) -> Tensor {
  dy
    * x.map { x in
      let s = 1 / (1 + exp(-x))
      return s * (1 + x * (1 - s))
    }
}

/// What a change of ``relu(_:)``'s result means for `x`: `dy` above zero, nothing elsewhere.
public func reluSlope(at x: Tensor, times dy: Tensor) -> Tensor {
  dy * x.map { x in x > 0 ? 1 : 0 }
}
