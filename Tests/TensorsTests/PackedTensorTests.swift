import CKernels
import Files
import Formats
import Sampling
import TestSupport
import Testing

@testable import Tensors

/// Files of random blocks of every kind, with the numbers that the `gguf` package of llama.cpp makes
/// of them.
@Suite struct PackedTensorTests {
  static let types = BlockType.allCases.filter { $0 != .float32 }

  static func packed(_ type: BlockType) throws -> Tensor {
    let file = try GGUFFile(contentsOf: Fixtures.path("gguf/blocks-\(type.name).gguf"))
    return try #require(file.tensor(named: "t.weight"))
  }

  static func reference(_ type: BlockType) throws -> Tensor {
    let path = Fixtures.path("gguf/blocks-\(type.name).reference.safetensors")
    return try SafetensorsFile(contentsOf: path).tensor(named: "t.weight")
  }

  static func random(_ shape: [Int], seed: UInt64) -> Tensor {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<shape.reduce(1, *)).map { _ in
      Float(generator.next() >> 40) / Float(1 << 23) - 1
    }
    return Tensor(shape: shape, values: values)
  }

  @Test(arguments: types)
  func `blocks stand for the numbers that llama.cpp makes of them`(type: BlockType) throws {
    let (packed, reference) = (try Self.packed(type), try Self.reference(type))
    #expect(packed.packing == type && packed.shape == [4, 512])
    #expect(packed.values == reference.values)
    for kernels in Self.kernelSets {
      var values = [Float](repeating: .nan, count: packed.count)
      #expect(kernels.unpack(type.rawValue, values.count, packed.packed(at: 0, type), &values))
      #expect(values == reference.values, "\(String(cString: kernels.name))")
    }
  }

  @Test(arguments: types)
  func `rows, slices and elements are those of the whole`(type: BlockType) throws {
    let (packed, reference) = (try Self.packed(type), try Self.reference(type))
    #expect(packed.rows([3, 0, 3]).values == reference.rows([3, 0, 3]).values)
    #expect(packed.rows(1..<3).values == reference.rows(1..<3).values)
    #expect(packed.rows(1..<3).packing == type)
    #expect(packed.slice(2).values == reference.slice(2).values)
    for column in [0, 1, 31, 32, 255, 256, 300, 511] {
      #expect(packed[1, column] == reference[1, column])
      #expect(packed.slice(3, column).values == reference.slice(3, column).values)
    }
    #expect(packed.columns(5..<300).values == reference.columns(5..<300).values)
    #expect(packed.reshaped(to: [8, 256]).slice(5).values == reference.slice(2).values.suffix(256))
    #expect(packed.transposed().values == reference.transposed().values)
  }

  @Test(arguments: types)
  func `products are those of the numbers, whatever the rows`(type: BlockType) throws {
    let (packed, reference) = (try Self.packed(type), try Self.reference(type))
    // Many rows, so that several cores share them.
    let wide = Tensor.stacked(Array(repeating: reference, count: 40))
    let bytes = UnsafeBufferPointer(start: packed.packed(at: 0, type), count: type.bytes(for: 2048))
    let copies = Bytes(copying: Array(repeating: Array(bytes), count: 40).joined())
    let widePacked = Tensor(shape: [160, 512], viewing: copies, from: 0, packedAs: type)
    for rows in [1, 2, 5, 8, 9, 30] {
      let a = Self.random([rows, 512], seed: UInt64(rows))
      let expected = ProductReference(a, reference, transposed: true)
      #expect(expected.worstError(of: product(a, transposed: packed).values) <= 1)
      let many = ProductReference(a, wide, transposed: true)
      #expect(many.worstError(of: product(a, transposed: widePacked).values) <= 1)
    }
    let b = Self.random([3, 4], seed: 9)
    #expect(product(b, packed).values == product(b, reference).values)
  }

  @Test func `numbers at the end of a row that is no multiple of a vector count too`() throws {
    let halves: [UInt16] = (0..<21).map { Float16($0).bitPattern }
    let bytes = halves.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let packed = Tensor(
      shape: [3, 7],
      viewing: Bytes(copying: bytes),
      from: 0,
      packedAs: .float16
    )
    let ones = Tensor(shape: [1, 7], values: Array(repeating: 1, count: 7))
    #expect(product(ones, transposed: packed).values == [21, 70, 119])
    #expect(packed.values == (0..<21).map { Float($0) })
  }

  @Test func `every half is the number it stands for`() throws {
    let bytes = (0...0xFFFF).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for (type, value) in [
      (BlockType.float16, { (bits: Int) in Float(Float16(bitPattern: UInt16(bits))) }),
      (.bfloat16, { (bits: Int) in Float(bitPattern: UInt32(bits) << 16) }),
    ] {
      let packed = Tensor(
        shape: [1 << 16],
        viewing: Bytes(copying: bytes),
        from: 0,
        packedAs: type
      )
      let values = packed.values
      for bits in 0...0xFFFF {
        let (value, expected) = (values[bits], value(bits))
        if expected.isNaN {
          #expect(value.isNaN)
        } else if value.bitPattern != expected.bitPattern {
          Issue.record("\(type.name) \(bits): \(value), not \(expected)")
        }
      }
    }
  }

  @Test func `a head's rows stand where Hugging Face has them`() throws {
    // Two heads of six rows: 0, 3, 1, 4, 2, 5 in the file.
    let file = Tensor(shape: [12, 1], values: [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11])
    #expect(file.withRotaryHalvesApart(heads: 2).values == (0..<12).map { Float($0) })
    let biases = Tensor(shape: [4], values: [0, 2, 1, 3])
    #expect(biases.withRotaryHalvesApart(heads: 1).values == [0, 1, 2, 3])
  }

  @Test(arguments: types)
  func `packed rows are moved as they are`(type: BlockType) throws {
    let (packed, reference) = (try Self.packed(type), try Self.reference(type))
    let moved = packed.withRotaryHalvesApart(heads: 1)
    #expect(moved.packing == type)
    #expect(moved.values == reference.rows([0, 2, 1, 3]).values)
  }

  @Test(arguments: types)
  func `a block's integers and scale make its numbers`(type: BlockType) throws {
    let (packed, reference) = (try Self.packed(type), try Self.reference(type))
    let size = type.blockCount
    for index in [0, 1, 2, 7, 15, 16, 63] where index < packed.count / size {
      guard let block = packed.block(index) else {
        #expect(size == 1 || [.iq4NL, .iq4XS].contains(type))
        continue
      }
      // Of larger blocks the first group, which has a scale of its own.
      let count = block.values.count
      #expect(count == 32 || [.q2K, .q3K, .q6K].contains(type) && count == 16)
      #expect(block.values == Array(reference.values[index * size..<index * size + count]))
      let made = block.integers.map { block.scale * Float($0) + (block.least ?? -0.0) }
      #expect(made == block.values)
      let hasLeast: [BlockType] = [.q4_1, .q5_1, .q2K, .q4K, .q5K]
      #expect((block.least != nil) == hasLeast.contains(type))
      let bits: [BlockType: ClosedRange<Int>] = [
        .q2K: 0...3, .q3K: -4...3, .q4K: 0...15, .q5K: 0...31, .q6K: -32...31,
      ]
      if let range = bits[type] {
        #expect(block.integers.allSatisfy(range.contains), "\(block.integers)")
      }
    }
  }

  private static var kernelSets: [KernelSet] {
    [portableKernels(), avx2Kernels(), avx512Kernels()].compactMap { $0?.pointee }
  }
}
