import Graphics
import Traces
import Walkthrough

/// The words around texts that a model writes or scores, in the terminal and on pages.
struct TextWords {
  let language: Language

  func say(en: String, ja: String) -> String { language == .en ? en : ja }

  /// The bars beside numbers.
  var bars: String { say(en: "bars", ja: "棒") }

  /// Which columns of a table were left out, and how wide a terminal has room for all.
  func leftOut(_ names: [String], width: Int) -> String {
    say(
      en: "No room for: \(names.joined(separator: ", ")). All fit from \(width) columns on.",
      ja: "幅が足りず省いた列：\(names.joined(separator: "、"))。\(width) 桁あればすべて表示できます。"
    )
  }

  /// That the model's run was changed from outside, if it was.
  func changed(_ interventions: [Intervention]) -> String? {
    InterventionWords(interventions, in: language).notice?.plain(in: language)
  }

  // MARK: - Generated texts

  func settings(of text: GeneratedText) -> String {
    let (model, settings) = (text.model, text.settings)
    var rules = [
      settings.temperature == 0
        ? say(en: "temperature 0: always the likeliest", ja: "温度 0：いつも最も確率の高いもの")
        : say(en: "temperature \(settings.temperature)", ja: "温度 \(settings.temperature)")
    ]
    if let k = settings.topK { rules.append("top-k \(k)") }
    if let p = settings.topP { rules.append("top-p \(p)") }
    // Where nothing is drawn, the seed of the draws says nothing.
    if settings.temperature != 0 {
      rules.append(say(en: "seed \(settings.seed)", ja: "シード \(settings.seed)"))
    }
    let list = rules.joined(separator: say(en: ", ", ja: "、"))
    return say(en: "\(model) goes on (\(list)).", ja: "\(model) が続きを書きます（\(list)）。")
  }

  func prompt(_ count: Int, _ tokens: String) -> String {
    say(
      en: "The prompt, \(count) \(count == 1 ? "token" : "tokens"): \(tokens)",
      ja: "プロンプト（\(count) トークン）：\(tokens)"
    )
  }

  func step(_ number: Int) -> String { say(en: "Token \(number)", ja: "\(number) 個目のトークン") }

  func forgotten(_ count: Int) -> String {
    say(
      en: "… \(count) \(count == 1 ? "token" : "tokens") forgotten",
      ja: "… \(count) トークンを忘れました"
    )
  }

  /// What one can try next.
  var next: String {
    say(
      en: "More candidates: --candidates 20. As a page, played token by token: --format html.",
      ja: "候補をもっと見るには --candidates 20、1トークンずつ再生できるページにするには --format html。"
    )
  }

  /// What the columns of numbers are where sampling changes the model's probabilities.
  func columns(of text: GeneratedText) -> String {
    text.settings.temperature == 0
      ? say(
        en: "On the right: the model's own probability (temperature 1, all tokens).",
        ja: "右端の数はモデル自身の確率です（温度 1、すべてのトークン）。"
      )
      : say(
        en:
          "Drawn from the first number; the last one is the model's own (temperature 1, all tokens).",
        ja: "左の数の確率で引きます。右端の数はモデル自身の確率です（温度 1、すべてのトークン）。"
      )
  }

  func others(_ count: Int, share: Double) -> String {
    let share = Decimal.text(share, digits: 4)
    return say(
      en: "and \(count.groupedInThrees) more with \(share) between them",
      ja: "ほかに \(count.groupedInThrees) 個、合わせて \(share)"
    )
  }

  func chosen(_ step: GeneratedText.Step, in text: GeneratedText) -> String {
    let token = VisibleText.show(step.chosen.token.text)
    guard text.settings.temperature != 0 else {
      let bits = Decimal.text(step.surprisal, digits: 2)
      return say(
        en:
          "“\(token)” is the likeliest; nothing is drawn. The model's own surprisal is \(bits) bits.",
        ja: "「\(token)」。最も確率の高いもので、くじは引きません。モデル自身にとっての驚きは \(bits) ビットです。"
      )
    }
    let (draw, low) = (Decimal.text(step.draw, digits: 4), Decimal.text(step.low, digits: 4))
    let high = Decimal.text(step.high, digits: 4)
    let bits = Decimal.text(step.surprisal, digits: 2)
    return say(
      en:
        "The drawn number \(draw) falls on the share of “\(token)”, from \(low) to \(high). The model's own surprisal is \(bits) bits.",
      ja: "引かれた数 \(draw) は「\(token)」の区間（\(low) から \(high)）に落ちました。モデル自身にとっての驚きは \(bits) ビットです。"
    )
  }

  func ended(by token: TextToken) -> String {
    let shown = VisibleText.show(token.text)
    return say(
      en: "The text ends here: \(shown), token \(token.id), is one at which this model stops.",
      ja: "文章はここで終わりです。\(shown)（トークン \(token.id)）は文章の終わりを示すトークンで、モデルはここで止まります。"
    )
  }

  // MARK: - Tokens that were hardly met, and parts of characters

  /// Speaks of a prompt's tokens.
  func reading(of text: GeneratedText) -> ReadingWords {
    ReadingWords(text.notes, of: text.prompt.map { ($0.id, $0.text) }, in: language)
  }

  /// Speaks of a scored text's tokens.
  func reading(of score: TextScore) -> ReadingWords {
    ReadingWords(score.notes, of: score.tokens.map { ($0.token.id, $0.token.text) }, in: language)
  }

  /// What the marks mean, and which tokens were hardly met.
  func remarks(_ reading: ReadingWords) -> [String] {
    [reading.legend, reading.finding].compactMap { $0?.plain(in: language) }
  }

