/// What the parts of the machine are called.
public struct MachineWords: Sendable {
  let language: Language

  /// Speaks a language.
  public init(in language: Language) { self.language = language }

  private static let parts: [(part: String, sign: String, en: String, ja: String)] = [
    ("WE", "W_E", "embedding: a row for each token", "埋め込み行列：トークンごとに 1 行"),
    ("embed", "x", "the tokens’ vectors", "トークンのベクトル"),
    ("Wpos", "W_pos", "position embedding: a row for each place", "位置埋め込み：位置ごとに 1 行"),
    ("s", "x", "residual stream", "残差ストリーム"),
    ("m", "x", "residual stream after attention", "アテンションのあとの残差ストリーム"),
    ("g1", "γ", "gain of the norm", "正規化のゲイン"), ("b1", "β", "bias of the norm", "正規化のバイアス"),
    ("x1", "x̂", "what attention reads", "アテンションが読むもの"), ("WQ", "W_Q", "query weights", "クエリの重み"),
    ("WK", "W_K", "key weights", "キーの重み"), ("WV", "W_V", "value weights", "バリューの重み"),
    ("q", "q", "query", "クエリ"), ("k", "k", "key", "キー"), ("v", "v", "value", "バリュー"),
    ("S", "scores", "attention score", "アテンションのスコア"), ("P", "", "attention", "注意の割合"),
    ("z", "z", "weighted sum of the values", "バリューの加重和"), ("WO", "W_O", "output weights", "出力の重み"),
    ("r", "", "what the head adds", "ヘッドが加えるもの"), ("ao", "", "what attention adds", "アテンションが加えるもの"),
    ("g2", "γ", "gain of the norm", "正規化のゲイン"), ("b2", "β", "bias of the norm", "正規化のバイアス"),
    ("x2", "x̂", "what the MLP reads", "MLP が読むもの"),
    ("Win", "W_in", "what the neurons read", "ニューロンの読み込みの重み"),
    ("Wgate", "W_gate", "what the gates read", "ゲートの重み"),
    ("lin", "in", "neuron before the gate", "ゲート前のニューロン"),
    ("pre", "in", "neuron before the nonlinearity", "活性化関数の前のニューロン"),
    ("post", "out", "neuron after the nonlinearity", "活性化関数のあとのニューロン"),
    ("Wout", "W_out", "what the neurons write", "ニューロンの書き出しの重み"),
    ("mo", "", "what the MLP adds", "MLP が加えるもの"), ("gf", "γ", "gain of the norm", "正規化のゲイン"),
    ("bf", "β", "bias of the norm", "正規化のバイアス"), ("xf", "x̂", "last vector", "最後のベクトル"),
    ("WU", "W_U", "unembedding: a row for each token", "逆埋め込み行列：トークンごとに 1 行"),
    ("logits", "logits", "logit", "ロジット"), ("prob", "p", "probability", "確率"),
  ]

  private static let others: [(name: String, en: String, ja: String)] = [
    ("attention", "attention", "アテンション"), ("mlp", "MLP", "MLP"), ("block", "layer {l}", "レイヤー {l}"),
    ("head", "head {h}", "ヘッド {h}"), ("stream", "residual stream", "残差ストリーム"),
    ("next", "What comes next?", "次に来るのは？"), ("weight", "weights", "重み"), ("data", "data", "データ"),
    ("probability", "attention", "注意の割合"), ("followed", "followed", "選択中"),
    ("looks", "{a} looks at {b}", "{a} が {b} を見る"),
    ("masked", "masked: {b} comes after {a}", "マスク：{b} は {a} より後"),
    ("number", "number {i}", "{i} 番"), ("neuron", "neuron {i}", "ニューロン {i}"),
    ("row", "row {i}", "{i} 行"), ("place", "place {i}", "位置 {i}"), ("of", "{b}, {a}", "{b}・{a}"),
    ("root", "attention (√)", "注意の割合（√）"),
    ("absent", "not in this page", "このページにはありません"),
    ("sampled", "every {n}th number", "{n} 個ごとに 1 個"), ("whole", "Whole", "全体"),
    ("in", "Zoom in", "拡大"), ("out", "Zoom out", "縮小"), ("lens", "if it ended here", "ここで終わったら"),
    (
      "picture", "The whole model and this run, drawn to scale. Shown: {what}.",
      "モデル全体とこの実行の、縮尺どおりの図。表示中：{what}"
    ),
    ("map", "Map of the whole", "全体の地図"), ("step", "Move through the step", "このステップを動かす"),
    ("play", "Play again", "もう一度見る"),
  ]

  /// A part's sign in formulas, if it has one, and what it is called, by its name.
  public var parts: [(part: String, sign: String, text: String)] {
    Self.parts.map { ($0.part, $0.sign, language == .ja ? $0.ja : $0.en) }
  }

  /// What else is written into the picture, by name, with `{…}` for what is filled in.
  public var others: [(name: String, text: String)] {
    Self.others.map { ($0.name, language == .ja ? $0.ja : $0.en) }
  }
}
