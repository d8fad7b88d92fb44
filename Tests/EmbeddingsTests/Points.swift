import Tensors

/// Made-up points, `[count, width]`, for which NumPy has the same lines.
///
///     def points(n, d):
///         i = np.arange(n * d)
///         x = (i * 37 % 101) / 101 - 0.5 + (i // d % 3) * (i % d % 2) * 0.8
///         return x.astype(np.float32).reshape(n, d)
func points(_ count: Int, _ width: Int) -> Tensor {
  Tensor(
    shape: [count, width],
    values: (0..<count * width).map { i in
      let structure = Double((i / width % 3) * (i % width % 2)) * 0.8
      return Float(Double(i * 37 % 101) / 101 - 0.5 + structure)
    }
  )
}
