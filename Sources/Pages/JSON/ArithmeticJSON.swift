public import Formats
import Graphics
public import Traces
public import Walkthrough

extension Arithmetic {
  /// The arithmetic as JSON: what it comes to, the expression, the same with numbers, and the terms.
  public var json: JSON { .members(members([])) }

  /// The members of the object; `inputs` are for each term the accounts of the numbers that it reads.
  fileprivate func members(_ inputs: [[CellAccount]]) -> [JSON.Member] {
    let told = terms.enumerated().map { index, term -> JSON in
      let cells = term.cells.enumerated().map { place, cell -> JSON in
        inputs.indices.contains(index) && inputs[index].indices.contains(place)
          ? inputs[index][place].json : .members(cell.members)
      }
      return [
        "expression": .string(term.expression.text),
        "numbers": .string(term.numbers.text(number: Self.short)), "value": .number(term.value),
        "cells": .array(cells),
      ]
    }
    return [
      .init("derived", .number(value)), .init("expression", .string(expression.text)),
      .init("numbers", .string(numbers.text(number: Self.short))), .init("terms", .array(told)),
      .init("total", total.map { .number($0) } ?? .null),
      .init("others", ["count": .integer(others.count), "sum": .number(others.sum)]),
    ]
  }

  /// A number as an expression shows it: whole, or to four digits, in the notation of expressions.
  public static func short(_ value: Double) -> String {
    guard value != value.rounded() else { return Expression.plain(value) }
    let text = Decimal.text(value.magnitude, digits: 4).split(separator: "−")
    return (value < 0 ? "-" : "") + text.joined(separator: "-")
  }
}

extension Arithmetic.Cell {
  fileprivate var members: [JSON.Member] {
    [
      .init("name", .string(name)), .init("indices", .array(place.map { .integer($0) })),
      .init("value", .number(value)),
    ]
  }
}

extension CellAccount {
  /// The account as JSON: the cell, what it is in words, and its arithmetic, or the reason why there is none.
  public var json: JSON {
    var members = cell.members
    members.append(.init("words", words.map { .string($0) } ?? .null))
    if let arithmetic {
      members += arithmetic.members(inputs)
    } else if let reason {
      members.append(.init("expression", expression.map { .string($0.text) } ?? .null))
      members.append(.init("reason", .string(reason.description)))
    }
    return .members(members)
  }
}
