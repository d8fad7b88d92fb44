import Graphics
import Testing
import Traces
import Walkthrough

/// GPT-2's embedding is its unembedding: one matrix under two names.
@Suite struct TiedModelTests {
  private func words(_ article: Article, step: String? = nil) -> String {
    article.steps.filter { step == nil || $0.id == step }
      .flatMap(Walkthrough.texts).map(\.plain).joined(separator: "\n")
  }

  /// 124,439,808 parameters less positions, gains and biases; W_E is 38,597,376 of what is left.
  @Test func `GPT-2's one matrix of the vocabulary is counted once`() {
    let count = CountedModel.gpt2.count
    #expect(count.distinctWeights == 123_532_032)
    #expect(count.distinctMatrices == 469)
    #expect(count.weights == 162_129_408 && count.matrices == 470)
    let words = words(ParameterAccount(of: .gpt2, in: .en).article)
    for part in ["123,532,032", "one matrix 31.2%", "162,129,408 weights in 470 matrices"] {
      #expect(words.contains(part), "\(part)")
    }
    #expect(!words.contains("47.6") && !words.contains("two matrices 3"))
    // What is stored is stored once: 123,532,032 numbers of 4 bytes.
    let costs = self.words(ParameterAccount(of: .gpt2, in: .en).article, step: "costs")
    #expect(costs.contains("494.1 MB"))
  }

  @Test func `GPT-3 is counted as its chapter counts, and that is said`() {
    let words = words(ParameterAccount(of: .gpt3, in: .en).article)
    #expect(words.contains("175,181,291,520 weights in 27,938 matrices"))
    #expect(words.contains("174,563,733,504 distinct weights"))
    let step = self.words(ParameterAccount(of: .gpt3, in: .en).article, step: "costs")
    // 174,563,733,504 numbers of 4 bytes, not 175,181,291,520.
    #expect(step.contains("698.3 GB") && !step.contains("700.7"))
  }

  @Test(arguments: Language.allCases, [true, false])
  func `a walkthrough counts a tied model's matrix once`(language: Language, isTied: Bool) throws {
    var trace = try Told.trace("The king")
    let sizes = try Told.sizes().with { $0.isTied = isTied }
    trace.model.isTied = isTied
    let count = ParameterCount(sizes)
    trace.parameters = count
    let story = Walkthrough(of: trace, in: language)
    let text = story.stages[9].steps.flatMap(Walkthrough.texts).map(\.plain).joined()
    let once = count.weights - (isTied ? sizes.vocabulary * sizes.width : 0)
    #expect(text.contains(language.written(once)))
    #expect(count.distinctWeights == once)
    #expect(text.contains("3Blue1Brown") == isTied)
  }

  @Test func `that a matrix is shared shows in a count that says nothing of it`() {
    let count = CountedModel.gpt2.count
    #expect(
      ParameterCount(categories: count.categories, parameters: 124_439_808).isTied
    )
    #expect(!ParameterCount(categories: count.categories, parameters: 163_037_184).isTied)
  }
}
