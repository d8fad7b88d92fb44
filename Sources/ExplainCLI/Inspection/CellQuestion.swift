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
        en:
          "--why “\(text)”: \(error); it takes a cell, such as 'blocks.0.attn.hook_pattern[0,4,3]'",
        ja: "--why の「\(text)」を式として読めません（\(error)）。'blocks.0.attn.hook_pattern[0,4,3]' のように指定してください。"
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
    throw CLIError(
      .badData,
      en: "\(path) did not make this trace: \(difference.en)",
      ja: "\(path) はこのトレースを作ったモデルではありません。\(difference.ja)"
    )
  }

  /// In which size two descriptions differ.
  private static func difference(
    _ trace: ModelDescription,
    _ model: ModelDescription
  ) -> LocalizedText? {
    let sizes = [
      (say(en: "layers", ja: "レイヤー"), trace.layerCount, model.layerCount),
      (say(en: "heads", ja: "ヘッド"), trace.headCount, model.headCount),
      (say(en: "numbers a vector", ja: "ベクトルの成分"), trace.dModel, model.dModel),
      (say(en: "tokens", ja: "語彙のトークン"), trace.dVocab, model.dVocab),
      (say(en: "neurons a layer", ja: "レイヤーごとのニューロン"), trace.dMLP, model.dMLP),
    ]
    for case (let what, let a?, let b?) in sizes where a != b {
      return say(
        en: "it has \(b) \(what.en), the trace \(a)",
        ja: "\(what.ja)がモデルは \(b) 個、トレースは \(a) 個です。"
      )
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
          en: "\(name) is a weight, and the trace has none of it; give the model with --model",
          ja: "\(name) は重みで、トレースにはありません。--model でモデルを指定してください。"
        )
      }
      if HookPoint.named(name) != nil, name.split(separator: ".").count < 3 || isOfLayer(name) {
        return .usage(
          en: "--why: \(name) was not recorded in this trace",
          ja: "--why：\(name) はこのトレースに記録されていません。"
        )
      }
      let suggestion = Spelling.suggestion(for: name, among: known)
      return .usage(
        en: "--why: nothing is called “\(name)” here\(suggestion.en)",
        ja: "--why：「\(name)」という名前のものはありません。\(suggestion.ja)"
      )
    default:
      let reason = LocalizedText(error)
      return .usage(en: "--why: \(reason.en)", ja: "--why：\(reason.ja)")
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
