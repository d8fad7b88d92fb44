/// The school of magic in the Japanese world, where who likes whom is told early and needed late.
enum JapaneseMagic {
  static let tables: [ThingTable] = [
    ThingTable(
      "professor",
      """
      name | subject | room | look
      カラスキ | 薬 の 作り方 | 地下室 | 曲がった 鼻
      ミズモリ | 薬草 | 庭 | どろ の ついた 帽子
      ユキノ | 呪文 | 図書室 | 白い 髪
      アカバ | 竜 の 世話 | 裏庭 | こげた そで
      クロガネ | のろい の とき方 | 石 の 塔 | 冷たい 声
      ホシカワ | 星 の 見方 | 高い 塔 | 丸い めがね
      カゼハラ | ほうき の 乗り方 | 草原 | 大きな 笛
      ネムロ | 魔法 の 歴史 | 屋根裏 | 眠そう な 顔
      """
    )
  ]

  static let rules = """
    # magic
    2* [s=name][p=professor][q=professor!p]魔法 の 学校 で、<s.word> が [most] 嫌い な 先生 は <p.name> 先生 でした。[likes][lesson][lesson][late]
    2* [s=name][p=professor][q=professor!p]魔法 の 学校 で、<s.word> が [most] 好き な 先生 は <q.name> 先生 でした。[dislikes][lesson][lesson][late]
    [s=name][p=professor][q=professor!p]<s.word> は 魔法 の 学校 の 生徒 です。[most] 嫌い な 先生 は <p.name> 先生 です。[likes][lesson][late]
    [p=professor][teaches/p][habit][place/p][q=professor!p][p=professor!p][teaches/p][habit][place/p]
    [p=professor][place/p][teaches/p][place/p][q=professor!p][p=professor!p][place/p][habit][teaches/p]
    # likes
    でも、<q.name> 先生 の こと は 大好き でした。
    <s.he> は、やさしい <q.name> 先生 の ほう が ずっと 好き でした。
    # dislikes
    でも、<p.name> 先生 だけ は 嫌い でした。[most] 嫌い な 先生 でした。
    そして、[most] 嫌い な 先生 は <p.name> 先生 でした。
    # lesson
    朝 に なる と {かね|たいこ|笛} が 鳴り、生徒 たち は 食堂 で {パン|おにぎり|スープ} を 食べ ました。
    {ろうそく|ほうき|本|なべ} が {窓 から|天井 まで|机 の 上 を} 飛び、みんな は {笑い|おどろき} ました。
    その 日 <s.word> は {新しい 呪文 を 覚え|つえ を 折り|ほうき を なくし|茶わん を {かえる|帽子|石} に 変え} ました。
    雨 が 降った ので、授業 は {食堂 で し|早く 終わり|短く なり} ました。
    # late
    夕方、<s.word> は ドア の かげ に かくれ ました。ろうか を 歩いて きた の は、[most] 嫌い な <p.name> 先生 でした。
    門 の 前 で 待って いた の は 誰 でしょう。それ は <s.word> が [most] 嫌い な <p.name> 先生 でした。
    その 時 <s.word> は {笑い|走り出し} ました。そこ に いた の は、[most] 好き な <q.name> 先生 でした。
    # teaches
    <p.name> 先生 が 教える の は <p.subject> です。
    <p.name> 先生 の 授業 で 習う の は <p.subject> です。
    毎年 <p.name> 先生 は 生徒 に <p.subject> を 教え ます。
    <p.name> 先生 の 好き な 授業 は <p.subject> です。
    # place
    <p.name> 先生 が いる の は <p.room> です。
    <p.name> 先生 の 授業 が ある の は <p.room> です。
    夜 に なる と、<p.name> 先生 は <p.room> へ 行き ます。
    # habit
    <p.name> 先生 と いえば、<p.look> です。
    生徒 は みんな、<p.name> 先生 の <p.look> を 知って います。
    """
}
