import Formats
import Pages
import Traces

extension NotFinite {
  /// What is wrong, in one sentence.
  var sentence: LocalizedText {
    let tensorCount = tensors == 1 ? "1 tensor" : "\(tensors) tensors"
    return say(
      en: "\(kinds.en) in \(tensorCount); the first is \(place)",
      ja: "\(tensors) 個のテンソルに\(kinds.ja)があります。最初のものは \(place) です。"
    )
  }

  private var kinds: LocalizedText {
    let parts = [(nan, say(en: "NaN", ja: "NaN")), (infinite, say(en: "infinite", ja: "無限大"))]
      .filter { $0.0 > 0 }
    let english = parts.enumerated().map { index, part in
      let noun = index > 0 ? "" : part.0 == 1 ? " value" : " values"
      return "\(part.0)\(noun) \(part.0 == 1 ? "is" : "are") \(part.1.en)"
    }
    return say(
      en: english.joined(separator: ", "),
      ja: parts.map { "\($0.1.ja) が \($0.0) 個" }.joined(separator: "、")
    )
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
