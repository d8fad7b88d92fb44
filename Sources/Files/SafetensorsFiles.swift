import Formats
public import Tensors

extension SafetensorsFile {
  /// Maps the file at `path` and reads its header.
  ///
  /// - Throws: ``SafetensorsError`` if it cannot be opened, or if its header contradicts itself or
  ///   the file's size.
  public init(contentsOf path: String) throws(SafetensorsError) {
    try self.init(.mapped(path), name: path)
  }
}

extension Safetensors {
  /// Writes tensors to a file that appears under its name only when it is complete.
  ///
  /// The same arguments give the same bytes: tensors stand in the order given, metadata by key.
  ///
  /// - Parameters:
  ///   - tensors: Names and tensors.
  ///   - metadata: Notes for whoever reads the file.
  ///   - isHalf: Whether each number is rounded to a 16-bit float; else all 32 bits are kept.
  ///   - path: The file to make or to replace.
  /// - Throws: ``SafetensorsError`` if a name is used twice or reserved, or if the file cannot be
  ///   written.
  public static func write(
    _ tensors: [(name: String, tensor: Tensor)],
    metadata: [String: String],
    asHalf isHalf: Bool = false,
    to path: String
  ) throws(SafetensorsError) {
    try withReplacement(of: path) { (file) throws(SafetensorsError) in
      try write(tensors, metadata: metadata, asHalf: isHalf, file: path) {
        (bytes) throws(SafetensorsError) in try file.append(bytes)
      }
    }
  }
}
