import Graphics
public import Traces

/// Tells why a model says one token and not another: what each part says directly, what happens without it, where the
/// two disagree, and which words weigh.
public struct WhyReport: Sendable, Speaker {
  package let language: Language
  let reasons: Reasons
  /// How many rows a table or a figure has.
  let shown: Int

  /// Tells reasons.
  ///
  /// - Parameters:
  ///   - reasons: What was measured.
  ///   - count: How many rows a table or a figure has, one at least.
  ///   - language: The language to tell it in.
  public init(_ reasons: Reasons, top count: Int, in language: Language) {
    (self.reasons, shown, self.language) = (reasons, max(1, count), language)
  }

  /// The report, step by step.
  public var article: Article {
    Article(
      language: language,
      id: "why",
      title: question,
      lead: [prompt, notice, answer].compactMap { $0 },
      steps: [termsStep, effectsStep, comparisonStep, inputsStep, neuronsStep].compactMap { $0 }
    )
  }

  /// The terms as a waterfall and the effects as a map, as one figure that fits a slide.
  public var figure: Figure {
    figure(
      "why",
      title: say(en: "\(question) \(prompt)", ja: "\(question) \(prompt)"),
      description: reasons.terms.isEmpty
        ? effectsDescription : termsDescription + " " + effectsDescription,
      key: effectsKey,
      (reasons.terms.isEmpty
        ? []
        : [
          Scene.Panel(
            waterfall,
            caption: Caption(
              ((notice.map { $0 + " " } ?? "") + waterfallCaption).plain(in: language)
            )
          )
        ])
        + [Scene.Panel(effectsMap, caption: Caption(mapCaption.plain(in: language)))]
    )
  }

  // MARK: - What is asked

  var token: RichText { "\(token: reasons.token.text)" }
  var against: RichText? { reasons.against.map { "\(token: $0.text)" } }

  var question: RichText {
    guard let against else { return say(en: "Why \(token)?", ja: "なぜ \(token) なのか") }
    return say(en: "Why \(token), and not \(against)?", ja: "なぜ \(against) ではなく \(token) なのか")
  }

  /// The prompt, as far as a line has room for it: its end, if it is long.
  private var prompt: RichText {
    let text = VisibleText.plain(reasons.prompt)
    let shown = text.count <= 80 ? text : "…" + text.suffix(79)
    return say(en: "“\(shown)”", ja: "「\(shown)」")
  }

  private var notice: RichText? { InterventionWords(reasons.interventions, in: language).notice }

  var answer: RichText {
    let model = reasons.model ?? say(en: "the model", ja: "モデル").plain
    let here: RichText = "\(token: reasons.tokens[reasons.position].text)"
    let probability = quantity(reasons.probability, digits: 4, "probability")
    let logit = quantity(reasons.logit, "logit")
    let given = say(
      en: """
        After \(here), at position \(reasons.position), \(model) gives \(token) the probability \(probability). Its logit is \(logit)
        """,
      ja: """
        位置 \(reasons.position) の \(here) の後で、\(model) は \(token) に確率 \(probability) を与えます。そのロジットは \(logit)
        """
    )
    guard let against, let other = reasons.againstLogit else {
      return given + say(en: ", and this is what is taken apart here.", ja: " で、これをここで分解します。")
    }
    let theirs = quantity(other, "against_logit")
    return given
      + say(
        en:
          ", that of \(against) is \(theirs). Their difference, \(difference), is taken apart here.",
        ja: "、\(against) のロジットは \(theirs) です。その差 \(difference) を、ここで分解します。"
      )
  }

  /// The number that is taken apart.
  var difference: Quantity { quantity(reasons.difference, "difference") }
  /// What that number is called.
  var whole: RichText {
    against == nil ? say(en: "the logit", ja: "ロジット") : say(en: "the difference", ja: "差")
  }

  // MARK: - Numbers

  /// A number of the report, which stands in its JSON under this name.
  func quantity(_ value: Double, digits: Int = 2, _ name: String) -> Quantity {
    Quantity(value, digits: digits, origin: .derived("why.\(name)"))
  }

  /// What a term adds.
  func contribution(_ term: Reasons.Term) -> Quantity {
    quantity(term.contribution, "terms[\(term.site.name)].contribution")
  }

  /// How the difference changes without a part.
  func change(_ effect: Reasons.Effect) -> Quantity {
    quantity(effect.change, "effects[\(effect.site.name)].change")
  }
}
