import Tensors
public import Traces

/// Records what a walkthrough shows beside the activations: one file for each kind of fact.
struct Facts {
  let model: Model
  /// What was set from outside during the run.
  var change = InterventionHook()

  var weights: Weights { model.transformer.weights }
  var configuration: Configuration { model.transformer.configuration }

  /// The activations that facts are computed from.
  static func needed(layerCount: Int) -> Set<HookPoint> {
    Set(
      [.embed, .residPre(0), .scale(.final), .logits]
        + (0..<layerCount).flatMap { [.residMid($0), .residPost($0), .mlpPost($0)] }
    )
  }

  func add(to trace: inout Trace) {
    addNeighbours(to: &trace)
    addPairs(to: &trace)
    addLens(to: &trace)
    addAnswers(to: &trace)
    addUnembedding(to: &trace)
    addNeurons(to: &trace)
    addParameters(to: &trace)
    addSamples(to: &trace)
    addQuantization(to: &trace)
  }
}

extension Model {
  /// Adds to a run what the logit lens reads at its last position: ``Traces/Fact/lensID`` and
  /// ``Traces/Fact/lensProbability``, of one position.
  public func addLens(to trace: inout Trace) {
    let change = transformer.interventions(trace.interventions, on: trace.tokens.map { $0.id })
    Facts(model: self, change: change).addLens(to: &trace, last: 1)
  }
}
