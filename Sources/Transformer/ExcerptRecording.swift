import Tensors
public import Traces

extension Model {
  /// Runs the model on a prompt and records as much of it as the budget of the options allows.
  ///
  /// - Parameters:
  ///   - prompt: The text, as typed.
  ///   - tokens: Its tokens, as for ``record(_:tokens:_:)``.
  ///   - options: What to record.
  /// - Returns: The trace, or the part of it that ``Traces/TraceExcerpt`` plans.
  /// - Throws: ``RunError`` if the numbers overflow on the way.
  public func recordWithinBudget(
    _ prompt: String,
    tokens: [Int],
    _ options: RecordingOptions
  ) throws(RunError) -> Trace {
    guard let plan = excerpt(of: tokens, options) else {
      return try record(prompt, tokens: tokens, options)
    }
    let change = transformer.interventions(options.interventions, on: tokens)
    return try recordExcerpt(prompt, tokens: tokens, plan, options, change)
  }

  /// What is kept of a run that is too large to be kept whole; `nil` if it is not, or if names were chosen.
  func excerpt(of tokens: [Int], _ options: RecordingOptions) -> TraceExcerpt? {
    guard let budget = options.budget, options.recordsFacts else { return nil }
    let description = transformer.configuration.description(name: name, trainedOn: trainedOn)
    return TraceExcerpt(of: description, length: tokens.count, budget: budget)
  }

  /// Runs the model and records what a plan keeps; nothing else is ever held in memory.
  ///
  /// Which layers' insides are wanted shows only when all patterns are there. So these layers are run again, each from
  /// the stream that it read.
  ///
  /// - Throws: ``RunError`` if the numbers overflow on the way.
  func recordExcerpt(
    _ prompt: String,
    tokens: [Int],
    _ plan: TraceExcerpt,
    _ options: RecordingOptions,
    _ change: InterventionHook
  ) throws(RunError) -> Trace {
    let configuration = transformer.configuration
    let layerCount = configuration.layerCount
    let blocks = (0..<layerCount).map { HookPoint.residPost($0) }
    let recorder = ActivationRecorder(
      plan,
      opening: [],
      layerCount: layerCount,
      whole: Set(blocks)
    )
    var hook = HookChain(change, recorder)
    let reading = transformer.run(tokens, hook: &hook, logitsOfLast: plan.positions)
    let activations = hook.second.activations
    guard activations[HookPoint.logits.name]?.firstNonFinite == nil else {
      throw .logitsNotFinite(model: name)
    }
    var trace = trace(of: prompt, tokens, activations, options)
    trace.lastPositions = plan.positions < tokens.count ? plan.positions : nil

    let opened = plan.layers(around: options.opensLayer(trace), of: layerCount)
    for layer in opened.sorted() {
      let before = layer == 0 ? HookPoint.residPre(0) : .residPost(layer - 1)
      guard let stream = trace[before] else { continue }
      let inside = ActivationRecorder(plan, opening: opened, layerCount: layerCount)
      var hook = HookChain(change, inside)
      transformer.run(layer, on: stream, hook: &hook)
      for (name, tensor) in hook.second.activations where trace.tensors[name] == nil {
        trace.tensors[name] = tensor
      }
    }
    for block in blocks.dropLast() {
      trace[block] = trace[block]?.last(plan.positions, alongAxis: block.positionAxis)
    }
    addFacts(to: &trace, tokens, options, change, after: reading)
    return trace
  }
}

extension ActivationRecorder {
  /// Keeps what a plan does: of `layers` the insides, and the `whole` ones whole whatever the plan says.
  fileprivate init(
    _ plan: TraceExcerpt,
    opening layers: Set<Int>,
    layerCount: Int,
    whole: Set<HookPoint> = []
  ) {
    let parts: [HookPoint: TraceExcerpt.Part] = HookPoint.placed(layerCount: layerCount)
      .reduce(into: [:]) { parts, place in
        let isOpened = place.layer.map(layers.contains) ?? false
        parts[place.hook] =
          whole.contains(place.hook)
          ? .whole
          : TraceExcerpt.part(
            of: place.hook,
            in: place.layer,
            isOpened: isOpened,
            layerCount: layerCount
          )
      }
    self.init(where: { (parts[$0] ?? .nothing) != .nothing }) { value, hook in
      parts[hook] == .whole ? value : value.last(plan.positions, alongAxis: hook.positionAxis)
    }
  }
}

extension Transformer {
  /// Runs the model and computes the logits of the last positions alone.
  ///
  /// - Returns: What the model remembers of the tokens, and the logits after the last.
  fileprivate func run<H: Hook>(
    _ tokens: [Int],
    hook: inout H,
    logitsOfLast count: Int
  ) -> (cache: KeyValueCache, logits: Tensor) {
    var cache = KeyValueCache(for: configuration)
    let stream = stream(of: tokens, after: &cache, &hook)  // [T, D]
    let final = norm(stream, weights.finalNorm, .final, &hook)  // [T, D]
    let last = final.last(count, alongAxis: 0)
    hook.begin(at: tokens.count - last.rows)
    let logits = logits(of: last, &hook)
    hook.see(.probabilities, softmax(logits))
    return (cache, logits.slice(logits.rows - 1))
  }

  /// Runs one block on the stream that it reads.
  fileprivate func run<H: Hook>(_ layer: Int, on stream: Tensor, hook: inout H) {
    var cache = KeyValueCache(for: configuration)
    hook.begin(at: 0)
    _ = self.stream(stream, through: layer..<layer + 1, after: &cache, &hook)
  }
}
