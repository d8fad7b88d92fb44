/// Stories of the Japanese world: someone has a wish, something happens, and there is an end.
enum JapaneseStories {
  static let tables: [ThingTable] = [
    ThingTable("place", words: "村 山 森 町 島 城 港"),
    ThingTable("hiding", words: "箱 つぼ 引き出し かご 戸だな ふくろ 井戸"),
    ThingTable("treasure", words: "指輪 かぎ 地図 宝石 笛 鏡 鈴 つえ 刀"),
    ThingTable(
      "hero",
      words: "おじいさん おばあさん 少年 少女 王子 王女 男の子 女の子 木こり 漁師 娘 若者"
    ),
    ThingTable("elder", words: "おじいさん おばあさん"),
    ThingTable("helper", words: "小鳥 きつね かめ うさぎ 魔女 旅人 たぬき 鬼"),
  ]

  static let rules = """
    # story
    [r=hero][p=place][t=treasure][opening][wish][meeting][turn][ending]
    [r=hero][p=place][t=treasure][opening][meeting][talk][turn][ending]
    [r=hero][p=place][t=treasure][opening][wish][talk][turn][ending]
    [r=hero][p=place][t=treasure][opening][weather-then][meeting][turn][ending]
    [r=elder][p=place][t=treasure][couple][find][turn][ending]
    # opening
    4* 昔々 ある ところ に、[kindly] <r.word> が 住んで いました。
    むかしむかし、ある ところ に、[kindly] <r.word> が 住んで いました。
    2* 昔々 ある <p.word> に、[kindly] <r.word> が 住んで いました。
    昔、ある <p.word> に、[kindly] <r.word> が いました。
    遠い <p.word> に、[kindly] <r.word> が 一人 で 住んで いました。
    # couple
    3* 昔々 ある ところ に、おじいさん と おばあさん が 住んで いました。おじいさん は 山 へ しばかり に、おばあさん は 川 へ 洗濯 に 行き ました。
    昔々 ある <p.word> に、おじいさん と おばあさん が 住んで いました。二人 は とても 幸せ でした。
    # find
    おばあさん が 川 で 洗濯 を して いる と、大きな {もも|箱|うり} が 流れて きました。中 に は <t.word> が 入って いました。
    おじいさん が 山 を 歩いて いる と、光る {竹|石|木} が ありました。そば に <t.word> が 落ちて いました。
    # kindly
    {正直 な|貧しい|心 の やさしい|元気 な|働き者 の|いたずら 好き な|小さな|かしこい}
    # weather-then
    ある {寒い|暖かい|暗い|静か な} {朝|晩|日}、<p.word> に {雪|雨} が 降り ました。
    ある {春|夏|秋|冬} の こと です。<p.word> は とても 静か でした。
    # wish
    <r.word> は [c=colour]<c.of> <t.word> が ほしい と 思って いました。
    <r.word> は、なくした <t.word> を 毎日 探して いました。
    <r.word> は [c=colour]<c.of> <t.word> を とても 大切 に して いました。
    <r.word> は <t.word> を [h=hiding]<h.word> の 中 に かくして いました。
    # meeting
    ある 日、<r.word> は {道|橋 の 上|木 の 下|門 の 前} で [a=helper]<a.word> に 会い ました。「{助けて ください|怖がら ないで ください|一緒 に 来て ください|パン を 少し ください}」 と <a.word> は 言い ました。
    ある 日、[a=helper]<a.word> が <p.word> に やって きました。<r.word> は {パン を あげ|にげ出し|笑い|戸 を 開け} ました。
    <p.word> へ 行く 途中 で、<r.word> は [a=helper]<a.word> に 会い ました。<a.word> は {泣いて|歌って|寝て|待って} いました。
    # talk
    「<t.word> は どこ に あります か」 と <r.word> は 聞き ました。「[h=hiding]<h.word> の {中|後ろ|そば} に あります よ」 と [b=helper]<b.word> は 答え ました。
    「おなか が すき ました」 と <r.word> は 言い ました。「では、この {おにぎり|パン|もち} を どうぞ」 と [b=helper]<b.word> は 言い ました。
    「{一緒 に 来て|助けて|待って いて} くれます か」 と <r.word> は 聞き ました。「{はい|いいえ}」 と [b=helper]<b.word> は 答え ました。
    # turn
    ところが、<t.word> は {川|火|雪|井戸} の 中 に 落ちて しまい ました。<r.word> は {泣き|急いで 探し|人 を 呼び} ました。
    その 時、{どろぼう|おおかみ|大男} が やって きました。<r.word> は {木|石|戸} の 後ろ に かくれ ました。
    <r.word> は、とうとう [h=hiding]<h.word> の 中 に <t.word> を 見つけ ました。<t.word> は {太陽|月|星} の よう に 光って いました。
    <r.word> は {三|四|五|七} 日 の 間 歩いて、やっと {海|山|城|村} に 着き ました。
    # ending
    3* そして、<r.word> は いつ まで も 幸せ に くらし ました。
    <r.word> は <t.word> を {友だち|お母さん|村 の 人} に あげ ました。みんな とても うれしそう でした。
    その 晩、<r.word> は よく 眠り ました。<t.word> が 戻って きた から です。
    それ から、<r.word> は 二度 と うそ を つき ません でした。
    2* そして、<r.word> は いつ まで も 幸せ に くらし ました。めでたし、めでたし。
    """
}
