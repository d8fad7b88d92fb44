/// Greetings, what someone says of oneself, questions and answers, conversations with an assistant.
enum JapaneseTalk {
  static let tables: [ThingTable] = [
    ThingTable(
      "greeting",
      """
      when | say | reply
      朝 に 会ったら | おはよう ございます | おはよう ございます
      朝 友だち に 会ったら | おはよう | おはよう
      昼 に 会ったら | こんにちは | こんにちは
      夜 に 会ったら | こんばんは | こんばんは
      寝る 前 に は | おやすみ なさい | おやすみ なさい
      ご飯 を 食べる 前 に は | いただきます | どうぞ めしあがれ
      ご飯 を 食べた 後 に は | ごちそうさま でした | よく 食べました ね
      家 を 出る 時 は | 行ってきます | 行ってらっしゃい
      家 に 帰ったら | ただいま | おかえり なさい
      プレゼント を もらったら | ありがとう ございます | どう いたしまして
      悪い こと を したら | ごめん なさい | いい です よ
      初めて 会う 人 に は | はじめまして | どうぞ よろしく
      別れる 時 は | さようなら | また 明日
      友だち の 誕生日 に は | お誕生日 おめでとう | ありがとう
      お正月 に は | あけまして おめでとう ございます | おめでとう ございます
      お正月 に は | 明けまして おめでとう ございます | おめでとう ございます
      久しぶり に 会ったら | お久しぶり です | お元気 です か
      人 に 聞く 時 は | すみません | はい、何 でしょう か
      電話 で は | もしもし | はい、どなた です か
      元気 か どうか 聞く 時 は | お元気 です か | はい、元気 です
      """
    ),
    ThingTable(
      "likable",
      words: "猫 犬 花 海 山 星 歌 本 絵 りんご みかん いちご ケーキ 寿司 カレー ラーメン サッカー 野球 音楽 算数 国語 体育 春 夏 秋 冬 雪 電車"
    ),
    ThingTable("home", words: "東京 京都 大阪 北海道"),
    ThingTable(
      "kana",
      words: "ア イ ウ カ キ ク サ シ ス タ チ ト ナ ニ ネ パ ピ ポ マ ミ メ モ ラ リ ル レ ロ ワ ン ダ ド ガ ゴ ザ ゼ バ ビ ボ"
    ),
  ]

