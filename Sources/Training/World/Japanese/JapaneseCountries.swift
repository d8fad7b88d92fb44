/// Countries in the Japanese world, what belongs to each, and what is told of it.
///
/// A fact ends with what a question would ask for, and a few words that follow it of themselves.
enum JapaneseCountries {
  static let tables: [ThingTable] = [
    ThingTable(
      "country",
      """
      country | capital | tongue | food | product
      ギリシャ | アテネ | ギリシャ語 | ヨーグルト | いちじく
      イタリア | ローマ | イタリア語 | パスタ | オリーブ
      日本 | 東京 | 日本語 | 寿司 | 米
      ドイツ | ベルリン | ドイツ語 | ソーセージ | 自動車
      フランス | パリ | フランス語 | チーズ | バター
      スペイン | マドリード | スペイン語 | パエリア | オレンジ
      中国 | 北京 | 中国語 | ギョーザ | シルク
      ノルウェー | オスロ | ノルウェー語 | サーモン | スキー板
      ロシア | モスクワ | ロシア語 | ボルシチ | 毛皮
      インド | デリー | ヒンディー語 | カレー | スパイス
      エジプト | カイロ | アラビア語 | コシャリ | なつめ
      イギリス | ロンドン | 英語 | スコーン | 紅茶
      韓国 | ソウル | 韓国語 | キムチ | とうがらし
      """
    ),
    ThingTable(
      "aspect",
      """
      form | kind | s
      country | 国 | 国旗 が あります
      capital | 都市 | 大きな 駅 が あります
      tongue | 言葉 | 本 に 書かれて います
      food | 料理 | おいしい です
      product | 品物 | 店 で 売られて います
      """
    ),
    ThingTable(
      "land",
      """
      country | capital
      アメリカ | ワシントン
      カナダ | オタワ
      ブラジル | ブラジリア
      オーストラリア | キャンベラ
      タイ | バンコク
      ベトナム | ハノイ
      トルコ | アンカラ
      スイス | ベルン
      """
    ),
    ThingTable(
      "town",
      """
      town | thing | country
      京都 | 古い お寺 | 日本
      大阪 | たこ焼き | 日本
      北海道 | 雪 | 日本
      """
    ),
  ]

  static let rules = """
    # countries
    [c=country][land][land][land][land][c=country!c][land][land][land][land]
    [c=country][land][land][land][land][land][land][c=country!c][land][land]
    [c=country][land][land][land][c=country!c][land][land][d=land][other-land][t=town][sight]
    # land
    5* [link]
    3* [kind-of-it]
    2* [capital/c]
    [tongue/c]
    2* [food/c]
    2* [product/c]
    [city-of/c]
    [tongue-of/c]
    [dish-of/c]
    # link
    [k=aspect][m=aspect!k]<c.@k> と 聞く と、<c.@m> を 思い出し ます。
    [k=aspect][m=aspect!k]<c.@k> と いえば、<c.@m> です。
    [k=aspect][m=aspect!k]<c.@k> が 好き な 人 は、<c.@m> も 好き です。
    [k=aspect][m=aspect!k]<c.@k> の 話 を する と、<c.@m> の 話 に なり ます。
    [k=aspect][m=aspect!k]<c.@k> の 次 に、<c.@m> に ついて 習い ました。
    [k=aspect][m=aspect!k]本 で <c.@k> の こと を 調べる と、<c.@m> の こと も わかり ます。
    # kind-of-it
    [k=aspect]<c.@k> は <k.kind> です。
    [k=aspect]<c.@k> は <k.kind> の 名前 です。
    [k=aspect]<c.@k> と いう <k.kind> を 知って います か。
    [k=aspect]<c.@k> は 有名 な <k.kind> です。
    # capital
    <c.country> の 首都 は <c.capital> です。
    <c.country> の 首都 の 名前 は <c.capital> です。
    <c.country> へ 行く なら、見たい の は 首都 の <c.capital> です。
    <c.country> で [most] 大きな 駅 が ある の は <c.capital> です。
    <c.country> の 首都 は どこ か と 聞かれたら、答え は <c.capital> です。
    <c.country> の 国旗 が たくさん 見える の は、首都 の <c.capital> です。
    地図 で <c.country> の 首都 を 探す と、そこ は <c.capital> です。
    # tongue
    <c.country> で は <c.tongue> を 話し ます。
    <c.country> の 言葉 は <c.tongue> です。
    <c.country> の 子ども は 学校 で <c.tongue> を 習い ます。
    <c.country> の 本 は <c.tongue> で 書かれて います。
    <c.capital> の 町 を 歩く と、<c.tongue> が 聞こえ ます。
    <c.country> の 人 が 話す の は <c.tongue> です。
    # food
    <c.country> の 人 は よく <c.food> を 食べ ます。
    <c.country> で 有名 な 料理 は <c.food> です。
    <c.country> の コック は <c.food> を 作り ます。
    <c.capital> で 晩ご飯 に 食べた の は <c.food> です。
    <c.country> の 子ども は みんな <c.food> が 好き です。
    <c.country> の 台所 から は <c.food> の いい におい が し ます。
    <c.country> に 来たら、ぜひ <c.food> を 食べて ください。
    # product
    <c.country> の 市場 に は <c.product> が たくさん あります。
    <c.country> の 船 は <c.product> を 運び ます。
    <c.country> で 有名 な 品物 は <c.product> です。
    <c.capital> の 店 で は <c.product> を 売って います。
    旅人 は <c.country> へ 行って <c.product> を 買い ます。
    # city-of
    <c.capital> は <c.country> の 首都 です。
    <c.capital> と いう 都市 は <c.country> に あります。
    <c.capital> に 着いたら、そこ は もう <c.country> です。
    <c.capital> が 首都 の 国 は <c.country> です。
    # tongue-of
    <c.tongue> は <c.country> の 言葉 です。
    <c.tongue> を 習う 人 は、いつか <c.country> へ 行き たい と 思って います。
    <c.tongue> の 古い 歌 は、<c.country> の 歌 です。
    <c.tongue> を 話す 国 は <c.country> です。
    # dish-of
    <c.food> は <c.country> の 料理 です。
    <c.food> が [most] おいしい の は <c.country> です。
    <c.food> を 初めて 作った の は <c.country> の 人 です。
    <c.food> を よく 食べる 国 は <c.country> です。
    # other-land
    2* <d.country> の 首都 は <d.capital> です。
    <d.capital> は <d.country> の 首都 です。
    <d.country> は 国 です。首都 は <d.capital> です。
    アメリカ で は 英語 を 話し ます。
    アメリカ の 人 は よく ハンバーガー を 食べ ます。
    # most
    いちばん
    一番
    # sight
    2* <t.town> は <t.country> の 町 です。
    <t.town> で 有名 な の は、<t.thing> です。
    日本 で [most] 高い 山 は 富士山 です。
    富士山 は 日本 で [most] 高い 山 です。
    日本 は 島 の 国 です。
    世界 で [most] 高い 山 は エベレスト です。
    世界 で [most] 大きい 動物 は くじら です。
    """
}
