import CKernels

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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

/// The rectified linear unit: `max(0, x)`.
public func relu(_ x: Tensor) -> Tensor {
  // Written so that what is not a number stays visible.
  x.map { u in u < 0 ? 0 : u }
}
