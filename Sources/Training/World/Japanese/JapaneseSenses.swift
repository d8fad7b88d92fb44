/// Words of two meanings in the Japanese world: what stands before each tells which is meant, and what follows
/// depends on it, from the particle on.
enum JapaneseSenses {
  static let tables: [ThingTable] = [
    ThingTable(
      "sense",
      """
      word | lead | a | b | c
      モデル | 機械学習 の | に データ を 見せ ます | に 言葉 を 教え ます | に 次 の 言葉 を 予測 させ ます
      モデル | ファッション の | が 舞台 を 歩き ました | が カメラ に 笑い ました | が 新しい ドレス を 着 ました
      はし | 川 に かかる | を 渡って 町 へ 行き ました | を 車 が 渡り ます | を 渡る と 駅 が あります
      はし | ご飯 を 食べる | で 豆 を つまみ ます | で 魚 を 食べ ました | で うどん を 食べ ます
      くも | 空 に うかぶ | から 雨 が 降り ます | から 太陽 が 出 ました | から 雷 の 音 が し ます
      くも | 八 本 足 の | が 巣 を 作り ました | が 虫 を 待って います | が 糸 を 出し ます
      あめ | 空 から 降る | で 道 が ぬれ ました | で 遠足 が 中止 に なり ました | で 服 が ぬれ ました
      あめ | なめる と 甘い | を 弟 に あげ ました | を 店 で 買い ました | を 口 に 入れ ました
      はな | 庭 に 咲く | に 水 を やり ます | に ちょう が 来 ました | に 名前 を つけ ました
      はな | 顔 の 真ん中 の | で におい を かぎ ます | で 息 を し ます | で 花 の におい を 楽しみ ます
      かみ | 字 を 書く | に 名前 を 書き ました | に 絵 を かき ました | に 手紙 を 書き ます
      かみ | 頭 に 生える | を 短く 切り ました | を くし で とかし ます | を 毎日 洗い ます
      マウス | パソコン の | を 右 に 動かし ます | を 机 に 置き ました | を クリック し ます
      マウス | 実験 に 使う | が チーズ を 食べ ました | が かご の 中 で 走り ます | が 子ども を 産み ました
      ボタン | シャツ に つける | が 一 つ 取れ ました | が 糸 で とまって います | が 下 に 落ち ました
      ボタン | 機械 の 赤い | を 押し ました | を 押す と 止まり ます | を さわって は いけません
      きしゃ | けむり を 出す | に 乗って 旅 を し ました | に 手 を ふり ました | に 人 が 乗って います
      きしゃ | 新聞 を 作る | が 話 を 聞き に 来 ました | が 記事 を 書き ました | が 写真 を とり ました
      しろ | 王様 が 住む | に 馬 が います | に 高い 塔 が あります | に 入る 門 は 一 つ です
      しろ | 絵の具 の | を 青 に 混ぜ ました | を 雲 に ぬり ました | を たくさん 使い ました
      """
    )
  ]

  static let rules = """
    # senses
    [w=sense][meaning][meaning][w=sense!w][meaning][w=sense!w][meaning][meaning]
    [w=sense][meaning][meaning][meaning][w=sense!w][meaning][meaning]
    # meaning
    4* <w.lead> <w.word> [happening]。
    この <w.lead> <w.word> [happening]。
    {あの|その} <w.lead> <w.word> [happening]。
    # happening
    {<w.a>|<w.b>|<w.c>}
    """
}
