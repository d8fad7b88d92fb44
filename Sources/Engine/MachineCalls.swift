import Calls
import Formats
import Tensors
import Traces
import Transformer
import Walkthrough

// The whole run as one drawing: where everything stands, and the numbers in it.

extension Engine {
  /// `machine`: the drawing of the run, for a `position`, a `layer` and a `head` that are followed, in a `language`.
  ///
  /// Rectangles are `[x, y, width, height]`; a panel's `at` is where its first cell stands in its tensor and how far it is
  /// from row to row and from column to column; `of` says what a cell is made of.
  func machine(_ call: EngineCall) throws(EngineError) -> JSON {
    let run = try shown()
    let choice = try choice(call)
    let machine = Machine(
      of: run.trace,
      layer: choice.layer,
      head: choice.head,
      followed: try call.index("position", below: run.tokens.count)
    )
    return MachineJSON(machine: machine, trace: run.trace).json(in: try call.language())
  }

  /// `numbers`: those of a tensor of the run, or of a weight, by `name`, as little-endian 32-bit floats.
  ///
  /// With `at`, `rows` and `columns` only those of a matrix within it: `at` is where it begins in row-major order, and how
  /// far it is from row to row and from column to column.
  func numbers(_ call: EngineCall) throws(EngineError) -> [UInt8] {
    let tensor = try named(try call.text("name"))
    let at = try call.counts("at") ?? [0, 0, 1]
    guard at.count == 3 else { throw EngineError("“at” is not three numbers") }
    return try tensor.numbers(
      from: at[0],
      rows: (try call.count("rows") ?? 1, at[1]),
      columns: (try call.count("columns") ?? tensor.count, at[2])
    ).littleEndian
  }

  /// `products`: `count` numbers of `name` times as many of `by`, one by one: what a dot product adds up.
  ///
  /// `at` and `by_at` are where they begin in row-major order, and how far it is from one to the next.
  func products(_ call: EngineCall) throws(EngineError) -> [UInt8] {
    guard let count = try call.count("count") else { throw EngineError("“count” is missing") }
    func vector(_ name: String, _ place: String) throws(EngineError) -> [Float] {
      let at = try call.counts(place) ?? []
      guard at.count == 2 else { throw EngineError("“\(place)” is not two numbers") }
      let tensor = try named(try call.text(name))
      return try tensor.numbers(from: at[0], rows: (1, 0), columns: (count, at[1]))
    }
    return zip(try vector("name", "at"), try vector("by", "by_at")).map { $0 * $1 }.littleEndian
  }

  /// A tensor of the run, or a weight.
  private func named(_ name: String) throws(EngineError) -> NamedNumbers {
    let run = try shown()
    let tensor = run.trace.tensors[name]
    let weight = tensor == nil ? run.model?.transformer.parameter(named: name) : nil
    guard let shape = tensor?.shape ?? weight?.shape else {
      throw EngineError("neither the run nor the model has “\(name)”")
    }
    return NamedNumbers(name: name, shape: shape, tensor: tensor, weight: weight)
  }
}

/// What the run or the model has under a name.
private struct NamedNumbers {
  let name: String
  let shape: [Int]
  let tensor: Tensor?
  let weight: Numbers?

  var count: Int { shape.reduce(1, *) }

  /// The numbers of a matrix within it: from a place on, so many rows and columns, so far apart.
  func numbers(
    from start: Int,
    rows: (Int, Int),
    columns: (Int, Int)
  ) throws(EngineError) -> [Float] {
    let last = { (length: (Int, Int)) in Double(length.0 - 1) * Double(length.1) }
    guard rows.0 > 0, columns.0 > 0, Double(rows.0) * Double(columns.0) <= 0x1p24,
      Double(start) + last(rows) + last(columns) < Double(count)
    else { throw EngineError("“\(name)” has the shape \(shape); that lies not in it") }
    guard let all = weight ?? tensor.map({ Numbers($0) }) else { return [] }
    return (0..<rows.0 * columns.0).map {
      all[place: start + $0 / columns.0 * rows.1 + $0 % columns.0 * columns.1]
    }
  }
}

extension [Float] {
  /// The bytes of the numbers, as all machines have them that this runs on.
  fileprivate var littleEndian: [UInt8] { withUnsafeBytes { [UInt8]($0) } }
}

/// The drawing as a page's script reads it.
private final class MachineJSON {
  let machine: Machine
  let trace: Trace

  init(machine: Machine, trace: Trace) { (self.machine, self.trace) = (machine, trace) }

