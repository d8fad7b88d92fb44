/// What someone may have meant by a misspelt word.
package enum Spelling {
  /// The candidate nearest to `word`, if it is near enough to be worth a suggestion.
  ///
  /// Near enough is one edit in a short word, and one for every three letters in a longer one, up
  /// to eight. Of candidates equally near the first wins.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    let limit = min(8, max(1, word.count / 3))
    let near = candidates.filter { abs($0.count - word.count) <= limit }
    let distances = near.map { (candidate: $0, distance: distance(word, $0)) }
    return distances.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.candidate
  }

  /// The candidates near enough to be meant, nearest first, at most three.
  static func near(to word: String, among candidates: [String]) -> [String] {
    let limit = max(1, word.count / 3)
    let near = candidates.map { (candidate: $0, distance: distance(word, $0)) }
      .filter { $0.distance <= limit }
    let order = near.indices.sorted { (near[$0].distance, $0) < (near[$1].distance, $1) }
    return order.prefix(3).map { near[$0].candidate }
  }

  /// A clause that suggests the nearest candidate, or nothing.
  static func suggestion(for word: String, among candidates: [String]) -> LocalizedText {
    suggestion(nearest(to: word, among: candidates).map { [$0] } ?? [])
  }

  /// A clause that suggests candidates, or nothing if there are none.
  static func suggestion(_ near: [String]) -> LocalizedText {
    guard !near.isEmpty else { return LocalizedText(same: "") }
    return say(
      en: "; did you mean \(near.map { "“\($0)”" }.joined(separator: " or "))?",
      ja: "もしかして：\(near.map { "「\($0)」" }.joined(separator: "、"))"
    )
  }

  /// The number of letters to insert, delete, replace or swap with their neighbour to make `b` from
  /// `a`.
  ///
  /// - Complexity: O(length of `a` · length of `b`).
  package static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a)
    let b = Array(b)
    // Three rows of the table are enough: a swap looks two rows back.
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
        var best = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
