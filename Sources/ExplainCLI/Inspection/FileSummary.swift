import Formats
import Graphics
import Pages
import Tensors
import Traces
import Walkthrough

/// What is in a file, tensor by tensor.
struct FileSummary {
  /// One tensor.
  struct Row {
    let name: String
    let shape: [Int]
    /// The type of the stored elements, as the file's format calls it.
    let dtype: String
    /// Not known for elements of a type that is not read here.
    let range: ValueRange
  }

  let metadata: [(key: String, value: String)]
  let rows: [Row]
  /// What of the files' numbers is none.
  let notFinite: NotFinite?

  /// Reads every tensor.
  init(of files: TensorFiles) {
    notFinite = NotFinite(
      in: files.entries.lazy.compactMap { entry in
        (try? files.tensor(named: entry.name)).map { (entry.name, $0) }
      }
    )
    metadata = files.metadata.sorted { $0.key < $1.key }
    rows = files.entries.map { entry in
      let tensor = entry.isReadable ? try? files.tensor(named: entry.name) : nil
      return Row(
        name: entry.name,
        shape: entry.shape,
        dtype: entry.type.printable,
        range: tensor?.withValues { ValueRange(of: $0) }
          ?? ValueRange(of: UnsafeBufferPointer(start: nil, count: 0))
      )
    }
  }

  /// The documented form: `{metadata: {…}, not_finite, tensors: [{name, shape, dtype, min, max, mean}]}`.
  var json: JSON {
    [
      "metadata": .members(metadata.map { JSON.Member($0.key, .string($0.value)) }),
      "not_finite": notFinite.json,
      "tensors": .array(
        rows.map { row in
          [
            "name": .string(row.name),
            "shape": .array(row.shape.map { .integer($0) }),
            "dtype": .string(row.dtype),
            "min": JSON(row.range.minimum),
            "max": JSON(row.range.maximum),
            "mean": .number(row.range.mean),
          ]
        }
      ),
    ]
  }

  /// One row a tensor, the shape as `12x128`.
  var csv: String {
    CSV.row(["name", "shape", "dtype", "min", "max", "mean"])
      + rows.map { row in
        CSV.row([
          CSV.safe(row.name), row.shape.map(String.init).joined(separator: "x"), row.dtype,
          CSV.number(row.range.minimum), CSV.number(row.range.maximum), row.range.mean.description,
        ])
      }.joined()
  }

  /// The metadata, cut to a line each, and a table.
  func lines(_ style: TerminalStyle, in language: Language) -> [String] {
    let notes = metadata.map { entry in
      TextWidth.truncate(
        style.plain("\(entry.key): \(entry.value.prefix(2 * style.width))"),
        to: style.width,
        ellipsis: style.ellipsis
      )
    }
    let (table, omitted) = table(style, in: language)
    let list = omitted.joined(separator: ", ")
    let remark =
      omitted.isEmpty ? "" : say(en: "no room for: \(list)", ja: "幅が足りず省いた列：\(list)")[language]
    let broken = notFinite.map {
      [""] + TextWidth.wrap(style.plain($0.sentence[language]), to: style.width)
    }
    return notes + (notes.isEmpty ? [] : [""]) + table.lines(style)
      + (remark.isEmpty ? [] : TextWidth.wrap(remark, to: style.width).map(style.muted))
      + (broken ?? [])
  }

  /// The widest table that fits with every name in full: names are there to be copied.
  private func table(_ style: TerminalStyle, in language: Language) -> (
    TextTable, omitted: [String]
  ) {
    let cells = rows.map { row in
      [
        row.name, row.shape.map(String.init).joined(separator: " × "), row.dtype,
        Decimal.text(Double(row.range.minimum), digits: 4),
        Decimal.text(Double(row.range.maximum), digits: 4),
        Decimal.text(row.range.mean, digits: 4),
      ]
    }
    func said(en: String, ja: String) -> String { say(en: en, ja: ja)[language] }
    let columns: [TextTable.Column] = [
      .init(said(en: "tensor", ja: "テンソル"), overflow: .keep),
      .init(said(en: "shape", ja: "形状"), overflow: .keep), .init("dtype", overflow: .keep),
      .number(said(en: "min", ja: "最小")), .number(said(en: "max", ja: "最大")),
      .number(said(en: "mean", ja: "平均")),
    ]
    let widths = columns.indices.map { column in
      cells.map { TextWidth.columns(of: style.plain($0[column])) }
        .reduce(TextWidth.columns(of: columns[column].title), max)
    }
    let choices = [[0, 1, 2, 3, 4, 5], [0, 1, 3, 4, 5], [0, 1, 3, 4], [0, 1], [0]]
    let chosen =
      choices.first { $0.reduce(1) { $0 + widths[$1] + 3 } <= style.width } ?? [0]
    let table = TextTable(
      columns: chosen.map { columns[$0] },
      rows: cells.map { row in chosen.map { row[$0] } }
    )
    return (table, columns.indices.filter { !chosen.contains($0) }.map { columns[$0].title })
  }
}

/// The smallest and largest element and the mean; NaN if an element is NaN or there is none.
struct ValueRange {
  let minimum: Float
  let maximum: Float
  let mean: Double

  init(of values: UnsafeBufferPointer<Float>) {
    var (low, high) = (Float.infinity, -Float.infinity)
    var sum = 0.0
    for value in values {
      if value < low { low = value }
      if value > high { high = value }
      sum += Double(value)
    }
    let isKnown = !values.isEmpty && !values.contains { $0.isNaN }
    minimum = isKnown ? low : .nan
    maximum = isKnown ? high : .nan
    mean = isKnown ? sum / Double(values.count) : .nan
  }
}
