package import Formats

/// A row-major array of 32-bit floats with a shape.
///
/// A tensor is a value: it never changes once made. Copies, reshapes and slices share one storage,
/// which may be memory of its own, a mapped file, or bytes compiled into the program.
public struct Tensor: Sendable {
  /// The number of elements along each axis, outermost first.
  public let shape: [Int]
  let storage: TensorStorage
  /// Where this tensor's first element stands in its storage.
  let offset: Int

  init(shape: [Int], storage: TensorStorage, offset: Int) {
    self.shape = shape
    self.storage = storage
    self.offset = offset
  }

  /// Makes a tensor from its elements in row-major order.
  ///
  /// - Precondition: `values.count` is the product of `shape`.
  public init(shape: [Int], values: [Float]) {
    precondition(values.count == shape.product, "\(values.count) values for shape \(shape)")
    self.init(shape: shape) { target in
      _ = target.initialize(from: values)
    }
  }

  /// Makes a tensor whose elements `fill` writes, in row-major order; what it leaves alone is zero.
  public init<Failure: Error>(
    shape: [Int],
    fill: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Void
  ) throws(Failure) {
    let storage = TensorStorage(capacity: shape.product)
    storage.elements.initialize(repeating: 0)
    try fill(storage.elements)
    self.init(shape: shape, storage: storage, offset: 0)
  }

  /// Makes a tensor every element of which `write` writes.
  package init(uninitialized shape: [Int], _ write: (UnsafeMutablePointer<Float>) -> Void) {
    let storage = TensorStorage(capacity: shape.product)
    write(storage.address)
    self.init(shape: shape, storage: storage, offset: 0)
  }

  /// Looks at 32-bit floats within a mapped file, without copying.
  ///
  /// - Precondition: the file holds as many from the byte `start` on, which is a multiple of 4.
  package init(shape: [Int], viewing file: Bytes, from start: Int) {
    let size = MemoryLayout<Float>.size
    guard let base = file.buffer.baseAddress, shape.product > 0 else {
      self.init(shape: shape, values: [])
      return
    }
    precondition(start % size == 0 && file.buffer.count - start >= shape.product * size)
    let memory = (base + start).assumingMemoryBound(to: Float.self)
    let storage = TensorStorage(viewing: memory, keptAliveBy: file)
    self.init(shape: shape, storage: storage, offset: 0)
  }

  /// The number of elements.
  public var count: Int { shape.product }

  /// The number of elements along the last axis; 1 for a scalar.
  public var columns: Int { shape.last ?? 1 }

  /// The number of rows when every axis but the last is flattened into one.
  public var rows: Int { shape.dropLast().product }

  /// Gives `body` the elements in row-major order.
  public func withValues<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let plain = unpacked()
    defer { withExtendedLifetime(plain.storage) {} }
    return try body(UnsafeBufferPointer(start: plain.address, count: count))
  }

  /// Gives `body` the address of the first element; the others follow in row-major order.
  func withAddress<Result>(_ body: (UnsafePointer<Float>) -> Result) -> Result {
    let plain = unpacked()
    defer { withExtendedLifetime(plain.storage) {} }
    return body(plain.address)
  }

  /// Where the first of numbers that are not packed stands.
  private var address: UnsafeMutablePointer<Float> { storage.address + offset }

  /// The elements in row-major order, copied.
  public var values: [Float] { withValues { Array($0) } }

  /// The element at the given index along each axis.
  ///
  /// - Precondition: one index an axis, each within it.
  public subscript(indices: Int...) -> Float {
    precondition(indices.count == shape.count, "\(indices.count) indices for shape \(shape)")
    return self[place: flatten(indices)]
  }

  /// The element at a place in row-major order.
  ///
  /// - Precondition: it is within the tensor.
  public subscript(place place: Int) -> Float {
    precondition(0..<count ~= place, "element \(place) of \(count)")
    let element = Tensor(shape: [], storage: storage, offset: offset + place)
    return element.withValues { $0[0] }
  }

  /// The part of the tensor at the given indices of its leading axes, without copying.
  ///
  /// For a `[head, query, key]` tensor, `slice(h)` is `[query, key]` and `slice(h, q)` is `[key]`.
  public func slice(_ indices: Int...) -> Tensor {
    precondition(indices.count <= shape.count, "\(indices.count) indices for shape \(shape)")
    return Tensor(
      shape: Array(shape.dropFirst(indices.count)),
      storage: storage,
      offset: offset + flatten(indices)
    )
  }

  /// The same elements under another shape, without copying.
  ///
  /// - Precondition: both shapes hold equally many elements.
  public func reshaped(to shape: [Int]) -> Tensor {
    precondition(shape.product == count, "cannot reshape \(self.shape) to \(shape)")
    return Tensor(shape: shape, storage: storage, offset: offset)
  }

  private func flatten(_ indices: [Int]) -> Int {
    var position = 0
    var stride = count
    for (index, length) in zip(indices, shape) {
      precondition(index >= 0 && index < length, "index \(indices) outside shape \(shape)")
      stride /= length
      position += index * stride
    }
    return position
  }
}

extension Sequence<Int> {
  /// The product of the elements; 1 when there are none.
  package var product: Int { reduce(1, *) }
}
