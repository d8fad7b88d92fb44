import Graphics
import Traces

extension Story {
  /// The prompt's tokens with their ids, and a mark on those that are parts of characters or were hardly met.
  var tokenStripFigure: Figure {
    let (notes, reading) = (notes, reading)
    let chips = trace.tokens.indices.map { position in
      TokenStrip.Chip(
        token(position),
        id: Quantity(
          Double(trace.tokens[position].id),
          digits: 0,
          origin: .derived("token_ids[\(position)]")
        ),
        note: reading.mark(position),
        isMarked: notes.isHardlyMet(position)
      )
    }
    return figure(
      "tokens",
      title: say(en: "The prompt as tokens", ja: "トークンに切り分けたプロンプト"),
      description: say(
        en: "\(length) tokens with their ids; \(token: token(followed)) is the one followed.",
        ja: "\(length) 個のトークンとその ID。選択中は \(token: token(followed)) です。"
      ) + (reading.legend.map { say(en: " ", ja: "") + $0 } ?? ""),
      caption: reading.legend,
      TokenStrip(chips, followed: followed)
    )
  }
}
