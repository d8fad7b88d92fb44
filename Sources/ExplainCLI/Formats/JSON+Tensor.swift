import Formats
import Pages
import Tensors

extension JSON {
  /// A float with the fewest digits that read back as the same float.
  init(_ value: Float) {
    // As a Double, 0.1 as a float would be written 0.10000000149011612.
    self = .number(value.isFinite ? Double(value.description) ?? Double(value) : Double(value))
  }

  /// The elements of a tensor, nested as its shape says; what is not finite is `null`.
  init(_ tensor: Tensor) {
    self = tensor.withValues { JSON($0, shape: tensor.shape[...]) }
  }

  private init(_ values: UnsafeBufferPointer<Float>, shape: ArraySlice<Int>) {
    guard let count = shape.first else {
      self = values.first.map { JSON($0) } ?? .null
      return
    }
    let inner = shape.dropFirst()
    let stride = inner.reduce(1, *)
    self = .array(
      (0..<count).map { row in
        JSON(
          UnsafeBufferPointer(rebasing: values[row * stride..<(row + 1) * stride]),
          shape: inner
        )
      }
    )
  }
}
