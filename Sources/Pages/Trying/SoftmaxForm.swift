public import Walkthrough

extension TryingForm {
  /// Scores that are typed, and a temperature that is moved.
  public static func softmax(in language: Language) -> TryingForm {
    func say(_ en: String, _ ja: String) -> String { language == .en ? en : ja }
    return TryingForm(
      call: "softmax",
      in: language,
      say("Move T yourself", "T を自分で動かしてみる"),
      say(
        "Type scores of your own, between commas, and move the temperature from 0 to 5.",
        "コンマで区切って好きなスコアを入れ、温度を 0 から 5 まで動かしてみましょう。"
      ),
      fields: row(
        #"""
        <label>\#(say("scores", "スコア"))<input type="text" name="logits" value="2, 1, 0, -1" autocomplete="off" spellcheck="false"/></label>
        """#,
        slider("temperature", say("temperature T", "温度 T"), from: "0", to: "5", at: "1", by: "0.05")
      )
    )
  }
}
