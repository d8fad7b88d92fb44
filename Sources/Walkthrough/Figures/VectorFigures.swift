import Graphics
import Traces

// Figures of vectors: strips of data, alone, side by side, or added.

extension Story {
  /// The rows of W_E that the prompt's tokens picked.
  func embeddingStripFigure(_ embed: Recorded) -> Figure {
    let positions = shownPositions(limit: 6)
    let maximum = maximum(positions.map { embed.vector($0) })
    return figure(
      "embedding",
      title: say(en: "Each token's embedding", ja: "各トークンの埋め込み"),
      description: say(
        en: "The embeddings of \(positions.count) of \(length) tokens, a strip each.",
        ja: "トークン \(length) 個のうち \(positions.count) 個の埋め込みを、1本ずつ帯にして並べたもの。"
      ),
      key: dataKey(maximum: maximum, among: positions.map { embed.place([$0], "n") }),
      caption: shownNote(limit: 6),
      VectorStrip(
        positions.map { position in
          strip(
            label(position),
            embed,
            [position],
            maximum: maximum,
            numbers: position == followed ? 6 : 0,
            isFollowed: position == followed
          )
        }
      )
    )
  }

  /// Embedding + position = the start of the stream, for the followed token.
  func positionSumFigure(_ embed: Recorded, _ position: Recorded, _ stream: Recorded) -> Figure {
    let i = followed
    let maximum = maximum([embed.vector(i), position.vector(i), stream.vector(i)])
    return figure(
      "position",
      title: say(en: "Row + row = row", ja: "行 + 行 = 行"),
      description: say(
        en: "The embedding of \(token: token(i)), the row of W_pos for place \(i), and their sum.",
        ja: "\(token: token(i)) の埋め込み、W_pos の \(i) 番の行、そしてその和。"
      ),
      key: dataKey(maximum: maximum, among: [embed, position, stream].map { $0.place([i], "n") }),
      VectorStrip([
        strip("W_E", embed, [i], maximum: maximum),
        strip("W_pos", position, [i], maximum: maximum, sign: "+"),
        strip("resid_pre", stream, [i], maximum: maximum, sign: "=", isFollowed: true),
      ])
    )
  }

  /// The whole stream as it begins.
  func streamFigure(_ stream: Recorded) -> Figure {
    let positions = shownPositions(limit: 6)
    let maximum = maximum(positions.map { stream.vector($0) })
    return figure(
      "stream",
      title: say(en: "The residual stream begins", ja: "残差ストリームの始まり"),
      description: say(
        en: "A strip for each of \(positions.count) of the \(length) positions.",
        ja: "位置 \(length) 個のうち \(positions.count) 個を、1本ずつ帯にして並べたもの。"
      ),
      key: dataKey(maximum: maximum, among: positions.map { stream.place([$0], "n") }),
      caption: shownNote(limit: 6),
      VectorStrip(
        positions.map { position in
          strip(
            label(position),
            stream,
            [position],
            maximum: maximum,
            numbers: 0,
            isFollowed: position == followed
          )
        }
      )
    )
  }

  /// Before + added = after, for one position.
  func additionFigure(_ name: String, _ parts: [Recorded], at position: Int) -> Figure {
    let maximum = maximum(parts.map { $0.vector(position) })
    let signs: [String?] = [nil] + Array(repeating: "+", count: max(0, parts.count - 2)) + ["="]
    let rows = zip(parts, signs).map { part, sign in
      strip(
        Self.shortName(part.name),
        part,
        [position],
        maximum: maximum,
        sign: sign,
        isFollowed: sign == "="
      )
    }
    return figure(
      name,
      title: say(en: "Before + added = after", ja: "前 + 足すもの = 後"),
      description: say(
        en: "The vector of \(token: token(position)) before, what is added to it, and the sum.",
        ja: "\(token: token(position)) のベクトルと、それに足されるもの、そしてその和。"
      ),
      key: dataKey(maximum: maximum, among: parts.map { $0.place([position], "n") }),
      VectorStrip(rows)
    )
  }

