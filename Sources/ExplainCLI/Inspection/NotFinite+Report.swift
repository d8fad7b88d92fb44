import Formats
import Pages
import Traces

extension NotFinite {
  /// What is wrong, in one sentence.
  var sentence: String {
    let tensorCount = tensors == 1 ? "1 tensor" : "\(tensors) tensors"
    return "\(kinds) in \(tensorCount); the first is \(place)"
  }

  /// `16 values are NaN, 2 are infinite`.
  private var kinds: String {
    let parts = [(nan, "NaN"), (infinite, "infinite")].filter { $0.0 > 0 }
    return parts.enumerated().map { index, part in
      let noun = index > 0 ? "" : part.0 == 1 ? " value" : " values"
      return "\(part.0)\(noun) \(part.0 == 1 ? "is" : "are") \(part.1)"
    }.joined(separator: ", ")
  }
}

extension NotFinite? {
  /// `{nan, infinite, tensors, tensor, index}`, or `null` where every number is one.
  var json: JSON {
    guard let found = self else { return .null }
    return [
      "nan": .integer(found.nan),
      "infinite": .integer(found.infinite),
      "tensors": .integer(found.tensors),
      "tensor": .string(found.tensor),
      "index": .array(found.index.map { .integer($0) }),
    ]
  }
}
