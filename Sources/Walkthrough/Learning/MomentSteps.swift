import Embeddings
import Graphics
import Tensors

// The same model at several moments: what it predicts, where it looks, where its words lie.

extension LearningAccount {
  var promptWords: RichText {
    RichText([.code(record.prompt.joined())])
  }

  // MARK: - The prediction

  var prediction: Step? {
    guard let first = record.moments.first?.next.first, let last = record.moments.last?.next.first
    else { return nil }
    // One scale for all moments, as long as the largest share: early ones are a few thousandths.
    let most = record.moments.flatMap { $0.next }.reduce(1e-9) { max($0, $1.probability) }
    return step("prediction", en: "The same prompt, again and again", ja: "同じプロンプトに何度も答えさせる") {
      paragraph(
        en: "The prompt is \(promptWords). These are the likeliest next tokens at each moment.",
        ja: "プロンプトは \(promptWords) です。次に来る確率の高いトークンを、時点ごとに示します。"
      )
      figure(
        "predictions",
        title: say(en: "The likeliest next tokens", ja: "次に来る確率の高いトークン"),
        description: say(
          en: "The likeliest tokens as bars, once for every moment.",
          ja: "確率の高いトークンを棒で表したもの。時点ごとに1枚です。"
        ),
        record.moments.map { moment in
          Scene.Panel(
            Bars(
              moment.next.map { next in
                Bars.Bar(VisibleText.show(next.token), chance(next.probability, moment.step))
              },
              role: .probability,
              domain: 0...most
            ),
            caption: caption(moment.step)
          )
        }
      )
      found(
        en: """
          At the start the likeliest token was \(token: first.token) with \(chance(first.probability, 0)); at the end it is \
          \(token: last.token) with \(chance(last.probability, record.losses.count)).
          """,
        ja: """
          最初に最も確率が高かったトークンは \(token: first.token) で \(chance(first.probability, 0))、最後は \(token: last.token) で \
          \(chance(last.probability, record.losses.count)) です。
          """
      )
    }
  }

  private func chance(_ probability: Double, _ step: Int) -> Quantity {
    Quantity(
      probability,
      digits: 3,
      origin: .derived("probability of the next token after step \(step)")
    )
  }

  // MARK: - Attention

  /// The head which, at the end, looks hardest from the last token at an earlier one other than the first.
  private var head: (layer: Int, head: Int)? {
    guard let patterns = record.moments.last?.patterns, record.prompt.count > 2 else { return nil }
    var best: (layer: Int, head: Int, share: Float)?
    for (layer, pattern) in patterns.enumerated() {
      for head in 0..<pattern.shape[0] {
        let row = pattern.slice(head, record.prompt.count - 1).values
        let share = row[1..<row.count - 1].max() ?? 0
        if share > best?.share ?? -1 { best = (layer, head, share) }
      }
    }
    return best.map { ($0.layer, $0.head) }
  }

  var attention: Step? {
    guard let (layer, head) = head else { return nil }
    return step("attention", en: "Where it looks", ja: "どこを見るか") {
      paragraph(
        en: """
          This is head \(head) of layer \(layer), which at the end looks hardest from the last token at a single earlier one other \
          than the first. What to look for is learned, too. How hard a head looks is not how much it matters for the answer.
          """,
        ja: """
          レイヤー \(layer) のヘッド \(head) です。学習後、最後のトークンから、先頭以外の手前の1つのトークンに最も強く注意を向ける\
          ヘッドを選びました。何を探すべきかも、学習されます。強く見ることと、答えにとって重要であることは別です。
          """
      )
      figure(
        "attention",
        title: say(
          en: "Attention pattern, layer \(layer), head \(head)",
          ja: "アテンションパターン（レイヤー \(layer)・ヘッド \(head)）"
        ),
        description: say(
          en: "Each row shares 1 out over the tokens up to itself, once for every moment.",
          ja: "各行は合計 1 の注意を自分自身までのトークンに割り振ったもの。時点ごとに1枚です。"
        ),
        key: AttentionShades(.linear, rows: []).key(in: self, masked: say(en: "masked", ja: "マスク")),
        record.moments.map { moment in
          Scene.Panel(
            matrix(moment, layer: layer, head: head),
            caption: caption(moment.step)
          )
        }
      )
    }
  }

  private func matrix(_ moment: LearningRecord.Moment, layer: Int, head: Int) -> Heatmap {
    let labels = record.prompt.map(VisibleText.show)
    return Heatmap(
      rows: labels,
      columns: labels,
      cells: labels.indices.map { query in
        labels.indices.map { key in
          key > query
            ? .masked
            : .number(
              Quantity(
                Double(moment.patterns[layer][head, query, key]),
                origin: .derived(
                  "blocks.\(layer).attn.hook_pattern[\(head),\(query),\(key)] after step \(moment.step)"
                )
              )
            )
        }
      },
      scale: .probability(),
      rowTitle: say(en: "from", ja: "見る側").plain,
      columnTitle: say(en: "to", ja: "見られる側").plain
    )
  }

  // MARK: - Embeddings

  var embeddings: Step? {
    let maps = record.moments.compactMap { moment in
      map(moment).map { Scene.Panel($0, caption: caption(moment.step)) }
    }
    guard maps.count > 1 else { return nil }
    return step("embeddings", en: "Where its words lie", ja: "単語はどこにあるか") {
      paragraph(
        en: """
          Each word has a row of W_E. Here are \(record.words.count) of them on the two axes along which they differ most at that moment. \
          Words that change what follows in similar ways tend to end up close together.
          """,
        ja: """
          単語はそれぞれ W_E の1行を持ちます。そのうちの \(record.words.count) 個を、その時点でばらつきが最も大きい2本の軸の上に置きました。\
          後に続く言葉への効き方が似た単語どうしは、近くに集まる傾向があります。
          """
      )
      figure(
        "words",
        title: say(en: "Word vectors on two axes", ja: "2本の軸の上の単語ベクトル"),
        description: say(
          en: "\(record.words.count) words as points, once for every moment.",
          ja: "\(record.words.count) 個の単語を点で表したもの。時点ごとに1枚です。"
        ),
        maps
      )
    }
  }

  private func map(_ moment: LearningRecord.Moment) -> Scatter? {
    guard moment.vectors.rows == record.words.count, record.words.count > 2 else { return nil }
    let components = PrincipalComponents(of: moment.vectors, axes: 2)
    guard components.shares.count == 2 else { return nil }
    func title(_ axis: Int) -> Caption {
      let share = Quantity(
        components.shares[axis],
        origin: .derived("share of variance along principal component \(axis + 1)")
      )
      return language == .en
        ? "axis \(axis + 1), share of variance \(share)" : "軸 \(axis + 1)（分散に占める割合 \(share)）"
    }
    return Scatter(
      record.words.enumerated().map { index, word in
        Scatter.Item(
          VisibleText.show(word),
          x: Double(components.coordinates[index, 0]),
          y: Double(components.coordinates[index, 1])
        )
      },
      xTitle: title(0),
      yTitle: title(1)
    )
  }
}
