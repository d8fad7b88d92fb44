import CKernels
public import Formats

// A tensor whose numbers lie in memory as a file stores them: halves, or blocks of small integers
// with a scale each. Products read them as they lie; whatever else looks at such a tensor is given
// the numbers that the blocks stand for.
extension Tensor {
  /// How the numbers lie packed; nil for 32-bit floats.
  public var packing: BlockType? { storage.packing }

  /// Looks at packed numbers within a mapped file, without copying.
  ///
  /// - Parameters:
  ///   - shape: The number of elements along each axis; rows are whole blocks.
  ///   - file: The file.
  ///   - start: Where in it the first block begins.
  ///   - type: How the numbers are packed.
  /// - Precondition: the file holds them all.
  package init(shape: [Int], viewing file: Bytes, from start: Int, packedAs type: BlockType) {
    let isWhole = (shape.last ?? 1) % type.blockCount == 0
    guard type != .float32, let base = file.buffer.baseAddress, shape.product > 0 else {
      self.init(shape: shape, viewing: file, from: start)
      return
    }
    precondition(isWhole && file.buffer.count - start >= type.bytes(for: shape.product))
    let storage = TensorStorage(viewing: base + start, of: type, keptAliveBy: file)
    self.init(shape: shape, storage: storage, offset: 0)
  }

  /// The same numbers as 32-bit floats, in memory of their own; itself if that is what it is.
  public func unpacked() -> Tensor {
    if let type = storage.packing { return unpacked(from: type) }
    return self
  }

  @inline(never) private func unpacked(from type: BlockType) -> Tensor {
    let (count, block) = (count, type.blockCount)
    // A part of a row may begin and end within blocks.
    let first = offset / block
    let blocks = first..<max(first, (offset + count + block - 1) / block)
    let whole = Tensor(uninitialized: [blocks.count * block]) { result in
      inParallel(count: blocks.count, granule: 64, work: blocks.count * block * 2) { part in
        _ = kernels.unpack(
          type.rawValue,
          part.count * block,
          packed(at: (first + part.lowerBound) * block, type),
          result + part.lowerBound * block
        )
      }
    }
    return Tensor(shape: shape, storage: whole.storage, offset: offset - first * block)
  }

  /// Where the block of the element at `position` of the storage begins.
  func packed(at position: Int, _ type: BlockType) -> UnsafePointer<UInt8> {
    UnsafeRawPointer(storage.address).assumingMemoryBound(to: UInt8.self)
      + type.bytes(for: position)
  }

  /// The product with the transpose of a packed matrix, `c[i, j] = Σₖ self[i, k] · b[j, k]`, which is
  /// read as it lies.
  func product(transposedAndPacked b: Tensor, as type: BlockType) -> Tensor {
    let (rows, columns, inner) = (rows, b.shape[0], columns)
    let rowBytes = type.bytes(for: inner)
    return Tensor(uninitialized: shape.dropLast() + [columns]) { c in
      withAddress { a in
        let blocks = b.packed(at: b.offset, type)
        let work = max(rows, 4) * columns * inner
        inParallel(count: columns, granule: 64, partsPerCore: 8, work: work) { part in
          guard rows > Int(explain_packed_rows) else {
            return kernels.packed_product(
              type.rawValue,
              type.bytes(for: Int(explain_packed_piece)),
              rows,
              part.count,
              inner,
              a,
              inner,
              blocks + part.lowerBound * rowBytes,
              rowBytes,
              c + part.lowerBound,
              columns
            )
          }
          // Many rows: the matrix is unpacked a few of its rows at a time.
          let height = max(32, min(part.count, (1 << 17) / max(inner, 1) / 32 * 32))
          withUnsafeTemporaryAllocation(of: Float.self, capacity: height * inner) { tile in
            guard let tile = tile.baseAddress else { return }
            for j in stride(from: part.lowerBound, to: part.upperBound, by: height) {
              let count = min(height, part.upperBound - j)
              _ = kernels.unpack(type.rawValue, count * inner, blocks + j * rowBytes, tile)
              kernels.product_transposed(
                rows,
                count,
                inner,
                a,
                inner,
                tile,
                inner,
                c + j,
                columns
              )
            }
          }
        }
      }
    }
  }
}
