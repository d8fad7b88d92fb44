import Graphics
import Packing
import Walkthrough

/// Steps told again for every token and layer that can be followed, each step's tellings packed together.
///
/// Tellings differ in a few numbers, so a hundred of them take little more room than one. The bars of vectors are left to
/// the script, which draws them from the numbers the page carries.
struct RetoldSteps {
  /// How a step was made, so that it can be made again with the same ids.
  struct Mold {
    var id: String
    var number: String
    /// The ids given out before the step's own.
    var ids: PageIDs
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
      return steps.compactMap { stage, step -> (id: String, article: String)? in
        let id = "\(words.prefix)stage-\(stage.rawValue)-\(step.id)"
        return moldsByID[id].map { (id, article(step, $0)) }
      }
    }
    let byID = Dictionary(grouping: told.joined(), by: \.id)
    let present = molds.filter { byID[$0.id] != nil }
    return concurrently(present) { mold in
      let articles = byID[mold.id, default: []].map(\.article).joined(separator: "\0")
      return PageData.packed(Deflate.pack(Array(articles.utf8)), id: "told-\(mold.id)")
    }.joined()
  }

  private func article(_ step: Step, _ mold: Mold) -> String {
    var ids = mold.ids
    var article = StepArticle(step: step, id: mold.id, number: mold.number, words: words)
    // Of a prompt too long to be followed whole, the script lacks the first vectors.
    article.leavesBarsOut = following.positions.lowerBound == 0 || step.follows > .token
    return article.article(&ids).text
  }
}
