import Embeddings
import Platform

/// What this machine has room for.
enum Memory {
  /// Checks that vectors fit into memory before any is reserved for them.
  ///
  /// - Throws: ``Embeddings/WordVectorsError/tooLarge(file:bytes:memory:)``.
  static func check(rows: Int, dimensions: Int, file: String) throws(WordVectorsError) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: dimensions)
    let bytes = overflow || count > .max / 4 ? Int.max : count * 4
    let memory = Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))
    guard bytes < memory, rows < Int32.max else {
      throw .tooLarge(file: file, bytes: bytes, memory: memory)
    }
  }
}
