import Formats
import Graphics
import Pages
import Tensors

/// The values of one tensor.
struct TensorListing {
  let name: String
  let tensor: Tensor

  /// The documented form: `{name, shape, values}`.
  var json: JSON {
    [
      "name": .string(name),
      "shape": .array(tensor.shape.map { .integer($0) }),
      "values": JSON(tensor),
    ]
  }

  /// The values alone: a line for each row of the last axis, the other axes one after another.
  func writeCSV(on console: Console) throws(CLIError) {
    let columns = max(1, tensor.columns)
    let values = tensor.values
    for start in stride(from: 0, to: values.count, by: columns) {
      try console.write(CSV.row(values[start..<start + columns].map(CSV.number)).utf8)
    }
  }

  /// A table for each matrix, as many columns as fit.
  func lines(_ style: TerminalStyle) -> [String] {
    let shape =
      tensor.shape.isEmpty
      ? "a single number" : tensor.shape.map(String.init).joined(separator: " × ")
    var lines = TextWidth.wrap(style.plain("\(name)  \(shape)"), to: style.width)
      .map(style.strong)
    let columns = max(1, tensor.columns)
    let rows = tensor.shape.count < 2 ? 1 : tensor.shape[tensor.shape.count - 2]
    let values = tensor.values
    guard !values.isEmpty else { return lines + ["(no elements)"] }
    let cells = values.map { Decimal.text(Double($0), digits: 4) }
    // Every matrix gets the same columns, so that they can be compared.
    let cellWidth = max(6, cells.map(\.count).max() ?? 0) + 2
    let shown = max(1, min(columns, (style.width - 8) / cellWidth))
    for matrix in 0..<(values.count / (rows * columns)) {
      if tensor.shape.count > 2 { lines += ["", style.muted(place(of: matrix))] }
      var titles = (0..<shown).map { TextTable.Column.number("\($0)") }
      if shown < columns { titles.append(.init(style.ellipsis, overflow: .keep)) }
      let table = TextTable(
        columns: [.number("")] + titles,
        rows: (0..<rows).map { row in
          let start = (matrix * rows + row) * columns
          return ["\(row)"] + cells[start..<start + shown]
            + (shown < columns ? [style.ellipsis] : [])
        }
      )
      lines += table.lines(style)
    }
    if shown < columns {
      let note = "\(shown) of \(columns) columns; --width, --format csv or json show all"
      lines += TextWidth.wrap(style.plain(note), to: style.width).map(style.muted)
    }
    return lines
  }

  /// The indices of a matrix on the leading axes: `[2, …]`.
  private func place(of matrix: Int) -> String {
    var rest = matrix
    var indices: [String] = []
    for size in tensor.shape.dropLast(2).reversed() {
      indices.insert("\(rest % size)", at: 0)
      rest /= size
    }
    return "[\(indices.joined(separator: ", "))]"
  }
}
