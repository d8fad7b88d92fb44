public import Formats
import Graphics
public import Walkthrough

extension TryingForm {
  /// A small network that learns a text of the reader's own.
  ///
  /// - Parameters:
  ///   - text: What is learned if the reader gives no text.
  ///   - prompt: What the network goes on from.
  ///   - language: The language to tell it in.
  /// - Returns: The form.
  public static func network(
    learning text: String,
    prompt: String,
    in language: Language
  ) -> TryingForm {
    func say(_ en: String, _ ja: String) -> String { language == .en ? en : ja }
    return TryingForm(
      call: "learn",
      in: language,
      say("Watch a network learn", "ネットワークが学ぶのを見る"),
      say(
        """
        A small GPT starts here from random values and learns the text below, or one of yours: two layers of two heads, width 32. \
        Everything you see is computed in this page while you watch.
        """,
        """
        小さな GPT が、でたらめな値から始めて、下の文章を学びます。文章は自由に書き換えられます。レイヤーは2つ、ヘッドは2つずつ、幅は 32 です。\
        表示されるものはすべて、見ている間にこのページの中で計算されます。
        """
      ),
      fields: row(
        #"""
        <label>\#(say("the text to learn", "学ぶ文章"))<textarea name="text" rows="6" spellcheck="false">\#n\#(lines(of: text))</textarea></label>
        """#
      )
        + row(
          #"""
          <label>\#(say("the beginning that it goes on from", "続きを書かせる書き出し"))<input type="text" name="prompt" value="\#(VisibleText.plain(prompt))" autocomplete="off" spellcheck="false"/></label>
          """#
        )
        + row(
          #"""
          <button type="button" data-do="run" data-pause="\#(say("Pause", "一時停止"))" data-start="\#(say("Start", "始める"))">\#(say("Start", "始める"))</button>
          <button type="button" data-do="step">\#(say("One step", "1ステップ"))</button>
          <button type="button" data-do="fresh">\#(say("Start over", "最初から"))</button>
          """#
        ),
      parts: ["status", "report"]
    )
  }

  /// Where a network stands on its way, by the name of its place.
  ///
  /// - Parameters:
  ///   - account: What is told of it.
  ///   - count: How many steps it is to take.
  /// - Returns: The place's name, and its markup.
  public static func status(of account: LearningAccount, of count: Int) -> JSON.Member {
    let step = account.record.losses.count
    let words = PageWords(language: account.language)
    let (taken, whole) = (step.groupedInThrees, count.groupedInThrees)
    var status = words.say(
      en: "Step \(taken) of \(whole).",
      ja: "\(whole) ステップのうち \(taken) ステップ。"
    )
    if let loss = account.record.losses.last {
      let number = Quantity(loss, origin: .derived("mean loss of batch \(step - 1)"))
      status =
        status
        + words.say(
          en: " The loss of the last batch was \(number) nats a token.",
          ja: "直前のバッチの損失は、1トークンあたり \(number) ナットでした。"
        )
    }
    return JSON.Member("status", .string("<p class=\"found\">\(Markup.text(status).text)</p>"))
  }
}
