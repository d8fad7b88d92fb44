import Graphics
import Tensors
import Traces

extension Machine {
  /// Where a step of the walkthrough happens: what the camera shows, what is lit, and what moves.
  public struct Place: Sendable {
    /// What is done there, each shown by one animation.
    public enum Action: String, Sendable {
      /// The followed token's way, from the prompt to the next token; the stream alone.
      case way, flow
      /// Tokens stand up one after another; their rows of W_E are found; rows become vectors.
      case tokens, rows, pick
      /// Vectors are added; a norm runs along one; rows of weights read one; a query meets the keys.
      case add, norm, read, meet
      /// The mask falls; rows become shares; values are weighed and added up.
      case mask, share, weigh
      /// Results fall into one; neurons fire; all columns alone; patterns one after another; guesses, too.
      case write, fire, columns, patterns, guesses
      /// The last vector meets every row of W_U; logits become probabilities; a token is drawn; it is appended.
      case ask, normalize, draw, append
      /// All that was learned lights up, then all that flows through.
      case weights
    }

    /// What the camera shows.
    public let frame: Rectangle
    /// The panels that stay lit, by id; all that begin with it, if it ends with a point; none means all.
    public let lit: [String]
    /// What moves.
    public let action: Action
    /// The panels that it is done with, by id: what is read first, what is made last.
    public let operands: [String]
    /// The row of them that is shown in the end, if not the followed token's; of keys, the one that is met then.
    public internal(set) var row: Int?
    /// What is written beside what is shown in the end, if it is not a cell's number.
    public internal(set) var line: String?
  }

  /// The place of a step; one that is not known by name has the place of its stage.
  public func place(of step: String, in stage: StageID) -> Place {
    switch stage {
    case .tokens: tokensPlace(step)
    case .embedding: embeddingPlace(step)
    case .position: positionPlace(step)
    case .attention: attentionPlace(step)
    case .mlp: mlpPlace(step)
    case .layers: layersPlace(step)
    case .unembedding: unembeddingPlace(step)
    case .softmax: likeliest(["logits", "prob"], .normalize)
    case .sampling: samplingPlace(step)
    case .parameters:
      Place(
        frame: box,
        lit: [],
        action: .weights,
        operands: step == "data" ? ["weight", "data"] : ["weight"]
      )
    default: whole
    }
  }

  /// The whole, and the followed token's way through it.
  public var whole: Place { Place(frame: box, lit: [], action: .way, operands: []) }

  /// A place around some panels, with room for their labels.
  private func place(
    _ ids: [String],
    _ action: Place.Action,
    with operands: [String] = [],
    lit: [String] = [],
    and more: Rectangle? = nil,
    room: (x: Double, y: Double) = (60, 40)
  ) -> Place {
    var frame = more
    for id in ids {
      for panel in panels where panel.id == id || (id.hasSuffix(".") && panel.id.hasPrefix(id)) {
        frame = frame?.union(panel.frame) ?? panel.frame
      }
    }
    return Place(
      frame: frame?.padded(room.x, room.y) ?? box,
      lit: ids + lit,
      action: action,
      operands: operands.filter { panel($0) != nil }
    )
  }

  private func tokensPlace(_ step: String) -> Place {
    step == "vocabulary"
      ? place(["WE"], .rows, with: ["WE"], and: prompt)
      : Place(
        frame: prompt.union(Rectangle(prompt.x, 0, sizes.embedding - prompt.x, 0)).padded(0, 90),
        lit: ["none"],
        action: .tokens,
        operands: []
      )
  }

  private func embeddingPlace(_ step: String) -> Place {
    guard step == "row", let table = frame("WE"), let vectors = frame("embed") else {
      return place(["WE"], .rows, with: ["WE"], lit: ["embed"], and: prompt)
    }
    // Not all of the table, but the rows that are taken.
    let rows = trace.tokens.map { sizes.row($0.id) }
    let top = rows.min() ?? 0
    let taken = Rectangle(table.x, top, table.width, (rows.max() ?? 0) - top)
    return Place(
      frame: taken.union(vectors).union(prompt).padded(80, 110),
      lit: ["WE", "embed"],
      action: .pick,
      operands: ["WE", "embed"]
    )
  }

