import Walkthrough

/// The form of a panel with which a reader runs something else: a prompt to compare, a direction to add.
struct PanelForm {
  let panel: Panel
  let language: Language

  /// The form; nothing for a panel that has none.
  var html: HTML {
    switch panel {
    case .compare: compare
    case .steer: steer
    case .lines, .temperature, .draw, .tail, .nearest, .direction, .map: .nothing
    }
  }

  private func say(_ en: String, _ ja: String) -> String { language == .en ? en : ja }

  private var compare: HTML {
    let parts: [(value: String, name: String)] = [
      ("resid_pre", say("the stream before a block", "ブロックの前のストリーム")),
      ("attn_out", say("an attention's output", "アテンションの出力")),
      ("mlp_out", say("an MLP's output", "MLP の出力")),
      ("z", say("a head", "ヘッド")),
    ]
    let options = parts.map {
      #"<option value="\#($0.value)">\#($0.name)</option>"# as HTML
    }
    let form = AskingForm(
      call: "compare",
      language: language,
      fields: #"""
        <p class="bar"><label>\#(say("another prompt", "別のプロンプト")) <input type="text" name="prompt" placeholder="\#(say("The capital of Japan is", "フランスの首都は"))" autocomplete="off" spellcheck="false" enterkeyhint="go"/></label>
        <button type="submit">\#(say("Compare", "比べる"))</button></p>
        <p><label>\#(say("put into it from this run:", "この実行から入れるもの：")) <select name="patch">\#(options.joined())</select></label></p>

        """#
    )
    return #"""
      \#n\#(form.html)<div class="answer"><div data-part="report"></div></div>

      """#
  }

  private var steer: HTML {
    #"""
    \#n<form class="asking steering">
    <p class="bar"><label>\#(say("toward", "足す側")) <input type="text" name="plus" placeholder="\#(say("The capital of France is", "フランスの首都は"))" autocomplete="off" spellcheck="false"/></label>
    <label>\#(say("away from", "引く側")) <input type="text" name="minus" placeholder="\#(say("The capital of Italy is", "イタリアの首都は"))" autocomplete="off" spellcheck="false"/></label></p>
    <p class="bar"><label>\#(say("before block", "足す場所：ブロック")) <select name="layer"></select></label>
    <label>\#(say("times", "倍率")) <input type="number" name="scale" value="1" min="-20" max="20" step="0.5"/></label>
    <button type="submit">\#(say("Add and run", "足して計算する"))</button></p>
    </form>

    """#
  }
}