  /// `blocks.0.hook_resid_pre` as `resid_pre`.
  static func shortName(_ name: String) -> String {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    return last.hasPrefix("hook_") ? String(last.dropFirst(5)) : last
  }

  /// Query, key and value of the followed token in the head that is opened up.
  func queryKeyValueFigure(_ q: Recorded, _ k: Recorded, _ v: Recorded) -> Figure {
    let (i, head) = (followed, head)
    let maximum = maximum([q, k, v].map { $0.vector(i, head) })
    return figure(
      "query-key-value",
      title: say(
        en: "Query, key and value of \(me) in layer \(layerNumber), head \(headNumber)",
        ja: "\(me) のクエリ・キー・バリュー（レイヤー \(layerNumber)・ヘッド \(headNumber)）"
      ),
      description: say(
        en: "Three vectors of \(q.columns) numbers each.",
        ja: "それぞれ \(q.columns) 個の数からなる3本のベクトル。"
      ),
      key: dataKey(maximum: maximum, among: [q, k, v].map { $0.place([i, head], "n") }),
      VectorStrip([
        strip("q", q, [i, head], maximum: maximum, isFollowed: true),
        strip("k", k, [i, head], maximum: maximum),
        strip("v", v, [i, head], maximum: maximum),
      ])
    )
  }

  /// The query of one token above the key of another, and their products.
  func queryAndKeyFigure(_ q: Recorded, _ k: Recorded, from i: Int, to j: Int) -> Figure {
    let (query, key) = (q.vector(i, head), k.vector(j, head))
    let products = zip(query, key).map { Double($0) * Double($1) }
    let maximum = maximum([query, key])
    let largest = products.map(abs).max() ?? 0
    let (queryPlace, keyPlace) = (q.place([i, head], "n"), k.place([j, head], "n"))
    let end = Self.end(largest, among: ["\(queryPlace) * \(keyPlace)"])
    return figure(
      "dot-product",
      title: say(
        en: "The query of \(me) meets the key of \(attended)",
        ja: "\(me) のクエリと \(attended) のキー"
      ),
      description: say(
        en: "Query and key as strips, and beneath them their products, which are added up.",
        ja: "クエリとキー、その下に成分どうしの積。積をすべて足すと内積になります。"
      ),
      key: dataKey(maximum: maximum, among: [queryPlace, keyPlace]),
      caption: say(
        en:
          "The products have a scale of their own, up to \(following: "productsEnd", end).",
        ja: "積だけは目盛りが別で、絶対値の最大は \(following: "productsEnd", end) です。"
      ),
      VectorStrip([
        strip("q", q, [i, head], maximum: maximum, numbers: 0, isFollowed: true),
        strip("k", k, [j, head], maximum: maximum, sign: "·", numbers: 0),
        VectorStrip.Row(
          "q·k",
          values: products,
          scale: .data(maximum: largest),
          sign: "→",
          source: "q·k"
        ),
      ])
    )
  }

  /// How much attention the followed token gives to all others than `keys`, in the head that is opened up.
  func restShare(_ pattern: Recorded, beyond keys: [Int]) -> Quantity {
    let row = pattern.vector(head, followed).prefix(followed + 1)
    let rest = row.indices.filter { !keys.contains($0) }.reduce(0) { $0 + Double(row[$1]) }
    let whole = "sum(j <= \(followed), \(pattern.place([head, followed], "j")))"
    let own = keys.map { " - \(pattern.place([head, followed, $0]))" }.joined()
    return Quantity(rest, origin: .derived(whole + own))
  }

