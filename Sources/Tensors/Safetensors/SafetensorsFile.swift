public import Formats
import Platform

/// A safetensors file, mapped and not loaded: a tensor's bytes are read when they are first used.
///
/// The header is checked as a whole when the file is opened, so that every entry can be relied on
/// afterwards.
///
/// - SeeAlso: <https://huggingface.co/docs/safetensors/index#format>.
public struct SafetensorsFile: Sendable {
  /// The name that errors use: a path, or what the bytes are called.
  public let name: String
  /// Whatever the writer noted besides the tensors.
  public let metadata: [String: String]
  /// The tensors, in the order of their bytes.
  public let entries: [SafetensorsEntry]
  private let positions: [String: Int]
  private let content: Bytes

  /// Reads the header of a file, whose bytes are mapped or in memory.
  ///
  /// - Parameters:
  ///   - content: The whole file.
  ///   - name: What errors call it.
  /// - Throws: ``SafetensorsError`` if the header contradicts itself or the number of bytes.
  public init(_ content: Bytes, name: String) throws(SafetensorsError) {
    let header = try SafetensorsHeader(content.buffer, file: name)
    self.name = name
    self.content = content
    metadata = header.metadata
    entries = header.entries
    positions = Dictionary(
      uniqueKeysWithValues: header.entries.enumerated().map { ($1.name, $0) }
    )
  }

  /// What the header says of the tensor `name`, if there is one.
  public func entry(named name: String) -> SafetensorsEntry? {
    positions[name].map { entries[$0] }
  }

  /// The tensor `name`, viewing the file itself where it holds aligned 32-bit floats, converted to
  /// such otherwise.
  ///
  /// What a 32-bit float cannot hold exactly is rounded to the nearest: doubles, and integers
  /// beyond 2²⁴.
  ///
  /// - Throws: ``SafetensorsError/missingTensor(file:tensor:)``.
  public func tensor(named name: String) throws(SafetensorsError) -> Tensor {
    guard let entry = entry(named: name) else {
      throw .missingTensor(file: self.name, tensor: name)
    }
    guard let type = entry.elementType else {
      throw .invalidTensor(
        file: self.name,
        tensor: name,
        reason: "has the unsupported dtype \"\(entry.typeName)\""
      )
    }
    return tensor(entry, of: type)
  }

  /// Whether a tensor holds the same numbers as another, of this file or of another one.
  ///
  /// Stops at the first stretch that differs; where both are stored alike, bytes are compared, which
  /// is as fast as memory.
  ///
  /// - Returns: false also if one is not there, has another shape, or cannot be read.
  public func tensor(
    named name: String,
    equals otherName: String,
    in other: SafetensorsFile
  ) -> Bool {
    guard let a = entry(named: name), let b = other.entry(named: otherName), a.shape == b.shape,
      let (typeA, typeB) = a.elementType.flatMap({ a in b.elementType.map { (a, $0) } })
    else { return false }
    let count = a.shape.reduce(1, *)
    let stretch = 1 << 16
    var left = [Float](repeating: 0, count: stretch)
    var right = left
    for start in stride(from: 0, to: count, by: stretch) {
      let length = min(stretch, count - start)
      func bytes(_ file: SafetensorsFile, _ entry: SafetensorsEntry, _ size: Int)
        -> UnsafeRawBufferPointer
      {
        let first = entry.bytes.lowerBound + start * size
        return UnsafeRawBufferPointer(rebasing: file.content.buffer[first..<first + length * size])
      }
      let (bytesA, bytesB) = (bytes(self, a, typeA.byteCount), bytes(other, b, typeB.byteCount))
      if typeA == typeB, let baseA = bytesA.baseAddress, let baseB = bytesB.baseAddress,
        memcmp(baseA, baseB, bytesA.count) == 0
      {
        continue
      }
      // Zero has two signs, and a number may be stored in two types.
      let isEqual = left.withUnsafeMutableBufferPointer { left in
        right.withUnsafeMutableBufferPointer { right in
          let left = UnsafeMutableBufferPointer(rebasing: left[..<length])
          let right = UnsafeMutableBufferPointer(rebasing: right[..<length])
          typeA.convert(bytesA, to: left)
          typeB.convert(bytesB, to: right)
          return left.elementsEqual(right)
        }
      }
      guard isEqual else { return false }
    }
    return true
  }

  /// The tensor that `entry`, one of this file's own, describes.
  private func tensor(_ entry: SafetensorsEntry, of type: ElementType) -> Tensor {
    let source = UnsafeRawBufferPointer(rebasing: content.buffer[entry.bytes])
    if type == .float32, let start = source.baseAddress,
      UInt(bitPattern: start) % UInt(MemoryLayout<Float>.alignment) == 0
    {
      let memory = start.assumingMemoryBound(to: Float.self)
      let storage = TensorStorage(viewing: memory, keptAliveBy: content)
      return Tensor(shape: entry.shape, storage: storage, offset: 0)
    }
    return Tensor(shape: entry.shape) { target in
      type.convert(source, to: target)
    }
  }
}
