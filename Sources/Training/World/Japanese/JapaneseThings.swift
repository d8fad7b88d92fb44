/// Things of every day in the Japanese world: colours, what they are like, kinds, opposites.
enum JapaneseThings {
  static let tables: [ThingTable] =
    [
      ThingTable(
        "colour",
        """
        noun | of
        赤 | 赤い
        青 | 青い
        白 | 白い
        黒 | 黒い
        黄色 | 黄色い
        緑 | 緑色 の
        紫 | 紫色 の
        茶色 | 茶色い
        ピンク | ピンク色 の
        """
      ),
      ThingTable(
        "hue",
        """
        thing | is | of | noun
        空 | 青い | 青い | 青
        晴れた 空 | 青い | 青い | 青
        海 | 青い | 青い | 青
        雲 | 白い | 白い | 白
        雪 | 白い | 白い | 白
        牛乳 | 白い | 白い | 白
        うさぎ | 白い | 白い | 白
        りんご | 赤い | 赤い | 赤
        トマト | 赤い | 赤い | 赤
        いちご | 赤い | 赤い | 赤
        ポスト | 赤い | 赤い | 赤
        消防車 | 赤い | 赤い | 赤
        夕日 | 赤い | 赤い | 赤
        バナナ | 黄色い | 黄色い | 黄色
        レモン | 黄色い | 黄色い | 黄色
        ひまわり | 黄色い | 黄色い | 黄色
        たんぽぽ | 黄色い | 黄色い | 黄色
        月 | 黄色い | 黄色い | 黄色
        草 | 緑色 | 緑色 の | 緑
        葉っぱ | 緑色 | 緑色 の | 緑
        きゅうり | 緑色 | 緑色 の | 緑
        森 | 緑色 | 緑色 の | 緑
        かえる | 緑色 | 緑色 の | 緑
        ぶどう | 紫色 | 紫色 の | 紫
        なす | 紫色 | 紫色 の | 紫
        桜 | ピンク色 | ピンク色 の | ピンク
        もも | ピンク色 | ピンク色 の | ピンク
        土 | 茶色い | 茶色い | 茶色
        チョコレート | 茶色い | 茶色い | 茶色
        からす | 黒い | 黒い | 黒
        夜 の 空 | 黒い | 黒い | 黒
        """
      ),
      ThingTable(
        "trait",
        """
        thing | is | of
        火 | 熱い | 熱い
        お茶 | 熱い | 熱い
        氷 | 冷たい | 冷たい
        雪 | 冷たい | 冷たい
        アイスクリーム | 冷たい | 冷たい
        夏 | 暑い | 暑い
        冬 | 寒い | 寒い
        春 | 暖かい | 暖かい
        秋 | 涼しい | 涼しい
        象 | 大きい | 大きい
        くじら | 大きい | 大きい
        あり | 小さい | 小さい
        きりん の 首 | 長い | 長い
        うさぎ の 耳 | 長い | 長い
        川 | 長い | 長い
        かめ | 遅い | 遅い
        新幹線 | 速い | 速い
        飛行機 | 速い | 速い
        砂糖 | 甘い | 甘い
        ケーキ | 甘い | 甘い
        チョコレート | 甘い | 甘い
        塩 | しょっぱい | しょっぱい
        レモン | すっぱい | すっぱい
        薬 | 苦い | 苦い
        とうがらし | 辛い | 辛い
        カレー | 辛い | 辛い
        石 | かたい | かたい
        ふとん | やわらかい | やわらかい
        かばん | 重い | 重い
        羽 | 軽い | 軽い
        風船 | 軽い | 軽い
        山 | 高い | 高い
        海 | 広い | 広い
        空 | 広い | 広い
        池 | 浅い | 浅い
        夜 | 暗い | 暗い
        昼 | 明るい | 明るい
        太陽 | 明るい | 明るい
        ボール | 丸い | 丸い
        地球 | 丸い | 丸い
        お化け | 怖い | 怖い
        ライオン | 強い | 強い
        赤ちゃん | かわいい | かわいい
        子猫 | かわいい | かわいい
        花 | きれい | きれい な
        月 | きれい | きれい な
        海 | きれい | きれい な
        本 | おもしろい | おもしろい
        学校 | 楽しい | 楽しい
        勉強 | 大切 | 大切 な
        映画 | おもしろい | おもしろい
        車 | 速い | 速い
        部屋 | 広い | 広い
        星 | きれい | きれい な
        虹 | きれい | きれい な
        漫画 | おもしろい | おもしろい
        遠足 | 楽しい | 楽しい
        夏休み | 楽しい | 楽しい
        お正月 | 楽しい | 楽しい
        水 | 大切 | 大切 な
        友だち | 大切 | 大切 な
        命 | 大切 | 大切 な
        """
      ),
      ThingTable(
        "versus",
        """
        a | x | b | y
        夏 | 暑くて | 冬 | 寒い
        昼 | 明るくて | 夜 | 暗い
        象 | 大きくて | ねずみ | 小さい
        石 | 重くて | 羽 | 軽い
        火 | 熱くて | 氷 | 冷たい
        砂糖 | 甘くて | 薬 | 苦い
        うさぎ | 速くて | かめ | 遅い
        海 | 深くて | 池 | 浅い
        空 | 青くて | 雲 | 白い
        りんご | 赤くて | バナナ | 黄色い
        """
      ),
      ThingTable("opposite", rows: opposites.things.flatMap(bothWays)),
      ThingTable(
        "kind",
        rows: kinds.flatMap { kind, words in
          words.split(separator: " ").map { ["word": String($0), "kind": kind] }
        }
      ),
    ] + kinds.map { ThingTable("kind-\($0.kind)", words: $0.words) }

