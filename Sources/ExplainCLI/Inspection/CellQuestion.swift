import Traces
import Transformer
import Walkthrough

/// What `inspect --why` asks, and what it takes to answer.
struct CellQuestion {
  /// A cell as it was typed, or another expression.
  let expression: Expression
  /// The run.
  let trace: Trace
  /// The model that made it; `nil` where the weights are not known.
  let model: Model?

  /// Reads the question.
  ///
  /// - Parameters:
  ///   - text: A cell, `NAME[i,j]`, or another expression.
  ///   - trace: The run.
  ///   - path: The folder of the model that made it, if it was given.
  ///   - console: Where notes on the model go.
  /// - Throws: What is wrong with either.
  init(_ text: String, of trace: Trace, modelAt path: String?, on console: Console) throws {
    do throws(ExpressionError) { expression = try Expression(text) } catch {
      throw CLIError.usage(
        "--why “\(text)”: \(error); it takes a cell, such as 'blocks.0.attn.hook_pattern[0,4,3]'"
      )
    }
    self.trace = trace
    model = try Self.model(of: trace, at: path, on: console)
  }

  /// The model that made a trace.
  ///
  /// - Parameters:
  ///   - trace: The run.
  ///   - path: The model's folder, if it was given.
  ///   - console: Where notes on the model go.
  /// - Returns: That model; the built-in one where it made the trace and none was given; `nil` if it is not known.
  /// - Throws: What is wrong with the folder, or that its sizes are others.
  static func model(of trace: Trace, at path: String?, on console: Console) throws -> Model? {
    let builtIn = BuiltInModel.all.first { $0.name == trace.model.name }
    guard let word = path ?? builtIn?.word else { return nil }
    let model = try TextInput.model(at: word, on: console)
    let sizes = model.transformer.configuration.description(name: nil, trainedOn: nil)
    guard let difference = difference(trace.model, sizes) else { return model }
    // A built-in model of other sizes is not the one that made the trace.
    guard let path else { return nil }
    throw CLIError(.badData, "\(path) did not make this trace: \(difference)")
  }

  /// In which size two descriptions differ.
  private static func difference(_ trace: ModelDescription, _ model: ModelDescription) -> String? {
    let sizes = [
      ("layers", trace.layerCount, model.layerCount), ("heads", trace.headCount, model.headCount),
      ("numbers a vector", trace.dModel, model.dModel), ("tokens", trace.dVocab, model.dVocab),
      ("neurons a layer", trace.dMLP, model.dMLP),
    ]
    for case (let what, let a?, let b?) in sizes where a != b {
      return "it has \(b) \(what), the trace \(a)"
    }
    return nil
  }

  /// Where names are looked up.
  var numbers: NumberSource {
    let (trace, transformer) = (trace, model?.transformer)
    return { trace.numbers(named: $0) ?? transformer?.parameter(named: $0) }
  }

  /// The cell that is asked for, if it is one whose place is written out.
  var cell: (name: String, place: [Int])? {
    guard case .cell(let name, let indices) = expression else { return nil }
    var place: [Int] = []
    for index in indices {
      guard case .number(let value) = index, value >= 0, value < 0x1p31,
        value == value.rounded()
      else { return nil }
      place.append(Int(value))
    }
    return (name, place)
  }

  /// An error in the command line that says what is missing, and which names are near.
  func failure(_ error: DerivationError) -> CLIError {
    switch error {
    case .unknown(let name):
      let known = trace.orderedTensors.map { $0.name }
      if model == nil, Self.isParameter(name) {
        return .usage(
          "\(name) is a weight, and the trace has none of it; give the model with --model"
        )
      }
      if HookPoint.named(name) != nil, name.split(separator: ".").count < 3 || isOfLayer(name) {
        return .usage("--why: \(name) was not recorded in this trace")
      }
      return .usage(
        "--why: nothing is called “\(name)” here\(Spelling.suggestion(for: name, among: known))"
      )
    default: return .usage("--why: \(error.description)")
    }
  }

  private func isOfLayer(_ name: String) -> Bool {
    let layer = name.split(separator: ".").dropFirst().first.flatMap { Int($0) }
    return layer.map { $0 < trace.layerCount } ?? false
  }

  /// Whether a name is one that TransformerLens gives to a parameter.
  static func isParameter(_ name: String) -> Bool {
    let last = name.split(separator: ".").last.map { String($0) } ?? ""
    return last.hasPrefix("W_") || last.hasPrefix("b_") || last == "w" || last == "b"
  }
}
