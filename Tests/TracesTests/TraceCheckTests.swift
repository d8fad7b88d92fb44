import Files
import TestSupport
import Tensors
import Testing
import Traces

@Suite struct TraceCheckTests {
  /// A trace of the reference's tensors.
  private func reference() throws -> Trace {
    let file = try SafetensorsFile(contentsOf: "\(Fixtures.tinyGPT2)/reference-1.safetensors")
    var trace = Trace(
      prompt: "",
      tokens: (0..<13).map { TraceToken(id: $0, text: "") },
      model: ModelDescription(),
      tensors: [:]
    )
    trace.model.layerCount = 3
    for entry in file.entries { trace.tensors[entry.name] = try file.tensor(named: entry.name) }
    return trace
  }

  @Test func `every law holds for the reference`() throws {
    for check in try reference().check() {
      guard case .holds = check.outcome else {
        Issue.record("\(check.law): \(check.outcome)")
        continue
      }
    }
  }

  @Test(arguments: [
    HookPoint.pattern(1), .residMid(0), .residPost(2), .attnOut(1), .result(1), .probabilities,
    .residPre(2),
  ])
  func `one wrong number breaks a law`(hook: HookPoint) throws {
    var trace = try reference()
    let right = try #require(trace[hook])
    var values = right.values
    values[values.count / 2] += 0.01
    trace[hook] = Tensor(shape: right.shape, values: values)
    #expect(trace.check().contains { if case .broken = $0.outcome { true } else { false } })
  }

  @Test func `something that is not a number breaks a law`() throws {
    var trace = try reference()
    let right = try #require(trace[.residMid(1)])
    var values = right.values
    values[0] = .nan
    trace[.residMid(1)] = Tensor(shape: right.shape, values: values)
    #expect(trace.check().contains { if case .broken = $0.outcome { true } else { false } })
  }

  @Test func `a glance ahead breaks causality`() throws {
    var trace = try reference()
    let right = try #require(trace[.pattern(0)])
    var values = right.values
    values[1] = 0.5
    values[0] = 0.5
    trace[.pattern(0)] = Tensor(shape: right.shape, values: values)
    let causal = try #require(trace.check().first { $0.law.contains("causal") })
    guard case .broken(_, HookPoint.pattern(0).name) = causal.outcome else {
      Issue.record("\(causal.outcome)")
      return
    }
  }

  @Test func `what was not recorded is not judged`() throws {
    var trace = try reference()
    trace.tensors = trace.tensors.filter { $0.key.hasSuffix("hook_pattern") }
    let outcomes = trace.check().map(\.outcome)
    #expect(outcomes.filter { $0 == .notRecorded }.count == outcomes.count - 2)
  }
}
