import Graphics
import Packing
import Walkthrough

/// Steps told again for every token and layer that can be followed, each step's tellings packed together.
///
/// Tellings differ in a few numbers, so a hundred of them take little more room than one. The bars of vectors are left to
/// the script, which draws them from the numbers the page carries.
struct RetoldSteps {
  /// How a step was made, so that it can be made again; no other step has the ids of what it shows.
  struct Mold {
    var id: String
    var number: String
  }

  let following: Following
  let molds: [Mold]
  let words: PageWords

  /// For each step an element with the id `told-<step>`: articles layer by layer and position by position, a NUL between
  /// one and the next.
  var elements: HTML {
    let positions = Array(following.positions)
    let places =
      positions.map { (layer: Int?.none, position: $0) }
      + following.layers.flatMap { layer in
        positions.map { (layer: Int?.some(layer), position: $0) }
      }
    let moldsByID = Dictionary(uniqueKeysWithValues: molds.map { ($0.id, $0) })
    let told = concurrently(places) { place in
      let steps =
        place.layer.map { following.steps(at: place.position, layer: $0) }
        ?? following.steps(at: place.position)
      return steps.compactMap { stage, step -> (id: String, article: [UInt8])? in
        let id = "\(words.prefix)stage-\(stage.rawValue)-\(step.id)"
        return moldsByID[id].map { (id, Self.withoutPosition(article(step, $0), place.position)) }
      }
    }
    let byID = Dictionary(grouping: told.joined(), by: { $0.id })
    let present = molds.filter { byID[$0.id] != nil }
    return concurrently(present) { mold in
      let articles = byID[mold.id, default: []].map { $0.article }.joined(separator: [0])
      return PageData.packed(Deflate.pack(Array(articles)), id: "told-\(mold.id)")
    }.joined()
  }

  /// A telling with a sign in place of its position wherever that names the first axis of a tensor.
  ///
  /// So tellings differ in less; the script puts the position back.
  private static func withoutPosition(_ article: String, _ position: Int) -> [UInt8] {
    let bracket = UInt8(ascii: "[")
    let digits = Array(String(position).utf8)
    var result: [UInt8] = []
    var rest = Array(article.utf8)[...]
    while let open = rest.firstIndex(of: bracket) {
      let (start, end) = (open + 1, open + 1 + digits.count)
      result += rest[...open]
      rest = rest[start...]
      guard rest.starts(with: digits), end < rest.endIndex,
        rest[end] == UInt8(ascii: ",") || rest[end] == UInt8(ascii: "]")
      else { continue }
      result.append(1)
      rest = rest[end...]
    }
    return result + rest
  }

  private func article(_ step: Step, _ mold: Mold) -> String {
    var ids = PageIDs(prefix: words.prefix)
    var article = StepArticle(step: step, id: mold.id, number: mold.number, words: words)
    article.isLiving = false
    // Of a prompt too long to be followed whole, the script lacks the first vectors.
    article.leaving.bars = following.positions.lowerBound == 0 || step.follows > .token
    return article.article(&ids).text
  }
}
