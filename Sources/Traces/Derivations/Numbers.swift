public import Tensors

/// Numbers that go by one name, as an expression reads them: a view of a tensor, or a few numbers.
///
/// Of a tensor that holds the last positions alone, indices are those of the whole: they begin where it begins.
public struct Numbers: Sendable {
  /// How many there are along each axis.
  public let shape: [Int]
  /// The first index along each axis.
  public let starts: [Int]
  private let strides: [Int]
  private let offset: Int
  private let tensor: Tensor?
  private let few: [Double]

  /// Looks at a tensor.
  ///
  /// - Parameters:
  ///   - tensor: What holds the numbers.
  ///   - shape: How they are to be seen; as the tensor has them, if not given.
  ///   - strides: How far apart in the tensor the next ones along each axis are; of the row-major order if not given.
  ///   - offset: Where in the tensor the first one stands.
  ///   - starts: The first index along each axis; 0 if not given.
  /// - Precondition: every place is one of the tensor's.
  public init(
    _ tensor: Tensor,
    shape: [Int]? = nil,
    strides: [Int]? = nil,
    offset: Int = 0,
    starts: [Int]? = nil
  ) {
    let shape = shape ?? tensor.shape
    self.shape = shape
    self.strides = strides ?? Self.rowMajor(shape)
    self.starts = starts ?? shape.map { _ in 0 }
    (self.offset, self.tensor, few) = (offset, tensor, [])
    let last = zip(shape, self.strides).reduce(offset) { $0 + ($1.0 - 1) * $1.1 }
    precondition(shape.contains(0) || offset >= 0 && last < tensor.count, "\(shape)")
  }

  /// Takes a few numbers in row-major order; a single one if the shape is empty.
  public init(_ values: [Double], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "\(values.count) for \(shape)")
    self.shape = shape
    (strides, starts) = (Self.rowMajor(shape), shape.map { _ in 0 })
    (offset, tensor, few) = (0, nil, values)
  }

  private static func rowMajor(_ shape: [Int]) -> [Int] {
    shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
  }

  /// The indices there are along an axis.
  public func range(_ axis: Int) -> Range<Int> { starts[axis]..<starts[axis] + shape[axis] }

  /// The number at the given indices; `nil` if there is none.
  public subscript(indices: [Int]) -> Double? {
    guard indices.count == shape.count else { return nil }
    var place = offset
    for axis in indices.indices {
      guard range(axis).contains(indices[axis]) else { return nil }
      place += (indices[axis] - starts[axis]) * strides[axis]
    }
    guard let tensor else { return few[place] }
    return Double(tensor[place: place])
  }

  /// The number at a place in the row-major order of ``shape``.
  public subscript(place place: Int) -> Float {
    var (rest, found) = (place, offset)
    for axis in shape.indices.reversed() {
      found += rest % shape[axis] * strides[axis]
      rest /= shape[axis]
    }
    guard let tensor else { return Float(few[found]) }
    return tensor[place: found]
  }

  /// The same of a tensor whose numbers can be read one by one.
  var unpacked: Numbers {
    guard let tensor, tensor.packing != nil else { return self }
    return Numbers(
      tensor.unpacked(),
      shape: shape,
      strides: strides,
      offset: offset,
      starts: starts
    )
  }

  /// Where a step along each axis leads, and where the numbers stand.
  var layout: (strides: [Int], offset: Int, tensor: Tensor?, few: [Double]) {
    (strides, offset, tensor, few)
  }
}

/// Where an expression's names are looked up: the numbers of a name, `nil` if there are none.
public typealias NumberSource = (String) -> Numbers?
