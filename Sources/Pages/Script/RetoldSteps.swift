#if canImport(FoundationEssentials)
  import Dispatch
#else
  import Foundation
#endif
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

  /// For each step an element with the id `told-<step>`: a list of articles, layer by layer, position by position.
  var elements: HTML {
    let positions = Array(following.positions)
    let tokenSteps = positions.map { following.steps(at: $0) }
    var byID: [String: [Step]] = [:]
    for steps in tokenSteps {
      for (stage, step) in steps { byID[key(stage, step), default: []].append(step) }
    }
    for layer in following.layers {
      for position in positions {
        for (stage, step) in following.steps(at: position, layer: layer) {
          byID[key(stage, step), default: []].append(step)
        }
      }
    }
    let told = molds.filter { byID[$0.id] != nil }
    return told.map { element($0, byID[$0.id] ?? []) }.joined()
  }

  private func key(_ stage: StageID, _ step: Step) -> String {
    "\(words.prefix)stage-\(stage.rawValue)-\(step.id)"
  }

  private func element(_ mold: Mold, _ steps: [Step]) -> HTML {
    let articles = steps.map { step -> JSON in
      var ids = mold.ids
      var article = StepArticle(step: step, id: mold.id, number: mold.number, words: words)
      article.leavesBarsOut = true
      return .string(article.article(&ids).text)
    }
    let bytes = Array(JSON.array(articles).line.utf8)
    return PageData.packed(Deflate.pack(bytes), id: "told-\(mold.id)")
  }
}