  private func positionPlace(_ step: String) -> Place {
    step == "stream"
      ? place(["embed", "s.0"], .flow, lit: ["s.", "m.", "xf"], and: streamStart)
      : place(["embed", "Wpos", "s.0"], .add, with: ["embed", "Wpos", "s.0"], room: (110, 50))
  }

  /// The first stations of the stream.
  private var streamStart: Rectangle {
    let end = frame("m.0") ?? frame("s.1") ?? frame("s.0") ?? box
    return Rectangle(0, sizes.top, end.x + end.width, sizes.stream)
  }

  private func attentionPlace(_ step: String) -> Place {
    let (l, of) = (layer, id("", layer, head))
    let sharing = max(1, sizes.heads / max(1, sizes.keyHeads))
    let keys = id("", l, head / sharing * sharing + sharing / 2)
    let block = [id("s", l), id("x1", l), id("ao", l), id("m", l)]
    let heads = ["WQ", "WK", "WV", "WO", "q", "k", "v", "P", "z", "r"].map { id($0, l) + "." }
    let (q, k, v, z) = ("q" + of, "k" + keys, "v" + keys, "z" + of)
    let (pattern, scores) = ("P" + of, "S" + of)
    switch step {
    case "norm":
      let norm = [id("s", l), id("g1", l), id("b1", l), id("x1", l)]
      return place(norm, .norm, with: norm, room: (90, 30))
    case "qkv":
      let ids = ["WQ" + of, "WK" + keys, "WV" + keys, q, k, v]
      return place(ids, .read, with: [id("x1", l)] + ids, lit: [id("x1", l)], room: (40, 60))
    case "scores", "scale":
      var meeting = place([q, k, pattern], .meet, with: [q, k, scores], lit: [scores])
      meeting.row = mostAttended
      if step == "scores" { meeting.line = productBeforeScaling }
      return meeting
    case "mask":
      return place([pattern], .mask, with: [scores], lit: [scores], room: (60, 44))
    case "softmax":
      let ids = [scores, pattern]
      return place([pattern], .share, with: ids, lit: [scores], room: (60, 44))
    case "sum":
      return place([v, pattern, z], .weigh, with: [v, pattern, z])
    case "output":
      let ids = (0..<sizes.heads).map { id("r", l, $0) } + [id("ao", l)]
      let more = [id("z", l) + ".", id("WO", l) + "."]
      return place(ids + more, .write, with: ids)
    case "add":
      let ids = [id("s", l), id("ao", l), id("m", l)]
      return place(ids, .add, with: ids)
    case "heads", "lines":
      return place(["P."], .patterns, with: ["P" + of], room: (sizes.column + 110, 90))
    default:
      return place(block + heads, .flow)
    }
  }

  /// The position that gets most of the followed token's attention in the head that is opened; nil if not all was recorded.
  private var mostAttended: Int? {
    guard let pattern = trace[.pattern(layer)], pattern.shape.count == 3,
      pattern.shape[1] == trace.tokens.count, pattern.shape[2] == trace.tokens.count
    else { return nil }
    return largest(1, of: pattern.slice(head, followed).values.map { Double($0) }).first
  }

  /// The dot product of the followed token's query and the key that it attends to most, which is not yet divided.
  private var productBeforeScaling: String? {
    guard let key = mostAttended, let q = trace[.rotatedQ(layer)] ?? trace[.q(layer)],
      let k = trace[.rotatedK(layer)] ?? trace[.k(layer)],
      q.shape.count == 3, k.shape.count == 3, q.shape[0] == trace.tokens.count,
      k.shape[0] == trace.tokens.count
    else { return nil }
    let shared = head * k.shape[1] / q.shape[1]
    let product = Quantity(
      dot(q.slice(followed, head).values, k.slice(key, shared).values),
      origin: .derived("q · k")
    )
    let names = [followed, key].map { VisibleText.show(trace.tokens[$0].text) }
    return "q \(names[0]) · k \(names[1]) = \(product.text)"
  }

