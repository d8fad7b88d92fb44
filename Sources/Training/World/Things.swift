/// Something the world's texts speak of: a country, an animal, a verb's forms, with what is known of it.
package struct Thing: Sendable, Equatable {
  /// Its place in its table.
  package let index: Int
  /// What is known of it, by column: `capital`: `Rome`.
  package let facts: [String: String]

  /// What is known of it under one name.
  package subscript(column: String) -> String? { facts[column] }
}

extension [String: String] {
  /// The same with what other facts say besides; of one name, its own stands.
  func completed(by others: [String: String]) -> [String: String] {
    reduce(into: others) { $0[$1.key] = $1.value }
  }
}

/// Things of one kind, written as a table: the first line names the columns, every other line is one
/// thing; cells stand between bars.
struct ThingTable: Sendable {
  let name: String
  let things: [Thing]

  init(_ name: String, _ text: String) {
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: "|").map { String($0).trimmed }
    }
    let columns = lines.first ?? []
    self.init(
      name,
      rows: lines.dropFirst().map { cells in
        precondition(cells.count == columns.count, "\(name): \(cells)")
        return zip(columns, cells).reduce(into: [:]) { facts, cell in
          facts[cell.0] = facts[cell.0] ?? cell.1
        }
      }
    )
  }

  init(_ name: String, rows: [[String: String]]) {
    self.name = name
    things = rows.enumerated().map { Thing(index: $0.offset, facts: $0.element) }
  }

  /// Words alone, each a thing of the column `word`.
  init(_ name: String, words: String) {
    self.init(name, rows: words.split { $0 == " " || $0 == "\n" }.map { ["word": String($0)] })
  }
}

extension String {
  /// The text without spaces at its ends.
  var trimmed: String {
    let inner = drop { $0 == " " }
    return String(inner.reversed().drop { $0 == " " }.reversed())
  }
}
