import Tensors
import Traces

// What else the picture tells of the run.

extension Machine {
  /// The likeliest next token as the logit lens sees it.
  public struct Guess: Sendable {
    /// The layer after which, or the position at which; the token's id; its probability.
    public let place: Int, token: Int, probability: Double
  }

  /// What would follow the followed token if the model ended after each layer, as far as that was recorded.
  public var lens: [Guess] {
    (0..<sizes.layers).compactMap { guess(at: $0, depth: $0 + 1, position: followed) }
  }

  /// What the model expects after each position, as far as that was recorded.
  public var predicted: [Guess] {
    (0..<sizes.tokens).compactMap { guess(at: $0, depth: sizes.layers, position: $0) }
  }

  private func guess(at place: Int, depth: Int, position: Int) -> Guess? {
    guard let ids = trace[.lensID], let chances = trace[.lensProbability],
      ids.shape.count == 3, depth < ids.shape[0], chances.shape == ids.shape
    else { return nil }
    let row = position - trace.firstPosition(rows: ids.shape[1])
    guard row >= 0, ids.shape[2] > 0 else { return nil }
    return Guess(
      place: place,
      token: Int(ids[depth, row, 0]),
      probability: Double(chances[depth, row, 0])
    )
  }

  /// The upper edge of the stream's lanes, and how far it is from one to the next.
  public var lanes: (top: Double, pitch: Double) { (sizes.top, sizes.pitch) }

  /// Where one of the likeliest next tokens stands at the right.
  public func answerY(_ rank: Int) -> Double { answers.y + sizes.answer(rank) }

  /// Where a token of the prompt stands at the left.
  public func promptY(_ position: Int) -> Double { sizes.prompt(position) }

  /// The places of all steps, by the name that follows `stage-` in a step's id, and the whole under `opening`.
  public var steps: [(name: String, place: Place)] {
    let names: [(StageID, String)] = [
      (.tokens, "cut merges vocabulary"),
      (.embedding, "matrix row neighbours slice direction"), (.position, "sum stream"),
      (.attention, "why norm qkv scores scale mask softmax sum output add heads lines"),
      (.mlp, "alone norm up gelu gate down add"), (.layers, "again context lens answers"),
      (.unembedding, "norm product logits positions"), (.softmax, "logits moves temperature"),
      (.sampling, "draw cut again window"), (.parameters, "count shares data"),
    ]
    var steps: [(name: String, place: Place)] = [("opening", whole)]
    for (stage, list) in names {
      steps.append((stage.rawValue, place(of: "", in: stage)))
      for part in list.split(separator: " ") {
        let step = String(part)
        steps.append((stage.rawValue + "-" + step, place(of: step, in: stage)))
      }
    }
    return steps
  }
}