  /// Kinds of things, and what is of each.
  private static let kinds: [(kind: String, words: String)] = [
    ("動物", "猫 犬 馬 牛 豚 羊 きつね さる ねずみ ライオン 象 くま うさぎ たぬき しか きりん パンダ とら"),
    ("果物", "りんご みかん バナナ ぶどう いちご もも すいか レモン メロン"),
    ("野菜", "にんじん トマト きゅうり じゃがいも キャベツ なす 大根"),
    ("乗り物", "車 バス 電車 自転車 飛行機 船 新幹線"),
    ("花", "桜 ひまわり ばら チューリップ 朝顔 たんぽぽ"),
    ("飲み物", "水 お茶 牛乳 ジュース コーヒー 紅茶"),
    ("お菓子", "ケーキ チョコレート クッキー アイスクリーム"),
    ("食べ物", "パン ご飯 寿司 ラーメン うどん そば カレー おにぎり 卵 肉"),
    ("鳥", "すずめ からす はと つばめ にわとり ペンギン"),
    ("虫", "あり ちょう せみ とんぼ かぶと虫"),
    ("色", "赤 青 白 黒 黄色 緑 紫 茶色 ピンク"),
    ("季節", "春 夏 秋 冬"),
    ("楽器", "ピアノ ギター たいこ 笛 バイオリン"),
    ("スポーツ", "サッカー 野球 テニス 水泳"),
    ("教科", "国語 算数 理科 社会 音楽 体育"),
    ("服", "シャツ ズボン スカート 上着 セーター"),
  ]

  private static let opposites = ThingTable(
    "pair",
    """
    a | b
    大きい | 小さい
    長い | 短い
    高い | 低い
    暑い | 寒い
    熱い | 冷たい
    新しい | 古い
    明るい | 暗い
    重い | 軽い
    多い | 少ない
    強い | 弱い
    速い | 遅い
    近い | 遠い
    広い | 狭い
    深い | 浅い
    太い | 細い
    白い | 黒い
    うれしい | 悲しい
    好き | 嫌い
    上 | 下
    右 | 左
    前 | 後ろ
    中 | 外
    朝 | 夜
    東 | 西
    北 | 南
    男 | 女
    夏 | 冬
    行く | 来る
    開ける | 閉める
    起きる | 寝る
    始まる | 終わる
    勝つ | 負ける
    泣く | 笑う
    入る | 出る
    買う | 売る
    """
  )

