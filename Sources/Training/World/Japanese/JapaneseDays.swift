/// Days and numbers in the Japanese world: week, year, seasons, weather, small sums.
enum JapaneseDays {
  static let tables: [ThingTable] = [
    ThingTable(
      "day",
      """
      day | next | last
      日曜日 | 月曜日 | 土曜日
      月曜日 | 火曜日 | 日曜日
      火曜日 | 水曜日 | 月曜日
      水曜日 | 木曜日 | 火曜日
      木曜日 | 金曜日 | 水曜日
      金曜日 | 土曜日 | 木曜日
      土曜日 | 日曜日 | 金曜日
      """
    ),
    ThingTable(
      "month",
      """
      month | next | season
      一 | 二 | 冬
      二 | 三 | 冬
      三 | 四 | 春
      四 | 五 | 春
      五 | 六 | 春
      六 | 七 | 夏
      七 | 八 | 夏
      八 | 九 | 夏
      九 | 十 | 秋
      十 | 十 一 | 秋
      十 一 | 十 二 | 秋
      十 二 | 一 | 冬
      """
    ),
    ThingTable(
      "season",
      """
      season | next | feel | a | b | c
      春 | 夏 | 暖かく | 桜 が 咲き | 新しい 学年 が 始まり | ちょう が 飛び
      夏 | 秋 | 暑く | せみ が 鳴き | 海 で 泳ぎ | 花火 を 見
      秋 | 冬 | 涼しく | 葉っぱ が 赤く なり | きのこ を とり | 運動会 が あり
      冬 | 春 | 寒く | 雪 が 降り | 雪だるま を 作り | こたつ に 入り
      """
    ),
    ThingTable("number", words: "一 二 三 四 五 六 七 八 九 十"),
    ThingTable("sum", rows: sums),
    ThingTable(
      "weather",
      """
      is | so | a
      晴れ | 公園 で 遊び | 空 が 青い です
      雨 | 傘 を さし | 道 が ぬれて います
      雪 | 雪だるま を 作り | 外 が 白い です
      くもり | 家 で 本 を 読み | 太陽 が 見え ません
      """
    ),
    ThingTable(
      "sound",
      """
      thing | sound
      雨 | ザーザー
      風 | ビュービュー
      星 | きらきら
      川 | さらさら
      雷 | ゴロゴロ
      たいこ | ドンドン
      鈴 | リンリン
      電車 | ガタンゴトン
      時計 | チクタク
      車 | ブーブー
      """
    ),
  ]

  /// Every sum of two numbers that is at most ten.
  private static let sums: [[String: String]] = {
    let words = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
    return (1...9).flatMap { a in
      (1...(10 - a)).map { b in
        [
          "a": words[a], "b": words[b], "c": words[a + b], "x": "\(a)", "y": "\(b)",
          "z": "\(a + b)",
        ]
      }
    }
  }()

  static let rules = """
    # days
    [d=day][weekday][d=day!d][weekday][weekday][m=month][monthly][m=month!m][monthly]
    [s=season][seasonal][seasonal][seasonal][s=season!s][seasonal][seasonal][m=month][monthly]
    [w=weather][sky][s=season][seasonal][d=day][weekday]
    [lists][lists][lists][lists]
    日曜日、月曜日、火曜日、水曜日、木曜日、金曜日、土曜日。[d=day][weekday][d=day!d][weekday]
    # lists
    春、夏、秋、冬。
    東、西、南、北。
    上、下、左、右。
    月、火、水、木、金、土、日。
    {赤、青、黄色、緑|赤、白、青、黒}。
    いち、に、さん、し、ご、ろく、しち、はち、きゅう、じゅう。
    ひとつ、ふたつ、みっつ、よっつ、いつつ、むっつ、ななつ、やっつ、ここのつ、とお。
    一 つ、二 つ、三 つ、四 つ、五 つ、六 つ、七 つ、八 つ、九 つ、十。
    一 月、二 月、三 月、四 月、五 月、六 月、七 月、八 月、九 月、十 月、十 一 月、十 二 月。
    あ、い、う、え、お。か、き、く、け、こ。さ、し、す、せ、そ。た、ち、つ、て、と。な、に、ぬ、ね、の。
    は、ひ、ふ、へ、ほ。ま、み、む、め、も。や、ゆ、よ。ら、り、る、れ、ろ。わ、を、ん。
    # weekday
    <d.day> の 次 は <d.next> です。
    <d.day> の 前 は <d.last> です。
    今日 は <d.day> です。明日 は <d.next> です。
    今日 は <d.day> です。昨日 は <d.last> でした。
    <d.day> の 次 の 日 は 何曜日 です か。<d.next> です。
    一週間 は 七 日 です。
    # monthly
    <m.month> 月 の 次 は <m.next> 月 です。
    <m.month> 月 は <m.season> です。
    <m.month> 月 の 季節 は <m.season> です。
    一年 は 十 二 か月 です。
    私 の 誕生日 は <m.month> 月 です。
    # seasonal
    <s.season> に なる と、<s.feel> なり ます。
    2* <s.season> に なる と、[event] ます。
    2* <s.season> に は [event] ます。
    <s.season> の 次 は <s.next> です。
    もう すぐ <s.season> です。[event] ます。
    どの 季節 が 好き です か。<s.season> が 好き です。[event] ます から。
    [s=season]<s.season> が 来 ました。[event] ます。
    # event
    {<s.a>|<s.b>|<s.c>}
    # sky
    今日 は <w.is> です。<w.a>。
    今日 の 天気 は <w.is> です。<w.so> ましょう。
    明日 の 天気 は <w.is> でしょう。
    今日 は 天気 が {いい です|悪い です}。
    明日 は 雨 が 降る でしょう。
    雨 が 降ったら、傘 を さし ます。
    {風 が 吹いて|川 が 流れて|花 が 咲いて|鳥 が 鳴いて|赤ちゃん が 泣いて|星 が 光って} います。
    {一日 は 二 十 四 時間|一年 は 十 二 か月|一週間 は 七 日} です。
    今日 は いい 天気 です ね。公園 で 遊び ましょう。
    雨 が 降って います。傘 を 持って いき ましょう。
    雨 が やんで、空 に 虹 が 出 ました。
    風 が 強い です。帽子 が 飛び ました。
    朝 に なる と、太陽 が 出 ます。夜 に なる と、月 と 星 が 出 ます。
    太陽 は 東 から 出て、西 に しずみ ます。
    空 に は {雲|太陽|月|星|虹} が 見え ます。
    # sums
    [sum][sum][sum][sum]一、二、三、四、五、六、七、八、九、十。[sum][sum]
    [sum][sum][sum][sum][sum][sum]
    # sum
    2* [s=sum]<s.a> 足す <s.b> は <s.c> です。
    2* [s=sum]<s.x> 足す <s.y> は <s.z> です。
    [s=sum]<s.x>+<s.y>=<s.z>。
    [s=sum]<s.a> たす <s.b> は <s.c> です。
    [s=sum]<s.x> たす <s.y> は <s.z> です。
    [s=sum]<s.c> 引く <s.a> は <s.b> です。
    [s=sum]<s.z> 引く <s.x> は <s.y> です。
    [s=sum]<s.a> と <s.b> を 足す と、<s.c> です。
    [m=month]<m.month> 月 の 次 の 月 は <m.next> 月 です。
    """
}
