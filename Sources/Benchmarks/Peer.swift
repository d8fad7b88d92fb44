import Platform

/// Another library's matrix product, if this machine has one, for comparison in the same run.
struct Peer {
  let name: String
  /// `c = a · b`, or `a · bᵀ`; all row-major without gaps.
  let product:
    (
      _ sizes: (rows: Int, columns: Int, inner: Int), _ transposed: Bool, _ a: UnsafePointer<Float>,
      _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) -> Void

  /// The library that `BENCHMARK_BLAS` names, or an OpenBLAS that the system has.
  static func find() -> Peer? {
    let named = getenv("BENCHMARK_BLAS").map { String(cString: $0) }
    let candidates =
      named.map { [$0] } ?? ["libopenblas.so.0", "libopenblas.so", "libopenblas.dylib"]
    for path in candidates {
      guard let library = dlopen(path, RTLD_NOW) else { continue }
      let name = path.split(separator: "/").last.map(String.init) ?? path
      // The builds inside NumPy and SciPy have names of their own and 64-bit sizes.
      for symbol in ["scipy_cblas_sgemm64_", "cblas_sgemm64_"] {
        guard let address = dlsym(library, symbol) else { continue }
        let sgemm = unsafeBitCast(address, to: SGEMM64.self)
        return Peer(name: name) { sizes, transposed, a, b, c in
          let (m, n, k) = sizes
          sgemm(101, 111, transposed ? 112 : 111, m, n, k, 1, a, k, b, transposed ? k : n, 0, c, n)
        }
      }
      if let address = dlsym(library, "cblas_sgemm") {
        let sgemm = unsafeBitCast(address, to: SGEMM.self)
        return Peer(name: name) { sizes, transposed, a, b, c in
          let (m, n, k) = (Int32(sizes.rows), Int32(sizes.columns), Int32(sizes.inner))
          sgemm(101, 111, transposed ? 112 : 111, m, n, k, 1, a, k, b, transposed ? k : n, 0, c, n)
        }
      }
    }
    return nil
  }
}

// The C interface's single precision product: order, transpositions, m, n, k, α, a and b with their
// strides, β, c and its stride. 101 is row-major, 111 as it is, 112 transposed.
private typealias SGEMM =
  @convention(c) (
    Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>, Int32,
    UnsafePointer<Float>, Int32, Float, UnsafeMutablePointer<Float>, Int32
  ) -> Void
private typealias SGEMM64 =
  @convention(c) (
    Int32, Int32, Int32, Int, Int, Int, Float, UnsafePointer<Float>, Int, UnsafePointer<Float>, Int,
    Float, UnsafeMutablePointer<Float>, Int
  ) -> Void