  private func mlpPlace(_ step: String) -> Place {
    let l = layer
    let read = [id("x2", l), id("Win", l), id("pre", l)]
    let all = read + [id("m", l), id("post", l), id("Wout", l), id("mo", l), id("s", l + 1)]
    let (g, b) = (id("g2", l), id("b2", l))
    switch step {
    case "up": return neuronPlace(read, .read)
    case "gelu", "gate": return neuronPlace([id("pre", l), id("lin", l), id("post", l)], .fire)
    case "down": return neuronPlace([id("post", l), id("Wout", l), id("mo", l)], .write)
    case "add":
      let ids = [id("m", l), id("mo", l), id("s", l + 1)]
      return place(ids, .add, with: ids)
    case "norm":
      let ids = [id("m", l), g, b, id("x2", l)]
      return place(ids, .norm, with: ids, room: (90, 30))
    default:
      return place(
        all + [id("Wgate", l), id("lin", l)],
        .columns,
        with: [id("pre", l), id("post", l)]
      )
    }
  }

  /// The line of the neuron that fires most: it reads, fires, writes.
  private func neuronPlace(_ ids: [String], _ action: Place.Action) -> Place {
    guard let rows = frame(id("Win", layer)), let end = frame(id("Wout", layer)) else {
      return place(ids, action, with: ids)
    }
    let first = trace[.mlpPost(layer)].map { trace.firstPosition(rows: $0.rows) } ?? 0
    let fired = followed < first ? nil : trace[.mlpPost(layer)]?.slice(followed - first).values
    let neuron = fired.flatMap { largest(1, of: $0).first } ?? 0
    let width = end.x + end.width - rows.x
    let height = min(rows.height, width * 0.5)
    let middle = rows.y + rows.height * (Double(neuron) + 0.5) / Double(sizes.neurons)
    let top = max(rows.y, min(rows.y + rows.height - height, middle - height * 0.6))
    var place = place(ids, action, with: ids)
    place = Place(
      frame: Rectangle(rows.x, top, width, height).padded(30, 16),
      lit: ids,
      action: action,
      operands: place.operands
    )
    place.row = neuron
    return place
  }

  private func layersPlace(_ step: String) -> Place {
    let stations = ["s.", "m.", "embed", "xf"]
    switch step {
    case "context": return place(stations, .flow, room: (60, 300))
    case "lens", "answers": return place(stations, .guesses, room: (60, 300))
    default: return whole
    }
  }

  private func unembeddingPlace(_ step: String) -> Place {
    let last = id("s", sizes.layers)
    switch step {
    case "norm":
      let ids = [last, "gf", "bf", "xf"]
      return place(ids, .norm, with: ids, room: (110, 60))
    case "positions":
      return place(["xf"], .guesses, with: ["xf"], lit: ["s."], room: (150, 90))
    default:
      return likeliest(["xf", "WU", "logits"], .ask)
    }
  }

  /// The rows of W_U that are the likeliest next tokens', beside their names.
  private func likeliest(_ ids: [String], _ action: Place.Action) -> Place {
    let rows = next.map { sizes.row($0) }
    guard let top = rows.min(), let bottom = rows.max(), let last = ids.last,
      let start = frame(ids[0])?.x ?? frame("WU")?.x, let end = frame(last)
    else { return place(ids, action, with: ids, and: answers) }
    let rectangle = Rectangle(start, top, end.x - start, bottom - top).union(answers)
    return Place(
      frame: rectangle.padded(60, 130),
      lit: ids + ["prob"],
      action: action,
      operands: ids.filter { panel($0) != nil }
    )
  }

  private func samplingPlace(_ step: String) -> Place {
    let action: Place.Action = step == "again" || step == "window" ? .append : .draw
    // To the right there is room for the map.
    let (left, top) = (answers.x - 300, answers.y - 200)
    let drawn = Rectangle(left, top, answers.width + 700, answers.height + 320)
    let frame = action == .append ? box : drawn
    return Place(frame: frame, lit: ["none", "prob"], action: action, operands: ["prob"])
  }
}
