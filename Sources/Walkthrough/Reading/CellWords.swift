import Graphics
public import Traces

/// Says what a number of a trace is: “how much “ is” attends to “ Italy”, in head 2 of layer 0”.
public struct CellWords: Speaker {
  let trace: Trace
  package let language: Language

  /// Speaks of a trace in a language.
  public init(of trace: Trace, in language: Language) {
    (self.trace, self.language) = (trace, language)
  }

  /// What the number at a place of a tensor is; `nil` where its name says it best.
  public func words(for name: String, at place: [Int]) -> String? {
    phrase(name, place)?.plain(in: language)
  }

  private func phrase(_ name: String, _ place: [Int]) -> RichText? {
    let parts = name.split(separator: ".").map { String($0) }
    let layer = parts.first == "blocks" && parts.count > 2 ? Int(parts[1]) : nil
    let rest = layer == nil ? parts : Array(parts.dropFirst(2))
    guard let last = rest.last, let first = rest.first, !place.isEmpty else { return nil }
    if place.count == 3, last.hasPrefix("hook_"), let layer {
      return ofHead(last, layer, place)
    }
    guard place.count == 2 else { return nil }
    let (who, i) = (token(at: place[0]), place[1])
    switch last {
    case "hook_embed":
      return say(en: "number \(i) of the row of W_E for \(who)", ja: "\(who) の W_E の行の \(i) 番の数")
    case "W_E":
      let row: RichText = "\(token: trace.text(ofToken: place[0]) ?? "#\(place[0])")"
      return say(en: "number \(i) of the row of W_E for \(row)", ja: "\(row) の W_E の行の \(i) 番の数")
    case "hook_pos_embed", "W_pos":
      return say(
        en: "number \(i) of the row of W_pos for position \(place[0])",
        ja: "位置 \(place[0]) の W_pos の行の \(i) 番の数"
      )
    case "logits":
      return say(
        en: "the logit of \(entry(i)) as the token after \(who)",
        ja: "\(who) の次のトークンとしての \(entry(i)) のロジット"
      )
    case "probabilities":
      return say(
        en: "the probability that \(entry(i)) comes after \(who)",
        ja: "\(who) の次に \(entry(i)) が来る確率"
      )
    default:
      return first.hasPrefix("ln")
        ? ofNorm(first, last, layer, who, i) : layer.flatMap { ofBlock(first, last, $0, who, i) }
    }
  }

  /// A number that stands between the parts of a block, or in its MLP.
  private func ofBlock(
    _ first: String,
    _ last: String,
    _ layer: Int,
    _ who: RichText,
    _ i: Int
  ) -> RichText? {
    let number = say(en: "number \(i) of", ja: "\(i) 番の数")
    func vector(_ en: RichText, _ ja: RichText) -> RichText {
      say(en: "\(number) the vector of \(who) \(en)", ja: "\(ja)の \(who) のベクトルの \(number)")
    }
    func addition(_ en: RichText, _ ja: RichText) -> RichText {
      say(
        en: "\(number) what \(en) of layer \(layer) adds to \(who)",
        ja: "レイヤー \(layer) の\(ja)が \(who) に足すベクトルの \(number)"
      )
    }
    switch (first, last) {
    case ("hook_resid_pre", _): return vector("before layer \(layer)", "レイヤー \(layer) の前")
    case ("hook_resid_mid", _):
      return vector(
        "between attention and MLP of layer \(layer)",
        "レイヤー \(layer) の注意と MLP の間"
      )
    case ("hook_resid_post", _): return vector("after layer \(layer)", "レイヤー \(layer) の後")
    case ("hook_attn_out", _): return addition("the attention", "注意")
    case ("hook_mlp_out", _): return addition("the MLP", " MLP ")
    case ("mlp", "hook_pre"):
      return say(
        en: "what neuron \(i) of layer \(layer) adds up to at \(who), before the nonlinearity",
        ja: "\(who) でのレイヤー \(layer) のニューロン \(i) の和（活性化関数の前）"
      )
    case ("mlp", "hook_post"):
      return say(
        en: "the activation of neuron \(i) of layer \(layer) at \(who)",
        ja: "\(who) でのレイヤー \(layer) のニューロン \(i) の活性"
      )
    default: return nil
    }
  }

