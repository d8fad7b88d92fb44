import Platform
import Graphics

extension Console {
  /// So many bytes are worth a word.
  private static let large = 50_000_000

  /// Says how large the files are that were written, if together they are large.
  func tellSize(of files: [String]) {
    let sizes = files.map { file -> Int in
      var status = stat()
      return stat(file, &status) == 0 ? Int(status.st_size) : 0
    }
    guard sizes.reduce(0, +) >= Self.large else { return }
    let told = zip(files, sizes).map { (file: $0, size: Self.inWords($1)) }
    warn(
      en: told.map { "\($0.file) has \($0.size)" }.joined(separator: ", "),
      ja: told.map { "\($0.file) は \($0.size) あります。" }.joined()
    )
  }

  /// A size in megabytes or gigabytes.
  private static func inWords(_ bytes: Int) -> String {
    bytes < 1_000_000_000
      ? "\(Decimal.rounded(Double(bytes) / 1e6, digits: bytes < 10_000_000 ? 1 : 0)) MB"
      : "\(Decimal.rounded(Double(bytes) / 1e9, digits: 1)) GB"
  }
}
