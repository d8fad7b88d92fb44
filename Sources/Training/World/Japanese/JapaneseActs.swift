/// What people do every day in the Japanese world: at home, at school, at work, with which tools, and why.
enum JapaneseActs {
  static let tables: [ThingTable] =
    [acts, acts(of: "daily"), acts(of: "fun")] + otherTables

  /// Acts that are done every day, or that one looks forward to.
  private static func acts(of when: String) -> ThingTable {
    ThingTable(
      when,
      rows: acts.things.filter { [when, "both"].contains($0["when"]) }.map { $0.facts }
    )
  }

  private static let acts = ThingTable(
    "act",
    """
    o | stem | te | dict | when
    本 を | 読み | 読んで | 読む | both
    絵本 を | 読み | 読んで | 読む | fun
    水 を | 飲み | 飲んで | 飲む | once
    お茶 を | 飲み | 飲んで | 飲む | daily
    牛乳 を | 飲み | 飲んで | 飲む | daily
    ご飯 を | 食べ | 食べて | 食べる | daily
    パン を | 食べ | 食べて | 食べる | once
    果物 を | 食べ | 食べて | 食べる | daily
    おにぎり を | 食べ | 食べて | 食べる | once
    テレビ を | 見 | 見て | 見る | daily
    映画 を | 見 | 見て | 見る | fun
    星 を | 見 | 見て | 見る | fun
    音楽 を | 聞き | 聞いて | 聞く | both
    話 を | 聞き | 聞いて | 聞く | once
    歌 を | 歌い | 歌って | 歌う | fun
    絵 を | かき | かいて | かく | fun
    手紙 を | 書き | 書いて | 書く | daily
    日記 を | 書き | 書いて | 書く | daily
    字 を | 書き | 書いて | 書く | once
    写真 を | とり | とって | とる | fun
    シャツ を | 着 | 着て | 着る | once
    靴 を | はき | はいて | はく | once
    帽子 を | かぶり | かぶって | かぶる | once
    窓 を | 開け | 開けて | 開ける | once
    ドア を | 閉め | 閉めて | 閉める | once
    電話 を | かけ | かけて | かける | once
    車 に | 乗り | 乗って | 乗る | once
    バス に | 乗り | 乗って | 乗る | once
    車 を | 運転 し | 運転 して | 運転 する | once
    自転車 に | 乗り | 乗って | 乗る | fun
    電車 に | 乗り | 乗って | 乗る | fun
    いす に | すわり | すわって | すわる | once
    山 に | 登り | 登って | 登る | fun
    木 に | 登り | 登って | 登る | once
    海 で | 泳ぎ | 泳いで | 泳ぐ | fun
    プール で | 泳ぎ | 泳いで | 泳ぐ | fun
    公園 で | 遊び | 遊んで | 遊ぶ | fun
    庭 で | 遊び | 遊んで | 遊ぶ | daily
    友だち と | 遊び | 遊んで | 遊ぶ | both
    学校 へ | 行き | 行って | 行く | daily
    病院 へ | 行き | 行って | 行く | once
    家 へ | 帰り | 帰って | 帰る | once
    図書館 で | 勉強 し | 勉強 して | 勉強 する | both
    宿題 を | し | して | する | daily
    サッカー を | し | して | する | fun
    野球 を | し | して | する | fun
    ピアノ を | ひき | ひいて | ひく | daily
    ギター を | ひき | ひいて | ひく | fun
    料理 を | 作り | 作って | 作る | daily
    ケーキ を | 作り | 作って | 作る | fun
    晩ご飯 を | 作り | 作って | 作る | daily
    手 を | 洗い | 洗って | 洗う | daily
    顔 を | 洗い | 洗って | 洗う | daily
    皿 を | 洗い | 洗って | 洗う | daily
    歯 を | みがき | みがいて | みがく | daily
    部屋 を | 片付け | 片付けて | 片付ける | daily
    野菜 を | 買い | 買って | 買う | daily
    花 に 水 を | やり | やって | やる | daily
    犬 と | 散歩 し | 散歩 して | 散歩 する | both
    ボール を | 投げ | 投げて | 投げる | once
    道 を | 歩き | 歩いて | 歩く | once
    お風呂 に | 入り | 入って | 入る | daily
    早く | 起き | 起きて | 起きる | daily
    早く | 寝 | 寝て | 寝る | daily
    朝ご飯 を | 食べ | 食べて | 食べる | daily
    ラーメン を | 食べ | 食べて | 食べる | fun
    友達 と | 遊び | 遊んで | 遊ぶ | fun
    動物園 へ | 行き | 行って | 行く | fun
    """
  )