  /// A number that a norm makes.
  private func ofNorm(
    _ norm: String,
    _ last: String,
    _ layer: Int?,
    _ who: RichText,
    _ i: Int
  ) -> RichText? {
    let site: RichText
    switch norm {
    case "ln1":
      site = say(en: "before the attention of layer \(layer ?? 0)", ja: "レイヤー \(layer ?? 0) の注意の前")
    case "ln2":
      site = say(en: "before the MLP of layer \(layer ?? 0)", ja: "レイヤー \(layer ?? 0) の MLP の前")
    case "ln_final": site = say(en: "after the last layer", ja: "最後のレイヤーの後")
    default: return nil
    }
    switch last {
    case "hook_scale":
      return say(
        en: "what the norm \(site) divides the vector of \(who) by",
        ja: "\(site)の正規化が \(who) のベクトルを割る数"
      )
    case "hook_normalized":
      return say(
        en: "number \(i) of the vector of \(who) as the norm \(site) has it, before its gain",
        ja: "\(site)の正規化での \(who) のベクトルの \(i) 番の数（ゲインを掛ける前）"
      )
    default:
      return say(
        en: "number \(i) of the vector of \(who) as it leaves the norm \(site)",
        ja: "\(site)の正規化を終えた \(who) のベクトルの \(i) 番の数"
      )
    }
  }

  /// A number of one head.
  private func ofHead(_ last: String, _ layer: Int, _ place: [Int]) -> RichText? {
    let isSquare = last == "hook_pattern" || last.hasPrefix("hook_attn_scores")
    let head = isSquare ? place[0] : place[1]
    let site = say(en: "in head \(head) of layer \(layer)", ja: "レイヤー \(layer) のヘッド \(head) で")
    let who = token(at: isSquare ? place[1] : place[0])
    let i = place[2]
    if isSquare {
      let other = token(at: i)
      switch last {
      case "hook_pattern":
        return say(
          en: "how much \(who) attends to \(other), \(site)",
          ja: "\(site)、\(who) が \(other) に向ける注意の割合"
        )
      case "hook_attn_scores":
        return say(
          en: "the score of \(other) for \(who), \(site), after the mask",
          ja: "\(site)、\(who) から見た \(other) のスコア（マスクの後）"
        )
      default:
        return say(
          en: "the score of \(other) for \(who), \(site): query · key",
          ja: "\(site)、\(who) から見た \(other) のスコア（クエリとキーの内積から）"
        )
      }
    }
    func vector(_ en: RichText, _ ja: RichText) -> RichText {
      say(en: "number \(i) of the \(en) of \(who), \(site)", ja: "\(site)、\(who) の\(ja)の \(i) 番の数")
    }
    switch last {
    case "hook_q": return vector("query", "クエリ")
    case "hook_k": return vector("key", "キー")
    case "hook_v": return vector("value", "バリュー")
    case "hook_z":
      return say(
        en: "number \(i) of the values that \(who) gathers, \(site)",
        ja: "\(site)、\(who) が集めたバリューの和の \(i) 番の数"
      )
    case "hook_result":
      return say(
        en: "number \(i) of what head \(head) of layer \(layer) adds to \(who)",
        ja: "レイヤー \(layer) のヘッド \(head) が \(who) に足すベクトルの \(i) 番の数"
      )
    default: return nil
    }
  }

  /// The token at a position; with the position where the prompt has it twice.
  private func token(at position: Int) -> RichText {
    guard trace.tokens.indices.contains(position) else { return "\(position)" }
    let token = trace.tokens[position]
    guard trace.tokens.count(where: { $0.id == token.id }) > 1 else {
      return "\(token: token.text)"
    }
    return say(
      en: "\(token: token.text) (position \(position))",
      ja: "\(token: token.text)（位置 \(position)）"
    )
  }

  /// An entry of the vocabulary.
  private func entry(_ id: Int) -> RichText {
    guard let text = trace.text(ofToken: id) else { return "#\(id)" }
    return "\(token: text)"
  }
}
