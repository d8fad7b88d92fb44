import Traces
import Formats
import Pages
import Walkthrough

extension JSON {
  /// `{text, token_ids, prompt_count, prompt_tokens, training_tokens, seed, temperature, …, steps: […]}`; probabilities are those the
  /// token was drawn by.
  init(_ story: GeneratedText, ending: String?) {
    let settings = story.settings
    let ids = story.prompt.map(\.id) + story.steps.map(\.chosen.token.id)
    self = [
      "text": .string(story.text),
      "token_ids": .array(ids.map { .integer($0) }),
      "prompt_count": .integer(story.prompt.count),
      "prompt_tokens": .array(
        story.prompt.enumerated().map { JSON(prompt: $1, at: $0, in: story) }
      ),
      "training_tokens": story.notes.total.map { .integer($0) } ?? .null,
      "model": .string(story.model),
      "seed": .integer(Int(settings.seed)),
      "temperature": .number(settings.temperature),
      "top_k": settings.topK.map { .integer($0) } ?? .null,
      "top_p": settings.topP.map { .number($0) } ?? .null,
      "interventions": JSON(story.interventions),
      "ended_by": .string(ending ?? "tokens"),
      "end_token_id": story.end.map { .integer($0.id) } ?? .null,
      "steps": .array(story.steps.map(JSON.init(step:))),
    ]
  }

  private init(prompt token: TextToken, at position: Int, in story: GeneratedText) {
    self = .members(
      [Member("token_id", .integer(token.id)), Member("token", .string(token.text))]
        + JSON.notes(story.notes, at: position)
    )
  }

  private init(step: GeneratedText.Step) {
    self = [
      "token_id": .integer(step.chosen.token.id),
      "token": .string(step.chosen.token.text),
      "probability": .number(step.chosen.probability),
      "draw": .number(step.draw),
      "low": .number(step.low),
      "high": .number(step.high),
      "surprisal_bits": .number(step.surprisal),
      "forgotten": .integer(step.forgotten),
      "kept": .integer(step.keptCount),
      "candidates": .array(
        step.candidates.map { candidate in
          [
            "token_id": .integer(candidate.token.id),
            "token": .string(candidate.token.text),
            "probability": .number(candidate.probability),
            "model_probability": .number(candidate.modelProbability),
          ]
        }
      ),
    ]
  }
}
