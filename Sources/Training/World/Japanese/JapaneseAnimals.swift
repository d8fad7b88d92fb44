/// Animals in the Japanese world, with their young, and things that are counted.
enum JapaneseAnimals {
  static let tables: [ThingTable] = [
    ThingTable(
      "animal",
      """
      one | young | cry | tiny | f | g | food
      猫 | 子猫 | ニャーニャー | ミャーミャー | ひげ | 長い しっぽ | 魚
      犬 | 子犬 | ワンワン | キャンキャン | ぬれた 鼻 | 強い 歯 | 骨
      馬 | 子馬 | ヒヒーン | ヒヒーン | たてがみ | 速い 足 | 草
      牛 | 子牛 | モーモー | モーモー | つの | 大きな おなか | 草
      豚 | 子豚 | ブーブー | ブーブー | くるくる した しっぽ | ピンク色 の 鼻 | いも
      羊 | 子羊 | メーメー | メーメー | ふわふわ の 毛 | 丸い 体 | 草
      きつね | 子ぎつね | コンコン | キュンキュン | とがった 耳 | 太い しっぽ | 豆
      さる | 子ざる | キーキー | キーキー | 赤い 顔 | 長い 手 | バナナ
      ねずみ | 子ねずみ | チューチュー | チューチュー | 小さな 歯 | 細い しっぽ | チーズ
      ライオン | 子ライオン | ガオー | ガオガオ | 長い たてがみ | 強い 足 | 肉
      象 | 子象 | パオーン | パオーン | 長い 鼻 | 大きな 耳 | りんご
      にわとり | ひよこ | コケコッコー | ピヨピヨ | 羽 | くちばし | 豆
      からす | 子がらす | カーカー | カーカー | 黒い 羽 | 強い くちばし | 木の実
      """
    ),
    ThingTable(
      "creature",
      """
      form | voice | size | long | does | place
      one | cry | もう 大人 | 大人 の | 子ども を 守り | 子ども の そば
      young | tiny | まだ 子ども | 小さな | 親 の あと を 歩き | 親 の そば
      """
    ),
    ThingTable(
      "life",
      """
      one | place | does
      鳥 | 木 の 上 | 空 を 飛び
      魚 | 海 | 水 の 中 を 泳ぎ
      くじら | 海 | 海 を 泳ぎ
      いるか | 海 | 海 を 泳ぎ
      ペンギン | 氷 の 上 | 海 を 泳ぎ
      さる | 山 | 木 に 登り
      くま | 森 | 魚 を とり
      きつね | 森 | 森 を 走り
      りす | 森 | 木の実 を 食べ
      かえる | 池 | 池 で 泳ぎ
      馬 | 牧場 | 速く 走り
      牛 | 牧場 | 草 を 食べ
      うさぎ | 野原 | ぴょんぴょん はね
      かめ | 池 | ゆっくり 歩き
      ちょう | 野原 | 花 の 上 を 飛び
      ライオン | 草原 | 肉 を 食べ
      きりん | 草原 | 葉っぱ を 食べ
      パンダ | 山 | 竹 を 食べ
      はち | 花 の 上 | みつ を 集め
      """
    ),
    ThingTable("few", words: "一 二 三 四 五 六 七 八 九"),
    ThingTable(
      "counted",
      """
      noun | counter | place | aru | ask
      猫 | 匹 | 屋根 の 上 | います | 何 匹
      犬 | 匹 | 公園 | います | 何 匹
      ねずみ | 匹 | 台所 | います | 何 匹
      魚 | 匹 | 池 の 中 | います | 何 匹
      虫 | 匹 | 草 の 上 | います | 何 匹
      牛 | 頭 | 牧場 | います | 何 頭
      馬 | 頭 | 牧場 | います | 何 頭
      象 | 頭 | 動物園 | います | 何 頭
      鳥 | 羽 | 木 の 上 | います | 何 羽
      にわとり | 羽 | 庭 | います | 何 羽
      うさぎ | 羽 | 学校 の 庭 | います | 何 羽
      子ども | 人 | 公園 | います | 何 人
      友だち | 人 | 学校 | います | 何 人
      先生 | 人 | 学校 | います | 何 人
      本 | 冊 | 机 の 上 | あります | 何 冊
      ノート | 冊 | かばん の 中 | あります | 何 冊
      辞書 | 冊 | 本だな | あります | 何 冊
      鉛筆 | 本 | 筆箱 の 中 | あります | 何 本
      傘 | 本 | ドア の そば | あります | 何 本
      木 | 本 | 庭 | あります | 何 本
      花 | 本 | 花びん | あります | 何 本
      紙 | 枚 | 机 の 上 | あります | 何 枚
      写真 | 枚 | 壁 | あります | 何 枚
      皿 | 枚 | 台所 | あります | 何 枚
      切手 | 枚 | 引き出し の 中 | あります | 何 枚
      車 | 台 | 家 の 前 | あります | 何 台
      自転車 | 台 | 駅 の 前 | あります | 何 台
      テレビ | 台 | 店 | あります | 何 台
      りんご | つ | かご の 中 | あります | いくつ
      みかん | つ | 箱 の 中 | あります | いくつ
      卵 | つ | 台所 | あります | いくつ
      いす | つ | 部屋 | あります | いくつ
      家 | 軒 | 川 の そば | あります | 何 軒
      店 | 軒 | 駅 の 前 | あります | 何 軒
      靴 | 足 | ドア の 前 | あります | 何 足
      くつ下 | 足 | 引き出し の 中 | あります | 何 足
      手紙 | 通 | ポスト の 中 | あります | 何 通
      """
    ),
  ]