  // MARK: - The story page

  var storyTitle: String {
    say(en: "Predict, sample, append, repeat", ja: "予測し、選び、つなげ、繰り返す")
  }

  var storyLead: String {
    say(
      en:
        "A GPT writes by doing one thing over and over. Pick any token to see the distribution it was drawn from. The stronger a token’s shade, the more it surprised the model itself.",
      ja:
        "GPT は、同じことを何度も繰り返して文章を書きます。トークンを選ぶと、それが引かれた確率分布が見られます。色が濃いトークンほど、モデル自身にとって意外だったものです。"
    )
  }

  var beginning: String { say(en: "How the text begins", ja: "文章の書き出し") }
  var write: String { say(en: "Write", ja: "続きを書く") }
  var oneMore: String { say(en: "One more token", ja: "もう1トークン") }
  var temperatures: String { say(en: "temperatures", ja: "温度") }
  var tokenCount: String { say(en: "tokens", ja: "トークンの数") }
  var seed: String { say(en: "seed", ja: "シード") }

  var player: String { say(en: "Player", ja: "再生") }
  var play: String { say(en: "Play", ja: "再生") }
  var pause: String { say(en: "Pause", ja: "一時停止") }
  var back: String { say(en: "Back", ja: "戻る") }
  var forward: String { say(en: "Forward", ja: "進む") }
  var place: String { say(en: "Tokens written so far", ja: "ここまでに書かれたトークン") }
  var lineTitle: String {
    say(en: "Where the drawn number fell", ja: "引かれた数が落ちたところ")
  }

  func runnerUp(_ candidate: GeneratedText.Candidate) -> String {
    let token = VisibleText.show(candidate.token.text)
    let probability = Decimal.text(candidate.probability, digits: 4)
    return say(
      en: "Its strongest rival: “\(token)”, \(probability).",
      ja: "いちばんの対抗馬：「\(token)」（\(probability)）。"
    )
  }

  // MARK: - Scored texts

  func perplexity(_ score: TextScore) -> String {
    guard let perplexity = score.perplexity, let mean = score.meanSurprisal else {
      return say(
        en: "One token: there is nothing to predict it from.",
        ja: "トークンが1つだけで、予測のもとになるものがありません。"
      )
    }
    let choices =
      perplexity >= 10_000 && perplexity < 1e15
      ? Int64(perplexity.rounded()).groupedInThrees : Decimal.text(perplexity, digits: 2)
    let bits = Decimal.text(mean, digits: 2)
    let windows = score.isInWindows ? windows(of: score.contextLength ?? 0) : ""
    let measured = say(
      en: "Perplexity \(choices), \(bits) bits a token: ",
      ja: "パープレキシティ \(choices)（1トークンあたり \(bits) ビット）。"
    )
    // Whoever knows nothing gives every token of the vocabulary the same chance.
    if let size = score.vocabularySize, perplexity > Double(size) {
      return measured
        + say(
          en: """
            more than the \(size.groupedInThrees) tokens of the vocabulary. \(score.model) was surer of other tokens than blind \
            choice is.
            """,
          ja: """
            語彙のトークン数 \(size.groupedInThrees) を超えています。\(score.model) は、でたらめに選ぶよりも悪く、別のトークンを\
            予測していました。
            """
        ) + windows
    }
    return measured
      + say(
        en: "as if \(score.model) chose among \(choices) equally likely tokens each time.",
        ja: "\(score.model) にとっては、毎回 \(choices) 個の等しく確からしいトークンから選ぶのと同じ難しさです。"
      ) + windows
  }

  /// How a text is read that is longer than the context window.
  private func windows(of length: Int) -> String {
    say(
      en: """
         The text is longer than the \(length) tokens that the model sees at once: it was read in windows that overlap by half.
        """,
      ja: "モデルが一度に見られる \(length) トークンより長い文章なので、半分ずつ重なる窓に分けて読みました。"
    )
  }

  var ownText: String { say(en: "A text of your own", ja: "自分の文章") }
  var scoreIt: String { say(en: "Score it", ja: "採点する") }

  var scoreColumns: [String] {
    switch language {
    case .en: ["token", "probability", "rank", "surprisal, bits"]
    case .ja: ["トークン", "確率", "順位", "驚き（ビット）"]
    }
  }

  var scoreTitle: String {
    say(en: "How well the model foresaw this text", ja: "モデルはこの文章をどれだけ予測できたか")
  }

  var scoreLead: String {
    say(
      en:
        "Before each token but the first, the model had a probability for it. The stronger its shade, the less probable it was. −log₂ of that probability is its surprisal, in bits: what a model learns in training makes it smaller, on average over the positions of its texts.",
      ja:
        "最初を除くどのトークンについても、モデルはその手前で確率を予測していました。色が濃いトークンほど、確率が低かったことを示します。確率の −log₂ を「驚き」（サプライザル）と呼び、単位はビットです。モデルの学習とは、学習用の文章のすべての位置で平均したこの驚きを、小さくしていくことです。"
    )
  }

  var notPredicted: String {
    say(en: "nothing before it to predict it from", ja: "手前に何もなく、予測されません")
  }

  func tooltip(_ prediction: TextScore.Prediction) -> String {
    let probability = Decimal.text(prediction.probability, digits: 4)
    let bits = Decimal.text(prediction.surprisal, digits: 2)
    return say(
      en: "probability \(probability), rank \(prediction.rank), \(bits) bits",
      ja: "確率 \(probability)、順位 \(prediction.rank)、\(bits) ビット"
    )
  }

  var scale: String { say(en: "probability", ja: "確率") }
}
