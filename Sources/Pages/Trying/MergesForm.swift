public import Walkthrough

extension TryingForm {
  /// A text, and how many merges are learned of it.
  ///
  /// - Parameters:
  ///   - text: The text to begin with.
  ///   - language: The language to tell it in.
  /// - Returns: The form.
  public static func merges(of text: String, in language: Language) -> TryingForm {
    func say(_ en: String, _ ja: String) -> String { language == .en ? en : ja }
    return TryingForm(
      call: "merges",
      in: language,
      say("Merge a text of your own", "好きな文章で結合してみる"),
      say(
        "Type a text in which something repeats, and choose how often its most frequent pair is merged.",
        "繰り返しのある文章を入れて、いちばん多い組を何回まとめるかを選びましょう。"
      ),
      fields: row(
        #"""
        <label>\#(say("the text", "文章"))<textarea name="text" rows="3" spellcheck="false">\#n\#(lines(of: text))</textarea></label>
        """#
      )
        + row(slider("count", say("merges", "結合の回数"), from: "0", to: "40", at: "6", by: "1"))
    )
  }
}