  static let rules = """
    # animals
    [a=animal][k=creature][beast][k=creature][beast][k=creature][beast][a=animal!a][k=creature][beast][k=creature][beast][k=creature][beast]
    [a=animal][k=creature][beast][k=creature][beast][young/a][k=creature][beast][a=animal!a][k=creature][beast][voice/a][k=creature][beast]
    [a=animal][young/a][voice/a][k=creature][beast][a=animal!a][young/a][voice/a][k=creature][beast]
    # beast
    2* <a.@k> は <a.@k:voice> と 鳴き ます。
    2* <k.long> <a.@k> は <a.@k:voice> と 鳴き ます。
    <a.@k> は <k.size> です。
    <a.@k> に は [part] が あります。
    [part] の ある <a.@k> が <k.does> ます。
    <k.long> <a.@k> が <k.does> ます。
    <a.@k> は <k.does> ます。
    <a.@k> は <k.place> に います。
    <a.@k> は <a.food> が 好き です。
    <a.@k> が <a.food> を 食べて います。
    # part
    {<a.f>|<a.g>}
    # young
    <a.one> の 子ども は <a.young> です。
    生まれた ばかり の <a.one> は <a.young> と 呼ばれ ます。
    <a.one> の 赤ちゃん を 何 と 呼ぶ か と いう と、<a.young> です。
    大きく なって <a.one> に なる の は <a.young> です。
    親 が <a.one> なら、その 子 は <a.young> です。
    # voice
    <a.one> の 鳴き声 は <a.cry> です。
    おなか が すく と、<a.one> は <a.cry> と 鳴き ます。
    朝 に なる と、<a.one> が <a.cry> と 鳴き ます。
    静か に して いる と、<a.one> の <a.cry> と いう 声 が 聞こえ ます。
    絵本 の 中 の <a.one> は <a.cry> と 鳴き ます。
    # lives
    [l=life][living][l=life!l][living][l=life!l][living][l=life!l][living]
    # living
    <l.one> は <l.place> に います。
    2* <l.one> は <l.does> ます。
    <l.one> が <l.does> ます。
    <l.place> に は <l.one> が います。
    あそこ に <l.one> が います。
    <l.one> が <l.place> に います。<l.does> ます。
    # counting
    [x=counted][count/x][x=counted!x][count/x][x=counted!x][count-there][x=counted!x][count/x][x=counted!x][count-there]
    [x=counted][count-there][x=counted!x][count/x][x=counted!x][count-there][x=counted!x][count/x]
    # count-there
    <x.place> に <x.noun> が [k=few]<k.word> <x.counter> <x.aru>。
    <x.place> に <x.noun> が <x.ask> <x.aru> か。[k=few]<k.word> <x.counter> <x.aru>。
    # count
    <x.noun> が [k=few]<k.word> <x.counter> 見え ます。
    <x.place> の <x.noun> は [k=few]<k.word> <x.counter> です。
    <x.noun> を 数える と、[k=few]<k.word> <x.counter> でした。
    絵 に <x.noun> を [k=few]<k.word> <x.counter> かき ました。
    <x.noun> は 全部 で [k=few]<k.word> <x.counter> です。
    写真 に <x.noun> が [k=few]<k.word> <x.counter> 写って います。
    """
}
