import Graphics
import Walkthrough

/// A table on a page: on a card, or folded away behind its figure.
struct TableMarkup {
  let table: Table
  let language: Language

  var markup: HTML {
    let title = Markup.text(table.title)
    let label = Markup.plain(table.title, in: language)
    if table.isBehindFigure {
      return #"""
        <details class="data"><summary>\#(title)</summary>
        <div class="scroll" role="group" tabindex="0" aria-label="\#(label)">
        <table aria-label="\#(label)">
        \#(rows)</table></div></details>

        """#
    }
    return #"""
      <div class="card table">
      <p class="title">\#(title)</p>
      <div class="scroll" role="group" tabindex="0" aria-label="\#(label)">
      <table aria-label="\#(label)">
      \#(rows)</table></div></div>

      """#
  }

  /// Numbers are set flush right, and are most of what there is: cells of words carry a class.
  private var rows: HTML {
    let head = table.columns.map { column -> HTML in
      let isWords: HTML = column.isNumeric ? "" : #" class="w""#
      return #"<th scope="col"\#(isWords)>\#(Markup.text(column.title))</th>"#
    }
    let body = table.rows.map { row in
      "<tr>\(row.indices.map { cell(row[$0], $0) }.joined())</tr>\n" as HTML
    }
    return "<thead><tr>\(head.joined())</tr></thead>\n<tbody>\n\(body.joined())</tbody>\n"
  }

  /// Cells stay on one line, but for long words.
  private func cell(_ text: RichText, _ column: Int) -> HTML {
    let content = Markup.text(text)
    if column < table.columns.count, table.columns[column].isNumeric {
      return "<td>\(content)</td>"
    }
    let isLong = text.plain.count > 32
    return isLong ? #"<td class="w long">\#(content)</td>"# : #"<td class="w">\#(content)</td>"#
  }
}
