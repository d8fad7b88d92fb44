import Calls
import Formats
import Pages
package import Tokenization
import Walkthrough

// The merges that are learned of a short text.

extension LessonEngine {
  /// `merges`: the first `count` merges that are learned of a `text`, and its beginning as tokens.
  func merges(_ call: EngineCall) throws(EngineError) -> JSON {
    let language = try call.language()
    let text = try call.text("text")
    let count = min(try call.count("count") ?? 6, 40)
    guard !text.isEmpty, text.utf8.count <= 2000 else {
      throw EngineError(
        language == .en ? "Give a text of 1 to 2000 bytes." : "1〜2000 バイトの文章を入れてください。"
      )
    }
    let merges: LearnedMerges
    do throws(TokenizationError) { merges = try LearnedMerges(of: text, count: count) } catch {
      throw EngineError(error.description)
    }
    let account = MergesAccount(
      merges.steps.map { ($0.left.string, $0.right.string, $0.times) },
      merges.tokens.prefix(60).map { $0.string },
      (text.utf8.count, merges.tokens.count),
      in: language
    )
    return ["parts": .members([TryingForm.report(account.article)])]
  }
}

/// The merges that are learned of a text, one after another.
package struct LearnedMerges: Sendable {
  /// A merge.
  package struct Step: Sendable {
    /// What stood beside each other.
    package let left: TokenText, right: TokenText
    /// How often, before it was merged.
    package let times: Int
    /// The text as tokens, after the merge.
    package let after: [TokenText]
  }

  /// The merges in their order.
  package private(set) var steps: [Step] = []
  /// The text as tokens, after all of them.
  package private(set) var tokens: [TokenText]

  /// Learns them.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - count: How many merges; fewer if no pair stands there twice any more.
  /// - Throws: ``Tokenization/TokenizationError``; a learned vocabulary makes a tokenizer, so it does not come to that.
  package init(of text: String, count: Int) throws(TokenizationError) {
    func learned(_ merges: Int) throws(TokenizationError) -> Tokenizer {
      var learner = MergeLearner()
      learner.read(Array(text.utf8))
      return try learner.learn(size: 257 + merges, endOfText: "<|endoftext|>").tokenizer()
    }
    var before = try learned(0)
    tokens = before.encode(text).map { before.text(of: $0) }
    for index in 0..<count {
      let after = try learned(index + 1)
      guard let step = after.merges(of: 256 + index)?.steps.last else { break }
      var times = 0
      for piece in before.pieces(of: text) {
        let texts = piece.ids.map { before.text(of: $0) }
        for (left, right) in zip(texts, texts.dropFirst())
        where left == step.left.text && right == step.right.text { times += 1 }
      }
      tokens = after.encode(text).map { after.text(of: $0) }
      steps.append(Step(left: step.left.text, right: step.right.text, times: times, after: tokens))
      before = after
    }
  }
}