  /// The values of the tokens most attended to, those of all others together, and the sum z.
  func weightedValuesFigure(_ pattern: Recorded, _ v: Recorded, _ z: Recorded) -> Figure {
    let i = followed
    let keys = largest(min(Self.valuesShown, i + 1), of: pattern.vector(head, i))
    let products = keys.map { key in
      v.vector(key, head).map { Double($0) * pattern(head, i, key).value }
    }
    let sums = z.vector(i, head).map(Double.init)
    let others = (0...i).filter { !keys.contains($0) }
    let rest = others.reduce(into: [Double](repeating: 0, count: sums.count)) { sum, key in
      let share = pattern(head, i, key).value
      for (n, value) in v.vector(key, head).enumerated() { sum[n] += share * Double(value) }
    }
    let maximum = (products + [rest, sums]).joined().reduce(0) { max($0, abs($1)) }
    func weighted(_ key: Int) -> String {
      "\(pattern.place([head, i, key])) * \(v.place([key, head], "n"))"
    }
    let sum = z.place([i, head], "n")
    let other = keys.map { " - \(weighted($0))" }.joined()
    let places = keys.map(weighted) + (others.isEmpty ? [] : [sum + other]) + [sum]
    var rows = zip(keys, products).enumerated().map { rank, row in
      VectorStrip.Row(
        "\(pattern(head, i, row.0).text) × \(label(row.0))",
        values: row.1,
        scale: .data(maximum: maximum),
        sign: rank == 0 ? nil : "+",
        source: "p·v"
      )
    }
    let share = restShare(pattern, beyond: keys)
    // A page's script shows or hides it for other tokens.
    if !others.isEmpty {
      rows.append(
        VectorStrip.Row(
          "… (\(share.text))",
          values: rest,
          scale: .data(maximum: maximum),
          sign: "+",
          source: "Σp·v"
        )
      )
    }
    return figure(
      "weighted-values",
      title: say(
        en: "Values, weighted by the attention of \(me), and their sum z",
        ja: "\(me) が向けた注意の割合を掛けたバリューと、その和 z"
      ),
      description: say(
        en:
          "The values of the tokens it attends to most, at most \(Self.valuesShown), all others together, and the sum.",
        ja: "最も注意を向けたトークン（\(Self.valuesShown) 個まで）のバリュー、残り全部の和、そして全体の和。"
      ),
      key: dataKey(maximum: maximum, among: places),
      caption: others.isEmpty ? nil : restNote(others.count, share),
      VectorStrip(rows + [strip("z", z, [i, head], maximum: maximum, sign: "=", isFollowed: true)])
    )
  }

  /// So many values are drawn one by one.
  private static let valuesShown = 5

  /// Says what the row of the others adds up.
  private func restNote(_ count: Int, _ share: Quantity) -> RichText {
    let rest: (en: RichText, ja: RichText) = (
      """
      The row “…” adds up all other positions (\(following: "restCount", "\(count)")), which get \
      \(following: "restShare", share) of the attention together.
      """,
      """
      「…」の行は、残りのすべての位置（\(following: "restCount", "\(count)") 個）の和です。それらに向けた注意の割合は、合わせて \
      \(following: "restShare", share) です。
      """
    )
    return say(
      en: "\(if: "hasRest", count > 0, rest.en, else: "No position is left out.")",
      ja: "\(if: "hasRest", count > 0, rest.ja, else: "省いた位置はありません。")"
    )
  }

  /// The neurons of the followed position, one of them marked.
  func neuronStripFigure(_ neurons: Recorded, name: String, marking marked: Int?) -> Figure {
    let maximum = maximum([neurons.vector(followed)])
    let isBefore = neurons.name == HookPoint.mlpPre(layer).name
    return figure(
      name,
      title: say(
        en:
          "Neurons of layer \(layer) for \(token: token(followed)), \(isBefore ? "before" : "after") the activation",
        ja: "\(token: token(followed)) に対するレイヤー \(layer) のニューロン（活性化関数を\(isBefore ? "通す前" : "通した後")）"
      ),
      description: say(
        en: "\(neurons.columns) numbers under the name \(code: neurons.name).",
        ja: "\(code: neurons.name) に記録された \(neurons.columns) 個の数。"
      ),
      key: dataKey(maximum: maximum, among: [neurons.place([followed], "n")]),
      VectorStrip([
        strip(
          Self.shortName(neurons.name),
          neurons,
          [followed],
          maximum: maximum,
          isFollowed: true,
          marking: marked
        )
      ])
    )
  }
}
