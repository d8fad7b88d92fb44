/// A step's number as the pages and the terminal count: stage and step, from 1.
public struct StepNumber: Sendable, Equatable, CustomStringConvertible {
  /// The stage, and the step within it.
  public let stage: Int, step: Int

  /// As in `4.7`.
  public var description: String { "\(stage).\(step)" }

  private init(stage: Int, step: Int) { (self.stage, self.step) = (stage, step) }

  /// Reads a number such as `4.7`; `nil` if it is none.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let stage = Int(parts[0]), let step = Int(parts[1]), stage > 0, step > 0
    else { return nil }
    self.init(stage: stage, step: step)
  }

  /// The next step of these, which may be the next stage's first; `nil` after the last.
  fileprivate func next(in stages: [Stage]) -> StepNumber? {
    if step < stages[stage - 1].steps.count { return StepNumber(stage: stage, step: step + 1) }
    let later = stages.indices.dropFirst(stage).first { !stages[$0].steps.isEmpty }
    return later.map { StepNumber(stage: $0 + 1, step: 1) }
  }
}

extension Walkthrough {
  /// The step of this number; `nil` if there is none.
  public subscript(number: StepNumber) -> Step? {
    guard number.stage <= stages.count, number.step <= stages[number.stage - 1].steps.count else {
      return nil
    }
    return stages[number.stage - 1].steps[number.step - 1]
  }

  /// The number of the step after one of them; `nil` after the last.
  public func number(after number: StepNumber) -> StepNumber? {
    self[number] == nil ? nil : number.next(in: stages)
  }
}