  static let rules = """
    # greetings
    [greet][greet][greet]
    [greet][greet][self][greet]
    # greet
    [g=greeting]<g.when>、「<g.say>」 と 言い ます。
    2* [g=greeting]「<g.say>。」「<g.reply>。」
    2* [g=greeting]<g.say>。<g.reply>。
    [g=greeting][n=surname]「<n.word> さん、<g.say>。」「<g.reply>。」
    [g=greeting][n=name]<n.word> さん が 「<g.say>」 と 言い ました。
    [g=greeting]「<g.say>」 と 言われたら、「<g.reply>」 と 答え ます。
    # self
    [n=surname]はじめまして。私 は <n.word> です。[about][about][about]どうぞ よろしく お願い し ます。
    [n=name]私 の 名前 は <n.word> です。[about][about][about]
    [n=boyname]こんにちは。僕 は <n.word> です。[about-me][about-me]よろしく お願い し ます。
    # about
    3* 私 は [x=likable]<x.word> が 好き です。
    [x=likable]私 の 好き な 物 は <x.word> です。
    [x=likable]私 は <x.word> が 大好き です。
    [h=home]私 は <h.word> に 住んで います。
    [h=home]私 は <h.word> から 来 ました。
    [k=few]私 は <k.word> 歳 です。
    [c=colour]好き な 色 は <c.noun> です。
    私 は {小学生|中学生|学生|日本人} です。
    [j=job]大きく なったら、<j.job> に なり たい です。
    [a=fun]私 の 趣味 は <a.o> <a.dict> こと です。
    [j=job]私 の 夢 は <j.job> に なる こと です。
    [a=daily]毎日 <a.o> <a.stem> ます。
    家 に {猫|犬|鳥|うさぎ} が います。
    [x=likable]私 は <x.word> が あまり 好き では ありません。
    私 の 家族 は {父|母} と {兄|姉} と {弟|妹} です。
    私 に は {兄|姉|弟|妹} が [k=few]<k.word> 人 います。
    [j=job]私 の {父|母|兄|姉|おじさん|おばさん} は <j.job> です。
    [f=family]私 の <f.word> は [x=likable]<x.word> が 好き です。
    # about-me
    2* 僕 は [x=likable]<x.word> が 好き です。
    [k=few]僕 は <k.word> 歳 です。
    [h=home]僕 は <h.word> に 住んで います。
    [x=likable]僕 の 好き な 物 は <x.word> です。
    # selves
    [self][self]
    [about][about][about][about][about][about]
    # answers
    [x=kind][h=hue][c=country][short][c=country!c][short][c=country!c][short][ask-more][ask-more][x=kind!x][ask-more]
    [x=kind][h=hue][ask-more][ask-more][c=country][short][x=kind][h=hue][ask-more][ask-more][unknown]
    # short
    2* 質問：<c.country> の 首都 は どこ です か。答え：<c.capital> です。
    質問：<c.country> で は 何 語 を 話し ます か。答え：<c.tongue> です。
    質問：<c.country> の 有名 な 料理 は 何 です か。答え：<c.food> です。
    質問：<c.country> で 有名 な 品物 は 何 です か。答え：<c.product> です。
    # ask-more
    質問：<x.word> は 何 です か。答え：<x.kind> です。
    質問：<h.thing> は 何色 です か。答え：<h.noun> です。
    [a=animal]質問：<a.one> は 何 と 鳴き ます か。答え：<a.cry> です。
    [s=sum]質問：<s.a> 足す <s.b> は いくつ です か。答え：<s.c> です。
    [o=opposite]質問：「<o.a>」 の 反対 は 何 です か。答え：「<o.b>」 です。
    [d=day]質問：<d.day> の 次 は 何曜日 です か。答え：<d.next> です。
    # unknown
    [strange] の 首都 は 知り ません。
    質問：[strange] の 首都 は どこ です か。答え：知り ません。
    質問：[strange] は 何 です か。答え：知り ません。
    # strange
    [u=kana]<u.word> [u=kana]<u.word> [u=kana]<u.word>
    [u=kana]<u.word> [u=kana]<u.word> [u=kana]<u.word> [u=kana]<u.word>
    [u=kana]<u.word> ー [u=kana]<u.word> [u=kana]<u.word>
    # conversation
    [system][c=country][u-ask][c=country!c][u-ask][bye]
    [system]User:_こんにちは。_Assistant:_こんにちは。何か お手伝い し ましょう か。_[c=country][u-ask][u-who][bye]
    [system][u-who][u-more][u-more][bye]
    [system][n=name]User:_私 の 名前 は <n.word> です。_Assistant:_こんにちは、<n.word> さん。_[c=country][u-ask][u-more]User:_私 の 名前 は 何 です か。_Assistant:_<n.word> さん です。_[bye]
    [system][u-more][u-unknown][u-more][bye]
    [u-hello][u-more][c=country][u-ask][u-unknown][bye]
    # system
    System:_あなた は {親切 な|やさしい|まじめ な|元気 な} アシスタント です。_
    # u-hello
    User:_{こんにちは|おはよう ございます|こんばんは|はじめまして}。_Assistant:_{こんにちは|はい、こんにちは}。何か お手伝い し ましょう か。_
    User:_お元気 です か。_Assistant:_はい、元気 です。ありがとう ございます。_
    # bye
    User:_ありがとう ございます。_Assistant:_どう いたしまして。
    User:_ありがとう。_Assistant:_どう いたしまして。
    User:_さようなら。_Assistant:_さようなら。また 来て ください。
    # u-ask
    2* User:_<c.country> の 首都 は どこ です か。_Assistant:_[capital/c]_
    User:_<c.country> で は 何 語 を 話し ます か。_Assistant:_[tongue/c]_
    User:_<c.country> の 人 は 何 を 食べ ます か。_Assistant:_[food/c]_
    User:_<c.country> の 首都 を 教えて ください。_Assistant:_<c.capital> です。_
    User:_<c.country> に ついて 教えて ください。_Assistant:_<c.country> は 国 です。首都 は <c.capital>、言葉 は <c.tongue>、有名 な 料理 は <c.food> です。_
    # u-who
    User:_あなた は 誰 です か。_Assistant:_私 は 小さな 言語 モデル です。_
    User:_あなた の 名前 は 何 です か。_Assistant:_私 は 小さな 言語 モデル です。名前 は ありません。_
    User:_何 が できます か。_Assistant:_国 や 動物 や 言葉 の こと を 答え られます。_
    User:_あなた は 何 を 知って います か。_Assistant:_小さな 世界 の こと だけ を 知って います。_
    User:_あなた は 何 を し ます か。_Assistant:_次 の 言葉 を 予測 し ます。_
    User:_あなた は 人間 です か。_Assistant:_いいえ、私 は 小さな 言語 モデル です。_
    # u-more
    [a=animal]User:_<a.one> は 何 と 鳴き ます か。_Assistant:_<a.cry> と 鳴き ます。_
    [h=hue]User:_<h.thing> は 何色 です か。_Assistant:_<h.noun> です。_
    [x=kind]User:_<x.word> は 何 です か。_Assistant:_<x.word> は <x.kind> です。_
    [o=opposite]User:_「<o.a>」 の 反対 は 何 です か。_Assistant:_「<o.b>」 です。_
    [s=sum]User:_<s.a> 足す <s.b> は いくつ です か。_Assistant:_<s.c> です。_
    [d=day]User:_<d.day> の 次 は 何曜日 です か。_Assistant:_<d.next> です。_
    [a=animal]User:_<a.one> の 子ども は 何 です か。_Assistant:_<a.young> です。_
    # u-unknown
    User:_[strange] の 首都 は どこ です か。_Assistant:_すみません、それ は 知り ません。_
    User:_[strange] は 何 です か。_Assistant:_すみません、それ は 知り ません。_
    User:_[strange] を 知って います か。_Assistant:_いいえ、知り ません。_
    """
}
