public import Formats
import Tensors

extension Trace {
  /// Reads a trace as a page carries it, for its program to tell what a reader follows.
  ///
  /// This program wrote it and checked it then, so its parts are not checked against each other again. What belongs to no
  /// token, layer or head, the page tells already: merges, pieces, counts in the training text, quantisation. It is nil if
  /// that is not what the bytes are.
  ///
  /// - Parameters:
  ///   - bytes: The tensors, as a safetensors file.
  ///   - notes: The trace's ``metadata``, as a JSON object of texts.
  public init?(carried bytes: Bytes, notes: JSONValue) {
    @inline(never) func note(_ key: String) -> JSONValue? {
      notes[key]?.string.flatMap { JSONValue(parsing: $0) }
    }
    guard let file = try? SafetensorsFile(bytes, name: ""), let prompt = notes["prompt"]?.string,
      let ids = note("token_ids")?.array, let texts = note("tokens")?.array,
      ids.count == texts.count, !ids.isEmpty, let model = note("model")
    else { return nil }
    var tensors: [String: Tensor] = [:]
    for entry in file.entries { tensors[entry.name] = try? file.tensor(named: entry.name) }
    var tokens: [TraceToken] = []
    for (id, text) in zip(ids, texts) {
      tokens.append(TraceToken(id: id.int ?? 0, text: text.string ?? ""))
    }
    self.init(prompt: prompt, tokens: tokens, model: ModelDescription(model), tensors: tensors)
    vocabulary = note("vocabulary")?.array?.map { $0.string ?? "" }
    for member in note("vocabulary_part")?.members ?? [] {
      guard let id = Int(String(decoding: member.key, as: UTF8.self)) else { continue }
      shownTexts = shownTexts ?? [:]
      shownTexts?[id] = member.value.string
    }
    if let put = note("tokens_put")?.array, put.count == 2 {
      self.put = (put[0].int ?? 0, put[1].int ?? 0)
    }
    lastPositions = note("last_positions")?.int
    unread = note("unread_tokens")?.int ?? 0
    interventions = note("interventions").flatMap { Intervention.list($0) } ?? []
    continuation = note("continuation").flatMap { Continuation($0) }
    reasons = note("reasons").flatMap { [self] in Reasons($0, of: self) }
    parameters = note("parameters").flatMap { ParameterCount($0) }
    if let isTied = self.model.isTied { parameters?.isTied = isTied }
  }
}
