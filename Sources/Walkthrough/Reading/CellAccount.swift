public import Traces

/// How a number of a trace came about: what it is, what it is made of, and, as far as is asked, what that is made of.
public struct CellAccount: Sendable {
  /// Where it stands.
  public let cell: Arithmetic.Cell
  /// What it is, in words; `nil` where its name says it best.
  public let words: String?
  /// What it is made of; `nil` if of no other numbers.
  public private(set) var expression: Expression?
  /// What that comes to, part by part; `nil` where a part is not known.
  public private(set) var arithmetic: Arithmetic?
  /// Why there is no more to tell.
  public private(set) var reason: DerivationError?
  /// For each term the accounts of the numbers that it reads, as deep as was asked.
  public private(set) var inputs: [[CellAccount]] = []

  /// Gives account of a number.
  ///
  /// - Parameters:
  ///   - name: The tensor, or the parameter.
  ///   - place: The index along each axis.
  ///   - trace: The run.
  ///   - language: The language of words.
  ///   - numbers: Where names are looked up.
  ///   - limit: How many terms are told one by one, the largest first; all, in their order, if not given.
  ///   - depth: How many steps back are told; 1 tells what the number itself is made of.
  /// - Throws: ``Traces/DerivationError`` if there is no such number.
  public init(
    of name: String,
    at place: [Int],
    in trace: Trace,
    _ language: Language,
    from numbers: @escaping NumberSource,
    limit: Int? = nil,
    depth: Int = 1
  ) throws(DerivationError) {
    guard let known = numbers(name) else { throw .unknown(name) }
    guard let value = known[place] else {
      throw .outOfRange(name, indices: place, shape: known.shape, starts: known.starts)
    }
    cell = Arithmetic.Cell(name: name, place: place, value: value)
    words = CellWords(of: trace, in: language).words(for: name, at: place)
    guard depth > 0 else { return }
    do throws(DerivationError) {
      let made = try trace.derivation(of: name, at: place)
      expression = made
      let parts = try Arithmetic(of: made, from: numbers, limit: limit)
      arithmetic = parts
      guard depth > 1 else { return }
      for term in parts.terms {
        var accounts: [CellAccount] = []
        for cell in term.cells {
          accounts.append(
            try CellAccount(
              of: cell.name,
              at: cell.place,
              in: trace,
              language,
              from: numbers,
              limit: limit,
              depth: depth - 1
            )
          )
        }
        inputs.append(accounts)
      }
    } catch { reason = error }
  }

  /// Whether what it is made of comes to the number: to a ten-thousandth, of its size where that is above 1.
  public var holds: Bool {
    guard let made = arithmetic?.value else { return true }
    let isMasked = made == -.infinity && cell.value < -1e30
    return made == cell.value || isMasked
      || abs(made - cell.value) <= TraceCheck.tolerance * max(1, abs(cell.value))
  }
}
