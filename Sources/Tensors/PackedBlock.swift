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
  /// Takes a block apart: Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, whose blocks are 32 integers with a scale; of Q2_K to Q6_K the
  /// first group, since each has scales of its own.
  ///
  /// - Parameter index: The block's place, counted from the first row's beginning on.
  /// - Returns: nil for other types.
  /// - Precondition: the tensor has such a block.
  public func block(_ index: Int) -> PackedBlock? {
    guard let type = packing, type != .iq4NL else { return nil }
    guard type.blockCount == 32 else { return type.blockCount == 256 ? firstGroup(index) : nil }
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
    let values = block.values
    return withExtendedLifetime(storage) {
      PackedBlock(
        type: type,
        scale: Self.half(at),
        least: hasLeast ? Self.half(at + 2) : nil,
        integers: integers,
        values: values
      )
    }
  }

  private static func half(_ place: UnsafePointer<UInt8>) -> Float {
    let bytes = UnsafeRawBufferPointer(start: place, count: 2)
    return Tensor(shape: [1]) { ElementType.float16.convert(bytes, to: $0) }.values[0]
  }

  /// The first group of a block of 256, in which scales are integers themselves, with a scale for them all.
  private func firstGroup(_ index: Int) -> PackedBlock? {
    guard let type = packing else { return nil }
    precondition(index >= 0 && index < count / 256, "block \(index) of \(count / 256)")
    let at = packed(at: offset + index * 256, type)
    func scaled(_ place: Int, by factor: Int) -> Float { Self.half(at + place) * Float(factor) }
    let (scale, least): (Float, Float?)
    var length = 16
    switch type {
    case .q2K:
      (scale, least) = (scaled(80, by: Int(at[0] & 15)), -scaled(82, by: Int(at[0] >> 4)))
    case .q3K:
      (scale, least) = (scaled(108, by: Int(at[96] & 15 | at[104] << 4 & 48) - 32), nil)
    case .q4K, .q5K:
      (scale, least) = (scaled(0, by: Int(at[4] & 63)), -scaled(2, by: Int(at[8] & 63)))
      length = 32
    case .q6K: (scale, least) = (scaled(208, by: Int(Int8(bitPattern: at[192]))), nil)
    default: return nil
    }
    let values = Tensor(shape: [length], storage: storage, offset: offset + index * 256).values
    return withExtendedLifetime(storage) {
      PackedBlock(
        type: type,
        scale: scale,
        least: least,
        // Where the scale is 0, no integer shows in the weight.
        integers: values.map { value in
          scale == 0 ? 0 : Int(((value - (least ?? 0)) / scale).rounded())
        },
        values: values
      )
    }
  }
}
