import Graphics
import Training
import Walkthrough

/// A finding of an exam, in words.
struct FindingWords {
  let finding: Finding
  let language: Language

  init(_ finding: Finding, in language: Language) {
    (self.finding, self.language) = (finding, language)
  }

  /// What was asked, how much was reached, and how much would do.
  var line: String {
    let isShare = finding.questionCount > 0
    func text(_ value: Double) -> String {
      isShare ? Decimal.text(100 * value, digits: 1) + " %" : Decimal.text(value, digits: 3)
    }
    let goal =
      switch finding.goal {
      case .atLeast(let goal): say(en: "at least \(text(goal))", ja: "目標 \(text(goal)) 以上")
      case .atMost(let goal): say(en: "at most \(text(goal))", ja: "目標 \(text(goal)) 以下")
      }
    let reached = finding.isReached ? say(en: "reached", ja: "達成") : say(en: "missed", ja: "未達")
    let value = text(finding.value)
    let count = finding.questionCount
    return said(
      en: "\(question.en): \(value)\(isShare ? " of \(count)" : "") (\(goal.en): \(reached.en))",
      ja: "\(question.ja)：\(isShare ? "\(count) 問中 " : "")\(value)（\(goal.ja)：\(reached.ja)）"
    )
  }

  /// What else is worth knowing.
  var note: String? {
    switch finding.note {
    case .missed(let shown, let count):
      let more = count > shown.count
      // A sentence that a model wrote may hold anything.
      let shown = shown.map { VisibleText.plain($0) }
      return said(
        en: "missed: \(shown.joined(separator: "; "))\(more ? "; …" : "")",
        ja: "間違えた問題：\(shown.joined(separator: "；"))\(more ? "；…" : "")"
      )
    case .entropy(let loss, let chance, let texts):
      let (loss, chance) = (Decimal.text(loss, digits: 3), Decimal.text(chance, digits: 3))
      return said(
        en: "\(loss) over \(chance) nats per token, \(texts) texts",
        ja: "1トークンあたり \(loss) ナット ÷ \(chance) ナット、\(texts) 個の文章で測定"
      )
    case .cosines(let words):
      return words.map { "\($0.word) \(Decimal.text($0.value, digits: 3))" }
        .joined(separator: said(en: ", ", ja: "、"))
    case .head(let layer, let head):
      return said(en: "layer \(layer), head \(head)", ja: "レイヤー \(layer)、ヘッド \(head)")
    case nil: return nil
    }
  }

  private func said(en: String, ja: String) -> String { say(en: en, ja: ja)[language] }

  private var question: LocalizedText {
    switch finding.question {
    case .entropy:
      say(en: "validation loss over the world's entropy", ja: "検証データの損失 ÷ 世界の文章のエントロピー")
    case .analogies: say(en: "analogies in W_E", ja: "W_E での類推")
    case .relation(let name): say(en: "  \(name.en)", ja: "  \(name.ja)")
    case .order(let from, let to, let name):
      say(en: "along \(to) − \(from), \(name.en)", ja: "\(to) − \(from) の方向で、\(name.ja)")
    case .facts:
      say(en: "facts in words never used for them", ja: "学習に使わなかった言い方でたずねた事実")
    case .cosine(let word):
      say(en: "cosine of “\(word)” in its two contexts", ja: "2つの文脈での「\(word)」のコサイン類似度")
    case .senses:
      say(en: "words of two meanings go on as they should", ja: "2つの意味をもつ語が、意味に合って続くか")
    case .copying:
      say(en: "copying a name given 60 tokens earlier", ja: "60 トークン前に出た名前を写せるか")
    case .everyday:
      say(
        en: "everyday prompts, a fitting word among the first three",
        ja: "日常の文で、ふさわしい語が上位3つに入るか"
      )
    case .strangers:
      say(
        en: "words that the world does not have, marked as hardly met",
        ja: "世界にない語に「ほとんど出会っていない」という印がつくか"
      )
    case .stories:
      say(
        en: "sentences of stories that the world's rules could have made",
        ja: "物語の文のうち、世界の規則で作れるもの"
      )
    case .induction:
      say(
        en: "induction, the best head's share of attention",
        ja: "induction：最もよいヘッドの注意の割合"
      )
    }
  }
}
