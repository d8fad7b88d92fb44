import Sampling
import Tokenization
import Transformer

/// Whether a model's stories keep to the rules of its world: of the sentences that it writes, how many the rules could have
/// made.
struct Stories {
  /// The share of sentences.
  let finding: Finding

  /// Lets a model write, each story from other random numbers.
  ///
  /// A story begins as the page of a training run does, and the sentence that is not at its end is left out.
  init(of model: Model, in world: World, stories: Int = 50, tokens: Int = 60) {
    let recognizer = SentenceRecognizer(of: world)
    let opening = model.tokenizer.encode(world.plan.opening)
    let end = model.endOfTextID.map { [$0] } ?? []
    let texts = (0..<stories).map { number in
      var options = Moment.writing
      options.seed = UInt64(number)
      var generation = Generation(of: end + opening, by: model.transformer, options)
      var written = opening
      for _ in 0..<tokens {
        let next = generation.next().token
        if end.contains(next) { break }
        written.append(next)
      }
      return model.tokenizer.decode(written)
    }
    let sentences = texts.flatMap { recognizer.sentences(of: $0) }
    finding = Finding(
      .stories,
      share: sentences.map { ($0, recognizer.accepts($0)) },
      atLeast: 0.95
    )
  }
}
