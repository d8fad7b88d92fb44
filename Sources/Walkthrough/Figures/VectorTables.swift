import Graphics
import Traces

// The numbers behind figures of vectors, for those who want to read them.

extension Story {
  /// The first numbers of each shown position's vector, and which of how many they are.
  func vectorTable(_ what: RichText, _ recorded: Recorded) -> Table {
    let count = min(6, recorded.columns)
    let shown = shownNote(limit: 6).map { say(en: "; \($0)", ja: "。\($0)") } ?? ""
    return Table(
      title: say(
        en: "The first \(count) of \(recorded.columns) numbers of \(what)\(shown)",
        ja: "\(what)の \(recorded.columns) 個の数のうち、はじめの \(count) 個\(shown)"
      ),
      columns: [Table.Column(say(en: "token", ja: "トークン"))]
        + (0..<count).map { Table.Column(RichText(stringLiteral: "\($0)"), isNumeric: true) },
      rows: shownPositions(limit: 6).map { position in
        [RichText([.token(token(position))])]
          + (0..<count).map { "\(recorded(position, $0))" }
      },
      isBehindFigure: true
    )
  }

  /// Query, key and their product, number by number.
  func dotProductTable(_ q: Recorded, _ k: Recorded, from i: Int, to j: Int) -> Table {
    let shown = min(64, q.columns)
    let part =
      shown < q.columns
      ? say(
        en: "; the first \(shown) of \(q.columns)",
        ja: "。\(q.columns) 個のうち、はじめの \(shown) 個"
      ) : ""
    return Table(
      title: say(
        en: "Query of \(me), key of \(attended) and their products\(part)",
        ja: "\(me) のクエリ、\(attended) のキーと、その積\(part)"
      ),
      columns: [
        Table.Column("n", isNumeric: true), Table.Column("q", isNumeric: true),
        Table.Column("k", isNumeric: true), Table.Column("q · k", isNumeric: true),
      ],
      rows: (0..<shown).map { n in
        let (query, key) = (q(i, head, n), k(j, head, n))
        let product = Quantity(
          query.value * key.value,
          origin: .derived("\(q.place([i, head, n])) * \(k.place([j, head, n]))")
        )
        return [RichText(stringLiteral: "\(n)"), "\(query)", "\(key)", "\(product)"]
      },
      isBehindFigure: true
    )
  }

  /// Whom the followed token attends to, in every head of the layer.
  var attentionRowsTable: Table {
    let positions = shownPositions(limit: 24)
    let shown = shownNote(limit: 24).map { say(en: "; \($0)", ja: "。\($0)") } ?? ""
    let rows = recorded(.pattern(layer)).map { pattern in
      (0..<pattern.shape[0]).map { head in
        [RichText(stringLiteral: "\(head)")] + positions.map { "\(pattern(head, followed, $0))" }
      }
    }
    return Table(
      title: say(
        en: "Whom \(me) attends to, in every head of layer \(layerNumber)\(shown)",
        ja: "\(me) がどこを見ているか（レイヤー \(layerNumber) のすべてのヘッド）\(shown)"
      ),
      columns: [
        Table.Column(say(en: "head", ja: "ヘッド"), isNumeric: true)
      ] + positions.map { Table.Column(RichText([.token(token($0))]), isNumeric: true) },
      rows: rows ?? [],
      isBehindFigure: true
    )
  }
}