  func json(in language: Language) -> JSON {
    let words = MachineWords(in: language)
    return [
      "box": list(machine.box), "prompt": list(machine.prompt), "answers": list(machine.answers),
      "position": .integer(machine.followed), "layer": .integer(machine.layer),
      "head": .integer(machine.head),
      "lanes": .array([.number(machine.lanes.top), .number(machine.lanes.pitch)]),
      "tokens": .array(
        trace.tokens.enumerated().map { position, token in
          [
            "token_id": .integer(token.id), "token": .string(token.text),
            "y": .number(machine.promptY(position)),
          ]
        }
      ),
      "next": .array(machine.next.enumerated().map { next($1, rank: $0) }),
      "drawn": trace.continuation?.steps.first.map {
        .string(trace.text(ofToken: $0.tokenID) ?? "#\($0.tokenID)")
      } ?? .null,
      "lens": .array(machine.lens.map { guess($0) }),
      "predicted": .array(machine.predicted.map { guess($0) }),
      "panels": .array(machine.panels.map { panel($0) }),
      "wires": .array(machine.wires.map { wire($0) }),
      "places": .members(
        machine.steps.map { name, place in JSON.Member(name, self.place(place)) }
      ),
      "parts": .members(
        words.parts.map {
          JSON.Member($0.part, .array([.string($0.sign), .string($0.text)]))
        }
      ),
      "words": .members(words.others.map { JSON.Member($0.name, .string($0.text)) }),
    ]
  }

  private func list(_ frame: Machine.Rectangle) -> JSON {
    .array([frame.x, frame.y, frame.width, frame.height].map { number($0) })
  }

  /// A length to a hundredth of a unit.
  private func number(_ value: Double) -> JSON { .number((value * 100).rounded() / 100) }

  private func panel(_ panel: Machine.Panel) -> JSON {
    var members: [JSON.Member] = [
      JSON.Member("id", .string(panel.id)), JSON.Member("kind", .string(panel.kind.rawValue)),
      JSON.Member("name", .string(panel.name)), JSON.Member("frame", list(panel.frame)),
      JSON.Member("shape", .array(panel.shape.map { .integer($0) })),
      JSON.Member("rows", .integer(panel.rows)), JSON.Member("columns", .integer(panel.columns)),
      JSON.Member("axes", .string(panel.rowAxis.rawValue + panel.columnAxis.rawValue)),
      JSON.Member(
        "at",
        .array([panel.start, panel.rowStride, panel.columnStride].map { .integer($0) })
      ),
    ]
    let (rows, columns) = panel.missing
    if rows + columns > 0 {
      members.append(JSON.Member("missing", .array([.integer(rows), .integer(columns)])))
    }
    if panel.isLanes { members.append(JSON.Member("lanes", .bool(true))) }
    if !panel.isRecorded { members.append(JSON.Member("absent", .bool(true))) }
    if let turned = panel.turned { members.append(JSON.Member("turned", .string(turned))) }
    if let over = panel.over { members.append(JSON.Member("over", .string(over))) }
    if !panel.sources.isEmpty {
      let list = panel.sources.map { JSON.array([.string($0.panel), .string($0.cells)]) }
      members.append(JSON.Member("of", .array(list)))
    }
    return .members(members)
  }

  private func wire(_ wire: Machine.Wire) -> JSON {
    .array(
      [.string(wire.style.rawValue), .bool(wire.isFollowed)] + wire.points.map { number($0) }
    )
  }

  private func place(_ place: Machine.Place) -> JSON {
    let row: JSON = place.row.map { .integer($0) } ?? .null
    return [
      "frame": list(place.frame), "lit": .array(place.lit.map { .string($0) }),
      "action": .string(place.action.rawValue),
      "with": .array(place.operands.map { .string($0) }), "row": row,
      "line": place.line.map(JSON.string) ?? .null,
    ]
  }

  private func next(_ id: Int, rank: Int) -> JSON {
    let row = machine.followed - (trace.tokens.count - (trace[.logits]?.rows ?? 0))
    func value(_ hook: HookPoint) -> JSON {
      trace[hook].map { .number(Double($0[row, id])) } ?? .null
    }
    return [
      "token_id": .integer(id), "token": .string(trace.text(ofToken: id) ?? "#\(id)"),
      "logit": value(.logits), "probability": value(.probabilities),
      "y": number(machine.answerY(rank)),
    ]
  }

  private func guess(_ guess: Machine.Guess) -> JSON {
    [
      "place": .integer(guess.place),
      "token": .string(trace.text(ofToken: guess.token) ?? "#\(guess.token)"),
      "probability": .number(guess.probability),
    ]
  }
}