  private static func bothWays(_ pair: Thing) -> [[String: String]] {
    [pair.facts, ["a": pair["b"] ?? "", "b": pair["a"] ?? ""]]
  }

  static let rules = """
    # things
    [h=hue][hued][h=hue!h][hued][t=trait][like][t=trait!t][like][x=kind][kind-of][t=trait!t][like][h=hue!h][hued]
    [t=trait][like][t=trait!t][like][t=trait!t][like][h=hue][hued][x=kind][kind-of][x=kind!x][kind-of]
    [x=kind][kind-of][kind-of][x=kind!x][kind-of][h=hue][hued][hued][h=hue!h][hued]
    # hued
    3* <h.thing> は <h.is> です。
    2* <h.thing> は <h.is>。
    <h.thing> の 色 は <h.noun> です。
    <h.thing> は 何色 です か。<h.noun> です。
    <h.of> <h.thing> を 見 ました。
    <h.of> <h.thing> の 絵 を かき ました。
    <h.thing> は <h.is> です ね。
    見て ください、<h.thing> が とても <h.is> です。
    # like
    3* <t.thing> は <t.is> です。
    <t.thing> は とても <t.is> です。
    {この|その|あの} <t.thing> は <t.is> です。
    <t.of> 物 は 何 です か。<t.thing> です。
    <t.of> <t.thing> が あります。
    <t.thing> は <t.is> です ね。
    2* [v=versus]<v.a> は <v.x>、<v.b> は <v.y> です。
    # kind-of
    3* <x.word> は <x.kind> です。
    <x.word> は <x.kind> の 一 つ です。
    これ は <x.word> です。
    これ は 何 です か。<x.word> です。
    <x.word> と いう <x.kind> を 知って います か。
    [y=kind-<x.kind>][z=kind-<x.kind>!y]<y.word> も <z.word> も <x.kind> です。
    <x.word> は 何 です か。<x.kind> です。
    好き な <x.kind> は 何 です か。<x.word> です。
    [y=kind-<x.kind>][z=kind-<x.kind>!y]好き な <x.kind> は、<y.word> と <z.word> です。
    # opposites
    [o=opposite][opposed][o=opposite!o][opposed][o=opposite!o][opposed][o=opposite!o][opposed]
    # opposed
    2* 「<o.a>」 の 反対 は 「<o.b>」 です。
    2* <o.a> の 反対 は <o.b> です。
    「<o.a>」 の 反対 は 何 です か。「<o.b>」 です。
    「<o.a>」 は 「<o.b>」 の 反対 です。
    「<o.a>」 と 「<o.b>」 は、反対 の 言葉 です。
    # rhyme
    [s=sound]<s.thing> が <s.sound>、[s=sound!s]<s.thing> が <s.sound>、[s=sound!s]<s.thing> が <s.sound>。
    [s=sound]<s.sound>、<s.sound>、<s.thing> の 音。<s.sound>、<s.sound>、もう 一度。[s=sound!s]<s.sound>、<s.sound>、<s.thing> の 音。<s.sound>、<s.sound>、もう 一度。
    [a=animal]<a.one> は <a.cry>、[b=animal!a]<b.one> は <b.cry>、[c=animal!a!b]<c.one> は <c.cry>。
    [a=animal]<a.one> の 歌 を 歌おう。<a.cry>、<a.cry>、<a.one> さん。[b=animal!a]<b.one> の 歌 を 歌おう。<b.cry>、<b.cry>、<b.one> さん。
    """
}
