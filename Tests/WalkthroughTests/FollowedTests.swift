import Graphics
import Tensors
import Testing
import Traces
import Walkthrough

/// A reader may follow any position, not only the last.
@Suite struct FollowedTests {
  private static let prompt = "The king and the queen"
  private static let length = 5

  private func texts(_ stage: StageID, of story: Walkthrough) -> [RichText] {
    var one = story
    one.stages = story.stages.filter { $0.id == stage }
    return one.texts
  }

  /// What `cos(A[i], B[j])` or `|A[i,n]| · B[…]` names in the trace.
  private func vector(_ place: Substring, in trace: Trace) -> [Float]? {
    guard let bracket = place.lastIndex(of: "["), place.last == "]" else { return nil }
    let indices = place[place.index(after: bracket)...].dropLast().split(separator: ",").compactMap
    { Int($0) }
    return trace.tensors[String(place[..<bracket])].map { tensor in
      indices.reduce(tensor) { $0.slice($1) }.values
    }
  }

  private func derived(_ story: Walkthrough) -> [(formula: String, value: Double)] {
    story.quantities.compactMap { quantity in
      if case .derived(let formula) = quantity.origin { (formula, quantity.value) } else { nil }
    }
  }

  @Test(arguments: 0..<length, Language.allCases)
  func `whoever is followed, nothing is left out`(followed: Int, language: Language) throws {
    let story = Walkthrough(of: try Told.trace(Self.prompt), in: language, followed: followed)
    #expect(story.leftOut.map(\.plain) == [])
  }

  @Test(arguments: 0..<length)
  func `the neurons told of are those of the position`(followed: Int) throws {
    let trace = try Told.trace(Self.prompt)
    let story = Walkthrough(of: trace, in: .en, layer: 1, followed: followed)
    let index = try #require(trace[.neuronIndex])
    let text = texts(.mlp, of: story).map(\.plain)
    #expect(text.contains { $0.contains("Neuron \(Int(index[1, followed, 0])) adds the longest") })
    let lengths = derived(story).filter { $0.formula.contains(Fact.neuronLength.name) }
    #expect(lengths.count == 4)
    for (formula, value) in lengths {
      let places = formula.dropFirst("abs(".count).split(separator: ") * ")
      let factors = try places.map { place in
        try #require(vector(place, in: trace), "\(formula)")[0]
      }
      #expect(formula.contains("hook_post[\(followed),"))
      #expect(abs(value - abs(Double(factors[0]) * Double(factors[1]))) <= 1e-9, "\(formula)")
    }
  }

  @Test(arguments: 0..<length)
  func `cosines are those of the vectors named`(followed: Int) throws {
    let trace = try Told.trace(Self.prompt)
    let story = Walkthrough(of: trace, in: .en, followed: followed)
    let cosines = derived(story).filter { $0.formula.hasPrefix("cos(") }
    let toEnd = cosines.filter { $0.formula.hasSuffix("blocks.2.hook_resid_post[\(followed),n])") }
    // Attention and MLP of three layers, and the nearest of them once more in words.
    #expect(toEnd.count >= 7)
    for (formula, value) in cosines {
      let places = formula.replacing(",n]", with: "]").dropFirst("cos(n, ".count).dropLast()
        .split(separator: ", ")
      let (a, b) = (
        try #require(vector(places[0], in: trace), "\(formula)"),
        try #require(vector(places[1], in: trace), "\(formula)")
      )
      func dot(_ a: [Float], _ b: [Float]) -> Double {
        zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      let expected = dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
      #expect(abs(value - expected) <= 1e-9, "\(formula)")
    }
  }

  @Test(arguments: 0..<length)
  func `only the last position is said to be all that writing on needs`(followed: Int) throws {
    let trace = try Told.trace(Self.prompt)
    let story = Walkthrough(of: trace, in: .en, followed: followed)
    let text = texts(.unembedding, of: story).map(\.plain).joined(separator: "\n")
    let isLast = followed == Self.length - 1
    #expect(text.contains("uses only the last vector") == isLast)
    #expect(text.contains("this position, too, predicts the token after it") != isLast)
    let winner = try #require(trace[.unembedID])[followed, 0]
    let word = try #require(trace.text(ofToken: Int(winner)))
    #expect(text.contains("“\(VisibleText.show(word))” wins with a logit of"))
  }

  @Test(arguments: [nil, 0, 22, 23, 27] as [Int?])
  func `a long prompt's tables show 24 positions, the followed among them, and say which`(
    followed: Int?
  ) throws {
    let trace = try Told.trace(String(repeating: "x y", count: 20))
    let length = trace.tokens.count
    try #require(length > 28)
    let story = Walkthrough(of: trace, in: .en, followed: followed)
    let isApart = (23..<length - 1) ~= followed ?? 0
    let first = isApart ? 22 : 23
    let expected = Array(0..<first) + (isApart ? [followed ?? 0] : []) + [length - 1]
    for title in ["Attention pattern", "The first guess", "Predicted and true"] {
      let table = try #require(
        story.blocks.compactMap { block -> Table? in
          guard case .table(let table) = block else { return nil }
          return table.title.plain.hasPrefix(title) ? table : nil
        }.first
      )
      // A number of the trace names its position second to last, or as `[position,token]`.
      let shown = try table.rows.map { row in
        let place = try #require(row.flatMap(\.runs).compactMap(\.place).first)
        return try #require(place.split { "[,]".contains($0) }.dropLast().last.flatMap { Int($0) })
      }
      #expect(shown == expected, "\(title)")
      #expect(table.title.plain.contains("24 of \(length) positions"), "\(title)")
    }
  }
}

extension RichText.Run {
  /// Where a number of the trace stands.
  fileprivate var place: String? {
    guard case .quantity(let quantity) = self, case .trace(let place) = quantity.origin else {
      return nil
    }
    return place
  }
}
