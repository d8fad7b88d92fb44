public import Walkthrough

extension TryingForm {
  /// Two arrows whose tips are dragged, and their dot product.
  public static func arrows(in language: Language) -> TryingForm {
    func say(_ en: String, _ ja: String) -> String { language == .en ? en : ja }
    let reach = "\(Int(ArrowsAccount.reach))"
    func coordinate(_ name: String, _ label: String, _ value: String) -> HTML {
      slider(name, label, from: "-\(reach)", to: reach, at: value, by: "0.1")
    }
    return TryingForm(
      call: "arrows",
      in: language,
      say("Turn the arrows yourself", "矢印を自分で動かしてみる"),
      say(
        "Drag the tip of an arrow, or move its two numbers. Make the product zero; make it as small as it goes.",
        "矢印の先をドラッグするか、2つの数を動かしてみましょう。内積を 0 にできますか。いちばん小さくするには、どう向ければよいでしょう。"
      ),
      fields: row(
        coordinate("ax", say("a, to the right", "a：右へ"), "3"),
        coordinate("ay", say("a, up", "a：上へ"), "1"),
        coordinate("bx", say("b, to the right", "b：右へ"), "2"),
        coordinate("by", say("b, up", "b：上へ"), "2")
      )
    )
  }
}
