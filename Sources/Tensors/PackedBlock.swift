public import Formats

/// One block of packed weights, taken apart: integers, and what makes weights of them.
public struct PackedBlock: Equatable, Sendable {
  /// How it is packed.
  public let type: BlockType
  /// The scale d.
  public let scale: Float
  /// The least value m, for types that store one.
  public let least: Float?
  /// The integers q as they count, the type's offset taken off.
  public let integers: [Int]
  /// The weights that they stand for: `d · q`, or `d · q + m`.
  public let values: [Float]
}

extension Tensor {
  /// Takes a block apart, for types whose blocks are 32 integers with a scale: Q4_0, Q4_1, Q5_0, Q5_1, Q8_0.
  ///
  /// - Parameter index: The block's place, counted from the first row's beginning on.
  /// - Returns: nil for other types.
  /// - Precondition: the tensor has such a block.
  public func block(_ index: Int) -> PackedBlock? {
    guard let type = packing, type.blockCount == 32, type != .iq4NL else { return nil }
    precondition(index >= 0 && index < count / 32, "block \(index) of \(count / 32)")
    let block = Tensor(shape: [32], storage: storage, offset: offset + index * 32)
    let at = block.packed(at: block.offset, type)
    let hasLeast = type == .q4_1 || type == .q5_1
    let hasFifth = type == .q5_0 || type == .q5_1
    let high = at + (hasLeast ? 4 : 2)
    let low = high + (hasFifth ? 4 : 0)
    let integers = (0..<32).map { i in
      if type == .q8_0 { return Int(Int8(bitPattern: at[2 + i])) }
      var q = Int(i < 16 ? low[i] & 15 : low[i - 16] >> 4)
      if hasFifth { q |= Int(high[i / 8] >> UInt8(i % 8) & 1) << 4 }
      return hasLeast ? q : q - (hasFifth ? 16 : 8)
    }
    func half(_ place: Int) -> Float {
      let bytes = UnsafeRawBufferPointer(start: at + place, count: 2)
      return Tensor(shape: [1]) { ElementType.float16.convert(bytes, to: $0) }.values[0]
    }
    let values = block.values
    return withExtendedLifetime(storage) {
      PackedBlock(
        type: type,
        scale: half(0),
        least: hasLeast ? half(2) : nil,
        integers: integers,
        values: values
      )
    }
  }
}
