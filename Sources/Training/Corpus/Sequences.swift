/// Several sequences of tokens of one length: what a model reads, and at each position the token
/// that it should have said.
package struct Sequences: Sendable {
  /// The tokens read, sequence by sequence.
  package private(set) var inputs: [Int] = []
  /// The token that follows each of them.
  package private(set) var targets: [Int] = []
  /// The length of every sequence, T.
  package let length: Int

  /// How many sequences there are, S.
  package var count: Int { inputs.count / length }

  /// Makes sequences of texts.
  ///
  /// - Parameter texts: Token ids, each one longer than what is read of it.
  /// - Precondition: The texts are of one length, 2 or more.
  package init(_ texts: some Sequence<some Collection<Int>>) {
    var length = 0
    for text in texts {
      precondition(text.count > 1 && (length == 0 || text.count == length + 1), "uneven texts")
      length = text.count - 1
      inputs += text.dropLast()
      targets += text.dropFirst()
    }
    self.length = max(length, 1)
  }

  private init(inputs: [Int], targets: [Int], length: Int) {
    (self.inputs, self.targets, self.length) = (inputs, targets, length)
  }

  /// Some of the sequences.
  package subscript(range: Range<Int>) -> Sequences {
    let places = range.lowerBound * length..<range.upperBound * length
    return Sequences(
      inputs: Array(inputs[places]),
      targets: Array(targets[places]),
      length: length
    )
  }
}
