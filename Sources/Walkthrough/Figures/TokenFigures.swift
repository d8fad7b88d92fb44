import Graphics
import Traces

extension Story {
  /// The prompt's tokens with their ids.
  var tokenStripFigure: Figure {
    figure(
      "tokens",
      title: say(en: "The prompt as tokens", ja: "トークンに切り分けたプロンプト"),
      description: say(
        en: "\(length) tokens with their ids; \(token: token(followed)) is the one followed.",
        ja: "\(length) 個のトークンとその ID。選択中は \(token: token(followed)) です。"
      ),
      TokenStrip(
        trace.tokens.map { token in
          TokenStrip.Chip(
            token.text,
            id: Quantity(Double(token.id), digits: 0, origin: .derived("token_ids"))
          )
        },
        followed: followed
      )
    )
  }
}
