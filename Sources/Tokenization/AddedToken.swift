/// A token that is found in the text before any splitting and merging, such as `<|endoftext|>`.
struct AddedToken: Equatable, Sendable {
  /// What is looked for, in UTF-8.
  let content: [UInt8]
  var id: Int
  /// Whether it counts only where no letter, digit or underscore touches it.
  var singleWord = false
  /// Whether white space before it is taken in.
  var stripsLeft = false
  /// Whether white space after it is taken in.
  var stripsRight = false
  /// Whether it is looked for only in what the others have left.
  var comesLast = false
}
