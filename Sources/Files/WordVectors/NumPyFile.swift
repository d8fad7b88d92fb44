import Embeddings
import Formats
import Tensors

/// A matrix saved by NumPy as `.npy`, mapped and not loaded where it holds 32-bit floats.
///
/// - SeeAlso: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.
struct NumPyFile {
  /// What every such file begins with.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  let name: String
  private let file: MappedFile
  private let shape: [Int]
  private let elementType: ElementType
  private let isFortranOrder: Bool
  private let start: Int

  /// Reads the header.
  ///
  /// - Throws: ``Embeddings/WordVectorsError/malformed(file:reason:)``.
  init(_ file: MappedFile, name: String) throws(WordVectorsError) {
    self.name = name
    self.file = file
    let bytes = file.bytes
    func malformed(_ reason: String) -> WordVectorsError { .malformed(file: name, reason: reason) }
    guard bytes.count > 12 else { throw malformed("ends within its header") }
    let isLong = bytes[6] >= 2
    let first = isLong ? 12 : 10
    let length = (isLong ? [8, 9, 10, 11] : [8, 9]).reversed().reduce(0) {
      $0 << 8 | Int(bytes[$1])
    }
    guard length <= 1 << 16, first + length <= bytes.count else {
      throw malformed("ends within its header")
    }
    start = first + length
    let header = String(decoding: bytes[first..<start], as: UTF8.self)

    let type = header.firstMatch(of: /'descr':\s*'([^']*)'/).map { String($0.1) }
    switch type {
    case "<f4", "|f4", "=f4": elementType = .float32
    case "<f8": elementType = .float64
    case "<f2": elementType = .float16
    default:
      let found = type.map { "“\($0.printable)”" } ?? "none that is named"
      throw malformed("its elements must be floats, little-endian (<f4, <f8 or <f2), not \(found)")
    }
    isFortranOrder = header.contains(/'fortran_order':\s*True/)
    let sizes = header.firstMatch(of: /'shape':\s*\(([0-9, ]*)\)/).map { match in
      match.1.split(whereSeparator: { $0 == "," || $0 == " " }).map { Int($0) ?? .max }
    }
    guard let sizes, sizes.count == 2, sizes.allSatisfy({ $0 > 0 }) else {
      let found = (sizes ?? []).map(String.init).joined(separator: " × ")
      throw malformed(
        "must be a matrix with a row for each word, not of shape \(found.isEmpty ? "( )" : found)"
      )
    }
    shape = sizes
    let size = shape.reduce((value: elementType.byteCount, overflow: false)) { product, factor in
      let (value, overflow) = product.value.multipliedReportingOverflow(by: factor)
      return (value, product.overflow || overflow)
    }
    guard !size.overflow, bytes.count - start == size.value else {
      throw malformed(
        "the header promises \(shape[0]) × \(shape[1]) numbers of \(elementType.byteCount) bytes; "
          + "\(bytes.count - start) bytes follow"
      )
    }
  }

  /// The matrix, `[word, dimension]`.
  ///
  /// - Throws: ``Embeddings/WordVectorsError/tooLarge(file:bytes:memory:)`` if it has to be converted and has no
  ///   room.
  func matrix() throws(WordVectorsError) -> Tensor {
    if elementType == .float32, start % MemoryLayout<Float>.alignment == 0, !isFortranOrder {
      return Tensor(shape: shape, viewing: file.contents, from: start)
    }
    let (rows, columns) = (shape[0], shape[1])
    try Memory.check(rows: rows, dimensions: columns, file: name)
    return Tensor(uninitialized: shape) { target in
      inParallel(count: rows, granule: Self.strip, work: rows * columns) { part in
        // What is read stays in memory until it is released: a strip of rows at a time.
        for first in stride(from: part.lowerBound, to: part.upperBound, by: Self.strip) {
          let strip = first..<min(first + Self.strip, part.upperBound)
          if isFortranOrder {
            gather(strip, into: target)
          } else {
            convert(strip.lowerBound * columns..<strip.upperBound * columns, into: target)
          }
        }
      }
    }
  }

  private static let strip = 1 << 15

  /// Converts elements, in the order of the file, to their places.
  private func convert(_ elements: Range<Int>, into target: UnsafeMutablePointer<Float>) {
    let size = elementType.byteCount
    let bytes = start + elements.lowerBound * size..<start + elements.upperBound * size
    elementType.convert(
      UnsafeRawBufferPointer(rebasing: file.bytes[bytes]),
      to: UnsafeMutableBufferPointer(start: target + elements.lowerBound, count: elements.count)
    )
    file.release(bytes)
  }

  /// Brings rows together whose elements lie in columns, as Fortran has them.
  private func gather(_ rows: Range<Int>, into target: UnsafeMutablePointer<Float>) {
    let (count, width, size) = (shape[0], shape[1], elementType.byteCount)
    // So few rows at once that what is written stays near the processor.
    let block = 1 << 10
    var piece = [Float](repeating: 0, count: block)
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: block) {
      let last = min(first + block, rows.upperBound)
      for column in 0..<width {
        let offset = start + (column * count + first) * size
        let source = file.bytes[offset..<offset + (last - first) * size]
        piece.withUnsafeMutableBufferPointer { piece in
          let piece = UnsafeMutableBufferPointer(rebasing: piece[..<(last - first)])
          elementType.convert(UnsafeRawBufferPointer(rebasing: source), to: piece)
          for row in 0..<piece.count { target[(first + row) * width + column] = piece[row] }
        }
      }
    }
    for column in 0..<width {
      let offset = start + column * count * size
      file.release(offset + rows.lowerBound * size..<offset + rows.upperBound * size)
    }
  }
}
