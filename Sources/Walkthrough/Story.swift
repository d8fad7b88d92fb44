import Graphics
import Traces
import Tensors

/// What every stage needs to tell its part: the trace, the language, and what is followed.
///
/// A class, though nothing of it changes: every teller holds one, and a trace is large to copy into each.
final class Story: Speaker, Sendable {
  let trace: Trace
  /// What the trace tells of its model's equations.
  let architecture: Architecture
  let language: Language
  /// The block whose attention and MLP are opened up, counted from 0.
  let layer: Int
  /// The head that is opened up, counted from 0.
  let head: Int
  /// The position that is followed: the last, unless another is asked for.
  let followed: Int
  /// The scale that attention is drawn on, if one was asked for.
  let attentionScale: AttentionScale?
  /// The names of the steps that are told, of the others only what they are called; `nil` for all.
  private let told: [String]?

  init(
    _ findings: Findings,
    language: Language,
    choice: HeadChoice,
    followed: Int? = nil,
    attentionScale: AttentionScale? = nil,
    telling told: [String]? = nil
  ) {
    (trace, architecture) = (findings.trace, findings.architecture)
    self.language = language
    (layer, head) = (choice.layer, choice.head)
    self.followed = followed ?? trace.tokens.count - 1
    self.attentionScale = attentionScale
    self.told = told
  }

  private init(_ story: Story, layer: Int, followed: Int, told: [String]?) {
    (trace, architecture, language) = (story.trace, story.architecture, story.language)
    (head, attentionScale) = (story.head, story.attentionScale)
    (self.layer, self.followed, self.told) = (layer, followed, told)
  }

  /// The same story with another layer opened up, and another position followed.
  func with(layer: Int? = nil, followed: Int? = nil) -> Story {
    Story(self, layer: layer ?? self.layer, followed: followed ?? self.followed, told: told)
  }

  /// The same story, of which only these steps are told.
  func telling(only told: [String]) -> Story {
    Story(self, layer: layer, followed: followed, told: told)
  }

  /// Whether a step is told, by its name.
  func tells(_ step: String) -> Bool { told?.contains(step) ?? true }

  /// The value at a hook point, with what it takes to quote it.
  ///
  /// Keys and values that several heads share are found under each of these heads.
  func recorded(_ hook: HookPoint) -> Recorded? {
    let isShared = hook.axes.contains(.keyValueHead)
    let isDerived = hook == .probabilities && trace.derivesProbabilities
    return trace[hook].map {
      Recorded(
        name: hook.name,
        tensor: $0,
        sharing: isShared ? architecture.headsPerKey : 1,
        positionAxis: hook.positionAxis,
        in: trace,
        isDerived: isDerived
      )
    }
  }

  /// A recorded fact, with what it takes to quote it.
  func recorded(_ fact: Fact) -> Recorded? {
    trace[fact].map {
      Recorded(name: fact.name, tensor: $0, positionAxis: fact.positionAxis, in: trace)
    }
  }

  /// The text of the token at a position of the prompt.
  func token(_ position: Int) -> String { trace.tokens[position].text }

  /// A token as a sentence names it: with its position where the prompt has the same token twice.
  ///
  /// The token that is followed needs none.
  func mention(_ position: Int) -> RichText {
    let id = trace.tokens[position].id
    guard position != followed, trace.tokens.count(where: { $0.id == id }) > 1 else {
      return "\(token: token(position))"
    }
    return say(
      en: "\(token: token(position)) (position \(position))",
      ja: "\(token: token(position))（位置 \(position)）"
    )
  }

  /// The token that is followed, where the page's script tells of whichever one it is.
  var me: RichText { "\(following: "token", "\(token: token(followed))")" }

  /// The layer and the head that are opened up, where the page's script tells of whichever they are.
  var layerNumber: RichText { "\(following: "layer", "\(layer)")" }
  var headNumber: RichText { "\(following: "head", "\(head)")" }

  /// The position to which the followed one pays most attention in the head that is opened up.
  var mostAttended: Int {
    guard let pattern = recorded(.pattern(layer)) else { return 0 }
    return largest(1, of: pattern.vector(head, followed))[0]
  }

  /// The token at ``mostAttended``, as a sentence names it.
  var attended: RichText { "\(following: "attended", mention(mostAttended))" }

  /// Whether the followed token pays most attention to itself.
  var isAttendedSelf: Bool { mostAttended == followed }

  /// The text of a vocabulary entry, or `#id` if the trace does not tell it.
  func word(_ id: Int) -> String { trace.text(ofToken: id) ?? "#\(id)" }

  /// The number of positions, T.
  var length: Int { trace.tokens.count }

  /// The positions that a table shows when there are too many for all: the first ones, the last, and the followed one.
  ///
  /// Where only the last positions were recorded, these are shown instead of the first.
  func shownPositions(limit: Int) -> [Int] {
    let recorded = trace.recordedPositions
    guard recorded.lowerBound == 0 else {
      let last = recorded.suffix(limit)
      return last.contains(followed) ? Array(last) : [followed] + last.dropFirst()
    }
    return firstPositions(limit: limit)
  }

  /// The first positions, the last, and the followed one, whatever was recorded of them.
  func firstPositions(limit: Int) -> [Int] {
    guard length > limit else { return Array(0..<length) }
    let first = (0..<limit - 1).contains(followed) || followed == length - 1
    return first
      ? Array(0..<limit - 1) + [length - 1] : Array(0..<limit - 2) + [followed, length - 1]
  }

