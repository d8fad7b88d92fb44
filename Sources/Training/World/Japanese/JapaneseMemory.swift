/// What is named once and asked for later, and what is said twice: names, lists, words without meaning.
enum JapaneseMemory {
  static let tables: [ThingTable] = [
    ThingTable(
      "goods",
      words: """
        牛乳 卵 パン りんご みかん バナナ トマト きゅうり にんじん じゃがいも 肉 魚 米 お茶 砂糖 塩 バター チーズ \
        ノート 鉛筆 消しゴム はさみ 傘 帽子 靴 シャツ せっけん 電池 紙 切手 花 薬 ケーキ クッキー ジュース うどん 水
        """
    )
  ]

  static let rules = """
    # memory
    2* [n=name]私 の {友だち|先生|兄|姉} の 名前 は <n.word> です。[talk-on][ask-name]
    2* [n=name]ドア に 「<n.word>」 と 書いて ありました。[talk-on][ask-door]
    [n=name][t=treasure][h=hiding]<n.word> は <t.word> を <h.word> の 中 に 入れ ました。[talk-on][ask-thing]
    2* [n=name][t=treasure][m=name!n][u=treasure!t]<n.word> は <t.word> を、<m.word> は <u.word> を 持って います。[chatter][ask-owner]
    2* [n=name][m=name!n][meeting-two][chatter][parting]
    [n=name][m=name!n][meeting-two][talk-on][parting]
    2* [n=name][knock][talk-on][leave]
    # meeting-two
    <n.word> は {道|市場|駅 の 前} で <m.word> に 会い ました。「[good-day]、<m.word> さん」 と <n.word> は 言い ました。「[good-day]、<n.word> さん」 と <m.word> は 言い ました。
    「[good-day]、<n.word> さん」 と <m.word> が 言い ました。「[good-day]、<m.word> さん」 と <n.word> が 答え ました。
    # parting
    「さようなら、<m.word> さん」 と <n.word> は 言い ました。「さようなら、<n.word> さん」 と <m.word> は 言い ました。
    「また 来て ください、<n.word> さん」 と <m.word> が 言う と、<n.word> は 笑い ました。
    # knock
    誰か が ドア を たたき ました。「どなた です か」 と 聞く と、「<n.word> です」 と 答え ました。「どうぞ、<n.word> さん」。
    ある {朝|晩}、<n.word> が 宿 に 来 ました。「お名前 は 何 です か」 と 聞かれて、「<n.word> です」 と 答え ました。
    # leave
    「さようなら、<n.word> さん」 と みんな は 言い ました。「また 来て ください、<n.word> さん」。
    夜 に なって、<n.word> は 家 へ 帰り ました。「<n.word> は どこ です か」 と みんな は 聞き ました。
    # good-day
    {おはよう ございます|こんにちは|こんばんは|お久しぶり です}
    # talk-on
    2* [chatter]
    [chatter][chatter]
    [chatter][chatter][chatter]
    [chatter][chatter][chatter][chatter]
    # chatter
    外 は {寒く|暖かく|暗く|明るく} なり、{風 の 音|犬 の 声|子ども の 声|鳥 の 声} が {遠く|近く|道} から 聞こえ ました。
    台所 に は みんな の ため の {スープ|パン|お茶|ケーキ} が あり、{窓|ドア} の そば で {火|ランプ|ろうそく} が 光って いました。
    誰か が {歌い|笑い|話し}、{ドア|窓|門} が {開き|閉まり} ました。
    私たち は {天気|学校|夏休み|新聞|遠足} の 話 を {一 時間|長い 間|少し} し ました。
    {ピアノ|テレビ|時計} が {古い|新しい|こわれた} ので、{昼|夜|四 時} まで {待ち|休み|本 を 読み} ました。
    # memory-name
    [n=name]私 の 友だち の 名前 は <n.word> です。
    [n=name]ドア に 「<n.word>」 と 書いて ありました。
    # memory-chatter
    [chatter]
    # memory-question
    名前 は 何 でした か。名前 は
    # ask-name
    {友だち|先生|その 人} の 名前 は 何 です か。名前 は <n.word> です。
    2* 名前 は 何 でした か。名前 は <n.word> です。
    # ask-thing
    <t.word> は どこ です か。<h.word> の 中 です。入れた の は 誰 です か。<n.word> です。
    <t.word> を 入れた の は 誰 です か。<n.word> です。<t.word> は どこ です か。<h.word> の 中 です。
    # ask-owner
    <t.word> を 持って いる の は 誰 です か。<n.word> です。<u.word> を 持って いる の は 誰 です か。<m.word> です。
    <u.word> を 持って いる の は 誰 です か。<m.word> です。<t.word> を 持って いる の は 誰 です か。<n.word> です。
    # ask-door
    ドア に 何 と 書いて ありました か。「<n.word>」 です。
    名前 は 何 でした か。名前 は <n.word> です。
    # twice
    [a=goods][b=goods!a][c=goods!a!b][d=goods!a!b!c][e=goods!a!b!c!d]買い物 の メモ：[five]。もう 一度 読み ます。[five]。
    [a=goods][b=goods!a][c=goods!a!b][d=goods!a!b!c]店 で [four] を 買い ました。何 を 買い ました か。[four] です。
    [a=name][b=name!a][c=name!a!b][d=name!a!b!c][e=name!a!b!c!d]名前 を 呼び ます。[five]。もう 一度 呼び ます。[five]。
    [a=name][b=name!a][c=name!a!b][d=name!a!b!c]来た 人 は [four] です。帰った 人 も [four] です。
    4* [code]
    12* [string]
    # five
    <a.word>、<b.word>、<c.word>、<d.word>、<e.word>
    # four
    <a.word> と <b.word> と <c.word> と <d.word>
    # code
    [a=kana][b=kana!a][c=kana!a!b][d=kana!a!b!c][e=kana!a!b!c!d]呪文 は 「[letters]」。もう 一度、「[letters]」。[n=name]<n.word> も 言い ました。「[letters]」。
    [a=kana][b=kana!a][c=kana!a!b][d=kana!a!b!c][e=kana!a!b!c!d]合言葉 は 「[letters]」 です。忘れ ないで ください。「[letters]」 です。
    # letters
    <a.word>・<b.word>・<c.word>・<d.word>・<e.word>
    # string
    [8-any][8-told] [8-told] [8-told]
    [8-any][8-told] [8-told] [8-told] [8-told] [8-told]
    [8-any][i=any][j=any][8-told] <i.word> <j.word> [8-told] <i.word> <j.word> [8-told] <i.word> <j.word>
    [8-any][i=any][j=any][k=any][l=any][m=any][n=any][16-told]。[16-told]。[16-told]。
    [8-any][i=any][j=any][k=any][l=any][m=any][n=any][16-told] [16-told] [16-told] [16-told]
    2* [24-any][24-told] [24-told] [24-told]
    [20-more][20-told] [20-told] [20-told] [20-told]
    2* [24-any][20-more][24-told] [20-told] [24-told] [20-told]
    # 8-any
    [a=any][b=any][c=any][d=any][e=any][f=any][g=any][h=any]
    # 24-any
    [8-any][i=any][j=any][k=any][l=any][m=any][n=any][o=any][p=any][q=any][r=any][s=any][t=any][u=any][v=any][w=any][x=any]
    # 8-told
    <a.word> <b.word> <c.word> <d.word> <e.word> <f.word> <g.word> <h.word>
    # 16-told
    [8-told] <i.word> <j.word> <k.word> <l.word> <m.word> <n.word>
    # 24-told
    [16-told] <o.word> <p.word> <q.word> <r.word> <s.word> <t.word> <u.word> <v.word> <w.word> <x.word>
    # 20-more
    [aa=any][ab=any][ac=any][ad=any][ae=any][af=any][ag=any][ah=any][ai=any][aj=any][more-any]
    # more-any
    [ak=any][al=any][am=any][an=any][ao=any][ap=any][aq=any][ar=any][as=any][at=any]
    # 20-told
    <aa.word> <ab.word> <ac.word> <ad.word> <ae.word> <af.word> <ag.word> <ah.word> <ai.word> <aj.word> [more-told]
    # more-told
    <ak.word> <al.word> <am.word> <an.word> <ao.word> <ap.word> <aq.word> <ar.word> <as.word> <at.word>
    """
}
