import Graphics
import Platform
import Tensors
import Traces

/// Searches all heads for habits that have a name, and says only what is there.
struct HeadHabits: Teller {
  let story: Story
  private let probes: [HabitProbe]

  init(story: Story) {
    self.story = story
    let ids = story.trace.tokens.map { $0.id }
    probes = HeadHabit.allCases.filter { $0.firstLayer < story.trace.layerCount }
      .map { HabitProbe($0, in: ids, from: story.trace.recordedPositions.lowerBound) }
  }

  /// What counts as a habit, the habits found, and those that this prompt cannot tell.
  @BlockList var observations: [Block] {
    let told = probes.filter { $0.canTell }
    hidden
    if told.isEmpty {
      tooShort
    } else {
      criterion
      let habits = told.compactMap(observation)
      if habits.isEmpty { nothingFound(told) } else { habits }
      tooFew(probes.filter { !$0.hasQueries })
      tooAlike(probes.filter { $0.hasQueries && !$0.canTell })
    }
  }

  /// That heads are left out which do not see the whole prompt: what a habit looks at may be out of their sight.
  private var hidden: Block? {
    let layers = (0..<story.trace.layerCount).filter { !story.seesAll($0) }
    guard !layers.isEmpty else { return nil }
    let list = layers.map { "\($0)" }.joined(separator: say(en: ", ", ja: "、").plain)
    return paragraph(
      en: """
        Not searched: the heads of \(layers.count == 1 ? "layer" : "layers") \(list), whose window is shorter than this prompt.
        """,
      ja: "レイヤー \(list) のヘッドは、見える範囲がこのプロンプトより短いので、調べていません。"
    )
  }

  private var criterion: Block {
    let share = Quantity(HabitProbe.threshold, digits: 1, origin: .illustration)
    return paragraph(
      en: """
        A habit is named here if a head, on average over at least \(HabitProbe.queryLimit) positions of this prompt, spends \
        \(share) or more of its attention on it, and at least twice what it would if it spread its attention evenly.
        """,
      ja: """
        ここでは、ヘッドがこのプロンプトの \(HabitProbe.queryLimit) か所以上で平均して、注意の \(share) 以上を1つの決まった見方に向け、\
        しかもそれが均等に割り振った場合の2倍以上であるとき、癖と呼びます。
        """
    )
  }

  private var tooShort: Block {
    found(
      en: "So short a prompt shows no habits: a head has hardly anything to choose from.",
      ja: "これほど短いプロンプトでは、ヘッドの癖はわかりません。選べる相手がほとんどいないからです。"
    )
  }

  // MARK: - What was found

  private func observation(_ probe: HabitProbe) -> Block? {
    let heads = Census(probe, in: story)
    guard let best = heads.best else { return nil }
    let words = HabitWords(probe.habit)
    guard let (en, ja) = words.does else { return sink(heads) }
    let score = Quantity(best.score, origin: .derived(heads.formula(best)))
    return found(
      en: """
        \(term: words.en) \(en): \(heads.found.count) of \(heads.searched) here. Most clearly layer \(best.layer), head \
        \(best.head), which spends \(score) of its attention so; spread evenly, it would be \(heads.baseline).
        """,
      ja: """
        \(term: words.ja) は、\(ja)です。ここでは \(heads.searched) 個のうち \(heads.found.count) 個あり、最もはっきりしているのはレイヤー \
        \(best.layer)・ヘッド \(best.head) で、注意の割合は平均 \(score) です（均等に割り振れば \(heads.baseline)）。
        """
    )
  }

  /// Heads rest on the first token by the dozen: that is no habit of one of them.
  private func sink(_ heads: Census) -> Block {
    let mean = heads.found.reduce(0) { $0 + $1.score } / Double(heads.found.count)
    let share = Quantity(
      mean,
      origin: .derived(
        "(\(heads.found.map(heads.formula).joined(separator: " + "))) / \(heads.found.count)"
      )
    )
    return found(
      en: """
        In \(heads.found.count) of \(heads.searched) heads the later tokens rest on the first, \(story.mention(0)): an \
        \(term: "attention sink"). On average it takes \(share) of their attention there; spread evenly, it would be \
        \(heads.baseline).
        """,
      ja: """
        \(heads.searched) 個のヘッドのうち \(heads.found.count) 個で、後ろのトークンが先頭の \(story.mention(0)) に注意を預けています。\
        これを\(term: "アテンションシンク")（attention sink）と呼びます。それらのヘッドで先頭が受け取る注意は平均 \(share) です（均等に割り振れば \
        \(heads.baseline)）。
        """
    )
  }

  // MARK: - What was not

  private func nothingFound(_ probes: [HabitProbe]) -> Block {
    let names = list(probes)
    return found(
      en: "Looked for and not found in any head here: \(names).",
      ja: "探しましたが、どのヘッドにも見つかりませんでした：\(names)。"
    )
  }

