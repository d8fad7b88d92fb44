public import Walkthrough

extension TryingForm {
  /// A line that is laid through points by hand or downhill.
  public static func line(in language: Language) -> TryingForm {
    func say(_ en: String, _ ja: String) -> String { language == .en ? en : ja }
    return TryingForm(
      call: "line",
      in: language,
      say("Lay the line yourself", "直線を自分で引いてみる"),
      say(
        """
        Drag an end of the line, or move w and b, until the loss is as small as you can get it. Then let the gradient do it: \
        every step goes a little downhill.
        """,
        "直線の端をドラッグするか、w と b を動かして、損失をできるだけ小さくしてみましょう。次は勾配に任せます。1ステップごとに、少しずつ坂を下ります。"
      ),
      fields: row(
        slider("w", say("slope w", "傾き w"), from: "-3", to: "3", at: "0", by: "0.01"),
        slider("b", say("intercept b", "切片 b"), from: "-3", to: "3", at: "0", by: "0.01")
      )
        + row(
          #"""
          <button type="button" data-steps="1">\#(say("One step downhill", "坂を1ステップ下る"))</button>
          <button type="button" data-steps="20">\#(say("Twenty steps", "20ステップ下る"))</button>
          <button type="button" data-reset="reset">\#(say("Back to w = b = 0", "w = b = 0 に戻す"))</button>
          """#
        )
    )
  }
}
