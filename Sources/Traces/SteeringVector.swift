/// A vector that is added to what a model computes, to steer what it says.
///
/// - SeeAlso: Turner et al. 2023, *Steering Language Models With Activation Engineering*, <https://arxiv.org/abs/2308.10248>.
public struct SteeringVector: Hashable, Sendable {
  /// What it is, in words: a file's name, or a difference of two prompts' vectors, `"A" - "B"`.
  public var source: String
  /// What its numbers are multiplied by.
  public var scale: Double
  /// Its numbers, before they are multiplied; none where only a record of the run is at hand.
  public var values: [Float]

  /// Makes a steering vector.
  public init(_ source: String, scale: Double, values: [Float]) {
    (self.source, self.scale, self.values) = (source, scale, values)
  }

  /// What a difference of two prompts' vectors is called: `"A" - "B"`; that of one alone `"A"`.
  public static func source(_ plus: String, minus: String?) -> String {
    "\"\(plus)\"" + (minus.map { " - \"\($0)\"" } ?? "")
  }

  /// What is added: its numbers times its scale, each product rounded to float32.
  public var scaled: [Float] { values.map { Float(Double($0) * scale) } }
}
