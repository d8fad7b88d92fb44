/// People in the Japanese world: what men and women are called, names, and what is told of them.
enum JapanesePeople {
  static let tables: [ThingTable] = [
    ThingTable("role", rows: pairs.things.flatMap(bothOf)),
    ThingTable("boyname", words: boyNames),
    ThingTable("girlname", words: girlNames),
    ThingTable("name", rows: names(boyNames, masculine) + names(girlNames, feminine)),
    ThingTable("surname", words: "田中 山田 鈴木 木村 高橋 中村 小川 山本 青木 石川"),
    ThingTable("family", words: "父 母 兄 姉 弟 妹 おじいさん おばあさん おじさん おばさん"),
  ]

  /// A pair of words, and what people called so do, whether men or women.
  private static let pairs = ThingTable(
    "pair",
    """
    m | f | a | b | c
    王 | 女王 | 金 の かんむり を かぶり | 大きな 城 で くらし | 国 を 守り
    王子 | 王女 | 白い 馬 に 乗り | 城 の 庭 で おどり | 宝石 を もらい
    男 | 女 | 会社 で 働き | 車 を 運転 し | お金 を 払い
    少年 | 少女 | 川 で 遊び | 虫 を 探し | 自転車 に 乗り
    男の子 | 女の子 | 学校 へ 行き | おもちゃ で 遊び | 字 を 習い
    父 | 母 | 晩ご飯 を 作り | 会社 から 帰り | 子ども を ほめ
    お父さん | お母さん | お弁当 を 作り | 子ども を 起こし | 洗濯 を し
    兄 | 姉 | 宿題 を 手伝い | 部屋 を 片付け | 中学校 へ 行き
    弟 | 妹 | 大きな 声 で 泣き | いたずら を し | お菓子 を もらい
    おじさん | おばさん | 日曜日 に 遊び に 来 | お土産 を くれ | はがき を 送り
    おじいさん | おばあさん | 昔 の 話 を し | めがね を 探し | お茶 を 飲み
    夫 | 妻 | 結婚 指輪 を 買い | 結婚 の 写真 を 見 | 花 を あげ
    息子 | 娘 | 家 を 出 | 家 に 手紙 を 書き | 大きく なり
    魔法使い | 魔女 | つえ を ふり | ほうき で 飛び | 薬 を まぜ
    俳優 | 女優 | 舞台 に 立ち | せりふ を 覚え | 映画 に 出
    """
  )

  private static let masculine = [
    "he": "彼", "man": "男性", "beard": "ひげ", "suit": "スーツ", "i": "僕", "call": "くん",
    "names": "boyname",
  ]
  private static let feminine = [
    "he": "彼女", "man": "女性", "beard": "髪", "suit": "ドレス", "i": "私", "call": "さん",
    "names": "girlname",
  ]

  private static func bothOf(_ pair: Thing) -> [[String: String]] {
    func one(_ own: String, _ other: String, _ gender: [String: String]) -> [String: String] {
      var facts = pair.facts.completed(by: gender)
      facts["word"] = pair[own]
      facts["other"] = pair[other]
      return facts
    }
    return [one("m", "f", masculine), one("f", "m", feminine)]
  }

  private static func names(_ words: String, _ gender: [String: String]) -> [[String: String]] {
    ThingTable("", words: words).things.map { $0.facts.completed(by: gender) }
  }

  private static let boyNames = """
    太郎 次郎 三郎 一郎 健太 正男 明男 春男 夏男 秋男 和男 大地 ケン トム マイク ルカ
    """
  private static let girlNames = """
    花子 春子 夏子 秋子 雪子 明子 和子 光子 京子 道子 正子 友子 アンナ リサ マリア エマ
    """

  static let rules = """
    # people
    [r=role][person][person][person][r=role!r][person][person][person]
    [r=role][person][person][r=role!r][person][person][r=role!r][person][person]
    # person
    2* <r.word> は [deed] ました。
    <r.word> は [deed] ました。<r.he> は [mood] でした。
    <r.word> は [mood] でした。<r.he> は [deed] ました。
    <r.word> は <r.man> です。<r.he> は [deed] ました。
    <r.word> は [good] <r.man> です。
    2* 長い <r.beard> の <r.word> は [deed] ました。
    2* 新しい <r.suit> を 着た <r.word> は [deed] ました。
    2* <r.word> は 「<r.i> は [feel] です」 と 言い ました。
    <r.word> は かがみ で 自分 の <r.beard> を 見 ました。
    <r.word> の 名前 は [n=<r.names>]<n.word> です。
    <r.word> の <r.suit> は [c=colour]<c.noun> です。
    あの <r.man> は <r.word> です。
    <r.word> は 背 が {高い|低い} です。
    [n=<r.names>]<n.word> は [good] <r.word> です。
    「[n=<r.names>]<n.word> <r.call>」 と 呼ばれて、<r.word> は [deed] ました。
    # deed
    3* <r.a>
    3* <r.b>
    3* <r.c>
    笑い
    歌 を 歌い
    一日 中 寝
    # mood
    {うれしそう|楽しそう|悲しそう|眠そう|元気そう|さびしそう}
    # good
    {親切 な|やさしい|有名 な|静か な|正直 な|まじめ な|元気 な|強い}
    # feel
    {うれしい|楽しい|悲しい|眠い|さびしい|忙しい|幸せ|元気}
    """
}
