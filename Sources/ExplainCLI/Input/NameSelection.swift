import Traces

/// A choice of tensors by name: names or patterns, separated by commas.
///
/// In a pattern `*` stands for any characters and `?` for one.
package struct NameSelection: Sendable {
  /// The patterns.
  package let patterns: [String]

  /// Reads a list such as `hook_embed,blocks.0.attn.*`.
  ///
  /// - Throws: A usage error if it is empty.
  package init(_ list: String) throws(CLIError) {
    patterns = list.split(separator: ",").map { String($0.filter { $0 != " " }) }
      .filter { !$0.isEmpty }
    guard !patterns.isEmpty else {
      throw .usage(en: "--names lists no name", ja: "--names に名前がありません。")
    }
  }

  /// Whether a name is chosen.
  package func contains(_ name: String) -> Bool { patterns.contains { Self.matches(name, $0) } }

  /// The patterns that choose none of these names.
  package func unused(among names: some Collection<String>) -> [String] {
    patterns.filter { pattern in !names.contains { Self.matches($0, pattern) } }
  }

  /// Whether a name is of a pattern.
  ///
  /// - Complexity: O(length of the name · length of the pattern), whatever the pattern.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    let name = Array(name.utf8)
    let pattern = Array(pattern.utf8)
    var (n, p) = (0, 0)
    // Where the last star was met, and how much of the name it has taken so far.
    var star: (pattern: Int, name: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        star = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == name[n] || pattern[p] == UInt8(ascii: "?") {
        n += 1
        p += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        (n, p) = (last.name + 1, last.pattern + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