  /// Says which positions ``shownPositions(limit:)`` are, whichever is followed; `nil` if all.
  func shownNote(limit: Int) -> RichText? {
    let shown = min(limit, trace.recordedPositions.count)
    if trace.recordedPositions.lowerBound > 0 {
      return say(
        en: "\(shown) of \(length) positions (the last ones, the followed one among them)",
        ja: "\(length) 個の位置のうち \(shown) 個（選択中の位置を含む最後のほう）"
      )
    }
    return firstNote(limit: limit)
  }

  /// Says which positions ``firstPositions(limit:)`` are, whichever is followed; `nil` if all.
  func firstNote(limit: Int) -> RichText? {
    length <= limit
      ? nil
      : say(
        en: "\(limit) of \(length) positions (the first ones, the followed one and the last)",
        ja: "\(length) 個の位置のうち \(limit) 個（はじめのほう・選択中の位置・最後）"
      )
  }
}

/// A recorded tensor under its name, so that its elements can be quoted.
struct Recorded {
  let name: String
  private let tensor: Tensor
  /// How many heads share an index of the second axis.
  private let sharing: Int
  /// Which index is a position, and which position the first row is of.
  private let positionAxis: Int?
  private let first: Int
  /// Whether it was computed from what was recorded.
  private let isDerived: Bool

  init(
    name: String,
    tensor: Tensor,
    sharing: Int = 1,
    positionAxis: Int? = nil,
    in trace: Trace? = nil,
    isDerived: Bool = false
  ) {
    self.name = name
    self.isDerived = isDerived
    self.tensor = tensor
    self.sharing = sharing
    self.positionAxis = positionAxis
    let rows = positionAxis.map { $0 < tensor.shape.count ? tensor.shape[$0] : 0 }
    first = rows.flatMap { trace?.firstPosition(rows: $0) } ?? 0
  }

  /// The tensor's shape, its number of elements, and the length of its last axis.
  var shape: [Int] { tensor.shape }
  var count: Int { tensor.count }
  var columns: Int { tensor.columns }

  /// All elements in row-major order.
  var values: [Float] { tensor.values }

  /// An element, to be shown with so many digits.
  func callAsFunction(_ indices: Int..., digits: Int = 2) -> Quantity {
    Quantity(
      Double(element(indices)),
      digits: digits,
      origin: isDerived ? .derived(formula(indices)) : .trace(place(indices))
    )
  }

  /// Where an element or a part stands: `NAME[i,j]`.
  func place(_ indices: [Int], _ rest: String? = nil) -> String {
    let parts = shared(indices).map(String.init) + (rest.map { [$0] } ?? [])
    return "\(name)[\(parts.joined(separator: ","))]"
  }

  /// The formula of an element: its place, or how it follows from what was recorded.
  ///
  /// The last index may be a name.
  func formula(_ indices: [Int], _ last: String? = nil) -> String {
    guard isDerived else { return place(indices, last) }
    let logits = Recorded(name: HookPoint.logits.name, tensor: tensor)
    return logits.softmax(
      last == nil ? indices.dropLast() : indices,
      last ?? "\(indices.last ?? 0)"
    )
  }

  /// The formula of a vector's length.
  func length(_ indices: [Int]) -> String { "norm(n, \(place(indices, "n")))" }

  /// The formula of the cosine of one vector with another: at the same indices, unless others are given.
  func cosine(_ indices: [Int], with other: Recorded, _ others: [Int]? = nil) -> String {
    "cos(n, \(place(indices, "n")), \(other.place(others ?? indices, "n")))"
  }

  /// The formula of an element's share in the softmax of a row, at a temperature.
  func softmax(_ row: [Int], _ element: String, at temperature: Double = 1) -> String {
    let (own, top) = (place(row, element), "max(u, \(place(row, "u")))")
    guard temperature > 0 else {
      return "(\(own) == \(top)) / count(v, \(place(row, "v")) == \(top))"
    }
    let divisor = temperature == 1 ? "" : " / \(Decimal.text(temperature, digits: 1))"
    func power(_ place: String) -> String {
      divisor.isEmpty ? "exp(\(place) - \(top))" : "exp((\(place) - \(top))\(divisor))"
    }
    return "\(power(own)) / sum(v, \(power(place(row, "v"))))"
  }

  /// The indices in the tensor, where a head may share what it has with others.
  private func shared(_ indices: [Int]) -> [Int] {
    guard sharing > 1, indices.count > 1 else { return indices }
    return [indices[0], indices[1] / sharing] + indices[2...]
  }

  /// An element that holds a token's id.
  func id(_ indices: Int...) -> Int {
    let value = element(indices)
    return value.isFinite && abs(value) < 0x1p31 ? Int(value) : -1
  }

  /// A vector: the last axis at the given leading indices.
  func vector(_ indices: Int...) -> [Float] { vector(at: indices) }

  /// A vector: the last axis at the given leading indices.
  func vector(at indices: [Int]) -> [Float] {
    places(indices).reduce(tensor) { $0.slice($1) }.values
  }

  private func element(_ indices: [Int]) -> Float {
    places(indices).reduce(tensor) { $0.slice($1) }.withValues { $0[0] }
  }

  /// The indices in the tensor, whose rows may be those of the last positions.
  private func places(_ indices: [Int]) -> [Int] {
    var places = shared(indices)
    guard first > 0, let positionAxis, positionAxis < places.count else { return places }
    places[positionAxis] -= first
    return places
  }
}

extension Story {
  /// How far back what a position holds can come from, through all layers, where each has a window; `nil` if one has none.
  var reach: Int? {
    let windows = (0..<trace.layerCount).compactMap { trace.model.architecture.window(ofLayer: $0) }
    return windows.count == trace.layerCount && !windows.isEmpty
      ? windows.reduce(0) { $0 + $1 - 1 } : nil
  }
}
