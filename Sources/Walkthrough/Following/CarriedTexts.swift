import Graphics
import Traces

/// The texts of vocabulary entries that a page carries, as they are shown.
public enum CarriedTexts: Sendable {
  /// All of them, by id.
  case all([String])
  /// Of a larger vocabulary, those of the likeliest next tokens, likeliest first.
  case some([(id: Int, text: String)])

  /// How many they are.
  public var count: Int {
    switch self {
    case .all(let texts): texts.count
    case .some(let texts): texts.count
    }
  }
}

extension Following {
  /// The texts that the page carries; none if the trace has none.
  public var texts: CarriedTexts? {
    let trace = story.trace
    if let vocabulary = trace.vocabulary {
      let size = vocabulary.reduce(0) { $0 + $1.utf8.count + TraceExcerpt.besideText }
      if size <= TraceExcerpt.textLimit { return .all(vocabulary.map(VisibleText.show)) }
    }
    guard trace.vocabulary != nil || trace.shownTexts != nil else { return nil }
    var texts: [(id: Int, text: String)] = []
    var room = TraceExcerpt.cutTextLimit
    for id in trace.likeliest {
      guard let text = trace.text(ofToken: id) else { continue }
      let shown = VisibleText.show(text)
      room -= shown.utf8.count + TraceExcerpt.besideCutText
      guard room >= 0 else { break }
      texts.append((id, shown))
    }
    return .some(texts)
  }
}
