/// Why the arithmetic of a number cannot be shown.
public enum DerivationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Nothing goes by the name, or it was not recorded.
  case unknown(String)
  /// There is no such place in it.
  case outOfRange(String, indices: [Int], shape: [Int], starts: [Int])
  /// It was not made of others: learned, chosen, or made in a way that is not known here.
  case underived(String)
  /// It was set from outside.
  case setFromOutside(String)
  /// A formula says nothing of how far its variable runs, or two things.
  case unbounded(String)
  /// A formula is none.
  case notation(String, ExpressionError)

  /// One sentence.
  public var description: String {
    switch self {
    case .unknown(let name): return "no numbers are called “\(name)” here"
    case .outOfRange(let name, let indices, let shape, let starts):
      let axes = zip(starts, shape).map { "\($0) to \($0 + $1 - 1)" }.joined(separator: ", ")
      let place = indices.map { "\($0)" }.joined(separator: ",")
      guard indices.count == shape.count else {
        let count = shape.count == 1 ? "1 index" : "\(shape.count) indices"
        return "\(name) takes \(count) (\(axes)), not \(indices.count)"
      }
      return "\(name)[\(place)] is not there: its indices are \(axes)"
    case .underived(let name): return "\(name) is made of nothing that the trace names"
    case .setFromOutside(let place): return "\(place) was set from outside"
    case .unbounded(let name): return "it is not clear how far “\(name)” runs"
    case .notation(let text, let error): return "“\(text)”: \(error)"
    }
  }
}
