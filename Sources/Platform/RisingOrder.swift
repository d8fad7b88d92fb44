/// The places of numbers in rising order; equal ones stay in the order in which they come.
///
/// One sort for all that is put in order by a number: a sort for each type would make the program in the page a fiftieth
/// larger.
public func risingOrder(of keys: [Double]) -> [Int] {
  keys.indices.sorted { a, b in keys[a] == keys[b] ? a < b : keys[a] < keys[b] }
}

extension Sequence {
  /// The elements in the rising order of a number of each; equal ones stay in the order in which they come.
  public func rising(by key: (Element) -> Double) -> [Element] {
    let all = Array(self)
    return risingOrder(of: all.map(key)).map { all[$0] }
  }
}
