/// How the cells of a tensor are made of the cells of others: `hook_embed[p,i] = embed.W_E[token_ids[p],i]`.
public struct Derivation: Sendable, Equatable {
  /// The tensor.
  public let name: String
  /// What stands in its indices: variables, or numbers where it is told of each place on that axis by itself.
  public let indices: [Expression]
  /// What a cell is made of.
  public let expression: Expression

  /// Reads one.
  ///
  /// - Throws: ``DerivationError/notation(_:_:)``.
  init(_ left: String, _ right: String) throws(DerivationError) {
    expression = try Expression(reading: right)
    guard case .cell(let name, let indices) = try? Expression(left) else {
      throw .notation(left, ExpressionError(expected: "a cell", offset: 0))
    }
    self.name = name
    self.indices = indices
  }

  /// The variables among the indices.
  public var variables: [String] {
    indices.compactMap { if case .cell(let name, []) = $0 { name } else { nil } }
  }

  /// Whether it tells of the cell.
  func tells(of place: [Int]) -> Bool {
    place.count == indices.count
      && zip(indices, place).allSatisfy { index, value in
        if case .number(let number) = index { number == Double(value) } else { true }
      }
  }

  /// What the cell at a place is made of, its indices written out.
  func expression(at place: [Int]) -> Expression {
    var values: [(name: String, value: Int)] = []
    for (index, value) in zip(indices, place) {
      if case .cell(let name, []) = index { values.append((name, value)) }
    }
    return expression.naming(variables).binding(values)
  }
}

extension Expression {
  /// Reads an expression as it is written.
  ///
  /// - Throws: ``DerivationError/notation(_:_:)``.
  public init(reading text: String) throws(DerivationError) {
    do throws(ExpressionError) { self = try Expression(text) } catch {
      throw .notation(text, error)
    }
  }

  /// The expression with the names that are variables read as such.
  func naming(_ variables: [String]) -> Expression {
    replacing { part in
      if case .cell(let name, []) = part, variables.contains(name) { return .variable(name) }
      return nil
    }
  }
}

extension Trace {
  /// The formulas for the cells of a tensor: one, or one for each place on its first axis.
  ///
  /// - Throws: ``DerivationError/underived(_:)`` where there is none.
  public func derivations(of name: String) throws(DerivationError) -> [Derivation] {
    var found: [Derivation] = []
    for line in Equations(of: self).lines(for: name) where line.left.hasPrefix("\(name)[") {
      found.append(try Derivation(line.left, line.right))
    }
    guard !found.isEmpty else { throw .underived(name) }
    return found
  }

  /// What a cell is made of.
  ///
  /// - Throws: ``DerivationError`` where it is made of nothing that is known, or was set from outside.
  public func derivation(of name: String, at place: [Int]) throws(DerivationError) -> Expression {
    guard !isSet(name, at: place) else {
      throw .setFromOutside("\(name)[\(place.map { "\($0)" }.joined(separator: ","))]")
    }
    guard let derivation = try derivations(of: name).first(where: { $0.tells(of: place) }) else {
      throw .underived(name)
    }
    return derivation.expression(at: place)
  }

  /// Whether a cell was set from outside.
  public func isSet(_ name: String, at place: [Int]) -> Bool {
    interventions.contains { intervention in
      let point = intervention.site.point
      guard point.name == name else { return false }
      if let position = intervention.position, let axis = point.positionAxis,
        axis < place.count, place[axis] != position
      {
        return false
      }
      switch intervention.site {
      case .head(_, let number), .neuron(_, let number):
        return place.count < 2 || place[1] == number
      default: return true
      }
    }
  }
}
