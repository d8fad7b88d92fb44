import Formats
import Graphics
import Walkthrough

// The words of the page's script: what its buttons say, and what it tells of what a reader follows.
extension PageWords {
  var steps: String { words(en: "Steps", ja: "ステップ") }
  var back: String { words(en: "Back", ja: "戻る") }
  var nextStep: String { words(en: "Next", ja: "次へ") }
  var play: String { words(en: "Play", ja: "再生") }
  var allSteps: String { words(en: "Read all", ja: "すべて表示") }

  /// How many blocks there are, on the map of the model.
  func times(_ count: Int) -> RichText {
    say(en: "\(count.description) ×", ja: "× \(count.description)")
  }

  /// Every word the script says, by name; `{…}` stands for what it puts in.
  var script: JSON {
    .members(
      (samplingWords + box.script + [
        ("play", play), ("pause", words(en: "Pause", ja: "一時停止")),
        ("all", allSteps), ("single", words(en: "Step by step", ja: "1ステップずつ")),
        ("start", words(en: "Start", ja: "始める")),
        ("step", words(en: "Step {n} of {count}", ja: "ステップ {n} / {count}")),
        ("layer", words(en: "layer", ja: "レイヤー")), ("head", words(en: "head", ja: "ヘッド")),
        ("follow", words(en: "Follow “{token}”, position {n}", ja: "位置 {n} の「{token}」を選ぶ")),
        ("mention", words(en: "{token} (position {n})", ja: "{token}（位置 {n}）")),
        ("token", words(en: "“{token}”", ja: "「{token}」")),
        (
          "leftOut",
          words(
            en: """
              Left out to keep this page small: the insides of layer {layer}. To open it, run explain again with --layer {layer}.
              """,
            ja: """
              ページを小さくするため、レイヤー {layer} の中身は省いてあります。見るには --layer {layer} を付けて explain をもう一度\
              実行してください。
              """
          )
        ),
        ("cell", words(en: "from {from} to {to}", ja: "{from} から {to} へ")),
        (
          "cellHelp",
          words(
            en:
              "Point at a cell, or use the arrow keys in the matrix: its arithmetic is written out.",
            ja: "マスにポインタを合わせるか、行列の中で矢印キーを使うと、その計算が表示されます。"
          )
        ),
        ("save", words(en: "Save as SVG", ja: "SVG で保存")),
        ("linesTitle", words(en: "Lines of attention", ja: "アテンションの線")),
        (
          "linesHelp",
          words(
            en: """
              A line for each share of attention of {least} or more, the clearer the larger; a token without any has one for the \
              largest drawn here. Of several heads it is their mean. Point at a token to see its lines alone.
              """,
            ja: """
              {least} 以上の注意の割合を線で表しました。割合が大きいほど濃くなります。どれも {least} に満たないトークンは、この図の中で最大のものだけを\
              線にしています。ヘッドを複数選ぶとその平均になります。トークンにポインタを合わせると、その線だけが残ります。
              """
          )
        ),
        (
          "linesPart",
          words(
            en:
              "Drawn are positions {first} to {last} of {count}; what they give to earlier ones is not.",
            ja:
              "{count} 個の位置のうち {first}〜{last} を描いています。それより前に向けた注意は描いていません。"
          )
        ),
        ("between", words(en: " ", ja: "")),
        (
          "otherProducts",
          words(en: "({count} other products: {amount})", ja: "（残り {count} 個の積：{amount}）")
        ),
        (
          "otherProductsOne", words(en: "(1 other product: {amount})", ja: "（残り 1 個の積：{amount}）")
        ),
        (
          "otherPositions",
          words(
            en: "({count} other positions, {amount} of the attention)",
            ja: "（残り {count} 個の位置：注意の割合 {amount}）"
          )
        ),
        (
          "otherPositionsOne",
          words(
            en: "(1 other position, {amount} of the attention)",
            ja: "（残り 1 個の位置：注意の割合 {amount}）"
          )
        ),
        ("headOfLayer", words(en: "layer {layer}, head {head}", ja: "レイヤー {layer}・ヘッド {head}")),
        ("looks", words(en: "looks", ja: "見る側")),
        ("lookedAt", words(en: "is looked at", ja: "見られる側")),
        (
          "lastOnly",
          words(
            en:
              "What comes next depends on the last token alone, {token}: from here on its numbers are told.",
            ja: "次に何が来るかを決めるのは末尾の {token} だけです。ここからは、そのトークンの数を見ていきます。"
          )
        ),
      ]).map { JSON.Member($0.0, .string($0.1)) }
    )
  }

  func words(en: String, ja: String) -> String { language == .en ? en : ja }
}