  private static let otherTables: [ThingTable] = [
    ThingTable(
      "job",
      """
      job | place | does | who
      医者 | 病院 | 病気 を 治し ます | 病気 を 治す
      先生 | 学校 | 子ども に 勉強 を 教え ます | 勉強 を 教える
      パン屋 | 店 | パン を 焼き ます | パン を 焼く
      花屋 | 店 | 花 を 売り ます | 花 を 売る
      魚屋 | 市場 | 魚 を 売り ます | 魚 を 売る
      警官 | 交番 | 町 を 守り ます | 町 を 守る
      消防士 | 町 | 火 を 消し ます | 火 を 消す
      漁師 | 海 | 魚 を とり ます | 魚 を とる
      農家 | 畑 | 野菜 を 育て ます | 野菜 を 育てる
      大工 | 町 | 家 を 建て ます | 家 を 建てる
      運転手 | 駅 | バス を 運転 し ます | バス を 運転 する
      画家 | アトリエ | 絵 を かき ます | 絵 を かく
      歌手 | 舞台 | 歌 を 歌い ます | 歌 を 歌う
      コック | レストラン | 料理 を 作り ます | 料理 を 作る
      作家 | 家 | 本 を 書き ます | 本 を 書く
      """
    ),
    ThingTable(
      "spot",
      """
      spot | o | stem | te | dict
      図書館 | 本 を | 読み | 読んで | 読む
      学校 | 勉強 | し | して | する
      公園 | 友だち と | 遊び | 遊んで | 遊ぶ
      海 | 魚 を | とり | とって | とる
      プール | 水泳 を | し | して | する
      駅 | 電車 に | 乗り | 乗って | 乗る
      空港 | 飛行機 に | 乗り | 乗って | 乗る
      郵便局 | 切手 を | 買い | 買って | 買う
      動物園 | 象 を | 見 | 見て | 見る
      水族館 | 魚 を | 見 | 見て | 見る
      美術館 | 絵 を | 見 | 見て | 見る
      映画館 | 映画 を | 見 | 見て | 見る
      スーパー | 野菜 を | 買い | 買って | 買う
      本屋 | 本 を | 買い | 買って | 買う
      台所 | 料理 を | 作り | 作って | 作る
      食堂 | ご飯 を | 食べ | 食べて | 食べる
      森 | 虫 を | 探し | 探して | 探す
      """
    ),
    ThingTable(
      "tool",
      """
      tool | o | stem | dict
      はさみ | 紙 を | 切り | 切る
      鉛筆 | 字 を | 書き | 書く
      ペン | 手紙 を | 書き | 書く
      消しゴム | 字 を | 消し | 消す
      ほうき | 庭 を | はき | はく
      かぎ | ドア を | 開け | 開ける
      スプーン | スープ を | 飲み | 飲む
      フォーク | スパゲッティ を | 食べ | 食べる
      ナイフ | パン を | 切り | 切る
      カメラ | 写真 を | とり | とる
      せっけん | 手 を | 洗い | 洗う
      歯ブラシ | 歯 を | みがき | みがく
      電話 | 友だち と | 話し | 話す
      パソコン | 手紙 を | 書き | 書く
      目 | 物 を | 見 | 見る
      耳 | 音 を | 聞き | 聞く
      口 | ご飯 を | 食べ | 食べる
      足 | 道 を | 歩き | 歩く
      頭 | 答え を | 考え | 考える
      手 | 物 を | 持ち | 持つ
      """
    ),
    ThingTable(
      "cause",
      """
      cause | what
      おなか が すいた | ご飯 を 食べ
      お腹 が すいた | ご飯 を 食べ
      のど が かわいた | 水 を 飲み
      眠い | 早く 寝
      寒い | 上着 を 着
      暑い | 窓 を 開け
      雨 が 降って いる | 傘 を さし
      疲れた | 少し 休み
      かぜ を ひいた | 病院 へ 行き
      手 が よごれた | せっけん で 手 を 洗い
      部屋 が 暗い | 電気 を つけ
      時間 が ない | 急ぎ
      道 が わからない | 警官 に 聞き
      """
    ),
    ThingTable(
      "mood",
      """
      when | mood
      友だち と 遊ぶ | 楽しい
      プレゼント を もらう | うれしい
      一人 で いる | さびしい
      友だち と けんか を する | 悲しい
      犬 が 死ぬ | 悲しい
      暗い 道 を 歩く | 怖い
      ほめられる | うれしい
      夜 遅く まで 起きて いる | 眠い
      試合 に 勝つ | うれしい
      試合 に 負ける | くやしい
      歌 を 歌う | 楽しい
      遠足 に 行く | 楽しい
      """
    ),
  ]

