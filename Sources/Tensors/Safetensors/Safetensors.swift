import Formats

/// Writing safetensors files.
public enum Safetensors {
  /// Gives a file's bytes to whoever writes them, piece by piece.
  ///
  /// The same arguments give the same bytes: tensors stand in the order given, metadata by key.
  ///
  /// - Parameters:
  ///   - tensors: Names and tensors.
  ///   - metadata: Notes for whoever reads the file.
  ///   - isHalf: Whether each number is rounded to a 16-bit float; else all 32 bits are kept.
  ///   - file: What errors call the file.
  ///   - append: Is given the pieces in order.
  /// - Throws: ``SafetensorsError`` if a name is used twice or reserved, and whatever `append` throws.
  package static func write(
    _ tensors: [(name: String, tensor: Tensor)],
    metadata: [String: String],
    asHalf isHalf: Bool = false,
    file: String,
    _ append: (UnsafeRawBufferPointer) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    let header = try header(of: tensors, metadata: metadata, asHalf: isHalf, file: file)
    try header.withUnsafeBufferPointer { (bytes) throws(SafetensorsError) in
      try append(UnsafeRawBufferPointer(bytes))
    }
    for (_, tensor) in tensors {
      try tensor.withValues { (values) throws(SafetensorsError) in
        guard isHalf else { return try append(UnsafeRawBufferPointer(values)) }
        let halves = values.map { halfPrecisionBits($0).littleEndian }
        try halves.withUnsafeBufferPointer { (halves) throws(SafetensorsError) in
          try append(UnsafeRawBufferPointer(halves))
        }
      }
    }
  }

  /// The file's first bytes: the header's length and the header, padded so that the data are
  /// aligned.
  private static func header(
    of tensors: [(name: String, tensor: Tensor)],
    metadata: [String: String],
    asHalf isHalf: Bool,
    file: String
  ) throws(SafetensorsError) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let notes = metadata.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { quoted($0.key) + ":" + quoted($0.value) }
      members.append("\"\(SafetensorsHeader.metadataKey)\":{\(notes.joined(separator: ","))}")
    }
    var names: Set<String> = [SafetensorsHeader.metadataKey]
    var start = 0
    for (name, tensor) in tensors {
      guard names.insert(name).inserted else {
        let isReserved = name == SafetensorsHeader.metadataKey
        let reason = isReserved ? "has a name that is reserved" : "is given twice"
        throw .invalidTensor(file: file, tensor: name, reason: reason)
      }
      let end = start + tensor.count * (isHalf ? 2 : 4)
      let shape = tensor.shape.map { "\($0)" }.joined(separator: ",")
      members.append(
        quoted(name) + ":{\"dtype\":\"\(isHalf ? "F16" : "F32")\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(start),\(end)]}"
      )
      start = end
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    guard text.count <= SafetensorsHeader.longest else {
      throw .notWritten(
        file: file,
        reason: "a header of \(text.count) bytes exceeds the \(SafetensorsHeader.longest) allowed"
      )
    }
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text
  }

  private static func quoted(_ text: String) -> String { JSON.quoted(text, withLetters: false) }
}
