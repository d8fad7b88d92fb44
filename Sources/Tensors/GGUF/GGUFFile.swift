public import Formats

/// A GGUF file, mapped and not loaded: weights stay in it as they are stored.
public struct GGUFFile: Sendable {
  /// What the file says of itself, and where its tensors stand.
  public let header: GGUFHeader
  private let content: Bytes

  /// Reads the header of a file, whose bytes are mapped or in memory.
  ///
  /// - Parameters:
  ///   - content: The whole file.
  ///   - name: What errors call it.
  /// - Throws: ``Formats/GGUFError`` if the header contradicts itself or the file.
  public init(_ content: Bytes, name: String) throws(GGUFError) {
    header = try GGUFHeader(content, name: name)
    self.content = content
  }

  /// The tensor of a name, viewing the file itself; nil if there is none.
  ///
  /// Blocks stay packed (``Tensor/packing``), matrices are `[rows, columns]` with the inner length last.
  public func tensor(named name: String) -> Tensor? {
    guard let entry = header.entry(named: name) else { return nil }
    let start = entry.bytes.lowerBound
    let address = content.buffer.baseAddress.map { UInt(bitPattern: $0 + start) } ?? 0
    // Only in a file that is not aligned as it should be.
    if entry.type == .float32, address % 4 != 0 {
      let copy = Bytes(copying: content.buffer[entry.bytes])
      return Tensor(shape: entry.shape, viewing: copy, from: 0)
    }
    return Tensor(shape: entry.shape, viewing: content, from: start, packedAs: entry.type)
  }
}

extension Tensor {
  /// The rows of a query or key matrix in the order in which Hugging Face has them.
  ///
  /// llama.cpp turns neighbours, dimensions 2i and 2i + 1 of a head, where Hugging Face turns i and i + n/2. So
  /// files of its architecture `llama` hold a head's rows in the order 0, n/2, 1, n/2 + 1, …; this puts them
  /// back. Packed rows stay packed: they are moved as they are.
  ///
  /// - Parameter heads: How many heads the rows are of, equally many each.
  /// - Returns: The matrix, or vector of biases, with its rows moved.
  /// - Precondition: each head has an even number of rows.
  /// - SeeAlso: `permute` in <https://github.com/ggml-org/llama.cpp/blob/master/convert_hf_to_gguf.py>.
  package func withRotaryHalvesApart(heads: Int) -> Tensor {
    let height = shape.first ?? 0
    precondition(heads > 0 && height % (2 * heads) == 0, "\(height) rows of \(heads) heads")
    let half = height / heads / 2
    let order = (0..<height).map { row in
      let (head, place) = (row / (2 * half), row % (2 * half))
      return head * 2 * half + place % half * 2 + place / half
    }
    return picking(order)
  }

  /// The parts along the first axis that `order` names, packed as they are.
  private func picking(_ order: [Int]) -> Tensor {
    let width = count / max(shape.first ?? 1, 1)
    guard let type = packing else {
      return Tensor(uninitialized: shape) { result in
        withAddress { values in
          for (place, row) in order.enumerated() {
            (result + place * width).update(from: values + row * width, count: width)
          }
        }
      }
    }
    let size = type.bytes(for: width)
    let start = packed(at: offset, type)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(order.count * size)
    for row in order {
      bytes += UnsafeBufferPointer(start: start + row * size, count: size)
    }
    return Tensor(shape: shape, viewing: Bytes(copying: bytes), from: 0, packedAs: type)
  }
}