  static let rules = """
    # acts
    [doing][doing][doing][doing][doing]
    [doing][a-cause][a-cause][doing][a-mood][a-mood]
    [n=name]<n.word> さん は 朝 早く 起き ます。[b=daily]<b.o> <b.te> から、[a=daily!b]<a.o> <a.stem> ます。昼 は [a=spot]<a.spot> で <a.o> <a.stem> ます。夜 は [a=daily]<a.o> <a.te>、早く 寝 ます。
    [j=job][a-job][a-job][j=job!j][a-job][a-job][p=spot][a-spot][p=spot!p][a-spot]
    [t=tool][a-tool][a-tool][t=tool!t][a-tool][p=spot][a-spot][a-spot]
    [a-cause][a-mood][a-cause][a-mood][t=tool][a-tool]
    # doing
    3* [a=daily][who] は [always] <a.o> <a.stem> ます。
    2* [a=act][who] は [past] <a.o> <a.stem> ました。
    [a=fun][who] は [future] <a.o> <a.stem> ます。
    [a=act][who] は <a.o> <a.dict> の が 好き です。
    [a=act][who] は <a.o> <a.te> います。
    [a=fun][future] <a.o> <a.stem> たい です。
    [a=fun]一緒 に <a.o> <a.stem> ましょう。
    [a=fun]一緒 に <a.o> <a.stem> ませんか。
    [a=act]<a.o> <a.te> ください。
    [a=daily][b=daily!a][who] は <a.o> <a.te> から、<b.o> <b.stem> ます。
    [a=act]何 を して います か。<a.o> <a.te> います。
    [a=act]<a.o> <a.stem> ました か。はい、<a.o> <a.stem> ました。
    [a=fun][past]、[who] は <a.o> <a.stem> ました。
    [a=fun][future]、[who] は <a.o> <a.stem> ます。
    [a=act][who] の 趣味 は <a.o> <a.dict> こと です。
    [x=kind-食べ物]{朝ご飯|昼ご飯|晩ご飯} に <x.word> を 食べ ました。
    [p=spot]{電車|バス|自転車|車} に 乗って、<p.spot> へ 行き ます。
    {毎朝 顔 を 洗い|毎朝 早く 起き|毎晩 歯 を みがき|毎晩 お風呂 に 入り} ます。
    学校 から 帰って、[a=daily]<a.o> <a.stem> ます。
    {学校|家|公園|本屋} から 駅 まで 歩き ます。
    誕生日 に {プレゼント|花|ケーキ|本} を もらい ました。
    # who
    4* 私
    2* 僕
    4* [f=family]<f.word>
    3* [n=name]<n.word> さん
    [f=surname]<f.word> さん
    友だち
    友達
    子ども たち
    # always
    {毎日|いつも}
    # past
    {昨日|今朝|先週|おととい}
    # future
    {明日|来週|日曜日 に|今度 の 休み に|夏休み に}
    # a-job
    <j.job> は <j.place> で 働き ます。
    <j.job> は <j.does>。
    <j.who> 人 は <j.job> です。
    <j.job> の 仕事 は、<j.who> こと です。
    {大きく なったら|将来 は}、<j.job> に なり たい です。
    私 の 夢 は <j.job> に なる こと です。
    [f=surname]<f.word> さん は <j.job> です。<j.place> で 働いて います。
    # a-spot
    2* <p.spot> で <p.o> <p.stem> ます。
    <p.o> <p.dict> 所 は <p.spot> です。
    ここ は <p.spot> です。<p.o> <p.stem> ましょう。
    昨日 <p.spot> で <p.o> <p.stem> ました。
    [who] は <p.spot> へ 行って、<p.o> <p.stem> ました。
    <p.spot> へ 行って、<p.o> <p.stem> ましょう。
    # a-tool
    3* <t.tool> で <t.o> <t.stem> ます。
    <t.o> <t.dict> 時 は、<t.tool> を 使い ます。
    <t.tool> は、<t.o> <t.dict> ため に 使い ます。
    # a-cause
    2* [c=cause]<c.cause> ので、<c.what> ます。
    [c=cause]<c.cause> ので、<c.what> ました。
    [c=cause][who] は <c.cause> ので、<c.what> ました。
    [c=cause]<c.cause> 時 は、<c.what> ましょう。
    # a-mood
    うれしい 時 は、笑い ます。
    悲しい 時 は、泣き ます。
    楽しい 時 は、歌 を 歌い ます。
    3* [c=mood]<c.when> と、<c.mood> です。
    [c=mood]<c.mood> の は、<c.when> 時 です。
    """
}
