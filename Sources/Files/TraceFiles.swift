public import Tensors
public import Traces

extension Trace {
  /// Opens a trace file: one safetensors file, mapped, not loaded.
  ///
  /// Tensors under a hook point's name may have a leading batch axis of length 1, as Python records them.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: ``TraceError`` if the file cannot be read or its parts do not fit each other.
  public init(contentsOf path: String) throws(TraceError) {
    let file: SafetensorsFile
    do throws(SafetensorsError) { file = try SafetensorsFile(contentsOf: path) } catch {
      throw .file(error)
    }
    try self.init(file)
  }

  /// Writes the trace as one safetensors file.
  ///
  /// The same trace gives the same bytes.
  ///
  /// - Parameter path: The file's path; an older file is replaced once the new one is complete.
  /// - Throws: ``Tensors/SafetensorsError`` if the file cannot be written.
  public func write(to path: String) throws(SafetensorsError) {
    try Safetensors.write(orderedTensors, metadata: metadata, to: path)
  }
}
