import Graphics

// What the same model writes at several moments: from noise to words.

extension LearningAccount {
  var writing: Step? {
    guard record.moments.contains(where: { !$0.written.isEmpty }) else { return nil }
    let temperature = Decimal.text(record.temperature, digits: 1)
    return step("writing", en: "What it writes", ja: "何を書くか") {
      paragraph(
        en: """
          Here it goes on from \(promptWords): every next token is drawn by chance from its probabilities at temperature \(temperature), and \
          appended. The random numbers are the same at every moment, so what differs comes from what was learned.
          """,
        ja: """
          \(promptWords) の続きを書かせました。次のトークンを、温度 \(temperature) の確率に従ってくじで引いては、後ろにつなげていきます。\
          乱数はどの時点でも同じなので、違いは学んだことだけから生まれます。
          """
      )
      writings
    }
  }

  private var writings: Block {
    .table(
      Table(
        title: say(en: "What it writes at each moment", ja: "各時点で書いた続き"),
        columns: [column(en: "moment", ja: "時点"), column(en: "text", ja: "文章")],
        rows: record.moments.map { [moment($0.step), RichText([.code($0.written)])] }
      )
    )
  }
}
