/// What a shell offers where a word is to be completed.
package struct Offer: Sendable, Hashable {
  /// Which names of the disk are offered.
  package enum Paths: Sendable, Hashable {
    /// None.
    case none
    /// Those of files, and of the folders on the way to them.
    case files
    /// Those of folders.
    case folders
  }

  /// Words, in order.
  package let words: [String]
  /// Names of the disk beside them.
  package let paths: Paths

  /// Nothing: only who types knows what is meant.
  package static let nothing = Offer(words: [], paths: .none)
  /// Files.
  package static let files = Offer(words: [], paths: .files)
  /// Folders.
  package static let folders = Offer(words: [], paths: .folders)
  /// Some words.
  package static func words(_ words: [String]) -> Offer { Offer(words: words, paths: .none) }
  /// Some words, or a file.
  static func filesOr(_ words: [String]) -> Offer { Offer(words: words, paths: .files) }
}
