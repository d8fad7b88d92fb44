import Graphics

/// The ids of a page, each given out once.
struct PageIDs {
  private var used: Set<String> = []
  /// Begins every id, so that two editions can stand on one page.
  private let prefix: String

  init(prefix: String = "") { self.prefix = prefix }

  /// The id that was asked for, made valid; with a number at its end if it is taken.
  mutating func claim(_ wanted: String) -> String {
    let id = XMLText.identifier(wanted.hasPrefix(prefix) ? wanted : prefix + wanted)
    var candidate = id
    var count = 1
    while !used.insert(candidate).inserted {
      count += 1
      candidate = "\(id)-\(count)"
    }
    return candidate
  }
}
