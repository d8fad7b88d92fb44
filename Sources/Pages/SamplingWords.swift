// The words of the panels in which temperature, top-k, top-p and draws are tried out.
extension PageWords {
  /// The panels' words by name; `{…}` stands for what the script puts in.
  var samplingWords: [(String, String)] { temperatureWords + tailWords + drawWords }

  private var temperatureWords: [(String, String)] {
    [
      ("temperatureTitle", words(en: "Try any temperature", ja: "温度を変えてみる")),
      ("temperature", words(en: "Temperature T", ja: "温度 T")),
      ("asNumber", words(en: "{name}, as a number", ja: "{name}（数値で入力）")),
      ("others", words(en: "the other {count}", ja: "ほかの {count} 個")),
      (
        "temperatureLimit",
        words(
          en: """
            Some services stop at 2. That is their choice; the arithmetic knows no limit, and the number field goes beyond 5.
            """,
          ja: """
            2 を上限とするサービスもありますが、それはサービス側の取り決めです。計算そのものに上限はなく、数値の欄には 5 より大きい値も\
            入力できます。
            """
        )
      ),
      (
        "temperatureOutcome",
        words(
          en: """
            At T = {t}, {token} has {p}. The entropy is {bits} bits: as uncertain as a choice among {count} equally likely tokens.
            """,
          ja: """
            T = {t} のとき、{token} の確率は {p}、エントロピーは {bits} ビットです。これは、確率の等しいトークン {count} 個から1つを選ぶのと\
            同じ程度の不確かさです。
            """
        )
      ),
      (
        "temperatureZero",
        words(
          en: """
            Nothing can be divided by 0, so T = 0 is agreed to mean: the largest logit takes all, here {token} with {p}. Of equal \
            ones it is the one with the lowest id.
            """,
          ja: """
            0 では割れないので、T = 0 は「最大のロジットがすべてを取る」ことと決められています。ここでは {token} の確率が {p} になります。\
            最大のものが複数あれば、ID のいちばん小さいものを選びます。
            """
        )
      ),
    ]
  }

  private var tailWords: [(String, String)] {
    [
      ("tailTitle", words(en: "Try cutting the tail", ja: "裾を切ってみる")),
      ("topK", words(en: "top-k: the k likeliest", ja: "top-k：上位 k 個まで")),
      ("topP", words(en: "top-p: the fewest to reach p", ja: "top-p：合計が p に達するまで")),
      ("before", words(en: "before", ja: "切る前")),
      ("after", words(en: "after", ja: "切ったあと")),
      ("cut", words(en: "cut", ja: "除外")),
      (
        "tailNothing",
        words(
          en: "Nothing is cut: all {count} tokens remain. Tick top-k or top-p, or lower them.",
          ja: """
            何も切っておらず、{count} 個のトークンがすべて残っています。top-k か top-p にチェックを入れ、値を\
            小さくしてみましょう。
            """
        )
      ),
      (
        "tailOutcome",
        words(
          en: """
            Tokens that remain: {kept} of {count}. Together they held {share}; divided by that, they add up to 1 again.
            """,
          ja: """
            {count} 個のトークンのうち、残ったのは {kept} 個です。残ったトークンの確率は、切る前は合わせて {share} でした。それぞれをこの数で割ると、合計は再び 1 に\
            なります。
            """
        )
      ),
      (
        "tailOrder",
        words(
          en: """
            In order: temperature, top-k, top-p of what is left. The draw does the same.
            """,
          ja: "温度、top-k、top-p の順に適用し、top-p の対象は top-k で残ったトークンです。トークンを引くときも、同じ設定を使います。"
        )
      ),
    ]
  }

  private var drawWords: [(String, String)] {
    [
      ("drawTitle", words(en: "Try drawing yourself", ja: "自分で引いてみる")),
      ("sample", words(en: "Sample", ja: "1つ引く")),
      ("reset", words(en: "Start over", ja: "最初に戻す")),
      (
        "drawLine",
        words(
          en: "All tokens side by side from 0 to 1, likeliest first",
          ja: "すべてのトークンを、確率の高い順に 0 から 1 まで並べた線"
        )
      ),
      (
        "drawFrom",
        words(
          en: "In play: {count} of {all} tokens, at T = {t}.",
          ja: "{all} 個のトークンのうち {count} 個から引きます（温度 {t}）。"
        )
      ),
      ("drawNothing", words(en: "No number drawn yet.", ja: "まだ引いていません。")),
      (
        "drawOutcome",
        words(
          en: "Draw {n}: {draw} lies between {low} and {high}, the share of {token}.",
          ja: "{n} 回目：{draw} は {low} と {high} のあいだ、つまり {token} の区間に落ちました。"
        )
      ),
      ("drawnSoFar", words(en: "Drawn so far: {n}", ja: "これまでに引いた回数：{n}")),
      (
        "textsCarried",
        words(
          en: """
            To keep the page small, of {all} tokens only the {count} likeliest come with their text; the others are shown as \
            # and their number. All of them take part.
            """,
          ja: """
            ページを小さくするため、{all} 個のトークンのうち、文字で示すのは確率の高い {count} 個だけで、ほかは # と番号で示します。\
            くじ引きには、すべてのトークンが加わっています。
            """
        )
      ),
      (
        "drawHelp",
        words(
          en: """
            Each press draws anew for the same place in the text. The numbers are those of the seed {seed}, in order, that explain \
            generate --seed {seed} draws too.
            """,
          ja: """
            押すたびに、文章の同じ位置に来るトークンを引き直します。乱数はシード {seed} から順に作られるもので、\
            explain generate --seed {seed} で使われるものと同じです。
            """
        )
      ),
    ]
  }
}
