import Tensors

/// Measures matrix products in the shapes of a forward pass, and the row functions between them.
func benchmarkKernels() throws {
  let peer = Peer.find()
  print("  peer: \(peer?.name ?? "none found; set BENCHMARK_BLAS to a library with cblas_sgemm")")
  try benchmarkProducts(peer)
  try benchmarkRowFunctions()
}

private func benchmarkProducts(_ peer: Peer?) throws {
  print(
    "  \("rows×inner×columns".filled(to: 24)) min ms  median ms  GFLOP/s  GB/s of b"
      + "  peer GFLOP/s  ratio"
  )
  var generator = Numbers(state: 1)
  print("  GFLOP/s, GB/s and ratio are those of the minimum")
  // Weights are used once in a forward pass, so they come from memory: each repetition takes others.
  let pool = Tensor.random([64_000_000, 1], &generator)
  let shapes: [(rows: Int, inner: Int, columns: Int, transposed: Bool)] = [
    (12, 768, 768, false), (12, 768, 2304, false), (12, 768, 3072, false), (12, 3072, 768, false),
    (12, 768, 50257, true), (1, 768, 3072, false), (4, 768, 3072, false), (16, 768, 3072, false),
    (32, 768, 3072, false), (64, 768, 3072, false), (1020, 1024, 1024, false),
    (1020, 768, 3072, false), (1020, 768, 3072, true), (12, 64, 12, true), (12, 12, 64, false),
    (12, 128, 384, false),
  ]
  for (rows, inner, columns, transposed) in shapes {
    let a = Tensor.random([rows, inner], &generator)
    let size = inner * columns
    var start = 0
    func nextWeights() -> Tensor {
      start = start + 2 * size > pool.count ? 0 : start + size
      let shape = transposed ? [columns, inner] : [inner, columns]
      return pool.rows(start..<start + size).reshaped(to: shape)
    }
    func ours(_ b: Tensor) -> Tensor {
      transposed ? product(a, transposed: b) : product(a, b)
    }

    let name = "\(rows)×\(inner)×\(columns)\(transposed ? "ᵀ" : "")"
    let b = nextWeights()
    try check(ours(b), against: a, b, transposed: transposed, name: name)
    let timing = Timing { _ = ours(nextWeights()) }
    var line = "  \(name.filled(to: 24)) \((timing.minimum * 1e3).padded(to: 6, decimals: 3))"
    line += "  \((timing.median * 1e3).padded(to: 9, decimals: 3))"
    let operations = Double(2 * rows * size)
    line += "  \((operations / timing.minimum * 1e-9).padded(to: 7))"
    line += "  \((Double(4 * size) / timing.minimum * 1e-9).padded(to: 9))"
    Results.add("kernels", name, operations / timing.minimum, "FLOP/s")
    if let peer {
      let theirs = Timing {
        _ = peer.product(of: a, nextWeights(), columns: columns, transposed: transposed)
      }
      line += "  \((operations / theirs.minimum * 1e-9).padded(to: 12))"
      line += "  \((theirs.minimum / timing.minimum).padded(to: 5, decimals: 2))"
    }
    print(line)
  }
}

/// Compares some rows with the definition; all of them would take minutes.
private func check(
  _ c: Tensor,
  against a: Tensor,
  _ b: Tensor,
  transposed: Bool,
  name: String
) throws {
  for row in Set([0, a.rows / 2, a.rows - 1]) {
    let reference = ProductReference(
      a.slice(row).reshaped(to: [1, a.columns]),
      b,
      transposed: transposed
    )
    let worst = reference.worstError(of: c.slice(row).values)
    guard worst <= 1 else {
      throw WrongResult(
        description: "\(name): row \(row) is off by \(worst) of what rounding may do"
      )
    }
  }
}

private func benchmarkRowFunctions() throws {
  print("  \("row function".filled(to: 34)) min ms  median ms  ns an element")
  var generator = Numbers(state: 2)
  let logits = Tensor.random([12, 50257], &generator)
  let neurons = Tensor.random([12, 3072], &generator)
  let stream = Tensor.random([12, 768], &generator)
  let gain = Tensor.random([768], &generator)
  let checkpoint = Tensor.random([125_000_000], &generator)
  let p = softmax(logits)
  guard (0..<12).allSatisfy({ abs(p.slice($0).values.reduce(0, +) - 1) < 1e-4 }) else {
    throw WrongResult(description: "the rows of a softmax do not sum to 1")
  }
  guard checkpoint.firstNonFinite == nil else {
    throw WrongResult(description: "a finite tensor is said not to be")
  }
  let functions: [(String, Int, () -> Void)] = [
    ("softmax 12×50257", logits.count, { _ = softmax(logits) }),
    ("gelu 12×3072", neurons.count, { _ = gelu(neurons) }),
    ("exactGELU 12×3072", neurons.count, { _ = exactGELU(neurons) }),
    ("12×768 + 12×768", stream.count, { _ = stream + stream }),
    (
      "layer norm 12×768", stream.count,
      {
        let centred = stream - stream.rowMeans()
        let scale = ((centred * centred).rowMeans() + 1e-5).squareRoots()
        _ = centred / scale * gain + gain
      }
    ),
    ("firstNonFinite 500 MB", checkpoint.count, { _ = checkpoint.firstNonFinite }),
  ]
  for (name, count, function) in functions {
    let timing = Timing(function)
    print(
      "  \(name.filled(to: 34)) \((timing.minimum * 1e3).padded(to: 6, decimals: 3))"
        + "  \((timing.median * 1e3).padded(to: 9, decimals: 3))"
        + "  \((timing.median * 1e9 / Double(count)).padded(to: 13, decimals: 2))"
    )
  }
}

extension Peer {
  fileprivate func product(of a: Tensor, _ b: Tensor, columns: Int, transposed: Bool) -> Tensor {
    Tensor(shape: [a.rows, columns]) { c in
      a.withValues { a_ in
        b.withValues { b_ in
          guard let a_ = a_.baseAddress, let b_ = b_.baseAddress, let c = c.baseAddress else {
            return
          }
          product((a.rows, columns, a.columns), transposed, a_, b_, c)
        }
      }
    }
  }
}

/// A repeatable source of numbers, quick enough for half a gigabyte of them.
struct Numbers {
  var state: UInt32

  /// A number between −½ and ½.
  mutating func next() -> Float {
    state = state &* 1_664_525 &+ 1_013_904_223
    return Float(Int32(bitPattern: state)) * 0x1p-32
  }
}

extension Tensor {
  /// Numbers between −½ and ½.
  static func random(_ shape: [Int], _ generator: inout Numbers) -> Tensor {
    Tensor(shape: shape) { values in
      for i in values.indices { values[i] = generator.next() }
    }
  }
}
