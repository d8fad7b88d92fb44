import Graphics
public import Traces

/// Says what was set from outside while a model ran.
public struct InterventionWords: Speaker {
  package let language: Language
  private let interventions: [Intervention]

  /// Speaks of interventions in a language.
  public init(_ interventions: [Intervention], in language: Language) {
    (self.interventions, self.language) = (interventions, language)
  }

  /// One sentence or two; `nil` if nothing was set.
  public var notice: RichText? {
    guard !interventions.isEmpty else { return nil }
    // Of a long list the first few, and how many more there are.
    let shown = interventions.prefix(8).map { words($0) }
    let others = interventions.count - shown.count
    let list = shown.dropFirst().reduce(shown[0]) {
      $0 + say(en: "; ", ja: "、") + $1
    }
    let more: RichText =
      others > 0 ? say(en: "; and \(others) more", ja: "、ほか \(others) か所") : ""
    return say(
      en:
        "This run was changed from outside: \(list)\(more). So these are not the model's own numbers.",
      ja: "この実行には外から手が加えられています：\(list)\(more)。ここにある数は、モデルそのままのものではありません。"
    )
  }

  /// What the arithmetic of a page gives at a site that was set.
  var caution: RichText? {
    guard !interventions.isEmpty else { return nil }
    return say(
      en: """
         Arithmetic that leads up to a value that was set gives what would have stood there; recorded is what was set.
        """,
      ja: "値を置き換えた場所では、そこに至る計算は本来の値を表し、記録されているのは置き換えた後の値です。"
    )
  }

  private func words(_ intervention: Intervention) -> RichText {
    let site: RichText = "\(code: intervention.site.name)"
    if let addend = intervention.addend { return words(addend, site, at: intervention.position) }
    switch (intervention.kind, intervention.position) {
    case (.zero, nil): return say(en: "\(site) adds nothing", ja: "\(site) は 0")
    case (.zero, let position?):
      return say(
        en: "\(site) adds nothing at position \(position)",
        ja: "\(site) は位置 \(position) で 0"
      )
    case (.mean, nil):
      return say(
        en: "\(site) is its mean over the prompt's positions",
        ja: "\(site) はプロンプトの位置についての平均"
      )
    case (.mean, let position?):
      return say(
        en: "\(site) is its mean over the prompt's positions at position \(position)",
        ja: "\(site) は位置 \(position) で、プロンプトの位置についての平均"
      )
    case (.add, _): return ""
    }
  }

  /// What was added to a site.
  private func words(_ addend: SteeringVector, _ site: RichText, at position: Int?) -> RichText {
    let source = VisibleText.plain(addend.source)
    let isWhole = addend.scale == addend.scale.rounded() && abs(addend.scale) < 1e6
    let scale = Decimal.text(addend.scale, digits: isWhole ? 0 : 3)
    let times: RichText = "\(code: addend.scale == 1 ? source : "\(scale) * (\(source))")"
    guard let position else {
      return say(en: "\(times) is added to \(site)", ja: "\(site) に \(times) を加算")
    }
    return say(
      en: "\(times) is added to \(site) at position \(position)",
      ja: "\(site) の位置 \(position) に \(times) を加算"
    )
  }
}
