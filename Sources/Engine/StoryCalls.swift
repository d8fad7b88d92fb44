import Calls
import Formats
import Pages
import Sampling
import Tensors
import Tokenization
import Transformer
import Walkthrough

extension Engine {
  /// `story`: a `text` that the model goes on with for `tokens` tokens: the `parts` of a story's page.
  ///
  /// Once at each of the `temperatures`, three at most, between commas; `seed`, `top_k` and `top_p` are as in `draw`.
  func story(_ call: EngineCall) throws(EngineError) -> JSON {
    let model = try loaded()
    let prompt = model.tokenizer.encode(try call.text("text"))
    guard !prompt.isEmpty else { throw EngineError("a text has to begin with something") }
    do throws(PromptError) { try model.check(prompt) } catch {
      throw EngineError(error.description)
    }
    let count = try call.count("tokens") ?? 40
    // More would be a page that no browser likes.
    guard 1...256 ~= count else { throw EngineError("\(count) tokens; a page writes 1 to 256") }
    let list = try call.optionalText("temperatures") ?? "1"
    let temperatures = JSONValue(parsing: "[\(list)]")?.array?.compactMap { $0.number } ?? []
    let parts = list.split(separator: ",", omittingEmptySubsequences: false).count
    guard 1...3 ~= temperatures.count, temperatures.count == parts,
      temperatures.allSatisfy({ $0 >= 0 && $0.isFinite })
    else { throw EngineError("temperatures are one to three numbers from 0 up, between commas") }
    var stories: [GeneratedText] = []
    for temperature in temperatures {
      var options = try samplingOptions(call)
      options.temperature = temperature
      options.seed = UInt64(try call.count("seed") ?? 0)
      var generation = Generation(of: prompt, by: model.transformer, options)
      var story = GeneratedText(of: prompt, by: model, options)
      for _ in 0..<count where story.end == nil {
        let step = generation.next()
        guard step.logits.firstNonFinite == nil else {
          throw EngineError(RunError.logitsNotFinite(model: model.name).description)
        }
        story.append(step, by: model, candidates: StoryPage.candidateCount)
      }
      stories.append(story)
    }
    let page = StoryPage(stories, in: try call.language())
    return ["parts": ["stories": .string(page.columns)], "last": .integer(page.length)]
  }
}
