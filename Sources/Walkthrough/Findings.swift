public import Traces

/// A trace, and what it tells of its model's equations: found once, for as many tellings as are wanted.
public final class Findings: Sendable {
  /// The trace, with the probabilities.
  let trace: Trace
  let architecture: Architecture

  /// Looks through a trace.
  ///
  /// - Parameter trace: What was recorded.
  public init(of trace: Trace) {
    self.trace = trace.withProbabilities
    architecture = Architecture(self.trace)
  }
}