  private func tooFew(_ probes: [HabitProbe]) -> Block? {
    guard !probes.isEmpty else { return nil }
    let names = list(probes)
    return found(
      en: """
        Of \(names) this prompt cannot tell: in fewer than \(HabitProbe.queryLimit) positions there would be something to see.
        """,
      ja: """
        \(names) の有無は、このプロンプトではわかりません。手がかりになる位置が \(HabitProbe.queryLimit) か所に満たないからです。
        """
    )
  }

  private func tooAlike(_ probes: [HabitProbe]) -> Block? {
    guard !probes.isEmpty else { return nil }
    let names = list(probes)
    return found(
      en: """
        Of \(names) this prompt cannot tell: so much of it repeats that attention spread evenly would look the same.
        """,
      ja: """
        \(names) の有無は、このプロンプトではわかりません。繰り返しが多く、注意を均等に割り振るだけでも同じように見えるからです。
        """
    )
  }

  private func list(_ probes: [HabitProbe]) -> RichText {
    let names = probes.map { probe -> RichText in
      let words = HabitWords(probe.habit)
      return say(en: RichText([.text(words.en.lowercasedASCII)]), ja: RichText([.text(words.ja)]))
    }
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    let first = names.dropFirst().dropLast().reduce(names[0]) { $0 + say(en: ", ", ja: "、") + $1 }
    return first + say(en: " and ", ja: "、") + last
  }
}

extension Story {
  /// Whether the heads of a layer see the whole prompt.
  fileprivate func seesAll(_ layer: Int) -> Bool {
    trace.model.architecture.window(ofLayer: layer).map { $0 >= length } ?? true
  }
}

/// What a habit is called, and what heads do that have it.
private struct HabitWords {
  /// The name, at the beginning of a sentence.
  let en: String, ja: String
  /// The end of a sentence that begins with it; nil if it is told in words of its own.
  var does: (en: RichText, ja: RichText)?

  init(_ habit: HeadHabit) {
    switch habit {
    case .previousToken:
      (en, ja) = ("Previous-token heads", "previous-token head")
      does = ("look one token back", "1つ前のトークンを見るヘッド")
    case .duplicateToken:
      (en, ja) = ("Duplicate-token heads", "duplicate-token head")
      does = ("look at earlier occurrences of the same token", "前に出てきた同じトークンを見るヘッド")
    case .induction:
      (en, ja) = ("Induction heads", "induction head（誘導ヘッド）")
      does = (
        """
        look at what followed the same token earlier, as if to repeat it; those of layer 0 cannot, for its keys do not know \
        what stood before them
        """,
        """
        同じトークンが前に出たときの「次」を、繰り返そうとするかのように見るヘッド\
        （レイヤー 0 のキーは自分の前に何があったかを知らないので、レイヤー 1 から）
        """
      )
    case .attentionSink:
      (en, ja) = ("Attention sinks", "アテンションシンク")
    }
  }
}

/// The heads of a trace that have a habit.
private struct Census {
  struct Head {
    var layer: Int
    var head: Int
    var score: Double
  }

  private let probe: HabitProbe
  /// How many heads were looked at.
  private(set) var searched = 0
  /// Those that have it, in order.
  private(set) var found: [Head] = []

  init(_ probe: HabitProbe, in story: Story) {
    self.probe = probe
    for layer in 0..<story.trace.layerCount
    where layer >= probe.habit.firstLayer && story.seesAll(layer) {
      guard let pattern = story.trace[.pattern(layer)] else { continue }
      searched += pattern.shape[0]
      for head in 0..<pattern.shape[0] {
        let score = probe.score(pattern, head: head)
        if score >= probe.bar { found.append(Head(layer: layer, head: head, score: score)) }
      }
    }
  }

  /// The one that has it most clearly; of equal ones the first.
  var best: Head? {
    found.reduce(nil) { best, next in next.score > best?.score ?? -1 ? next : best }
  }

  /// What a head without any preference scores.
  var baseline: Quantity {
    Quantity(
      probe.baseline,
      origin: .derived(average(of: nil))
    )
  }

  func formula(_ head: Head) -> String {
    average(of: "\(HookPoint.pattern(head.layer).name)[\(head.head),q,")
  }

  /// The mean, over the queries that the habit says something about, of what they spend on its keys: cells of a head's
  /// pattern, of which the beginning is given, or the same on every key.
  private func average(of pattern: String?) -> String {
    func share(_ key: String) -> String { pattern.map { "\($0)\(key)]" } ?? "1 / (q + 1)" }
    let (first, last) = (probe.rows.first?.query ?? 0, probe.rows.last?.query ?? 0)
    let queries = "q = \(first)..\(last)"
    switch probe.habit {
    case .previousToken: return "mean(\(queries), \(share("q - 1")))"
    case .attentionSink: return "mean(\(queries), \(share("0")))"
    case .duplicateToken:
      let same = "token_ids[j] == token_ids[q]"
      return "sum(\(queries), sum(j < q, (\(same)) * \(share("j"))))"
        + " / count(\(queries), count(j < q, \(same)))"
    case .induction:
      let same = "token_ids[j] == token_ids[q]"
      return "sum(\(queries), sum(j < q - 1, (\(same)) * \(share("j + 1"))))"
        + " / count(\(queries), count(j < q - 1, \(same)))"
    }
  }
}
